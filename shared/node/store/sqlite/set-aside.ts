import type { Hasher } from '../../../kernel/ports.ts';
import { decodeChangeSet } from '../../../sync/change-set.ts';
import type { ChangeSet, ReplicaId } from '../../../sync/types.ts';
import type { Db } from './opening/open-database.ts';

/** A change-set that was refused: it has no effect and is still here. */
export interface SetAside {
  readonly changeSet: ChangeSet;
  /** The code of the reason. */
  readonly reason: string;
}

/** The change-sets without effect, newest first; `replica`: only those made there, and those that have none on this laptop alone. */
export function setAside(db: Db, hasher: Hasher, replica?: ReplicaId): SetAside[] {
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

/** How many change-sets were refused; `replica`: only those made there. */
export function countSetAside(db: Db, replica?: ReplicaId): number {
  return db
    .prepare('select count(*) from change_set where refused is not null and (? is null or replica = ?)')
    .pluck()
    .get(replica ?? null, replica ?? null) as number;
}
