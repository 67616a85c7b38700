/** The codes that can end any call, whatever it does: refused at the door, or by what every call rests on (the store, the vault). */
export const EVERY_CALL_REFUSALS = [
  'call.arguments',
  'call.busy',
  'call.failed',
  'call.unknown',
  'path.notGranted',
  'storage.busy',
  'storage.damaged',
  'storage.full',
  'storage.readOnly',
  'storage.unreadable',
  'sync.notEntitledHere',
  'sync.registerUnknown',
  'sync.spaceAway',
  'sync.spaceClosedHere',
  'vault.locked',
] as const;
export type EveryCallRefusal = (typeof EVERY_CALL_REFUSALS)[number];
