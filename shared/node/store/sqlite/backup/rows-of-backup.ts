import { fromHex, toHex } from '../../../../kernel/hex.ts';
import type { Clock, Hasher, Random, Verifier } from '../../../../kernel/ports.ts';
import { LIBRARY } from '../../../../model/spaces.ts';
import { CAPS } from '../../../../sync/canonical.ts';
import { decodeCertificate, verifyCertificate } from '../../../../sync/certificate.ts';
import { decodeChangeSet, replicaIdOf, verifyChangeSet } from '../../../../sync/change-set.ts';
import type { ChangeSet, Hash, ReplicaId, Tip } from '../../../../sync/types.ts';
import { unprovable, vouchingWalk, type VouchingLink } from '../../../../sync/vouching.ts';
import { newSeed, signerOf } from '../../../crypto.ts';
import { everyFlag, isEarlierFlag, type FlagsOfFile } from '../../../files/file-flags.ts';
import { headerOf } from './backup.ts';
import { putCertificate } from '../certificates.ts';
import { isOwnTable } from '../opening/known-schema.ts';
import { receivedAt as receivedAtMigration } from '../migrations/004-received-at.ts';
import { withoutSecret } from '../opening/local-secrets.ts';
import type { Db } from '../opening/open-database.ts';
import { acknowledge } from '../peers.ts';
import { sqliteStore } from '../sqlite-store.ts';

export interface RowsPorts {
  readonly clock: Clock;
  readonly random: Random;
  readonly hasher: Hasher;
  readonly verifier: Verifier;
  /** Public keys of the replicas that this laptop is and was. */
  readonly ownKeys: readonly Uint8Array[];
  /** Whether the backup lies where this laptop keeps its own: runs of its own replicas may then still wait for their signature. */
  readonly own: boolean;
  /** Whether its laptop was enrolled with a repository. */
  readonly wasEnrolled: boolean;
  /** Prefixes of the keys of `local` under which laptops write public keys down. */
  readonly keysUnder: readonly string[];
}

/** The content of a backup beside its change-sets; nothing of it counts before somebody has decided what is taken over. */
export interface BackupContents {
  /** Its number; 0: made by an earlier program. */
  readonly number: number;
  /** The table `local` without secrets: JSON texts by key. */
  readonly local: ReadonlyMap<string, string>;
  /** What is noted of files. */
  readonly files: readonly FlagsOfFile[];
}

/** The repositories and the peer whose word counts in what is taken over from a backup. */
export interface Believed {
  /** Public keys of the repositories whose certificates are kept. */
  readonly repositories: readonly Uint8Array[];
  /** The name of the peer whose confirmations are kept; null: nobody's. */
  readonly confirmedBy: string | null;
}

export interface TakenRows {
  readonly changeSets: number;
  /** Change-sets that were left out: altered, or nothing proves who made them. */
  readonly unproven: number;
  /** Public keys of authors whose certificate was not taken over, by replica: their work can still be verified. */
  readonly keys: ReadonlyMap<ReplicaId, string>;
}

/** The tables that are read; whatever else a file holds (triggers, views, indices, other tables) is left where it is. */
const NEEDED = ['change_set', 'meta', 'local', 'certificate', 'acknowledged'];
const LATER = ['held', 'file_flag'];
/** A key of `local` and its value may be so long, and so many rows are read. */
const LOCAL = { key: 500, value: 4 << 20, rows: 200_000 } as const;
const STEP = 250;

/** Whether every table that is read from a backup is one that this program makes, by the text of its schema alone. */
export function hasOwnTables(source: Db): boolean {
  const named = source.prepare('select lower(name) from sqlite_schema').pluck().all() as string[];
  const later = LATER.filter((name) => named.includes(name));
  return [...NEEDED, ...later].every((name) => isOwnTable(source, name));
}

/** Returns the content, beside its change-sets, of a backup whose tables are ours. */
export function contentsOf(source: Db): BackupContents {
  const rows = source
    .prepare('select key, value from local where octet_length(key) <= ? and octet_length(value) <= ? order by key limit ?')
    .all(LOCAL.key, LOCAL.value, LOCAL.rows) as { key: string; value: string }[];
  const local = new Map<string, string>();
  for (const { key, value } of rows) {
    const kept = isJson(value) ? withoutSecret(key, value) : null;
    if (kept !== null && !isEarlierFlag(key)) local.set(key, kept);
  }
  return { number: headerOf(source)?.number ?? 0, local, files: everyFlag(source) };
}

