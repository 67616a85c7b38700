import { parseSpace } from '../../../shared/model/spaces.ts';
import type { SpaceId } from '../../../shared/sync/types.ts';
import type { LocalSettings } from '../local-settings.ts';
import type { Declaration, OnRestore } from './declaration.ts';
import * as rooms from './of-rooms-and-sticks.ts';
import * as sync from './of-sync.ts';
import * as laptop from './of-this-laptop.ts';

/** Every key and family of local state, by its name in the program. */
export const DECLARED: Readonly<Record<string, Declaration>> = { ...laptop, ...sync, ...rooms };

const EVERY = Object.values(DECLARED);
const KEYS = new Map(EVERY.filter(({ key }) => !isFamily(key)).map((one) => [one.key, one]));
const FAMILIES = EVERY.filter(({ key }) => isFamily(key));

/** The families that hold the public keys of authors, by replica. */
export const PUBLIC_KEYS = [rooms.LAN_KEYS, rooms.USB_KEYS, rooms.RESTORED_KEYS] as const;

/** The declaration of a key as it stands in a store; undefined for one of another program. */
export function declarationOf(key: string): Declaration | undefined {
  return KEYS.get(key) ?? FAMILIES.find((family) => key.startsWith(family.key));
}

/** Returns the fate of a row when a backup takes the store's place. A key of another program is this laptop's own. */
export function fateOnRestore(key: string): OnRestore {
  return declarationOf(key)?.restore ?? 'own';
}

/** Removes what another repository was known to hold. */
export function forgetRepository(settings: Pick<LocalSettings, 'set'>): void {
  for (const { key, repository } of EVERY) if (repository === 'goes') settings.set(key, null);
}

/** Whether something is here that is to become part of a space and would be lost with it: it lies under the space's workshop. */
export function delaysWipe(settings: Pick<LocalSettings, 'list'>, space: SpaceId): boolean {
  const parsed = parseSpace(space);
  if (parsed?.kind !== 'answers') return false;
  return FAMILIES.some(({ key, wipe }) => wipe === 'delays' && settings.list(`${key}${parsed.owner}/`).length > 0);
}

function isFamily(key: string): boolean {
  return key.endsWith('/');
}
