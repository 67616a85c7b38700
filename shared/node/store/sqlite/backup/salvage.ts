import type { Hasher, Verifier } from '../../../../kernel/ports.ts';
import { decodeChangeSet, verifyChangeSet } from '../../../../sync/change-set.ts';
import type { ChangeSet, Hash, ReplicaId } from '../../../../sync/types.ts';
import type { Db } from '../opening/open-database.ts';
import { storeRefusal } from '../refusals.ts';

export interface SalvagePorts {
  readonly hasher: Hasher;
  readonly verifier: Verifier;
  /** A replica's public key, where it is known. */
  keyOf(replica: ReplicaId): Uint8Array | undefined;
  /** Which of these are here already: they are not read again. */
  knownAmong(hashes: readonly Hash[]): ReadonlySet<Hash>;
  /** Whose runs can still be signed here: for these a signature may be wanting. */
  isOwn(replica: ReplicaId): boolean;
}

interface Row {
  readonly feed: number;
  readonly hash: Hash;
  readonly body: Uint8Array;
}

/** So many rows are asked for at once; where one of them lies on a damaged page, each by itself. */
const STEP = 250;
/** No change-set takes less room in the file: so many feed numbers at most are looked for behind damage. */
const SMALLEST_ROW_BYTES = 256;

/**
 * The change-sets of a damaged database that can be read and are whole: by their hash, and by their signature where the key is known. Of the chains of others what
 * no signature vouches for is left out: it is with them. Changes nothing in the database. Throws what is no damage.
 */
export function readableChangeSets(db: Db, ports: SalvagePorts): ChangeSet[] {
  const chains = new Map<string, ChangeSet[]>();
  for (const rows of readablePages(db)) {
    const known = ports.knownAmong(rows.map(({ hash }) => hash));
    for (const { hash, body } of rows) {
      const decoded = known.has(hash) ? null : decodeChangeSet(body, ports.hasher);
      if (!decoded?.ok || decoded.value.hash !== hash) continue;
      const { space, replica } = decoded.value.header;
      const chain = chains.get(`${replica} ${space}`);
      if (chain) chain.push(decoded.value);
      else chains.set(`${replica} ${space}`, [decoded.value]);
    }
  }
  return [...chains.values()].flatMap((chain) => vouchedFor(chain, ports));
}

function* readablePages(db: Db): Iterable<readonly Row[]> {
  const page = db.prepare('select feed, hash, body from change_set where feed > ? order by feed limit ?');
  const single = db.prepare('select feed, hash, body from change_set where feed = ?');
  const end = lastFeedPossible(db);
  for (let last = 0; last < end;) {
    const rows = readOr(null, () => page.all(last, STEP) as Row[]);
    if (rows?.length === 0) return;
    if (rows) {
      yield rows;
      last = rows.at(-1)!.feed;
      continue;
    }
    for (let feed = last + 1; feed <= last + STEP; feed++) {
      const row = readOr(undefined, () => single.get(feed) as Row | undefined);
      if (row) yield [row];
    }
    last += STEP;
  }
}

/** Feed numbers have gaps where a space was wiped, so the greatest may be above what the file has room for. */
function lastFeedPossible(db: Db): number {
  const bytes = (db.pragma('page_count', { simple: true }) as number) * (db.pragma('page_size', { simple: true }) as number);
  const greatest = readOr(0, () => db.prepare('select max(feed) from change_set').pluck().get() as number | null);
  return Math.max(Math.ceil(bytes / SMALLEST_ROW_BYTES), greatest ?? 0);
}

function readOr<T, U>(instead: U, read: () => T): T | U {
  try {
    return read();
  } catch (error) {
    if (storeRefusal(error)?.code !== 'store.damaged') throw error;
    return instead;
  }
}

function vouchedFor(chain: readonly ChangeSet[], { hasher, verifier, keyOf, isOwn }: SalvagePorts): readonly ChangeSet[] {
  const { replica } = chain[0]!.header;
  const key = keyOf(replica);
  const forged = (changeSet: ChangeSet) => changeSet.signature !== '' && key && !verifyChangeSet(changeSet, key, verifier, hasher);
  const inOrder = chain.filter((changeSet) => !forged(changeSet)).toSorted((a, b) => a.header.seq - b.header.seq);
  return isOwn(replica) ? inOrder : inOrder.slice(0, inOrder.findLastIndex(({ signature }) => signature !== '') + 1);
}
