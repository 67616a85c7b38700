import type { Id } from '../../kernel/ids.ts';
import { byKey } from '../../kernel/order.ts';
import { fold } from '../../kernel/text.ts';
import { participant } from '../../model/people.ts';
import { filledFields, filledOf, type FilledField, type FilledOf, type RowOf } from '../../model/records.ts';

/** The fields of a person that people fill in. */
export type PersonField = FilledField<typeof participant>;
/** The fields that hold what somebody agreed to. */
export type ConsentField = {
  [F in PersonField]: (typeof participant)['fields'][F]['input'] extends 'consent' ? F : never;
}[PersonField];
/** The fields that a list may say of somebody; what they agreed to they say themselves. */
export type ListedPersonField = Exclude<PersonField, ConsentField>;
/** The fields of a person that people fill in, in the order of files. */
export const PERSON_FIELDS = filledFields(participant);
/** Whether a name is that of a field which people fill in. */
export function isPersonField(name: string): name is PersonField {
  return PERSON_FIELDS.some((field) => field === name);
}

/** The fields that a list may say of somebody, in the order of files. */
export const LISTED_FIELDS = PERSON_FIELDS.filter((field): field is ListedPersonField => participant.fields[field].input !== 'consent');

/** The fields of a person in the order of a form: a list begins with its number, a form with the name. */
export const FORM_FIELDS: readonly PersonField[] = [...PERSON_FIELDS.filter((field) => field !== 'ref'), 'ref'];

/** A participant as its projection row has it; null: never recorded. */
export type ParticipantRow = Omit<RowOf<typeof participant>, 'activityId'> & {
  readonly id: Id;
  /** 1 where everything about the person was erased. */
  readonly erased?: number;
  /** The fields that cannot be read, as a JSON list; null: none. */
  readonly unreadable?: string | null;
};

/** A participant as the calls give it. */
export type Participant = FilledOf<typeof participant> & {
  readonly id: Id;
  readonly complete: boolean;
  readonly homonym: boolean;
  readonly erased: boolean;
  readonly unreadable: string[];
  readonly removed: RemovedYetWritten | null;
};

/** The attribution of a removal and of what was written unseen, for somebody who is on the list all the same; see `shapes.removed`. */
export interface RemovedYetWritten {
  readonly by: string;
  readonly device: string;
  readonly at: string;
  readonly writtenBy: string;
  readonly writtenDevice: string;
  readonly writtenAt: string;
}

/** The fields of a person that a report counts by. */
const COUNTED = ['profession', 'sex', 'country', 'institution'] as const;

/** Returns the fields that a report counts and that are still to be filled in. *Not stated* is an answer; a sex that nobody recorded is not. */
export function missingFields(row: Pick<ParticipantRow, (typeof COUNTED)[number]>): (typeof COUNTED)[number][] {
  return COUNTED.filter((field) => (row[field] ?? '') === '');
}

/** Whether nothing that a report counts is still to be filled in. */
export function isComplete(row: Pick<ParticipantRow, (typeof COUNTED)[number]>): boolean {
  return missingFields(row).length === 0;
}

/** Returns the key that homonyms share: family and given name, folded. */
export function nameKey(row: Pick<ParticipantRow, 'familyName' | 'givenName'>): string {
  return `${fold(row.familyName ?? '')}\n${fold(row.givenName ?? '')}`;
}

/** Groups of people who bear one name, in the order given; they are flagged and never merged. */
export function homonymGroups(rows: readonly Pick<ParticipantRow, 'id' | 'familyName' | 'givenName' | 'erased'>[]): Id[][] {
  const groups = new Map<string, Id[]>();
  for (const row of rows) {
    if (row.erased === 1) continue;
    const key = nameKey(row);
    const group = groups.get(key);
    if (group) group.push(row.id);
    else groups.set(key, [row.id]);
  }
  return [...groups.values()].filter((group) => group.length > 1);
}

/**
 * The people of a workshop in the list's order, walk-ins after them, as the calls give them. `erasedName`: what stands for a name that was erased; `removed`:
 * what is told of those who were removed and are in sight.
 */
export function participantsOf(
  rows: readonly ParticipantRow[],
  erasedName = '',
  removed: ReadonlyMap<Id, RemovedYetWritten> = new Map(),
): Participant[] {
  const ordered = rows
    .map((row) => ({ row, key: row.position ?? '~', id: row.id }))
    .sort(byKey)
    .map(({ row }) => row);
  const homonyms = new Set(homonymGroups(ordered).flat());
  return ordered.map((row) => ({
    ...filledOf(participant, row),
    ...(row.erased === 1 && { familyName: erasedName }),
    id: row.id,
    // Nothing is left to be filled in.
    complete: row.erased === 1 || isComplete(row),
    homonym: homonyms.has(row.id),
    erased: row.erased === 1,
    unreadable: row.unreadable ? (JSON.parse(row.unreadable) as string[]) : [],
    removed: removed.get(row.id) ?? null,
  }));
}
