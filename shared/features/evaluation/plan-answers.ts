import type { RejectedRow } from '../../contract/shapes.ts';
import { countryCode } from '../../kernel/countries.ts';
import type { Id } from '../../kernel/ids.ts';
import type { Hasher } from '../../kernel/ports.ts';
import { ok, refuse, type Result } from '../../kernel/result.ts';
import { fold } from '../../kernel/text.ts';
import { correctionSheetId, drawnSheetId, testSheetId, tokenSheetId } from '../../model/derivations.ts';
import type { Wave } from '../../model/vocabularies.ts';
import type { Account } from '../intake/account.ts';
import type { Decision, DecisionRefusal, IntakeOptions, PlannedRow, Question } from '../intake/shapes.ts';
import { decisionsByPlace, inFileOrder, placeKey, placesOf, rejectedAt } from '../intake/row-places.ts';
import { askOfRow, headingRows } from '../intake/waiting-rows.ts';
import type { Source } from '../../kernel/source.ts';
import { indexPeople, type KnownIdentity, type PersonEvidence } from '../intake/people-index.ts';
import { whoIs, type Candidate } from '../intake/who.ts';
import type { Answers, Questionnaire } from './answers.ts';
import { mostPoints, pointsOf } from './scoring.ts';
import { planEntry, type EntryPlan } from './entry.ts';
import { rejectedIn, type ReadAnswers, type ReadSheet } from './read-sheet.ts';
import { batchIds, contentOf, perhapsIn } from './sheet-batch.ts';
import { effectiveSheets, testKey, testSheets, type Content, type EffectiveSheet, type Points, type StoredSheet } from './sheets.ts';

/** The people and sheets of a workshop over which answers are planned. */
export interface AnswersContext {
  readonly activityId: Id;
  readonly form: Questionnaire & { readonly id: Id };
  readonly people: readonly KnownIdentity[];
  /** Sheets that are in. */
  readonly stored: readonly StoredSheet[];
  readonly removed: readonly StoredSheet[];
  /** The secret by which earlier programs made ids of sheets with tokens; '' where there is none. */
  readonly bookKey: string;
  readonly hasher: Hasher;
  readonly options: IntakeOptions;
}

/** A sheet that is to be written, or brought back. */
export interface PlannedSheet extends Content {
  readonly plan: EntryPlan;
  readonly personId: Id | null;
  readonly wave: Wave | null;
}

export interface AnswersPlan {
  readonly sheets: readonly PlannedSheet[];
  readonly rows: readonly PlannedRow[];
  readonly questions: readonly Question[];
  readonly rejected: readonly RejectedRow[];
  readonly doubtful: readonly RejectedRow[];
  readonly account: Account;
}

/**
 * Plans for each row of a file whose sheet it is and what becomes of it: new, in already, in place of another, or asked. Refuses `intake.rowUnknown` (a
 * decision about no row) and `people.unknown` (one that names nobody).
 */
export function planAnswers(source: Source, read: ReadAnswers, context: AnswersContext): Result<AnswersPlan, DecisionRefusal> {
  const decisions = decisionsOf(read, context);
  if (!decisions.ok) return decisions;
  const rows = new PlannedRows(read, decisions.value);
  const questions = [...read.questions];
  const open = read.unread.filter((one) => decisions.value(one)?.take !== 'leave');
  const planned = context.form.anonymous
    ? planAnonymous(read, context, decisions.value, rows, questions)
    : planNamed(read, context, decisions.value, rows, questions);
  return ok({
    ...{ sheets: planned, rows: rows.all(), questions, doubtful: [...read.doubtful, ...rows.doubtful] },
    rejected: inFileOrder([...rejectedIn(read.headings, open), ...rows.rejected], sheetsOf(read)),
    account: read.accounting.close(source),
  });
}

type Decisions = (row: Pick<ReadSheet, 'sheet' | 'row'>) => Decision | undefined;

function decisionsOf(read: ReadAnswers, { options, people }: AnswersContext): Result<Decisions, DecisionRefusal> {
  const { decisions = [] } = options;
  const known = read.lists.flatMap((list) => list.rows.map(({ row }) => ({ sheet: list.sheet.name, row })));
  const decided = decisionsByPlace([...known, ...read.left], decisions);
  if (!decided.ok) return decided;
  const ids = new Set(people.map(({ id }) => id));
  if (decisions.some(({ personId }) => personId !== undefined && !ids.has(personId))) return refuse('people.unknown');
  return ok((place) => decided.value.get(placeKey(place)));
}

