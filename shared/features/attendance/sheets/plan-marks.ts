import type { z } from 'zod';
import type { RejectedRow, RowPlace } from '../../../contract/shapes.ts';
import type { HalfDay } from '../../../kernel/dates.ts';
import type { Id } from '../../../kernel/ids.ts';
import { refuse, ok, type Result } from '../../../kernel/result.ts';
import type { Language } from '../../../kernel/text.ts';
import { MARKS, type Mark, type Status } from '../../../model/vocabularies.ts';
import type { Account } from '../../intake/account.ts';
import { decisionsByPlace, inFileOrder, placeKey, placesOf, rejectedAt } from '../../intake/row-places.ts';
import type { Decision, DecisionRefusal, IntakeOptions, PlannedRow, question, RowAsk } from '../../intake/shapes.ts';
import { askOfRow, headingRows, keptWhole } from '../../intake/waiting-rows.ts';
import type { Source } from '../../../kernel/source.ts';
import type { KnownIdentity } from '../../intake/people-index.ts';
import { attended } from '../counts.ts';
import type { LetterSet } from '../letters.ts';
import { letterMeanings, letterOf, type LetterMeaning } from './letter-meanings.ts';
import type { AgendaSession } from './occasions.ts';
import type { ReadSheets } from './sheets-reading.ts';
import type { SaidMark, SheetPerson } from './sheet-rows.ts';
import type { CellMark } from '../rules.ts';
import { areListPlaces, SheetPeople, type RowPerson } from './sheet-people.ts';
import { halvesStayed, isBlankStay, longestUsual, spanOf, STAY_RULE, statusOfStays, type Stay } from './stay-times.ts';

type Question = z.infer<typeof question>;

/** The plan of taking a file of attendance into a workshop. */
export interface MarksPlan {
  readonly marks: readonly CellMark[];
  readonly rows: readonly PlannedRow[];
  readonly questions: readonly Question[];
  /** Rows that hold the import up. */
  readonly rejected: readonly RejectedRow[];
  readonly doubtful: readonly RejectedRow[];
  readonly account: Account;
}

/** The state of a workshop over which a plan is made. */
export interface MarksContext {
  /** In the list's order. */
  readonly people: readonly KnownIdentity[];
  /** People were taken off the list: their places are others' now. */
  readonly someLeft: boolean;
  readonly marks: readonly CellMark[];
  readonly sessions: readonly AgendaSession[];
  readonly languages: readonly Language[];
  /** The letters that were chosen for the workshop's sheet; null: none. */
  readonly workshopLetters: LetterSet | null;
  /** What letters were said to mean now and before. */
  readonly letters: Readonly<Record<string, string>>;
  readonly options: Pick<IntakeOptions, 'decisions' | 'answers'>;
}

/** Plans the marks of a file that was read. Refuses `intake.rowUnknown` (a decision about no row) and `people.unknown` (one that names somebody who is not of the workshop). */
export function planMarks(source: Source, read: ReadSheets, context: MarksContext): Result<MarksPlan, DecisionRefusal> {
  const known = new Set(context.people.map(({ id }) => id));
  const { decisions = [] } = context.options;
  const decided = decisionsByPlace([...read.rows, ...read.left], decisions);
  if (!decided.ok) return decided;
  if (decisions.some(({ personId }) => personId !== undefined && !known.has(personId))) return refuse('people.unknown');
  return ok(new Planning(read, context, decided.value).plan(source));
}

interface FoundRow {
  readonly row: SheetPerson;
  readonly person: RowPerson | { readonly is: 'leave' };
}

/** A status that a row says of somebody in a half-day. */
interface ReadMark {
  readonly row: SheetPerson;
  readonly mark: SaidMark;
  readonly id: Id;
  readonly halfDay: HalfDay;
  readonly status: Mark;
}

class Planning {
  readonly #read: ReadSheets;
  readonly #context: MarksContext;
  /** By `placeKey`. */
  readonly #decided: ReadonlyMap<string, Decision>;
  readonly #questions: Question[];
  readonly #rejected: RejectedRow[] = [];
  readonly #doubtful: RejectedRow[] = [];
  /** What holds a row up, in the order of its cells. */
  readonly #asks = new Map<SheetPerson, RowAsk[]>();
  readonly #meanings: ReadonlyMap<string, LetterMeaning>;

