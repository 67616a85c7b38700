import type { Id } from '../../../../shared/kernel/ids.ts';
import { participant } from '../../../../shared/model/people.ts';
import { formWrites, type Seen, type ValuesOf } from '../../../../shared/model/field-writes.ts';
import type { Reader } from '../../../../shared/node/store/store.ts';
import type { FieldWrite, ValueId } from '../../../../shared/sync/types.ts';
import { choiceWrites } from './linked-choices.ts';
import { shownOf } from '../removals.ts';

/** The records of somebody, the one that stands for the others first. */
export type RecordIds = readonly [Id, ...Id[]];

/** Returns the value ids that a form shows of somebody's records, by register. */
export function shownOfRecords(reader: Reader, records: readonly Id[]): Record<string, ValueId[]> {
  const shown: Record<string, ValueId[]> = {};
  for (const record of records)
    for (const [field, values] of Object.entries(shownOf(reader, participant.type, record))) (shown[field] ??= []).push(...values);
  return shown;
}

/** The writes of a form: to the record that stands for the others; what these say, as the form showed it, counts no more. */
export function writesOfForm(
  reader: Reader,
  activityId: Id,
  [standing, ...others]: RecordIds,
  fields: ValuesOf<typeof participant>,
  seen: Seen | undefined,
): FieldWrite[] {
  if (others.length === 0) return formWrites(participant, standing, fields, seen);
  const said = new Map(
    Object.keys(fields).map((field) => [field, others.flatMap((one) => reader.heads(participant.type, one, field).map(({ id }) => id))]),
  );
  const isOwn = (field: string, value: ValueId): boolean =>
    reader.history(standing, field, participant.type).some(({ id }) => id === value);
  const own =
    seen && Object.fromEntries(Object.entries(seen).map(([field, values]) => [field, values.filter((value) => isOwn(field, value))]));
  const over = [...said].flatMap(([field, values]) => values.filter((value) => seen?.[field]?.includes(value) ?? seen === undefined));
  return [...formWrites(participant, standing, fields, own), ...choiceWrites(reader, activityId, [standing, ...others], { over })];
}