function sheetsOf({ lists }: ReadAnswers): string[] {
  return lists.map(({ sheet }) => sheet.name);
}

/** The rows of the plan while it is made. */
class PlannedRows {
  readonly rejected: RejectedRow[] = [];
  readonly doubtful: RejectedRow[] = [];
  readonly #read: ReadAnswers;
  readonly #rows = new Map<string, PlannedRow>();

  constructor(read: ReadAnswers, decided: Decisions) {
    this.#read = read;
    for (const heading of headingRows(read.headings)) this.#rows.set(placeKey(heading), heading);
    for (const { sheet, row, name, why, asks } of read.unread) {
      const isLeft = decided({ sheet, row })?.take === 'leave';
      const is: Partial<PlannedRow> = isLeft ? { does: 'leave', why: 'decided' } : { does: 'ask', why, asks: [...asks] };
      this.#rows.set(placeKey({ sheet, row }), { ...BLANK_ROW, sheet, row, name, ...is });
    }
    for (const { sheet, row, name, why } of read.left)
      this.#rows.set(placeKey({ sheet, row }), { ...BLANK_ROW, sheet, row, name, does: 'leave', why });
  }

  ask(sheet: ReadSheet, code: string, candidates: PlannedRow['candidates'] = []): void {
    this.rejected.push(rejectedAt(sheet, { field: sheet.field, code }));
    this.#put(sheet, { does: 'ask', why: code, candidates, asks: [askOfRow({ field: sheet.field, code })] });
    this.#read.sayRow(sheet, 'asked');
  }

  leave(sheet: ReadSheet): void {
    this.#put(sheet, { does: 'leave', why: 'rowLeft' });
    this.#read.sayRow(sheet, 'rowLeft');
  }

  take(sheet: ReadSheet, does: 'new' | 'same' | 'change', more: Partial<PlannedRow>): void {
    this.#put(sheet, { does, ...more });
    this.#read.sayRow(sheet, 'taken');
  }

  /** In the file's order. */
  all(): PlannedRow[] {
    return inFileOrder(this.#rows.values(), sheetsOf(this.#read));
  }

  /** A row with both tests is one row of the plan: what it does most is what it does. */
  #put({ sheet, row, name }: ReadSheet, more: Partial<PlannedRow>): void {
    const key = placeKey({ sheet, row });
    const before = this.#rows.get(key) ?? BLANK_ROW;
    const isMore = STRENGTH[more.does ?? 'same'] >= STRENGTH[before.does] || before.why === '';
    this.#rows.set(key, {
      ...before,
      ...{ sheet, row, name },
      ...(isMore ? more : { personId: more.personId ?? before.personId }),
      changes: [...before.changes, ...(more.changes ?? [])],
      asks: [...before.asks, ...(more.asks ?? [])],
    });
  }
}

const BLANK_ROW: PlannedRow = { sheet: '', row: 0, name: '', does: 'same', personId: null, candidates: [], changes: [], why: '', asks: [] };

const STRENGTH = { same: 0, new: 1, change: 2, leave: 3, ask: 4 } as const;

