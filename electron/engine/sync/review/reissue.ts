import { ok, refuse, type Result } from '../../../../shared/kernel/result.ts';
import { listQuarantined } from '../../../../shared/node/store/sqlite/quarantined.ts';
import type { FieldWrite, Hash } from '../../../../shared/sync/types.ts';
import type { LocalSettings } from '../../local-settings.ts';
import type { SyncPorts } from '../context.ts';
import { objectionIn } from '../access/entitled.ts';
import { DISMISSED, REISSUED } from '../../local-state/of-sync.ts';

/** The change-set by which a quarantined one was written again; '' while it was not. */
export function reissuedAs(settings: Pick<LocalSettings, 'get'>, hash: Hash): Hash {
  return REISSUED.read(settings, hash) ?? '';
}

/** Whether a quarantined change-set was dismissed here: it is out of sight and stays in the log like any other. */
export function isDismissed(settings: Pick<LocalSettings, 'get'>, hash: Hash): boolean {
  return DISMISSED.read(settings, hash) === true;
}

/** Dismisses a quarantined change-set, or brings it back into sight. */
export function setDismissed(settings: LocalSettings, hash: Hash, dismissed: boolean): void {
  if (dismissed) DISMISSED.write(settings, hash, true);
  else DISMISSED.remove(settings, hash);
}

/**
 * Writes again what the repository refused because this laptop's clock was ahead: by now it is known how far it can be trusted. Returns how many change-sets
 * were written again; nothing of it needs a person, who would only be asked to confirm what they had confirmed.
 */
export function reissueClockAhead(ports: SyncPorts): number {
  const { store, settings, hasher } = ports;
  const ahead = listQuarantined(store.db, hasher, store.replica).filter(
    ({ changeSet, reason }) =>
      reason === 'sync.clockAhead' && changeSet.header.replica === store.replica && reissuedAs(settings, changeSet.hash) === '',
  );
  // Oldest first: each over what its author saw.
  return ahead.reverse().filter(({ changeSet }) => reissue(ports, changeSet.hash).ok).length;
}

/**
 * Writes again what a quarantined change-set said: each of its values over what its author had seen. Whether it may stand this time the repository says
 * as of any other. Refuses `sync.notSetAside` (no such one here), `sync.nothingToReissue` where all of it stands already or was erased, and as `checkEntitled` does.
 */
export function reissue(
  { store, settings, hasher }: SyncPorts,
  hash: Hash,
): Result<{ readonly changeSet: Hash }, 'sync.notEntitledHere' | 'sync.notSetAside' | 'sync.nothingToReissue' | 'sync.spaceClosedHere'> {
  const refused = listQuarantined(store.db, hasher).find(({ changeSet }) => changeSet.hash === hash)?.changeSet;
  if (!refused) return refuse('sync.notSetAside');
  // Over what its author saw, and nothing else: what was written since stands beside it, and a person chooses.
  const writes = refused.ops.flatMap(({ entityType, entityId, field, supersedes, content }): FieldWrite[] =>
    content.form === 'redacted' ? [] : [{ entityType, entityId, field, value: content.value, supersedes }],
  );
  const write = () => {
    const [made] = writes.length === 0 ? [] : store.commit([{ space: refused.header.space, kind: 'reissue', writes }]);
    if (!made) return refuse('sync.nothingToReissue');
    REISSUED.write(settings, hash, made.hash);
    return ok({ changeSet: made.hash });
  };
  try {
    return store.transaction(write);
  } catch (error) {
    // A run that writes again by itself goes on.
    const objection = objectionIn(error);
    if (objection) return objection;
    throw error;
  }
}
