import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { fromHex } from '../shared/kernel/hex.ts';
import { ok, refuse, type Result } from '../shared/kernel/result.ts';
import { LIBRARY } from '../shared/model/spaces.ts';
import { nodeHasher, nodeVerifier, signerOf } from '../shared/node/crypto.ts';
import { openDiskFiles } from '../shared/node/files/disk-files.ts';
import type { RepositoryFiles } from '../shared/node/files/repository-files.ts';
import { checkDatabase } from '../shared/node/store/postgres/check.ts';
import { openDatabase as openPostgres, type Sql } from '../shared/node/store/postgres/database.ts';
import { projectNext } from '../shared/node/store/postgres/projections.ts';
import { migrate, tableOf } from '../shared/node/store/postgres/schema.ts';
import { checkStore } from '../shared/node/store/sqlite/backup/check.ts';
import { SCHEMA_VERSION } from '../shared/node/store/sqlite/opening/migrate.ts';
import { openDatabase, type Db } from '../shared/node/store/sqlite/opening/open-database.ts';
import { decodeCertificate, verifyCertificate } from '../shared/sync/certificate.ts';
import { replicaIdOf } from '../shared/sync/change-set.ts';
import type { Hash, ReplicaId, SpaceId } from '../shared/sync/types.ts';
import { repositoryFolder, repositorySigner } from './folder/folder.ts';
import { filesNamed } from './files/named-files.ts';

/** A fault that was found; no value of a record is in it. `what`: the entity, the file or the page that it concerns, where it is no change-set. */
export interface Fault {
  /**
   * `unproven`: no signature leads back to it, and a pull steps over it; `signature`, `certificate`, `hash`, `chain`: nobody can verify it; `value`, `tip`, `refusal`,
   * `projection`, `search`: what is derived is not what the log gives; `file`: its content is not what its name says; `integrity`: the database itself.
   */
  readonly kind: string;
  readonly hash?: Hash;
  readonly space?: SpaceId;
  readonly replica?: ReplicaId;
  readonly seq?: number;
  readonly what?: string;
}

/** The counts of what was verified, all of it without a fault. `awaited`: files that records name and no laptop has brought yet. */
export interface Verified {
  readonly changeSets: number;
  readonly files: { readonly whole: number; readonly awaited: number };
}

/** Faults told one by one; the rest is only counted. */
const MOST_FAULTS = 100;
const FILES_STEP = 500;

/**
 * Verifies a repository in a folder, whether a server runs on it or not: whether every row of the log can be proven, as a new device would, every projection is what the
 * log gives, and every file is whole. Changes nothing and reads as things stand at its start. Refuses `administration.nothingHere`, `administration.notProven` (with the
 * faults), `store.newer`.
 */
export async function verifyFolder(data: string, bucket: RepositoryFiles | undefined): Promise<Result<Verified>> {
  const folder = repositoryFolder(data);
  if (!existsSync(folder.store) || !existsSync(folder.key)) return refuse('administration.nothingHere', { data });
  const { publicKey } = repositorySigner(folder.key);
  const db = openDatabase(folder.store, { mustExist: true, readonly: true });
  try {
    const version = db.pragma('user_version', { simple: true }) as number;
    if (version > SCHEMA_VERSION) return refuse('store.newer', { found: version, known: SCHEMA_VERSION });
    if (version < SCHEMA_VERSION) return refuse('administration.olderStore');
    db.exec('begin');
    const wroteElsewhere = db.prepare('select 1 from tip where replica = ? and space <> ? limit 1');
    const checked = await checkStore(db, {
      hasher: nodeHasher,
      verifier: nodeVerifier(),
      keys: new Map([[replicaIdOf(publicKey, nodeHasher), publicKey]]),
      strict: true,
      isCertified: ({ bytes }) => believes(publicKey, bytes, (replica) => wroteElsewhere.get(replica, LIBRARY) !== undefined),
    });
    const where = db.prepare('select space, replica, seq from change_set where hash = ?');
    const faults = faultList();
    for (const problem of checked.problems) faults.add(faultOf(problem, (hash) => where.get(hash) as LogPlace | undefined));
    const files = await verifyFiles(bucket ?? openDiskFiles(folder.path), filesNamedIn(db), faults);
    return faults.answer({ changeSets: checked.changeSets, files });
  } finally {
    db.close();
  }
}

