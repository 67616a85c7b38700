import type { ValueState } from '../../../../shared/features/people/links.ts';
import type { Id } from '../../../../shared/kernel/ids.ts';
import { participant, personLink } from '../../../../shared/model/people.ts';
import { writesOf } from '../../../../shared/model/field-writes.ts';
import type { Reader } from '../../../../shared/node/store/store.ts';
import { IN_ONE_WORKSHOP } from '../activity/workshop.ts';
import type { FieldWrite, ValueId } from '../../../../shared/sync/types.ts';

// Which of the values of linked records was chosen over others stands in their links: taken apart, each record is as it was.

const IN_EFFECT = `activityId = ? and live = 1 and same = 1 and conflicts = 0 and "first" is not null and "second" is not null and ${IN_ONE_WORKSHOP}`;
/** As many as a link holds; the oldest go first. */
const MOST_KEPT = 500;

/** Two records of a person that somebody linked. */
export interface StandingLink {
  readonly linkId: Id;
  readonly ids: [Id, Id];
}

/** The links in effect that name one of these records. */
export function linksOf(reader: Reader, activityId: Id, records: readonly Id[]): StandingLink[] {
  return reader
    .all<{ id: Id; first: Id; second: Id }>(`select id, "first", "second" from personLink where ${IN_EFFECT} order by id`, activityId)
    .filter(({ first, second }) => records.includes(first) || records.includes(second))
    .map(({ id, first, second }) => ({ linkId: id, ids: [first, second] }));
}

/** The values of a workshop's linked records over which somebody chose another record's. */
export function passedOver(reader: Reader, activityId: Id): ReadonlySet<ValueId> {
  const heads = reader.headsWhere('personLink', 'settles', IN_EFFECT, activityId);
  return new Set([...heads.values()].flat().flatMap(({ value }) => valuesIn(value)));
}

/** Returns a function that says what is known of each field of a record, see `mergedPerson`. */
export function valueStateIn(reader: Reader, over: ReadonlySet<ValueId>, record: Id): (field: string) => ValueState {
  const byField = new Map<string, ValueId[]>();
  for (const { field, id, erased } of reader.headsOfEntity(participant.type, record))
    if (!erased) byField.set(field, [...(byField.get(field) ?? []), id]);
  return (field) => {
    const values = byField.get(field) ?? [];
    if (values.length === 0) return 'silent';
    return values.every((value) => over.has(value)) ? 'passedOver' : 'counts';
  };
}

/** The writes that keep what was chosen among linked records: `over` counts no more, `again` does. None where nothing changes. */
export function choiceWrites(
  reader: Reader,
  activityId: Id,
  records: readonly Id[],
  { over, again = [] }: { readonly over: readonly ValueId[]; readonly again?: readonly ValueId[] },
): FieldWrite[] {
  const links = linksOf(reader, activityId, records);
  const kept = links.map(({ linkId }) => reader.heads(personLink.type, linkId, 'settles').flatMap(({ value }) => valuesIn(value)));
  const all = new Set([...kept.flat().filter((value) => !again.includes(value)), ...over]);
  return links.flatMap(({ linkId }, place) =>
    kept[place]!.length === all.size && kept[place]!.every((value) => all.has(value))
      ? []
      : writesOf(personLink, linkId, { settles: [...all].slice(-MOST_KEPT) }),
  );
}

function valuesIn(value: unknown): ValueId[] {
  return Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : [];
}
