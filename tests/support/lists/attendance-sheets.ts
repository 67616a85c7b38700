import type { LetterSet } from '../../../shared/features/attendance/letters.ts';
import { planMarks, type MarksContext, type MarksPlan } from '../../../shared/features/attendance/sheets/plan-marks.ts';
import { readSheets } from '../../../shared/features/attendance/sheets/read-sheets.ts';
import type { ReadSheets } from '../../../shared/features/attendance/sheets/sheets-reading.ts';
import type { AgendaSession } from '../../../shared/features/attendance/sheets/occasions.ts';
import type { CellMark } from '../../../shared/features/attendance/rules.ts';
import type { IntakeOptions } from '../../../shared/features/intake/shapes.ts';
import type { KnownIdentity } from '../../../shared/features/intake/people-index.ts';
import { nameWords } from '../../../shared/features/intake/names.ts';
import { halfDaysBetween, type HalfDay } from '../../../shared/kernel/dates.ts';
import type { Source } from '../../../shared/kernel/source.ts';
import { fold, type Language } from '../../../shared/kernel/text.ts';

/** Somebody of a workshop: `FAMILY/Given/number/email`, parts left out where they are not known. */
export function person(text: string, at: number): KnownIdentity {
  const [familyName, givenName, ref, email] = text.split('/');
  const id = `00000000-0000-4000-8000-${String(at + 1).padStart(12, '0')}`;
  return {
    id,
    familyName: familyName || null,
    givenName: givenName || null,
    ref: ref || null,
    email: email || null,
    country: null,
    institution: null,
  };
}

export interface SheetSaid {
  readonly people?: readonly string[];
  readonly start?: string;
  readonly end?: string;
  readonly halfDays?: readonly HalfDay[];
  readonly sessions?: readonly AgendaSession[];
  readonly languages?: readonly Language[];
  readonly workshopLetters?: LetterSet;
  readonly letters?: Readonly<Record<string, string>>;
  readonly options?: IntakeOptions;
  readonly marks?: readonly CellMark[];
  readonly someLeft?: boolean;
}

const PEOPLE = ['DIOP/Awa', 'FALL/Ibra', 'TRAORE/Moussa'];

/** What taking a source would do; its account must add up. */
export function planOf(
  source: Source,
  said: SheetSaid = {},
): { readonly plan: MarksPlan; readonly read: ReadSheets; readonly people: readonly KnownIdentity[] } {
  const people = (said.people ?? PEOPLE).map(person);
  const halfDays = said.halfDays ?? halfDaysBetween(said.start ?? '2026-03-02', said.end ?? '2026-03-03');
  const calendar = { halfDays, expected: halfDays, sessions: said.sessions ?? [] };
  const known = {
    refs: new Set(people.flatMap(({ ref }) => (ref ? [fold(ref)] : []))),
    emails: new Set(people.flatMap(({ email }) => (email ? [fold(email)] : []))),
    names: new Set(
      people.flatMap(({ familyName, givenName }) => nameWords(`${familyName ?? ''} ${givenName ?? ''}`)).filter((word) => word.length > 2),
    ),
  };
  const read = readSheets(source, said.options ?? {}, { calendar, known });
  if (!read.ok) throw new Error(read.refusal.code);
  const context: MarksContext = {
    ...{ people, someLeft: said.someLeft ?? false, marks: said.marks ?? [], sessions: calendar.sessions },
    workshopLetters: said.workshopLetters ?? null,
    ...{ languages: said.languages ?? ['fr'], letters: said.letters ?? {}, options: said.options ?? {} },
  };
  const plan = planMarks(source, read.value, context);
  if (!plan.ok) throw new Error(plan.refusal.code);
  const { cells, taken, left, asked } = plan.value.account;
  if (cells !== taken + left + asked) throw new Error('the account of the file does not add up');
  return { plan: plan.value, read: read.value, people };
}

/** `DIOP 02AM present`, sorted. */
export function marksOf(source: Source, said?: SheetSaid): string[] {
  const { plan, people } = planOf(source, said);
  const name = new Map(people.map(({ id, familyName }) => [id, familyName]));
  return plan.marks
    .map(({ personId, halfDay, status }) => `${name.get(personId)} ${halfDay.slice(8, 10)}${halfDay.slice(11)} ${status}`)
    .sort();
}
