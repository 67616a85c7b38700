import type { Hasher } from '../../../kernel/ports.ts';
import { decodeChangeSet } from '../../../sync/change-set.ts';
import type { ChangeSet, ReplicaId } from '../../../sync/types.ts';
import type { Db } from './opening/open-database.ts';

/** A change-set without effect that is still here: ruled out, or in the quarantine of this laptop alone. */
export interface QuarantinedChangeSet {
  readonly changeSet: ChangeSet;
  /** The code of the reason. */
  readonly reason: string;
}

/** The quarantined change-sets, newest first; `replica`: only those made there, and those without effect on this laptop alone. */
export function listQuarantined(db: Db, hasher: Hasher, replica?: ReplicaId): QuarantinedChangeSet[] {
  const rows = db
    .prepare(
      `select refused, body from change_set
       where refused is not null and (? is null or replica = ? or hash in (select hash from quarantine where cause <> 'closed')) order by feed desc`,
    )
    .all(replica ?? null, replica ?? null) as { refused: string; body: Uint8Array }[];
  return rows.flatMap(({ refused, body }) => {
    const decoded = decodeChangeSet(body, hasher);
    return decoded.ok ? [{ changeSet: decoded.value, reason: refused }] : [];
  });
}