/**
 * Brings the change-sets of a backup into a new, migrated database: each decoded, hashed and verified by its own signature or a later one of its chain, then
 * ingested, so that everything derived is made here. What does not stand is left out and counted. The backup is only read. Throws SQLite's errors.
 */
export function takeRows(source: Db, target: Db, believed: Believed, ports: RowsPorts): TakenRows {
  const { clock, random, hasher } = ports;
  const keys = keysIn(source, ports);
  const left = leftOut(source, keys, ports);
  const store = sqliteStore(target, { clock, random, hasher, signer: signerOf(newSeed()), author: () => '' });
  let changeSets = 0;
  let unproven = left.unreadable;
  for (const rows of pages(source)) {
    const standing = rows.flatMap(({ hash, body }) => (left.hashes.has(hash) ? [] : (readWhole(hash, body, hasher) ?? [])));
    const received = new Map(rows.map(({ hash, receivedAt }) => [hash, receivedAt]));
    const { applied, missing } = store.ingest(standing, undefined, ({ hash }) => instantOr(null, received.get(hash)));
    changeSets += applied;
    unproven += missing.length;
  }
  unproven += left.hashes.size;
  store.receive(heldIn(source, keys, ports), 'backup');
  const certified = takeCertificates(source, target, believed, ports);
  if (believed.confirmedBy !== null) takeConfirmations(source, target, believed.confirmedBy);
  const authors = target.prepare('select distinct replica from tip').pluck().all() as ReplicaId[];
  const known = authors.flatMap((replica) =>
    keys.has(replica) && !certified.has(replica) ? [[replica, toHex(keys.get(replica)!)] as const] : [],
  );
  return { changeSets, unproven, keys: new Map(known) };
}

interface Row {
  readonly feed: number;
  readonly hash: Hash;
  readonly body: Uint8Array | null;
  readonly receivedAt: number | null;
}

/** The log in its own order; a body that is too long to be one is null. */
function* pages(source: Db): Iterable<readonly Row[]> {
  const hasReceived = (source.pragma('user_version', { simple: true }) as number) >= receivedAtMigration.version;
  const page = source.prepare(
    `select feed, hash, ${hasReceived ? 'received_at' : 'null'} as receivedAt, case when length(body) <= ${CAPS.changeSetBytes} then body end as body
     from change_set where feed > ? order by feed limit ${STEP}`,
  );
  for (let last = 0; ;) {
    const rows = page.all(last) as Row[];
    if (rows.length === 0) return;
    yield rows;
    const next = rows.at(-1)!.feed;
    // A tree that leads back to where it was would be read for ever.
    if (!(next > last)) throw Object.assign(new Error('the order of the log is broken'), { code: 'SQLITE_CORRUPT' });
    last = next;
  }
}

function readWhole(hash: Hash, body: Uint8Array | null, hasher: Hasher): ChangeSet | null {
  const decoded = body instanceof Uint8Array ? decodeChangeSet(body, hasher) : null;
  return decoded?.ok && decoded.value.hash === hash ? decoded.value : null;
}

/** Public keys by the replica that each is the key of: a key speaks for itself, whoever wrote it down. */
function keysIn(source: Db, { hasher, ownKeys, keysUnder }: RowsPorts): ReadonlyMap<ReplicaId, Uint8Array> {
  const keys = new Map<ReplicaId, Uint8Array>();
  const add = (key: Uint8Array): void => void (key.length === 32 && keys.set(replicaIdOf(key, hasher), key));
  for (const key of source.prepare('select public_key from certificate where length(public_key) = 32').pluck().all() as Uint8Array[])
    add(key);
  for (const key of headerOf(source)?.keys ?? []) add(fromHex(key));
  const under = source.prepare('select value from local where key >= ? and key < ? and octet_length(value) = 66').pluck();
  const learnt = keysUnder.flatMap((prefix) => under.all(prefix, `${prefix}\u{10ffff}`) as string[]);
  for (const value of learnt) if (/^"[0-9a-f]{64}"$/.test(value)) add(fromHex(value.slice(1, -1)));
  for (const key of ownKeys) add(key);
  return keys;
}

/**
 * The change-sets of a log that are whole and do not stand: wrongly signed, or nothing vouches for them; and how many cannot be read at all. A backup of an earlier
 * program carries no key of its own laptop: where that was never enrolled, so that there is no certificate either, its signed work is taken as it is.
 */