/** Verifies a repository in a database, as `verifyFolder` does one in a folder. `data`: the folder where its files are, where no bucket is named. */
export async function verifyDatabase(
  url: string,
  bucket: RepositoryFiles | undefined,
  data: string | undefined,
): Promise<Result<Verified>> {
  const files = bucket ?? (data === undefined ? null : openDiskFiles(repositoryFolder(data).path));
  if (!files) return refuse('administration.filesPlace');
  const db = openPostgres(url, { connections: 2 });
  try {
    const migrated = await migrate(db);
    if (!migrated.ok) return migrated;
    // What a server would show next: until then projections are behind, not wrong.
    while (await projectNext(db));
    const faults = faultList();
    const counts = await db.transaction(async (tx) => {
      await tx.exec('set transaction isolation level repeatable read, read only');
      const key = await tx.get<{ value: Buffer }>(`select value from setting where name = 'key'`);
      const { publicKey } = signerOf(key?.value ?? new Uint8Array(32));
      const keys = await keysIn(tx, publicKey);
      const problems: string[] = [];
      const { changeSets } = await checkDatabase(tx, {
        ...{ hasher: nodeHasher, verifier: nodeVerifier(), keyOf: (replica: ReplicaId) => keys.get(replica) },
        report: (problem) => (problems.length < MOST_FAULTS ? void problems.push(problem) : faults.more()),
      });
      for (const problem of problems) {
        const place = await tx.get<LogPlace>('select space, replica, seq from change_set where hash = $1', hashIn(problem));
        faults.add(faultOf(problem, () => place));
      }
      return { changeSets, named: await filesNamedInDatabase(tx) };
    });
    return faults.answer({ changeSets: counts.changeSets, files: await verifyFiles(files, counts.named, faults) });
  } finally {
    await db.close();
  }
}

type LogPlace = { readonly space: SpaceId; readonly replica: ReplicaId; readonly seq: number };

/** Whether a certificate makes its key count: it is this repository's, or that of who wrote in the library alone, which ships with the program. */
function believes(repositoryKey: Uint8Array, bytes: Uint8Array, wroteElsewhere: (replica: ReplicaId) => boolean): boolean {
  const decoded = decodeCertificate(bytes);
  if (!decoded.ok || replicaIdOf(fromHex(decoded.value.publicKey), nodeHasher) !== decoded.value.replica) return false;
  return verifyCertificate(decoded.value, repositoryKey, nodeVerifier(), nodeHasher) || !wroteElsewhere(decoded.value.replica);
}

async function keysIn(tx: Sql, publicKey: Uint8Array): Promise<ReadonlyMap<ReplicaId, Uint8Array>> {
  const keys = new Map([[replicaIdOf(publicKey, nodeHasher), publicKey]]);
  const elsewhere = await tx.all<{ replica: ReplicaId }>('select distinct replica from tip where space <> $1', LIBRARY);
  const wroteElsewhere = new Set(elsewhere.map(({ replica }) => replica));
  for (const { bytes } of await tx.all<{ bytes: Buffer }>('select bytes from certificate')) {
    if (!believes(publicKey, bytes, (replica) => wroteElsewhere.has(replica))) continue;
    const decoded = decodeCertificate(bytes);
    if (decoded.ok) keys.set(decoded.value.replica, fromHex(decoded.value.publicKey));
  }
  return keys;
}

function* filesNamedIn(db: Db): Iterable<string> {
  const page = db.prepare(filesNamed('materialVersion', { after: '?', limit: FILES_STEP })).pluck();
  for (let last = ''; ;) {
    const names = page.all(last) as string[];
    yield* names;
    if (names.length < FILES_STEP) return;
    last = names.at(-1)!;
  }
}

async function filesNamedInDatabase(tx: Sql): Promise<string[]> {
  const rows = await tx.all<{ sha256: string }>(filesNamed(tableOf('materialVersion')));
  return rows.map(({ sha256 }) => sha256);
}

async function verifyFiles(files: RepositoryFiles, named: Iterable<string>, faults: FaultList): Promise<Verified['files']> {
  const count = { whole: 0, awaited: 0 };
  for (const sha256 of named) {
    if (!/^[0-9a-f]{64}$/.test(sha256)) continue;
    const size = await files.size(sha256);
    if (size === null) count.awaited++;
    else if ((await hashOf(files, sha256, size)) === sha256) count.whole++;
    else faults.add({ kind: 'file', what: sha256 });
  }
  return count;
}

async function hashOf(files: RepositoryFiles, sha256: string, size: number): Promise<string> {
  const hash = createHash('sha256');
  if (size > 0) await pipeline(await files.read(sha256, 0, size - 1), hash);
  return size > 0 ? hash.digest('hex') : createHash('sha256').digest('hex');
}

/** `kind hash`, `kind type id` or `kind text`, as the checks say it. */
function faultOf(problem: string, placeOf: (hash: Hash) => LogPlace | undefined): Fault {
  const [kind = '', ...rest] = problem.split(' ');
  const hash = hashIn(problem);
  if (hash === '') return { kind, ...(rest.length > 0 && { what: rest.join(' ') }) };
  return { kind, hash, ...placeOf(hash) };
}

function hashIn(problem: string): Hash {
  return / ([0-9a-f]{64})$/.exec(problem)?.[1] ?? '';
}

interface FaultList {
  add(fault: Fault): void;
  /** One that is only counted. */
  more(): void;
  answer(verified: Verified): Result<Verified>;
}

function faultList(): FaultList {
  const faults: Fault[] = [];
  let count = 0;
  return {
    add(fault) {
      count++;
      if (faults.length < MOST_FAULTS) faults.push(fault);
    },
    more: () => void count++,
    answer: (verified) => (count === 0 ? ok(verified) : refuse('administration.notProven', { count, faults, ...verified })),
  };
}
