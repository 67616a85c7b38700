import { membersOf, mergedPerson } from '../../../shared/features/people/links.ts';
import { LIST_FIELDS, type PersonField } from '../../../shared/features/people/list-export.ts';
import type { ParticipantRow } from '../../../shared/features/people/rules.ts';
import type { Id } from '../../../shared/kernel/ids.ts';
import type { Reader } from '../../../shared/node/store/store.ts';
import { RECORDED, recordedIn, representedIn } from './workshop.ts';

export type StoredPerson = ParticipantRow & { readonly activityId: Id; readonly live: number; readonly space: string };

export const PERSON_COLUMNS =
  'id, space, activityId, live, ref, familyName, givenName, sex, profession, country, institution, "language", email, "position", unreadable, ' +
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

/** The people of a workshop, each once, in the list's order. */
export function listedPeople(reader: Reader, activityId: Id): ListedRow[] {
  const represented = representedIn(reader, activityId);
  const rows = reader.all<StoredPerson>(
    `select ${PERSON_COLUMNS} from participant where ${RECORDED} order by coalesce("position", '~'), id`,
    ...recordedIn(reader, activityId),
  );
  if (represented.size === 0) return rows.map((person) => ({ person, linked: [], apart: [] }));
  const byId = new Map(rows.map((row) => [row.id, row]));
  const members = membersOf(represented);
  return rows.flatMap((row): ListedRow[] => {
    if (represented.has(row.id)) return [];
    const linked = members.get(row.id) ?? [];
    const { person, apart } = mergedPerson<PersonField, StoredPerson>([row, ...linked.flatMap((id) => byId.get(id) ?? [])], LIST_FIELDS);
    return [{ person, linked, apart }];
  });
}
