import { comparedAdaptation, type AdaptedPart, type Adaptation } from '../../../../shared/features/course/adaptation.ts';
import type { Heads } from '../../../../shared/features/course/upstream.ts';
import type { Id } from '../../../../shared/kernel/ids.ts';
import { isReadable } from '../../../../shared/model/judge.ts';
import type { Reader } from '../../../../shared/node/store/store.ts';
import type { Part } from './course-parts.ts';
import { comparedHeads, sourceOf, valuesOf } from './published.ts';

/** An adaptation whose records are these, beside its source. */
export function adaptationIn(reader: Reader, records: readonly Part[], origin: Id): Adaptation {
  const source = sourceOf(reader, origin);
  const parts = records.map((record): AdaptedPart => ({
    ...record,
    heads: comparedHeads(reader, record),
    originHeads: baseOf(reader, record),
  }));
  return comparedAdaptation(parts, source, valuesOf(reader, [...records, ...source]));
}

function baseOf(reader: Reader, { type, id }: Part): Heads {
  const base = reader.heads(type, id, 'originHeads')[0]?.value;
  return base !== undefined && base !== null && isReadable(type, 'originHeads', base) ? (base as Heads) : {};
}
