import { EARLIER_FLAGS, fileFlags as migration, FLAGS_IN_LOCAL } from '../store/sqlite/migrations/007-file-flags.ts';
import type { Db } from '../store/sqlite/opening/open-database.ts';

/** The code and day of the last try that could not carry a file. */
export interface LeftNote {
  readonly code: string;
  /** The day of the try, YYYY-MM-DD. */
  readonly day: string;
}

/** All that this laptop notes of a file. */
export interface FlagsOfFile {
  readonly sha256: string;
  readonly pinned: boolean;
  readonly freed: boolean;
  readonly sent: number;
  readonly delivered: boolean;
  readonly left: LeftNote | null;
}

/** The names of the flags of a file, in the order of docs/local-state.md. */
export type FileFlag = Exclude<keyof FlagsOfFile, 'sha256'>;

/**
 * Reads and writes what this laptop notes of files by their hash (table `file_flag`). It never travels; a backup holds it. Every write is durable when it
 * returns.
 */
export interface FileFlags {
  /** Whether a file is kept offline. */
  isPinned(sha256: string): boolean;
  pin(sha256: string): void;
  unpin(sha256: string): void;
  /** Whether a file was let go here on purpose: it is not fetched again unless it is kept offline. */
  isFreed(sha256: string): boolean;
  setFreed(sha256: string): void;
  /** Whether the repository is known to hold a file. */
  isDelivered(sha256: string): boolean;
  setDelivered(sha256: string): void;
  /** How many bytes of a file the repository has told that it holds, before it has it whole. */
  sentOf(sha256: string): number;
  /** Notes that number, and that the file is not known to be whole there. */
  noteSent(sha256: string, held: number): void;
  /** Why the last try could not carry a file; null: nothing is known. */
  leftOf(sha256: string): LeftNote | null;
  /** Notes why a file could not be carried; null: it was. */
  noteLeft(sha256: string, left: LeftNote | null): void;
  /** The files that the last try could not carry, in order. */
  everyLeft(): { readonly sha256: string; readonly code: string }[];
  /** Forgets what a repository is known to hold: another one counts, or it was restored. */
  forgetDelivered(): void;
  /** Forgets all that is noted of a file. */
  forget(sha256: string): void;
}

/** The flags of a store. `onSet` is told which topic has changed, after the value is durable. What an earlier program kept in `local`, which was copied, goes from there. */
export function openFileFlags(db: Db, onSet: (topic: 'material' | 'sync') => void = () => undefined): FileFlags {
  for (const prefix of EARLIER_FLAGS) db.prepare('delete from local where key >= ? and key < ?').run(prefix, `${prefix}\u{10ffff}`);
  const find = db.prepare('select * from file_flag where sha256 = ?');
  const left = db.prepare('select sha256, left_code as code from file_flag where left_code is not null order by sha256');
  const undeliver = db.prepare('update file_flag set sent = 0, delivered = 0');
  const remove = db.prepare('delete from file_flag where sha256 = ?');
  const put = putFlags(db);
  const flagsOf = (sha256: string): FlagsOfFile => flagsIn(find.get(sha256) as Row | undefined) ?? { ...NO_FLAGS, sha256 };
  const change = (sha256: string, flags: Partial<FlagsOfFile>): void => put({ ...flagsOf(sha256), ...flags });
  const pinning = (sha256: string, pinned: boolean): void => {
    change(sha256, { pinned });
    onSet('material');
  };
  return {
    isPinned: (sha256) => flagsOf(sha256).pinned,
    pin: (sha256) => pinning(sha256, true),
    unpin: (sha256) => pinning(sha256, false),
    isFreed: (sha256) => flagsOf(sha256).freed,
    setFreed: (sha256) => change(sha256, { freed: true }),
    isDelivered: (sha256) => flagsOf(sha256).delivered,
    setDelivered: (sha256) => change(sha256, { sent: 0, delivered: true }),
    sentOf: (sha256) => flagsOf(sha256).sent,
    noteSent: (sha256, held) => change(sha256, { sent: held, delivered: false }),
    leftOf: (sha256) => flagsOf(sha256).left,
    noteLeft(sha256, note) {
      if (note === null && flagsOf(sha256).left === null) return;
      change(sha256, { left: note });
      onSet('sync');
    },
    everyLeft: () => left.all() as { sha256: string; code: string }[],
    forgetDelivered: () => void undeliver.run(),
    forget: (sha256) => void remove.run(sha256),
  };
}

/** Returns a function that writes all the flags of a file; a row without any is removed. */
export function putFlags(db: Db): (flags: FlagsOfFile) => void {
  const put = db.prepare(
    `insert into file_flag(sha256, pinned, freed, sent, delivered, left_code, left_day) values (?, ?, ?, ?, ?, ?, ?)
     on conflict(sha256) do update set pinned = excluded.pinned, freed = excluded.freed, sent = excluded.sent, delivered = excluded.delivered,
       left_code = excluded.left_code, left_day = excluded.left_day`,
  );
  const remove = db.prepare('delete from file_flag where sha256 = ?');
  return ({ sha256, pinned, freed, sent, delivered, left }) => {
    if (pinned || freed || sent > 0 || delivered || left !== null)
      put.run(sha256, Number(pinned), Number(freed), sent, Number(delivered), left?.code ?? null, left?.day ?? null);
    else remove.run(sha256);
  };
}

/** So many rows are taken over at most, and no code or day is longer. */
const MOST = { rows: 200_000, text: 100 } as const;

/** Every flag of a database whose tables are ours, an earlier program's too; what does not have its shape is left out, for anybody may have made a backup. */
export function everyFlag(db: Db): FlagsOfFile[] {
  const version = db.pragma('user_version', { simple: true }) as number;
  const rows = version >= migration.version ? 'select * from file_flag order by sha256' : FLAGS_IN_LOCAL;
  return (db.prepare(`select * from (${rows}) limit ${MOST.rows}`).all() as Row[]).flatMap((row) => flagsIn(row) ?? []);
}

/** Whether a key of `local` is one under which an earlier program kept what is now a flag of a file. */
export function isEarlierFlag(key: string): boolean {
  return EARLIER_FLAGS.some((prefix) => key.startsWith(prefix));
}

/** The flags of a file of which nothing is noted. */
export const NO_FLAGS: Omit<FlagsOfFile, 'sha256'> = { pinned: false, freed: false, sent: 0, delivered: false, left: null };

interface Row {
  readonly sha256: unknown;
  readonly pinned: unknown;
  readonly freed: unknown;
  readonly sent: unknown;
  readonly delivered: unknown;
  readonly left_code: unknown;
  readonly left_day: unknown;
}

function flagsIn(row: Row | undefined): FlagsOfFile | null {
  const { sha256, sent, left_code: code, left_day: day } = row ?? {};
  if (!row || typeof sha256 !== 'string' || !/^[0-9a-f]{64}$/.test(sha256)) return null;
  return {
    sha256,
    pinned: row.pinned === 1,
    freed: row.freed === 1,
    sent: Number.isSafeInteger(sent) ? Math.max(0, sent as number) : 0,
    delivered: row.delivered === 1,
    left: isShort(code) && isShort(day) ? { code, day } : null,
  };
}

function isShort(text: unknown): text is string {
  return typeof text === 'string' && text.length <= MOST.text;
}