function leftOut(
  source: Db,
  keys: ReadonlyMap<ReplicaId, Uint8Array>,
  { hasher, verifier, own, ownKeys, wasEnrolled }: RowsPorts,
): { readonly hashes: ReadonlySet<Hash>; readonly unreadable: number } {
  const walk = vouchingWalk<VouchingLink>();
  const wrong = new Set<Hash>();
  const mine = new Set(ownKeys.map((key) => replicaIdOf(key, hasher)));
  const lenient = headerOf(source) === null && !wasEnrolled;
  let unreadable = 0;
  for (const rows of pages(source)) {
    for (const { hash, body } of rows) {
      const changeSet = readWhole(hash, body, hasher);
      if (!changeSet) {
        unreadable++;
        continue;
      }
      const { header } = changeSet;
      const key = keys.get(header.replica);
      const signed = changeSet.signature !== '' && (key ? verifyChangeSet(changeSet, key, verifier, hasher) : lenient);
      if (changeSet.signature !== '' && !signed) wrong.add(hash);
      walk.meet({ hash, header, signed });
    }
  }
  const waiting = [...walk.waiting()].filter(({ hash, header }) => wrong.has(hash) || !(own && mine.has(header.replica)));
  return { hashes: new Set([...wrong, ...waiting.map(({ hash }) => hash)]), unreadable };
}

/** Returns the change-sets that were kept aside there until their ancestor comes, where they can be proven. */
function heldIn(source: Db, keys: ReadonlyMap<ReplicaId, Uint8Array>, { hasher, verifier }: RowsPorts): ChangeSet[] {
  if (!isOwnTable(source, 'held')) return [];
  const rows = source.prepare(`select hash, body from held where length(body) <= ${CAPS.changeSetBytes}`).all() as Pick<
    Row,
    'hash' | 'body'
  >[];
  const read = rows.flatMap(({ hash, body }) => readWhole(hash, body, hasher) ?? []);
  const genuine = read.filter((changeSet) => {
    const key = keys.get(changeSet.header.replica);
    return key !== undefined && (changeSet.signature === '' || verifyChangeSet(changeSet, key, verifier, hasher));
  });
  const open = new Set(
    unprovable(genuine.map(({ hash, header, signature }) => ({ hash, header, signed: signature !== '' }))).map(({ hash }) => hash),
  );
  return genuine.filter(({ hash }) => !open.has(hash));
}

/**
 * Takes over certificates that a believed repository issued, and those of who wrote in the library alone: what ships with the program is certified by keys of its own.
 * Returns whose.
 */
function takeCertificates(source: Db, target: Db, { repositories }: Believed, { hasher, verifier }: RowsPorts): ReadonlySet<ReplicaId> {
  const taken = new Set<ReplicaId>();
  const wroteElsewhere = target.prepare('select 1 from tip where replica = ? and space <> ? limit 1');
  const wrote = target.prepare('select 1 from tip where replica = ? limit 1');
  for (const bytes of source
    .prepare('select bytes from certificate where length(bytes) < 10000')
    .pluck()
    .iterate() as Iterable<Uint8Array>) {
    const decoded = decodeCertificate(bytes);
    if (!decoded.ok) continue;
    const { replica, publicKey, name } = decoded.value;
    const key = fromHex(publicKey);
    if (replicaIdOf(key, hasher) !== replica) continue;
    const issued = repositories.some((repository) => verifyCertificate(decoded.value, repository, verifier, hasher));
    const ofLibrary = wrote.get(replica) !== undefined && wroteElsewhere.get(replica, LIBRARY) === undefined;
    if (!issued && !ofLibrary) continue;
    taken.add(replica);
    putCertificate(target, { replica, publicKey: key, name, bytes });
  }
  return taken;
}

function takeConfirmations(source: Db, target: Db, peer: string): void {
  const spaces = source.prepare('select distinct space from acknowledged where peer = ?').pluck().all(peer) as string[];
  const tips = source.prepare('select replica, seq, hash from acknowledged where peer = ? and space = ?');
  for (const space of spaces) acknowledge(target, peer, space, tips.all(peer, space) as Tip[]);
}

/** A time that a calendar has, for it is shown; what is none is not known. */
function instantOr<T>(instead: T, at: unknown): number | T {
  return typeof at === 'number' && Number.isSafeInteger(at) && at >= 0 && at <= 8.64e15 ? at : instead;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
