import { liveAmong } from '../../../../shared/features/course/adaptation.ts';
import type { Heads, SourcePart, ValueOf } from '../../../../shared/features/course/upstream.ts';
import type { Id } from '../../../../shared/kernel/ids.ts';
import { courseVersion } from '../../../../shared/model/course.ts';
import { fieldOf, isReadable, splitRegister } from '../../../../shared/model/judge.ts';
import { recordColumns, type RecordRow } from '../../../../shared/model/records.ts';
import { textsOf, type Texts } from '../../../../shared/model/title.ts';
import type { Reader } from '../../../../shared/node/store/store.ts';
import type { FieldValue, ValueId } from '../../../../shared/sync/types.ts';
import { foundPart, partsOf, PARTS, type Part, type PartType } from './course-parts.ts';

/** A part as it stands, or as it was published. */
export interface Snapshot extends SourcePart {
  readonly type: PartType;
}

/** A published version of a course. */
export interface Published {
  readonly id: Id;
  readonly version: string;
  readonly notes: Texts;
  readonly publishedAt: string;
}

type VersionRow = RecordRow<typeof courseVersion>;

/** Fields that say where a part comes from, and are nothing of what is taught. */
const OF_THE_COPY: ReadonlySet<string> = new Set(['origin', 'originHeads']);

/** The published versions of every course here, by course, the earliest first. */
export function publishedByCourse(reader: Reader): ReadonlyMap<Id, readonly Published[]> {
  const versions = new Map<Id, Published[]>();
  for (const { courseId, ...one } of versionRows(reader).map(toldOf)) versions.set(courseId, [...(versions.get(courseId) ?? []), one]);
  return versions;
}

/** The published versions of a course, the earliest first. */
export function publishedOf(reader: Reader, courseId: Id): Published[] {
  return versionRows(reader, courseId).map(toldOf);
}

/** A course as it was published last, else as it stands. */
export function sourceOf(reader: Reader, courseId: Id): Snapshot[] {
  return lastPublished(reader, courseId) ?? standing(reader, courseId);
}

/** A course as it was published last; null where it never was. */
export function lastPublished(reader: Reader, courseId: Id): Snapshot[] | null {
  const last = versionRows(reader, courseId).at(-1);
  return last ? snapshotOf(reader, last) : null;
}

/** A course as a version of it says; null where there is no such version. */
export function publishedAs(reader: Reader, courseId: Id, versionId: Id): Snapshot[] | null {
  const row = versionRows(reader, courseId).find(({ id }) => id === versionId);
  return row ? snapshotOf(reader, row) : null;
}

function snapshotOf(reader: Reader, { courseId, parts }: VersionRow): Snapshot[] | null {
  if (courseId === null || parts === null) return null;
  const values = JSON.parse(parts) as Record<Id, Heads>;
  const known = new Map<Id, Part>(partsOf(reader, courseId).map((part) => [part.id, part]));
  for (const id of Object.keys(values)) {
    const part = known.has(id) ? undefined : foundPart(reader, id);
    if (part?.ok) known.set(id, part.value);
  }
  return [...known].flatMap(([id, { type, origin }]) => (values[id] ? [{ id, type, origin, heads: values[id] }] : []));
}

/** The row of a part as its projection would have it with these values: what `filledOf` reads. */
export function rowAs({ id, type, heads }: Snapshot, valueOf: ValueOf): Record<string, string | number | null> {
  const row: Record<string, string | number | null> = { id };
  const texts: Record<string, Record<string, FieldValue>> = {};
  for (const [name, { localised }] of Object.entries(PARTS[type].fields)) {
    row[name] = null;
    if (localised) texts[name] = {};
  }
  for (const [register, [first]] of Object.entries(heads)) {
    const value = first === undefined ? undefined : valueOf(first);
    const { field: name, language } = splitRegister(register);
    if (value === undefined || value === null || !isReadable(type, register, value)) continue;
    if (language !== null) texts[name] = { ...texts[name], [language]: value };
    else row[name] = typeof value === 'string' || typeof value === 'number' ? value : JSON.stringify(value);
  }
  for (const [name, said] of Object.entries(texts)) row[name] = JSON.stringify(said);
  return row;
}

/** A course as it stands. */
export function standing(reader: Reader, courseId: Id): Snapshot[] {
  return liveAmong(partsOf(reader, courseId)).map((part) => ({
    ...{ id: part.id, type: part.type, origin: part.origin },
    heads: comparedHeads(reader, part),
  }));
}

/** The values of what is taught in a part, by register. */
export function comparedHeads(reader: Reader, { type, id }: Pick<Part, 'type' | 'id'>): Heads {
  const heads: Record<string, ValueId[]> = {};
  for (const { field, id: value } of reader.headsOfEntity(type, id)) if (isCompared(type, field)) (heads[field] ??= []).push(value);
  return heads;
}

/** Returns the function that gives the value of an id, of those that these parts ever had. */
export function valuesOf(reader: Reader, parts: readonly Pick<Part, 'type' | 'id'>[]): ValueOf {
  const values = new Map<ValueId, FieldValue>();
  for (const { type, id } of parts)
    for (const written of reader.effective(type, id)) if (!written.erased) values.set(written.id, written.value);
  return (id) => values.get(id);
}

function isCompared(type: PartType, register: string): boolean {
  const { field: name, language } = splitRegister(register);
  const field = fieldOf(PARTS[type], register);
  return field !== undefined && !OF_THE_COPY.has(name) && field.localised === (language !== null);
}

function versionRows(reader: Reader, courseId?: Id): VersionRow[] {
  return reader.all<VersionRow>(
    `select ${recordColumns(courseVersion)} from courseVersion where live = 1 and courseId is not null and (? is null or courseId = ?)
     order by publishedAt, id`,
    courseId ?? null,
    courseId ?? null,
  );
}

function toldOf({ id, courseId, version, notes, publishedAt }: VersionRow): Published & { readonly courseId: Id } {
  return { id, courseId: courseId ?? '', version: version ?? '', notes: textsOf(notes), publishedAt: publishedAt ?? '' };
}
