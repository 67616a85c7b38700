import { asRecorded, membersOf, mergedPerson, recordsThatCount, type ValueState } from '../../../../shared/features/people/links.ts';
import { PERSON_FIELDS, type ParticipantRow, type PersonField } from '../../../../shared/features/people/rules.ts';
import type { KnownPerson } from '../../../../shared/features/people/list/list-identity.ts';
import type { Id } from '../../../../shared/kernel/ids.ts';
import { participant } from '../../../../shared/model/people.ts';
import { columnsOf } from '../../../../shared/model/records.ts';
import type { Reader } from '../../../../shared/node/store/store.ts';
import { passedOver, valueStateIn } from './linked-choices.ts';
import { RECORDED, recordedIn, representedIn } from '../activity/workshop.ts';

export type StoredPerson = ParticipantRow & { readonly activityId: Id; readonly live: number; readonly space: string };

export const PERSON_COLUMNS =
  `id, space, live, unreadable, ${columnsOf(participant)}, ` +
  "exists (select 1 from erasure where entity = participant.id and type = 'participant') as erased";

/** Somebody on the list of a workshop. */
export interface ListedRow {
  /** The record that stands for the person, with what only others of its records say. */
  readonly person: StoredPerson;
  /** The person's other records. */
  readonly linked: readonly Id[];
  /** Fields in which the records differ. */
  readonly apart: readonly PersonField[];
}

/** Every record of a workshop, removed ones too: a list that names one of them brings that one back, with its marks. */
export function everyone(reader: Reader, activityId: Id): KnownPerson[] {
  return reader
    .all<StoredPerson>(`select ${PERSON_COLUMNS} from participant where activityId = ? order by coalesce("position", '~'), id`, activityId)
    .map((row) => ({ ...row, live: row.live === 1 }));
}

/** The records of somebody, the one that stands for the others first. */
type Records = readonly [StoredPerson, ...StoredPerson[]];

/** The people of a workshop, each once, in the list's order. */
export function listedPeople(reader: Reader, activityId: Id): ListedRow[] {
  const over = passedOver(reader, activityId);
  return recordsByPerson(reader, activityId).map((records): ListedRow => {
    const [first, ...others] = records;
    if (others.length === 0) return { person: first, linked: [], apart: [] };
    const merged = mergedPerson<PersonField, StoredPerson>(records, PERSON_FIELDS, valueStates(reader, over, records));
    return { person: merged.person, linked: others.map(({ id }) => id), apart: merged.apart };
  });
}

/** A field in which the records of one person differ, with what each of them says that counts. */
export interface Difference {
  readonly field: PersonField;
  readonly values: readonly { readonly record: Id; readonly value: string }[];
}

/** The records of somebody as they are, whichever of them is named, and where they differ; undefined for who is not in the list. */
export function recordsOfPerson(
  reader: Reader,
  activityId: Id,
  id: Id,
): { readonly records: Records; readonly differ: Difference[] } | undefined {
  const records = recordsByPerson(reader, activityId).find((some) => some.some((record) => record.id === id));
  if (!records) return undefined;
  const stateOf = valueStates(reader, passedOver(reader, activityId), records);
  const { apart } = mergedPerson<PersonField, StoredPerson>(records, PERSON_FIELDS, stateOf);
  const differ = apart.map((field): Difference => ({
    field,
    values: recordsThatCount(records, (record) => stateOf(record, field)).flatMap((record) =>
      record[field] === null || record[field] === '' ? [] : [{ record: record.id, value: record[field] }],
    ),
  }));
  return { records, differ };
}

function recordsByPerson(reader: Reader, activityId: Id): Records[] {
  const represented = representedIn(reader, activityId);
  const rows = reader.all<StoredPerson>(
    `select ${PERSON_COLUMNS} from participant where ${RECORDED} order by coalesce("position", '~'), id`,
    ...recordedIn(reader, activityId),
  );
  if (represented.size === 0) return rows.map((row) => [row]);
  const byId = new Map(rows.map((row) => [row.id, row]));
  const members = membersOf(represented);
  return rows.flatMap((row): Records[] =>
    represented.has(row.id) ? [] : [[row, ...(members.get(row.id) ?? []).flatMap((id) => byId.get(id) ?? [])]],
  );
}

/** Where nothing was chosen in the whole workshop, the rows alone say it. */
function valueStates(
  reader: Reader,
  over: ReadonlySet<string>,
  records: Records,
): (record: StoredPerson, field: PersonField) => ValueState {
  if (over.size === 0) return asRecorded;
  const byRecord = new Map(records.map(({ id }) => [id, valueStateIn(reader, over, id)]));
  return ({ id }, field) => byRecord.get(id)!(field);
}
