import { comparedAdaptation, type AdaptedPart, type Adaptation } from '../../../../shared/features/course/adaptation.ts';
import type { Heads } from '../../../../shared/features/course/upstream.ts';
import { ok, refuse, type Result } from '../../../../shared/kernel/result.ts';
import type { Id } from '../../../../shared/kernel/ids.ts';
import { isReadable } from '../../../../shared/model/judge.ts';
import type { Reader } from '../../../../shared/node/store/store.ts';
import type { SpaceId } from '../../../../shared/sync/types.ts';
import { findCourse } from '../library/course.ts';
import { partsOf, type Part } from './course-parts.ts';
import { comparedHeads, sourceOf, valuesOf } from './published.ts';

/** An adaptation with its records. */
export interface FoundAdaptation extends Adaptation {
  readonly id: Id;
  readonly space: SpaceId;
  readonly records: readonly Part[];
}

/** The adaptation of this id or code beside its source. */
export function adaptationOf(
  reader: Reader,
  idOrCode: string,
): Result<FoundAdaptation, 'course.notAdapted' | 'course.sourceAway' | 'course.unknown'> {
  const found = findCourse(reader, idOrCode);
  if (!found) return refuse('course.unknown');
  const records = partsOf(reader, found.summary.id);
  const [{ id, space, origin }] = records as [Part];
  if (origin === null) return refuse('course.notAdapted');
  if (!findCourse(reader, origin)) return refuse('course.sourceAway');
  return ok({ id, space, records, ...adaptationIn(reader, records, origin) });
}

/** An adaptation whose records are these, beside its source. */
export function adaptationIn(reader: Reader, records: readonly Part[], origin: Id): Adaptation {
  const source = sourceOf(reader, origin);
  return comparedAdaptation(adaptedParts(reader, records), source, valuesOf(reader, [...records, ...source]));
}

/** The records of a course as parts, each with its values and what it says of its source. */
export function adaptedParts(reader: Reader, records: readonly Part[]): AdaptedPart[] {
  return records.map((record) => ({ ...record, heads: comparedHeads(reader, record), originHeads: baseOf(reader, record) }));
}

function baseOf(reader: Reader, { type, id }: Part): Heads {
  const base = reader.heads(type, id, 'originHeads')[0]?.value;
  return base !== undefined && base !== null && isReadable(type, 'originHeads', base) ? (base as Heads) : {};
}
