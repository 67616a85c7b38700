import { Readable } from 'node:stream';
import type { CallContext } from '../../../../../shared/contract/rpc.ts';
import { placeOf, type PackPart, type ReadPack } from '../../../../../shared/features/course/exchange/pack.ts';
import type { Id } from '../../../../../shared/kernel/ids.ts';
import { ok, refuse, type Result } from '../../../../../shared/kernel/result.ts';
import { writesOf } from '../../../../../shared/model/field-writes.ts';
import { material, materialVersion } from '../../../../../shared/model/material.ts';
import { newRecordId } from '../../../../../shared/model/record-id.ts';
import { institutionSpace, LIBRARY } from '../../../../../shared/model/spaces.ts';
import { titleValues } from '../../../../../shared/model/title.ts';
import { valueText } from '../../../../../shared/sync/canonical.ts';
import type { FieldValue, FieldWrite, SpaceId } from '../../../../../shared/sync/types.ts';
import { fileType } from '../../../../../shared/features/material/file-type.ts';
import type { EngineContext } from '../../../context.ts';
import { ownInstitution } from '../../institution.ts';
import { PARTS } from '../course-parts.ts';
import { standing, valuesOf } from '../published.ts';

/** A course that a pack made here, or that was here already and says the same. */
export interface Imported {
  readonly id: Id;
  /** False where the very same course was here. */
  readonly made: boolean;
  /** How many files of materials came with it. */
  readonly files: number;
  /** Courses here that are the one of the pack, or were made of it. */
  readonly copies: readonly Id[];
  /** The change-set that made it; null where none was. */
  readonly taking: string | null;
}

/**
 * Makes the course of a pack in the space of the user's institution, else in the library. Nothing that is here is written over: a course that says the same is answered as it is, and else a
 * new one is made that knows the one of the pack as where it comes from. `apply` false: nothing is made, and `id` is '' of one that would be.
 */
export async function importedCourse(
  context: EngineContext,
  { manifest, files }: ReadPack,
  wanted: Id | undefined,
  apply: boolean,
  call: CallContext,
): Promise<Result<Imported, 'exchange.packOfOther' | 'job.cancelled'>> {
  const { store, random, hasher, clock } = context;
  const { reader } = store;
  const own = ownInstitution(context);
  const space = own === null ? LIBRARY : institutionSpace(own);
  const origin = manifest.parts[0]!.id;
  if (wanted !== undefined && wanted !== origin && originOf(context, wanted) !== origin) return refuse('exchange.packOfOther');
  const before = sameCourse(context, space, manifest.parts);
  const copies = reader
    .all<{ id: Id }>('select id from course where live = 1 and (id = ? or origin = ?) order by id', origin, origin)
    .map(({ id }) => id);
  if (before !== null) return ok({ id: before, made: false, files: 0, copies, taking: null });
  if (!apply) return ok({ id: '', made: true, files: manifest.materials.flatMap(({ versions }) => versions).length, copies, taking: null });

  // Files first: a record names none that is not here.
  const added: FieldWrite[] = [];
  const ids = new Map(manifest.parts.map((part) => [part.id, newRecordId(space, random, hasher)]));
  let count = 0;
  for (const { title, kind, audience, versions } of manifest.materials) {
    const id = newRecordId(space, random, hasher);
    const carried: FieldWrite[] = [];
    for (const { language, fileName, path } of versions) {
      if (call.signal.aborted) return refuse('job.cancelled');
      const bytes = files.get(path)!;
      // By its own bytes, whatever the pack says of it: what programs run is no material.
      const type = fileType(fileName, bytes.subarray(0, 64));
      if (type === null || bytes.length === 0) continue;
      const { sha256, size } = await context.files.put(Readable.from([bytes]), { signal: call.signal });
      const addedAt = new Date(clock.now()).toISOString();
      const version = { materialId: id, language, fileName, type, sha256, size, addedAt };
      carried.push(...writesOf(materialVersion, newRecordId(space, random, hasher), version));
      count++;
    }
    if (carried.length > 0)
      added.push(...writesOf(material, id, { ...titleValues(title), kind, audience, courseId: ids.get(origin)! }), ...carried);
  }
  const [written] = store.commit([{ space, writes: [...manifest.parts.flatMap((part) => writesOfPart(part, ids)), ...added] }]);
  return ok({ id: ids.get(origin)!, made: true, files: count, copies, taking: written?.hash ?? null });
}

function writesOfPart(part: PackPart, ids: ReadonlyMap<Id, Id>): FieldWrite[] {
  const id = ids.get(part.id)!;
  const place = placeOf(part);
  const values = Object.entries(part.values).map(([field, value]): FieldWrite => ({
    ...{ entityType: part.type, entityId: id, field },
    value: field === 'placement' && place !== null ? [ids.get(place[0])!, place[1]] : (value as FieldValue),
  }));
  const copied = writesOf(PARTS[part.type], id, { origin: part.id, originHeads: part.heads });
  return [...values.filter(({ field }) => field !== 'origin' && field !== 'originHeads'), ...copied];
}

function originOf({ store: { reader } }: EngineContext, id: Id): Id | null {
  return reader.get<{ origin: Id | null }>('select origin from course where live = 1 and id = ?', id)?.origin ?? null;
}

/** A course in a space that is the one of a pack, or was made of it, and says the same in every part. */
function sameCourse({ store: { reader } }: EngineContext, space: SpaceId, parts: readonly PackPart[]): Id | null {
  const origin = parts[0]!.id;
  const here = reader.all<{ id: Id }>(
    'select id from course where live = 1 and space = ? and (id = ? or origin = ?) order by id',
    space,
    origin,
    origin,
  );
  const said = saidBy(parts.map((part) => ({ ...part, place: placeOf(part) })));
  const same = here.find(({ id }) => {
    const snapshots = standing(reader, id);
    const valueOf = valuesOf(reader, snapshots);
    const told = snapshots.map(({ id: own, type, heads }) => {
      const values = Object.entries(heads).map(
        ([register, [first]]) => [register, first === undefined ? null : (valueOf(first) ?? null)] as const,
      );
      const known = Object.fromEntries(values.filter(([, value]) => value !== null));
      return { id: own, type, values: known, place: placeOf({ type, id: own, values: known, heads: {} }) };
    });
    return saidBy(told) === said;
  });
  return same?.id ?? null;
}

type Told = Pick<PackPart, 'id' | 'type' | 'values'> & { readonly place: readonly [string, string] | null };

/** All that a course says, by the places of its parts and not by their ids. */
function saidBy(parts: readonly Told[]): string {
  const numbers = new Map(parts.map(({ id }, at) => [id, at]));
  return JSON.stringify(
    parts.map(({ type, values, place }) => [
      ...[type, place === null ? null : [numbers.get(place[0]) ?? -1, place[1]]],
      Object.entries(values)
        .filter(([register]) => register !== 'placement')
        .map(([register, value]) => [register, valueText(value as FieldValue)])
        .toSorted(([a], [b]) => (a! < b! ? -1 : 1)),
    ]),
  );
}
