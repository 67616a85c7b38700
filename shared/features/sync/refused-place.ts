import { evadesErasure } from '../../model/judge.ts';
import { SPACE_CLOSED } from '../../sync/exchange.ts';
import type { ChangeSet } from '../../sync/types.ts';

/**
 * Where the repository keeps a change-set that something speaks against: in its log, whole or by its digests alone, without effect either way; beside the log
 * with its bytes; or nowhere, but for its hash.
 */
export type RefusedPlace = 'log' | 'bareInLog' | 'quarantine' | 'nowhere';

/** The codes that keep a change-set out of the log: while things stand as they do (rights change, a certificate or a signature may follow), or for good. */
const OUT_OF_LOG: ReadonlyMap<string, 'forNow' | 'forGood'> = new Map([
  [SPACE_CLOSED, 'forNow'],
  ['sync.replicaUnknown', 'forNow'],
  ['sync.replicaRevoked', 'forNow'],
  ['sync.unprovable', 'forNow'],
  ['sync.kindNotAllowed', 'forGood'],
]);

/** Where a change-set is kept that is refused with this code. `isChainOpen`: its chain was taken up to it and waits for the signature that follows. */
export function placeOfRefused(changeSet: Pick<ChangeSet, 'ops'>, code: string, isChainOpen: boolean): RefusedPlace {
  if (isKeptNowhere(changeSet)) return 'nowhere';
  if (code === SPACE_CLOSED && isChainOpen) return 'bareInLog';
  if (OUT_OF_LOG.has(code)) return 'quarantine';
  // What was written into the wrong space may be for other eyes.
  return code === 'sync.wrongSpace' ? 'bareInLog' : 'log';
}

/**
 * Whether a change-set that is refused with this code never comes into the log, whoever's rights change: nothing that follows it in its chain does either, and
 * it must not stand on a laptop alone.
 */
export function isNeverLogged(code: string | null): boolean {
  return code !== null && OUT_OF_LOG.get(code) === 'forGood';
}

/** Whether nobody keeps a change-set, whatever else is said of it: no server, and no laptop that it is carried to. */
export function isKeptNowhere(changeSet: Pick<ChangeSet, 'ops'>): boolean {
  return evadesErasure(changeSet);
}
