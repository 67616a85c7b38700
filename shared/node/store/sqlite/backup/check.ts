import { isRuling } from '../../../../sync/accept.ts';
import { REASON_NOW } from '../quarantine.ts';
import type { Hasher, Verifier } from '../../../../kernel/ports.ts';
import { linkOf } from '../../../../sync/chain.ts';
import { decodeChangeSet, verifyChangeSet } from '../../../../sync/change-set.ts';
import type { ChangeSet, Hash, ReplicaId, SpaceId } from '../../../../sync/types.ts';
import { PROJECTIONS, type Cell } from '../../projection.ts';
import { vouchingWalk } from '../../../../sync/vouching.ts';
import { certificates, type StoredCertificate } from '../certificates.ts';
import type { Db } from '../opening/open-database.ts';
import { quoted } from '../projection-tables.ts';
import { storedOps } from '../../written-rows.ts';
import { registers } from '../registers.ts';

export interface CheckOptions {
  readonly hasher: Hasher;
  readonly verifier: Verifier;
  /** Public keys beside those of the certificates (this replica's own, the bundle's). */
  readonly keys?: ReadonlyMap<ReplicaId, Uint8Array>;
  /** The replica whose runs may still wait for their signature: this one. */
  readonly unsigned?: ReplicaId;
  /** Whether a certificate that is here makes its key count; left out: each does. */
  readonly isCertified?: (certificate: StoredCertificate) => boolean;
  /** Work of whom no key is known is a fault. */
  readonly strict?: boolean;
  readonly signal?: AbortSignal;
  readonly onProgress?: (done: number, total: number) => void;
}

export interface CheckResult {
  readonly ok: boolean;
  /** A word for the kind of fault and the hash, feed number or entity it concerns; no values, at most 100. */
  readonly problems: readonly string[];
  readonly changeSets: number;
}

const MOST_PROBLEMS = 100;
const STEP = 250;

/**
 * Looks at everything: SQLite's own check, every chain, hash and (where the key is known) signature, every value against its change-set, and
 * projections and search index against a rebuild. Changes nothing; gives way to other work between steps.
 */
export async function checkStore(db: Db, options: CheckOptions): Promise<CheckResult> {
  const problems: string[] = [];
  const report = (problem: string): void => {
    if (problems.length < MOST_PROBLEMS) problems.push(problem);
  };
  const pages = db.pragma('integrity_check(20)') as { integrity_check: string }[];
  for (const { integrity_check: line } of pages) if (line !== 'ok') report(`integrity ${line}`);
  let changeSets = 0;
  try {
    changeSets = await checkLog(db, options, report);
    checkTips(db, report);
    await checkDerived(db, options, report);
    checkSearch(db, report);
  } catch (error) {
    // A page too damaged to be read ends the check with what it has found.
    if (!isDamage(error)) throw error;
    report('integrity unreadable');
  }
  return { ok: problems.length === 0, problems, changeSets };
}

interface LogRow {
  readonly feed: number;
  readonly hash: Hash;
  readonly space: SpaceId;
  readonly replica: ReplicaId;
  readonly seq: number;
  readonly prev: Hash | null;
  readonly kind: string;
  readonly author: string;
  readonly t: number;
  readonly tq: number;
  readonly refused: string | null;
  readonly body: Uint8Array;
}

async function checkLog(db: Db, options: CheckOptions, report: (problem: string) => void): Promise<number> {
  const { hasher } = options;
  const keys = new Map(options.keys);
  for (const certificate of certificates(db)) {
    if (options.isCertified?.(certificate) ?? true) keys.set(certificate.replica, certificate.publicKey);
  }
  const total = db.prepare('select count(*) from change_set').pluck().get() as number;
  const page = db.prepare('select * from change_set where feed > ? order by feed limit ?');
  const link = db.prepare('select space, replica, seq, feed from change_set where hash = ?');
  const reason = db.prepare(`select ${REASON_NOW} from change_set where feed = ?`).pluck();
  const rulers = db.prepare("select value from meta where key = 'rulers'").pluck().get() as string | undefined;
  const mayRule = (replica: ReplicaId): boolean => (JSON.parse(rulers ?? '[]') as ReplicaId[]).includes(replica);
  const checkValues = valueCheck(db, report);
  const signatures = signatureCheck(options, report);
  let done = 0;
  let last = 0;
  for (;;) {
    const rows = page.all(last, STEP) as LogRow[];
    if (rows.length === 0) {
      signatures.end();
      return done;
    }
    for (const row of rows) {
      last = row.feed;
      const decoded = decodeChangeSet(row.body, hasher);
      if (!decoded.ok || decoded.value.hash !== row.hash || !sameHeader(decoded.value, row)) {
        report(`hash ${row.hash}`);
        continue;
      }
      const changeSet = decoded.value;
      const key = keys.get(row.replica);
      if (key) signatures.meet(changeSet, key);
      else if (options.strict) report(`certificate ${row.hash}`);
      if (
        linkOf(changeSet, (hash) => (link.get(hash) as { space: string; replica: string; seq: number } | undefined) ?? null) !== 'extends'
      ) {
        report(`chain ${row.hash}`);
      }
      const ruled = isRuling({ mayRule }, changeSet.header) ? null : (reason.get(row.feed) as string | null);
      if (row.refused !== ruled) report(`refusal ${row.hash}`);
      checkValues(row.feed, changeSet);
    }
    done += rows.length;
    options.onProgress?.(done, total);
    await pause(options.signal);
  }
}