  constructor(read: ReadSheets, context: MarksContext, decided: ReadonlyMap<string, Decision>) {
    [this.#read, this.#context, this.#decided] = [read, context, decided];
    this.#questions = [...read.questions];
    this.#rejected.push(...read.headings);
    this.#meanings = this.#readLetters();
  }

  plan(source: Source): MarksPlan {
    const found = this.#identify();
    const said = this.#settle(found);
    const shown = this.#show(found, said);
    const { accounting } = this.#read;
    for (const { row, person } of found) this.#sayCells(row, person);
    for (const sheet of source.sheets)
      for (const { row, cells } of sheet.rows) accounting.say(sheet.name, row, cells.keys(), 'extraColumn');
    const left = this.#read.left.map(({ sheet, row, name, why }): PlannedRow => ({
      ...{ sheet, row, name, why },
      does: 'leave',
      personId: null,
      candidates: [],
      changes: [],
      asks: [],
    }));
    const sheets = source.sheets.map(({ name }) => name);
    return {
      marks: said.map(({ id, halfDay, status }) => ({ personId: id, halfDay, status })),
      rows: inFileOrder([...headingRows(this.#read.headings), ...shown, ...left], sheets),
      questions: this.#questions,
      rejected: inFileOrder(this.#rejected, sheets),
      doubtful: this.#doubtful,
      account: accounting.close(source),
    };
  }

  /** All letters and words of the file, with what they mean; those that nobody knows become questions. */
  #readLetters(): ReadonlyMap<string, LetterMeaning> {
    const cells = new Map<string, { cells: number; rows: RowPlace[] }>();
    for (const row of this.#read.rows) {
      for (const { text } of row.marks) {
        if (text === null || text === '') continue;
        const use = cells.get(letterOf(text)) ?? { cells: 0, rows: [] };
        use.cells++;
        use.rows.push(row);
        cells.set(letterOf(text), use);
      }
    }
    const { languages, letters, options, workshopLetters } = this.#context;
    const answers = Object.fromEntries(
      Object.entries(options.answers ?? {}).flatMap(([key, answer]) =>
        key.startsWith('letter:') ? [[key.slice('letter:'.length), answer]] : [],
      ),
    );
    const meanings = letterMeanings(
      [...cells].map(([letter, use]) => ({ letter, cells: use.cells })),
      { languages, legend: this.#read.legend, said: { ...letters, ...answers }, own: this.#read.own, workshop: workshopLetters },
    );
    for (const [letter, { status, by, possible }] of meanings) {
      if (by === 'word' || by === 'unknown') continue;
      this.#questions.push({
        ...askOfLetter(letter, possible),
        column: '',
        subject: letter,
        chosen: status,
        rows: placesOf(cells.get(letter)!.rows),
      });
    }
    return meanings;
  }

  #identify(): FoundRow[] {
    const { rows } = this.#read;
    const { people, someLeft, options } = this.#context;
    const arePlaces = areListPlaces(rows, people);
    const answer = options.answers?.['places'];
    const byPlace = arePlaces && (answer === 'places' || (answer === undefined && !someLeft));
    if (arePlaces) {
      const chosen = answer === 'places' || answer === 'none' ? answer : someLeft ? null : 'places';
      this.#questions.push({
        key: 'places',
        code: 'places',
        column: '',
        subject: '',
        options: ['places', 'none'],
        chosen,
        rows: placesOf(rows),
      });
    }
    const finder = new SheetPeople({ people, byPlace }, rows);
    return rows.map((row): FoundRow => {
      const decision = this.#decided.get(placeKey(row));
      if (decision?.take === 'leave') return { row, person: { is: 'leave' } };
      if (decision?.take === 'same' && decision.personId !== undefined)
        return { row, person: { is: 'same', id: decision.personId, why: 'decided' } };
      return { row, person: finder.find(row) };
    });
  }

  /** One status for each person and half-day; what contradicts another row of the file is rejected. */
  #settle(found: readonly FoundRow[]): ReadMark[] {
    const first = new Map<string, SheetPerson>();
    const cells = new Map<string, ReadMark[]>();
    const stays = this.#stays(found);
    for (const { row, person } of found) {
      if (person.is !== 'same') {
        if (person.is !== 'leave') this.#reject(row, askOfRow({ field: row.field, code: person.why }));
        continue;
      }
      const before = first.get(`${row.list}\n${person.id}`);
      const isOnce = row.form === 'columns' || row.form === 'one';
      if (before && isOnce) {
        this.#reject(row, askOfRow({ field: row.field, code: 'person.repeated' }));
        continue;
      }
      first.set(`${row.list}\n${person.id}`, row);
      for (const mark of row.marks) this.#settleMark({ row, mark, id: person.id }, cells, stays);
    }
    return [...cells.values()].map((all) => ({ ...all[0]!, status: togetherOf(all.map(({ status }) => status)) }));
  }

  #settleMark({ row, mark, id }: Pick<ReadMark, 'row' | 'mark' | 'id'>, cells: Map<string, ReadMark[]>, stays: Stays): void {
    const reject = (code: string, answer: RowAsk['answer'] = null): void =>
      this.#reject(row, { field: mark.field, code, about: 'value', text: mark.text ?? '', answer });
    if (mark.fault !== null) return reject(mark.fault);
    for (const halfDay of mark.times ? stays.halvesOf(mark.times, mark.halfDays) : mark.halfDays) {
      const status = mark.stay ? stays.statusOf(id, halfDay) : this.#statusOf(mark);
      if (status === null) return reject('status.unknown', this.#answerTo(mark));
      if (status === 'notTaken') continue;
      const key = `${id}\n${halfDay}`;
      const before = cells.get(key) ?? [];
      const other = before.find((one) => one.status !== status);
      if (other && !(mark.isSession && other.mark.isSession)) reject('mark.repeated');
      else cells.set(key, [...before, { row, mark, id, halfDay, status }]);
    }
  }

  #statusOf({ text }: SaidMark): Status | null {
    if (text === null) return 'present';
    if (text === '') return 'notTaken';
    return this.#meanings.get(letterOf(text))?.status ?? null;
  }

  /** The question of what a mark's letter or word stands for, everywhere in the file. */
  #answerTo({ text }: SaidMark): RowAsk['answer'] {
    if (text === null) return null;
    const letter = letterOf(text);
    return keptWhole(askOfLetter(letter, this.#meanings.get(letter)?.possible ?? []));
  }

  #reject(row: SheetPerson, ask: RowAsk): void {
    this.#rejected.push(rejectedAt(row, ask));
    this.#asks.set(row, [...(this.#asks.get(row) ?? []), ask]);
  }

  #stays(found: readonly FoundRow[]): Stays {
    const all = found.flatMap(({ row, person }) =>
      row.marks.flatMap(({ stay, times, halfDays }) =>
        times ? [{ row, stay, times, halfDays, id: person.is === 'same' ? person.id : null }] : [],
      ),
    );
    // Whoever is listed without times was away when others were there.
    const held = new Set(all.flatMap(({ times, halfDays }) => (isBlankStay(times) ? [] : halvesStayed(times, halfDays))));
    const halvesOf = (stay: Stay, halfDays: readonly HalfDay[]): readonly HalfDay[] =>
      isBlankStay(stay) ? halfDays.filter((halfDay) => held.has(halfDay)) : halvesStayed(stay, halfDays);
    const timed = all.flatMap(({ row, stay, halfDays, id }) =>
      stay === null ? [] : halvesOf(stay, halfDays).map((halfDay) => ({ row, stay, halfDay, id })),
    );
    const answer = Number(this.#context.options.answers?.['stay'] ?? STAY_RULE.least);
    const rule = { ...STAY_RULE, least: LEAST_STAYS.includes(answer) ? answer : STAY_RULE.least };
    if (timed.length > 0)
      this.#questions.push({
        key: 'stay',
        code: 'stay',
        column: '',
        subject: String(rule.grace),
        options: LEAST_STAYS.map(String),
        chosen: String(rule.least),
        rows: placesOf(timed.map(({ row }) => row)),
      });
    const spans = new Map<HalfDay, ReturnType<typeof spanOf>>();
    const spanFor = (halfDay: HalfDay): ReturnType<typeof spanOf> => {
      const here = longestStays(timed.filter((one) => one.halfDay === halfDay));
      const longest = longestUsual(here.map(({ minutes }) => minutes ?? 0));
      const span =
        here.every(({ from }) => from === null) && !this.#context.sessions.some((session) => session.halfDay === halfDay)
          ? { start: 0, end: longest }
          : spanOf(halfDay, this.#context.sessions, here);
      return spans.get(halfDay) ?? (spans.set(halfDay, span), span);
    };
    const of = new Map<string, Stay[]>();
    for (const { stay, halfDay, id } of timed) if (id !== null) of.set(`${id}\n${halfDay}`, [...(of.get(`${id}\n${halfDay}`) ?? []), stay]);
    return {
      halvesOf,
      statusOf: (id, halfDay) => statusOfStays(of.get(`${id}\n${halfDay}`) ?? [], spans.get(halfDay) ?? spanFor(halfDay), rule),
    };
  }

  #show(found: readonly FoundRow[], said: readonly ReadMark[]): PlannedRow[] {
    const current = new Map(this.#context.marks.map(({ personId, halfDay, status }) => [`${personId}\n${halfDay}`, status]));
    const names = new Map(
      this.#context.people.map(({ id, familyName, givenName }) => [id, [familyName, givenName].filter(Boolean).join(' ')]),
    );
    const ofRow = new Map<SheetPerson, ReadMark[]>();
    for (const one of said) ofRow.set(one.row, [...(ofRow.get(one.row) ?? []), one]);
    return found.map(({ row, person }): PlannedRow => {
      const changes = (ofRow.get(row) ?? []).flatMap(({ id, halfDay, status }) => {
        const from = current.get(`${id}\n${halfDay}`) ?? 'notTaken';
        return from === status ? [] : [{ field: halfDay, from, to: status }];
      });
      const asks = this.#asks.get(row) ?? [];
      const base = { sheet: row.sheet, row: row.row, name: row.name, changes, asks };
      if (person.is === 'leave') return { ...base, does: 'leave', personId: null, candidates: [], why: 'decided' };
      if (person.is !== 'same') {
        const candidates = person.candidates.map(({ id, why }) => ({ personId: id, name: names.get(id) ?? '', why }));
        return { ...base, does: 'ask', personId: null, candidates, why: person.why };
      }
      const does = changes.length > 0 ? 'change' : asks.length > 0 ? 'ask' : 'same';
      return {
        ...base,
        does,
        personId: person.id,
        candidates: [{ personId: person.id, name: names.get(person.id) ?? '', why: person.why }],
        why: asks[0]?.code ?? person.why,
      };
    });
  }

  #sayCells(row: SheetPerson, person: FoundRow['person']): void {
    const { accounting } = this.#read;
    const say = (places: Iterable<number>, fate: Parameters<typeof accounting.say>[3]): void =>
      accounting.say(row.sheet, row.row, places, fate);
    const isNumberUsed = row.places.length === 0;
    const repeated = this.#asks.get(row)?.[0]?.code === 'person.repeated';
    const fate = person.is === 'leave' ? 'rowLeft' : person.is === 'same' && !repeated ? 'taken' : 'asked';
    say(row.places, fate);
    if (row.numberPlace !== null) say([row.numberPlace], isNumberUsed ? fate : 'runningNumber');
    for (const mark of row.marks) {
      const status = mark.stay ? 'present' : this.#statusOf(mark);
      const isOpen = mark.fault !== null || status === null;
      say(mark.places, fate !== 'taken' ? fate : isOpen ? 'asked' : status === 'notTaken' ? 'nothingSaid' : 'taken');
    }
  }
}

