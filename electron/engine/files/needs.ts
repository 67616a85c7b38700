import { LARGEST_PICTURE } from '../../../shared/features/award/picture.ts';
import type { Id } from '../../../shared/kernel/ids.ts';
import type { FileRoom } from '../../../shared/node/files/file-room.ts';
import type { SqliteStore } from '../../../shared/node/store/sqlite/sqlite-store.ts';
import type { Reader } from '../../../shared/node/store/store.ts';
import type { ReplicaId, SpaceId } from '../../../shared/sync/types.ts';

// Which files records name, which of them are wanted here and why: every text of SQL that asks for files stands in this one place.

/** A file that a record names, with its size as the record says it. */
export interface NamedFile {
  readonly sha256: string;
  readonly size: number;
}

/** A file that is to be here and is not. */
export interface WantedFile extends NamedFile {
  /** `pinned`: it is kept offline; `space`: it belongs to what this laptop works in. */
  readonly why: 'pinned' | 'space';
  /** Since when a record names it: ISO 8601, by the clock of who added it; '' where none says. */
  readonly since: string;
}

interface Files {
  readonly store: { readonly reader: Reader };
  readonly files: Pick<FileRoom, 'has' | 'size' | 'flags'>;
}

interface NamedRow {
  readonly sha256: unknown;
  readonly size: unknown;
  readonly space: SpaceId;
  readonly since: string;
  /** Whether it is a picture of a design: small, and wanted by whoever may print the certificates. */
  readonly isPicture: number;
}

/** Whether a text is a SHA-256 in hex, under which files lie: what another program wrote there is not taken for one. */
export function isHash(text: unknown): text is string {
  return typeof text === 'string' && /^[0-9a-f]{64}$/.test(text);
}

/** Returns the files that live records name, smallest first: a file in two spaces, or with two sizes, is named twice. */
function namedRows(reader: Reader): (NamedRow & { readonly sha256: string })[] {
  return reader
    .all<NamedRow>(
      `select sha256, size, space, coalesce(min(addedAt), '') as since, max(materialId in (select id from awardDesign where live = 1)) as isPicture
       from materialVersion where live = 1 group by sha256, size, space order by size, sha256`,
    )
    .filter((row): row is NamedRow & { readonly sha256: string } => isHash(row.sha256));
}

/** The file of a picture, as the version beneath a design names it. */
export interface PictureRow {
  readonly id: Id;
  readonly name: string;
  readonly sha256: string;
  readonly type: string;
}

/** The picture with this id beneath a design, removed or not; undefined where there is none, or its record is not whole. */
export function pictureRow(reader: Reader, designId: Id, id: Id | null): PictureRow | undefined {
  if (id === null) return undefined;
  const row = reader.get<{ id: Id; name: string | null; sha256: unknown; type: string | null }>(
    'select id, fileName as name, sha256, type from materialVersion where id = ? and materialId = ?',
    id,
    designId,
  );
  return row && isHash(row.sha256) ? { id: row.id, name: row.name ?? '', sha256: row.sha256, type: row.type ?? '' } : undefined;
}

/** Files that live records name and that are here, smallest first; only those that `goes` says of. */
export function filesHere({ store, files }: Files, goes: (space: SpaceId, sha256: string) => boolean): NamedFile[] {
  const found = new Map<string, NamedFile>();
  for (const { sha256, size, space } of namedRows(store.reader))
    if (goes(space, sha256) && files.has(sha256)) found.set(sha256, { sha256, size: size as number });
  return [...found.values()];
}

/** The spaces whose files a link carries, and which of these files are wanted without being kept offline. */
export interface WantedOf {
  isOpen(space: SpaceId): boolean;
  isWanted(space: SpaceId, sha256: string): boolean;
}

/** Files that are to be here and are not, smallest first: those kept offline, pictures of designs, and those of spaces whose files are wanted. */
export function filesWanted({ store, files }: Files, { isOpen, isWanted }: WantedOf): WantedFile[] {
  const found = new Map<string, WantedFile>();
  for (const { sha256, size, space, since, isPicture } of namedRows(store.reader)) {
    if (!isOpen(space) || !Number.isSafeInteger(size) || (size as number) <= 0 || files.has(sha256)) continue;
    const pinned = files.flags.isPinned(sha256);
    const isSmallPicture = isPicture === 1 && (size as number) <= LARGEST_PICTURE;
    if (pinned || isSmallPicture || isWanted(space, sha256))
      found.set(sha256, { sha256, size: size as number, why: pinned ? 'pinned' : 'space', since });
  }
  return [...found.values()];
}