/**
 * A change-set without a signature waits for a later one of its chain that has one. At the end only what this replica itself has yet to sign may
 * still be waiting. What is met comes in the order of the log, so each after the one it names.
 */
function signatureCheck(
  { hasher, verifier, unsigned }: CheckOptions,
  report: (problem: string) => void,
): { meet(changeSet: ChangeSet, key: Uint8Array): void; end(): void } {
  const walk = vouchingWalk();
  return {
    meet(changeSet, key) {
      const { hash, header, signature } = changeSet;
      const signed = signature !== '';
      if (signed && !verifyChangeSet(changeSet, key, verifier, hasher)) report(`signature ${hash}`);
      walk.meet({ hash, header, signed });
    },
    end() {
      for (const { hash, header } of walk.waiting()) if (header.replica !== unsigned) report(`unproven ${hash}`);
    },
  };
}

function sameHeader({ header }: ChangeSet, row: LogRow): boolean {
  return (
    header.space === row.space &&
    header.replica === row.replica &&
    header.seq === row.seq &&
    header.prev === row.prev &&
    header.kind === row.kind &&
    header.author === row.author &&
    header.t === row.t &&
    header.tq === row.tq
  );
}

function valueCheck(db: Db, report: (problem: string) => void): (feed: number, changeSet: ChangeSet) => void {
  const find = db.prepare('select ops from written where entity = ? and type = ? and feed = ?').pluck();
  return (feed, changeSet) => {
    for (const [key, ops] of storedOps(changeSet.ops)) {
      const [type, entity] = key.split(' ');
      if (find.get(entity, type, feed) !== JSON.stringify(ops)) report(`value ${changeSet.hash}`);
    }
  };
}

function checkTips(db: Db, report: (problem: string) => void): void {
  // Both sides are sorted once; a look for the next of each would go through its whole space, as often as the space has change-sets.
  const expected =
    'select * from (select space, replica, hash, seq from change_set except select space, replica, prev, seq - 1 from change_set where prev is not null)';
  for (const [a, b] of [
    [expected, 'select space, replica, hash, seq from tip'],
    ['select space, replica, hash, seq from tip', expected],
  ]) {
    for (const { hash } of db.prepare(`${a} except ${b}`).all() as { hash: Hash }[]) report(`tip ${hash}`);
  }
}

async function checkDerived(db: Db, options: CheckOptions, report: (problem: string) => void): Promise<void> {
  const store = registers(db);
  const byType = new Map(
    PROJECTIONS.map((projection) => {
      const columns = projection.columns.map(quoted).join(', ');
      const stored = db.prepare(`select ${columns} from ${quoted(projection.type)} where "id" = ?`).raw();
      return [projection.type, { projection, stored }] as const;
    }),
  );
  const searchText = db.prepare('select text from searchable where id = ? and type = ?').pluck();
  const rows = new Map<string, number>();
  let searchable = 0;
  let done = 0;
  for (const [id, type] of entitiesIn(db)) {
    const shown = byType.get(type);
    const found = shown && store.merged(type, id);
    if (shown && found) {
      const { projection, stored } = shown;
      rows.set(type, (rows.get(type) ?? 0) + 1);
      const expected = projection.rowOf(id, found.space, found.merged);
      const row = stored.get(id) as Cell[] | undefined;
      if (!row || expected.some((cell, i) => cell !== row[i])) report(`projection ${type} ${id}`);
      const text = projection.searched ? projection.searchTextOf(found.merged) : '';
      if (text !== '') searchable++;
      if (((searchText.get(id, type) as string | undefined) ?? '') !== text) report(`search ${type} ${id}`);
    }
    if (++done % STEP === 0) await pause(options.signal);
  }
  for (const { type } of PROJECTIONS) {
    if (
      db
        .prepare(`select count(*) from ${quoted(type)}`)
        .pluck()
        .get() !== (rows.get(type) ?? 0)
    )
      report(`projection ${type}`);
  }
  if (db.prepare('select count(*) from searchable').pluck().get() !== searchable) report('search');
}

/** Every entity that was written to, a page at a time: a log may be longer than memory. */
function* entitiesIn(db: Db): Iterable<[string, string]> {
  const page = db
    .prepare(`select distinct entity, type from written where (entity, type) > (?, ?) order by entity, type limit ${STEP}`)
    .raw();
  for (let last: [string, string] = ['', '']; ;) {
    const rows = page.all(...last) as [string, string][];
    yield* rows;
    if (rows.length < STEP) return;
    last = rows.at(-1)!;
  }
}

function checkSearch(db: Db, report: (problem: string) => void): void {
  // The index's own check is asked for by a write; where nothing may be written, that of the whole database has looked at it.
  if (db.readonly) return;
  try {
    db.exec("insert into search(search, rank) values ('integrity-check', 1)");
  } catch (error) {
    if (!isDamage(error)) throw error;
    report('search index');
  }
}

function isDamage(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && /^SQLITE_(CORRUPT|NOTADB)/.test(String(error.code));
}

async function pause(signal: AbortSignal | undefined): Promise<void> {
  await new Promise((resolve) => {
    setImmediate(resolve);
  });
  signal?.throwIfAborted();
}