/** Returns the question about a letter: the statuses that it may be first, then the others. */
function askOfLetter(letter: string, possible: readonly Status[]): NonNullable<RowAsk['answer']> {
  const others = [...MARKS, 'notTaken' as const].filter((one) => !possible.includes(one));
  return { key: `letter:${letter}`, code: 'letter', options: [...possible, ...others] };
}

interface Stays {
  /** The half-days that a stay says something of. */
  halvesOf(stay: Stay, halfDays: readonly HalfDay[]): readonly HalfDay[];
  statusOf(id: Id, halfDay: HalfDay): Mark;
}

/** One stay for each person, from when they first came until they last left; a row that names nobody counts by its name. */
function longestStays(timed: readonly { readonly row: SheetPerson; readonly id: Id | null; readonly stay: Stay }[]): Stay[] {
  const byPerson = new Map<string, Stay>();
  for (const { row, id, stay } of timed) {
    const key = id ?? row.name;
    const before = byPerson.get(key);
    byPerson.set(key, before === undefined ? stay : joinedStays(before, stay));
  }
  return [...byPerson.values()];
}

function joinedStays(one: Stay, other: Stay): Stay {
  const least = (times: readonly (number | null)[]): number | null =>
    times.reduce((a, b) => (a === null ? b : b === null ? a : Math.min(a, b)), null);
  const most = (times: readonly (number | null)[]): number | null =>
    times.reduce((a, b) => (a === null ? b : b === null ? a : Math.max(a, b)), null);
  return { from: least([one.from, other.from]), to: most([one.to, other.to]), minutes: most([one.minutes, other.minutes]) };
}

/** In percent of the half-day. */
const LEAST_STAYS: readonly number[] = [0, 25, 50, 75, 90];

/** Returns the one status that several sessions of a half-day make together, in their order: away at first is late, away at the end left early. */
function togetherOf(statuses: readonly Mark[]): Mark {
  const kinds = new Set(statuses);
  if (kinds.size === 1) return statuses[0]!;
  const there = statuses.filter((status) => attended(status));
  if (there.length === 0) return kinds.has('absent') ? 'absent' : 'excused';
  if (!attended(statuses[0]!)) return 'late';
  if (!attended(statuses.at(-1)!)) return 'leftEarly';
  return MARKS.find((mark) => mark !== 'present' && there.includes(mark)) ?? 'present';
}