function planAnonymous(
  read: ReadAnswers,
  context: AnswersContext,
  decided: Decisions,
  rows: PlannedRows,
  questions: Question[],
): PlannedSheet[] {
  const { hasher, activityId, form, bookKey } = context;
  const kept = withoutRepeated(read, decided, rows);
  const byId = new Map(effectiveSheets(context.stored).map((one) => [one.first, one]));
  const ids = read.tokens
    ? kept.map(({ number }) => drawnSheetId(hasher, activityId, form.id, number))
    : batchIds(kept, hasher, activityId, form.id);
  const earlier = (index: number): EffectiveSheet | undefined =>
    read.tokens && bookKey !== '' ? byId.get(tokenSheetId(hasher, bookKey, form.id, kept[index]!.number)) : undefined;
  // A file that was imported as it is, or was removed as it is, is known by its ids; a part of one by its answers.
  const isKnown = read.tokens || ids.some((id) => byId.has(id) || context.removed.some((one) => one.id === id));
  const alike = isKnown ? new Map<number, Id>() : perhapsIn(kept, [...byId.values()]);
  const said = context.options.answers?.['batch'];
  const chosen = said === 'new' || said === 'same' ? said : null;
  const open = [...alike.keys()].filter((index) => decided(kept[index]!) === undefined);
  if (alike.size > 0) {
    const hanging = chosen === null ? placesOf(open.map((index) => kept[index]!)) : [];
    questions.push({
      key: 'batch',
      code: 'evaluation.batch',
      column: '',
      subject: String(alike.size),
      options: ['new', 'same'],
      chosen,
      rows: hanging,
    });
  }
  return kept.flatMap((one, index): PlannedSheet[] => {
    const decision = decided(one);
    const content: Content = { answers: one.answers, points: null };
    const take = decision?.take ?? (alike.has(index) ? chosen : 'new');
    if (take === null) return ask(rows, one, 'sheet.perhapsIn');
    const other = alike.get(index);
    if (take === 'same' && other !== undefined) {
      rows.take(one, 'same', { why: 'sheet.in' });
      return [{ ...content, plan: { action: 'unchanged', id: other, corrects: null }, personId: null, wave: null }];
    }
    return [
      place(one, { id: null, why: 'sheet.new' }, content, rows, context, {
        own: ids[index]!,
        counted: byId.get(ids[index]!) ?? earlier(index),
      }),
    ];
  });
}

/** Without those that were left, and those that bear a number once more: whether such a line is a slip or another sheet, nobody can tell from here. */
function withoutRepeated(read: ReadAnswers, decided: Decisions, rows: PlannedRows): ReadSheet[] {
  const seen = new Set<string>();
  const isNumbered = read.sheets.filter(({ number }) => number !== '').length * 10 >= read.sheets.length * 9;
  return read.sheets.filter((one) => {
    const take = decided(one)?.take;
    const key = `${read.tokens ? '' : one.part}/${one.number}`;
    const code = one.number === '' ? (isNumbered ? 'sheet.missing' : null) : seen.has(key) ? 'sheet.repeated' : null;
    seen.add(key);
    if (take === 'leave') rows.leave(one);
    else if (code !== null && (take === undefined || read.tokens)) rows.ask(one, code);
    else return true;
    return false;
  });
}

function planNamed(
  read: ReadAnswers,
  context: AnswersContext,
  decided: Decisions,
  rows: PlannedRows,
  questions: Question[],
): PlannedSheet[] {
  const whose = whoseSheets(read, context, questions);
  const tests = testSheets(context.stored);
  const seen = new Set<string>();
  return read.sheets.flatMap((one): PlannedSheet[] => {
    const decision = decided(one);
    if (decision?.take === 'leave') {
      rows.leave(one);
      return [];
    }
    const found = decision?.personId === undefined ? whose(one) : { id: decision.personId, why: 'decided' };
    if ('ask' in found) return ask(rows, one, found.ask, found.candidates);
    const key = testKey(one.wave, found.id);
    if (seen.has(key)) return ask(rows, one, 'person.repeated');
    seen.add(key);
    const counted = tests.get(key);
    const content: Content = { answers: one.answers, points: one.points };
    if (counted && one.points !== null && counted.points === null && decision?.take !== 'same') {
      // Points do not take the place of answers from which they follow, and never without a word where they differ.
      if (!agrees(one.points, counted.answers, context.form)) return ask(rows, one, 'sheet.answersIn');
      rows.take(one, 'same', { personId: found.id, why: 'sheet.pointsAgree' });
      return [{ ...content, plan: { action: 'unchanged', id: counted.id, corrects: null }, personId: found.id, wave: one.wave }];
    }
    return [
      place(one, found, content, rows, context, {
        own: testSheetId(context.hasher, context.activityId, context.form.id, one.wave, found.id),
        counted,
      }),
    ];
  });
}

function agrees({ points, of }: Points, answers: Answers, form: Questionnaire): boolean {
  const most = mostPoints(form);
  return most > 0 && points * most === pointsOf(form, answers) * of;
}

function ask(rows: PlannedRows, one: ReadSheet, code: string, candidates: PlannedRow['candidates'] = []): [] {
  rows.ask(one, code, candidates);
  return [];
}

