import type { Id } from '../../kernel/ids.ts';
import { byKey } from '../../kernel/order.ts';
import { fold, type Language } from '../../kernel/text.ts';
import type { Profession, Sex } from '../../model/vocabularies.ts';

/** A participant as its projection row has it; null: never recorded. */
export interface ParticipantRow {
  readonly id: Id;
  readonly ref: string | null;
  readonly familyName: string | null;
  readonly givenName: string | null;
  readonly sex: Sex | null;
  readonly profession: Profession | null;
  readonly country: string | null;
  readonly institution: string | null;
  readonly language: Language | null;
  readonly email: string | null;
  readonly position: string | null;
  /** 1 where everything about the person was erased. */
  readonly erased?: number;
  /** The fields that cannot be read, as a JSON list; null: none. */
  readonly unreadable?: string | null;
}

/** A participant as the calls give it. */
export interface Participant {
  readonly id: Id;
  readonly ref: string;
  readonly familyName: string;
  readonly givenName: string;
  readonly sex: Sex;
  readonly profession: Profession | null;
  readonly country: string | null;
  readonly institution: string;
  readonly language: Language | null;
  readonly email: string;
  readonly complete: boolean;
  readonly homonym: boolean;
  readonly erased: boolean;
  readonly unreadable: string[];
  readonly removed: RemovedYetWritten | null;
}

/** Who removed somebody who is on the list all the same, and who wrote about them unseen; see `shapes.removed`. */
export interface RemovedYetWritten {
  readonly by: string;
  readonly device: string;
  readonly at: string;
  readonly writtenBy: string;
  readonly writtenDevice: string;
  readonly writtenAt: string;
}

/**
 * Whether nothing that a report counts is still to be filled in: sex, profession, country, institution. *Not stated* is an
 * answer; a sex that nobody recorded is not.
 */
export function isComplete(row: Pick<ParticipantRow, 'sex' | 'profession' | 'country' | 'institution'>): boolean {
  return row.sex !== null && row.profession !== null && row.country !== null && (row.institution ?? '') !== '';
}

/** What two homonyms share: family and given name, folded. */
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
    id: row.id,
    ref: row.ref ?? '',
    familyName: row.erased === 1 ? erasedName : (row.familyName ?? ''),
    givenName: row.givenName ?? '',
    sex: row.sex ?? 'notStated',
    profession: row.profession,
    country: row.country,
    institution: row.institution ?? '',
    language: row.language,
    email: row.email ?? '',
    // Nothing is left to be filled in.
    complete: row.erased === 1 || isComplete(row),
    homonym: homonyms.has(row.id),
    erased: row.erased === 1,
    unreadable: row.unreadable ? (JSON.parse(row.unreadable) as string[]) : [],
    removed: removed.get(row.id) ?? null,
  }));
}