/** The files that live records of these spaces name, smallest first: those that are here, and how many are not; without those of `before`. */
export function filesOfSpaces(
  { store, files }: Files,
  spaces: readonly SpaceId[],
  before: ReadonlySet<string>,
): { readonly here: readonly NamedFile[]; readonly notHere: number } {
  const wanted = new Set(spaces);
  const here = new Map<string, NamedFile>();
  const notHere = new Set<string>();
  for (const { sha256, size, space } of namedRows(store.reader)) {
    if (!wanted.has(space) || before.has(sha256)) continue;
    if (files.has(sha256)) here.set(sha256, { sha256, size: size as number });
    else notHere.add(`${sha256} ${String(size)}`);
  }
  return { here: [...here.values()], notHere: notHere.size };
}

/** Returns the hashes of those of these files that a live record names, with the very size, and that are not here. */
export function filesMissing({ store, files }: Files, among: readonly NamedFile[]): Set<string> {
  const isNamed = ({ sha256, size }: NamedFile): boolean =>
    store.reader.get('select 1 as named from materialVersion where sha256 = ? and size = ? and live = 1 limit 1', sha256, size) !==
    undefined;
  return new Set(among.filter((file) => isNamed(file) && !files.has(file.sha256)).map(({ sha256 }) => sha256));
}

/** A file that a workshop or a course needs: of a live material of either. */
export interface NeededFile {
  readonly sha256: string;
  readonly activityId: Id | null;
  readonly courseId: Id | null;
}

/** The files that these workshops and courses need and that are not here; one of several materials several times. */
export function filesNeeded({ store, files }: Files, of: readonly Id[]): NeededFile[] {
  return store.reader
    .all<NeededFile>(
      `with wanted(id) as (select value from json_each(?))
       select distinct v.sha256, m.activityId, m.courseId from materialVersion v join material m on m.id = v.materialId and m.live = 1
       where v.live = 1 and v.sha256 is not null and (m.activityId in (select id from wanted) or m.courseId in (select id from wanted))`,
      JSON.stringify(of),
    )
    .filter(({ sha256 }) => !files.has(sha256));
}

/** Every file that a record names, removed or not, in order. */
export function everyFile(reader: Reader): string[] {
  return reader
    .all<{ sha256: unknown }>('select distinct sha256 from materialVersion where sha256 is not null order by sha256')
    .flatMap(({ sha256 }) => (isHash(sha256) ? [sha256] : []));
}

/** The files that live records name, each with the first of the spaces that name it: it goes only where all that name it may lose it, and is counted once. */
export function filesBySpace(reader: Reader): { readonly sha256: string; readonly space: SpaceId }[] {
  return reader
    .all<{ sha256: string; space: SpaceId }>(
      'select sha256, min(space) as space from materialVersion where live = 1 group by sha256 order by sha256',
    )
    .filter(({ sha256 }) => isHash(sha256));
}

/** A file's name as a live record has it; null where no record names it. */
export function fileNameOf(reader: Reader, sha256: string): string | null {
  const row = reader.get<{ fileName: string | null }>(
    'select fileName from materialVersion where sha256 = ? and live = 1 order by id limit 1',
    sha256,
  );
  return row ? (row.fileName ?? '') : null;
}

/** Whether one of these replicas wrote a record that names the file. */
export function isNamedBy(reader: Reader, sha256: string, replicas: ReadonlySet<ReplicaId>): boolean {
  const heads = reader.headsWhere('materialVersion', 'sha256', 'sha256 = ?', sha256);
  return [...heads.values()].flat().some(({ replica }) => replicas.has(replica));
}

/**
 * The files that only records of a space name, earlier versions included. One that this laptop added and that the repository is not known to hold stays: it is all there
 * is of it.
 */
export function filesOnlyIn(
  { store, files }: { readonly store: SqliteStore; readonly files: Pick<FileRoom, 'flags'> },
  space: SpaceId,
): string[] {
  const named = store.db
    .prepare(
      `select distinct json_extract(o.value, '$[2]') as sha256, c.space, c.replica from written w cross join change_set c on c.feed = w.feed
       join json_each(w.ops) o where w.type = 'materialVersion' and json_extract(o.value, '$[1]') = 'sha256'`,
    )
    .all() as { readonly sha256: unknown; readonly space: SpaceId; readonly replica: ReplicaId }[];
  const elsewhere = new Set(named.filter((one) => one.space !== space).map(({ sha256 }) => sha256));
  const own = new Set(named.filter(({ replica }) => replica === store.replica).map(({ sha256 }) => sha256));
  const here = new Set(named.flatMap((one) => (one.space === space && isHash(one.sha256) ? [one.sha256] : [])));
  return [...here].filter((sha256) => !elsewhere.has(sha256) && !(own.has(sha256) && !files.flags.isDelivered(sha256)));
}

/** Returns a test whether this laptop wrote anything in a space. */
export function worksIn({ db, replica }: Pick<SqliteStore, 'db' | 'replica'>): (space: SpaceId) => boolean {
  const wrote = db.prepare('select 1 from change_set where replica = ? and space = ? limit 1').pluck();
  const known = new Map<SpaceId, boolean>();
  return (space) => {
    const answer = known.get(space) ?? wrote.get(replica, space) !== undefined;
    known.set(space, answer);
    return answer;
  };
}