function place(
  one: ReadSheet,
  whose: { readonly id: Id | null; readonly why: string },
  content: Content,
  rows: PlannedRows,
  context: AnswersContext,
  { own, counted }: { readonly own: Id; readonly counted: EffectiveSheet | undefined },
): PlannedSheet {
  const { hasher, activityId } = context;
  const removed = context.removed.filter(
    ({ id, personId, wave }) => id === own || (whose.id !== null && personId === whose.id && wave === one.wave),
  );
  const correctionId = (corrects: Id, { answers, points }: Content): Id =>
    correctionSheetId(hasher, activityId, corrects, contentOf(answers) + JSON.stringify(points));
  const plan = planEntry({ own, counted, removed, correctionId }, content);
  const personId = whose.id;
  if (plan.action === 'unchanged') rows.take(one, 'same', { personId, why: 'sheet.in' });
  else if (plan.action === 'correct' && counted)
    rows.take(one, 'change', { personId, why: 'sheet.replaces', changes: changesOf(counted, content, one.wave) });
  else rows.take(one, 'new', { personId, why: plan.action === 'add' ? whose.why : 'sheet.back' });
  return { ...content, plan, personId: whose.id, wave: one.wave };
}

function changesOf(before: Content, after: Content, wave: Wave | null): PlannedRow['changes'] {
  const prefix = wave === null ? '' : `${wave}.`;
  const said = (points: Points | null): string => (points === null ? '' : `${points.points}/${points.of}`);
  const items = [...new Set([...Object.keys(before.answers), ...Object.keys(after.answers)])]
    .map((item) => ({ field: prefix + item, from: before.answers[item] ?? '', to: after.answers[item] ?? '' }))
    .filter(({ from, to }) => from !== to);
  const points = { field: `${prefix}points`, from: said(before.points), to: said(after.points) };
  return points.from === points.to ? items : [...items, points];
}

type Whose = { readonly id: Id; readonly why: string } | { readonly ask: string; readonly candidates: PlannedRow['candidates'] };

/** Says whose a sheet is. Where a list has nothing but numbers of lines, one answer says that they are those of the workshop's list. */
function whoseSheets(read: ReadAnswers, { people, options }: AnswersContext, questions: Question[]): (one: ReadSheet) => Whose {
  const evidence = new Map(read.sheets.map((one) => [one, evidenceOf(one.person!)]));
  const index = indexPeople(people, evidence.values());
  const byId = new Map(people.map((person) => [person.id, person]));
  const byRef = new Map<string, Id[]>();
  for (const { id, ref } of people) if (ref) byRef.set(fold(ref), [...(byRef.get(fold(ref)) ?? []), id]);
  const isNumber = ({ ref = '', familyName, givenName, wholeName, email }: PersonEvidence): boolean =>
    /^\d{1,3}\.?$/.test(ref) && !familyName && !givenName && !wholeName && !email;
  const numbers = [...evidence].filter(([, said]) => isNumber(said) && (byRef.get(fold(said.ref!))?.length ?? 0) === 1);
  const said = options.answers?.['numbers'];
  const chosen = said === 'list' || said === 'none' ? said : null;
  if (numbers.length > 0) {
    const rows = chosen === null ? placesOf(numbers.map(([one]) => one)) : [];
    questions.push({
      key: 'numbers',
      code: 'evaluation.numbers',
      column: '',
      subject: numbers[0]![0].field,
      options: ['list', 'none'],
      chosen,
      rows,
    });
  }
  const named = ({ id, why }: Candidate): PlannedRow['candidates'][number] => {
    const { familyName, givenName } = byId.get(id)!;
    return { personId: id, name: [familyName, givenName].filter(Boolean).join(' '), why };
  };
  return (one) => {
    const told = evidence.get(one)!;
    if (told.ref !== undefined && byId.has(told.ref)) return { id: told.ref, why: 'ref' };
    if (chosen === 'list' && isNumber(told) && byRef.get(fold(told.ref!))?.length === 1)
      return { id: byRef.get(fold(told.ref!))![0]!, why: 'ref' };
    const who = whoIs(told, index, { expected: true });
    if (who.is === 'same') return { id: who.id, why: who.why };
    if (who.is === 'ask') return { ask: who.why, candidates: who.candidates.map(named) };
    return { ask: 'person.unknown', candidates: who.near.map((id) => named({ id, why: 'person.nameSimilar' } as Candidate)) };
  };
}

function evidenceOf(person: PersonEvidence): PersonEvidence {
  return { ...person, country: countryCode(person.country ?? '') ?? undefined };
}
