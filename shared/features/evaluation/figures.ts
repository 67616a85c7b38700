import type { Id } from '../../kernel/ids.ts';
import { ratioOrNull } from '../../kernel/ratio.ts';
import type { FormItem, Questionnaire } from './answers.ts';
import { decodeAnswer, SCALE } from './answer-codec.ts';
import { FINE, fine, isRight, mostPoints, pointsOf, scoredItems } from './scoring.ts';
import type { StoredSheet } from './sheets.ts';
import { effectiveSheets, testSheets } from './sheets.ts';

/** The size of the smallest group that is broken down (TRUST: anonymous answers). */
export const SMALLEST_GROUP = 5;

export interface TestFigures {
  readonly kind: 'prepost';
  readonly nPre: number;
  readonly nPost: number;
  readonly nPaired: number;
  readonly meanPre: number | null;
  readonly meanPost: number | null;
  readonly meanPrePaired: number | null;
  readonly meanPostPaired: number | null;
  readonly gain: number | null;
  readonly improved: number;
  readonly same: number;
  readonly worse: number;
  readonly postAtLeast70: number;
  /** Post-tests with the points of the form's pass mark; left out where it has none. */
  readonly passed?: number;
  /** The points of a test on which all is right: its questions, where each is worth one. */
  readonly questions: number;
  readonly items: Readonly<Record<string, { readonly pre: number; readonly post: number }>>;
  /** Of the tests whose points alone are told; null where there are none. */
  readonly points: PointsFigures | null;
}

/** Means of points, two decimals, out of `of`: 100 where the tests were out of different numbers. */
export interface PointsFigures {
  readonly of: number;
  readonly nPre: number;
  readonly nPost: number;
  readonly nPaired: number;
  readonly meanPre: number | null;
  readonly meanPost: number | null;
  readonly gain: number | null;
  readonly improved: number;
  readonly same: number;
  readonly worse: number;
}

export interface SurveyFigures {
  readonly kind: Exclude<Questionnaire['kind'], 'prepost'>;
  readonly n: number;
  readonly registered: number;
  readonly rate: number | null;
  readonly mean: number | null;
  readonly blanks: number;
  readonly items: Readonly<Record<string, ItemFigures>>;
  readonly comments: Readonly<Record<string, string[]>>;
  readonly suppressed: boolean;
}

interface ItemFigures {
  readonly n: number;
  /** True where fewer than five answered it: nothing of it but their number is told, nor in any figure of which it would be a part. */
  readonly withheld: boolean;
  readonly mean: number | null;
  readonly dist: Readonly<Record<string, number>>;
  readonly top2: number | null;
}

/** A person's two tests, in items right. */
interface Pair {
  readonly pre: number;
  readonly post: number;
}

/**
 * Figures of a pre- and post-test over the people listed. A blank item is wrong, a missing person is left out: means are
 * of those who sat the test, the gain of those who sat both. Means in items right, two decimals.
 */
export function testFigures(
  form: Questionnaire,
  sheets: readonly StoredSheet[],
  people: ReadonlySet<Id>,
  asked: AskedIn = () => form,
): TestFigures {
  const { pre, post } = scoredSheets(sheets, people, asked);
  const pairs = testPairs(sheets, people, asked);
  const questions = mostPoints(form);
  const right = (list: readonly ScoredSheet[], item: FormItem): number =>
    list.filter((sheet) => isRightIn(asked(sheet), item, sheet)).length;
  return {
    kind: 'prepost',
    nPre: pre.length,
    nPost: post.length,
    nPaired: pairs.length,
    meanPre: mean(pre.map((sheet) => sheet.right)),
    meanPost: mean(post.map((sheet) => sheet.right)),
    meanPrePaired: mean(pairs.map((pair) => pair.pre)),
    meanPostPaired: mean(pairs.map((pair) => pair.post)),
    gain: mean(pairs.map((pair) => pair.post - pair.pre)),
    improved: pairs.filter((pair) => pair.post > pair.pre).length,
    same: pairs.filter((pair) => pair.post === pair.pre).length,
    worse: pairs.filter((pair) => pair.post < pair.pre).length,
    postAtLeast70: post.filter((sheet) => sheet.right * 10 >= sheet.most * 7).length,
    ...(form.passMark !== null &&
      form.passMark !== undefined && { passed: post.filter((sheet) => sheet.right * 100 >= sheet.most * form.passMark!).length }),
    questions,
    items: Object.fromEntries(scoredItems(form).map((item) => [item.id, { pre: right(pre, item), post: right(post, item) }])),
    points: pointsFigures(countedTests(sheets, people)),
  };
}

/** The means of those who have points, the gain of those who have both. */
function pointsFigures(sheets: readonly StoredSheet[]): PointsFigures | null {
  const told = sheets.flatMap(({ personId, wave, points }) => (points === null ? [] : [{ personId, wave, ...points }]));
  const [first] = told;
  if (!first) return null;
  const of = told.every((one) => one.of === first.of) ? first.of : 100;
  // In thousandths, so that half points add up exactly.
  const scaled = ({ points, of: most }: { readonly points: number; readonly of: number }): number =>
    Math.round((points * of * 1_000) / most);
  const [pre, post] = [told.filter(({ wave }) => wave === 'pre'), told.filter(({ wave }) => wave === 'post')];
  const after = new Map(post.map((one) => [one.personId, scaled(one)]));
  const gains = pre.flatMap((one) => (after.has(one.personId) ? [after.get(one.personId)! - scaled(one)] : []));
  const meanOf = (values: readonly number[]): number | null =>
    ratioOrNull(
      values.reduce((sum, value) => sum + value, 0),
      values.length * 1_000,
      2,
    );
  return {
    ...{ of, nPre: pre.length, nPost: post.length, nPaired: gains.length },
    ...{ meanPre: meanOf(pre.map(scaled)), meanPost: meanOf(post.map(scaled)), gain: meanOf(gains) },
    improved: gains.filter((gain) => gain > 0).length,
    same: gains.filter((gain) => gain === 0).length,
    worse: gains.filter((gain) => gain < 0).length,
  };
}

/** Those who sat both tests, each with the items right before and after. */
function testPairs(sheets: readonly StoredSheet[], people: ReadonlySet<Id>, asked: AskedIn): Pair[] {
  return scoredPairs(sheets, people, asked).map(({ pre, post }) => ({ pre: pre.right, post: post.right }));
}

/** The questionnaire that a sheet answers: the version that it names. */
export type AskedIn = (sheet: StoredSheet) => Questionnaire;

/** A test with its points: items right, where each is worth one. */
export interface ScoredSheet extends StoredSheet {
  readonly right: number;
  readonly most: number;
}

/** Whether an item is right on a sheet, as the version has it that the sheet answers. */
export function isRightIn(form: Questionnaire, { id }: FormItem, { answers }: StoredSheet): boolean {
  const item = form.items.find((one) => one.id === id);
  return item !== undefined && isRight(form, item, answers[id]);
}

/** A person's two tests. */
export interface ScoredPair {
  readonly pre: ScoredSheet;
  readonly post: ScoredSheet;
}

/** The two tests of each person listed who sat both. */
export function scoredPairs(sheets: readonly StoredSheet[], people: ReadonlySet<Id>, asked: AskedIn): ScoredPair[] {
  const { pre, post } = scoredSheets(sheets, people, asked);
  const after = new Map(post.map((sheet) => [sheet.personId, sheet]));
  return pre.flatMap((sheet) => (after.has(sheet.personId) ? [{ pre: sheet, post: after.get(sheet.personId)! }] : []));
}

function scoredSheets(
  sheets: readonly StoredSheet[],
  people: ReadonlySet<Id>,
  asked: AskedIn,
): { readonly pre: readonly ScoredSheet[]; readonly post: readonly ScoredSheet[] } {
  // Points alone tell no item: they have figures of their own.
  const answered = countedTests(sheets, people).filter(({ points }) => points === null);
  const scored = answered.map((sheet) => ({ ...sheet, right: pointsOf(asked(sheet), sheet.answers), most: mostPoints(asked(sheet)) }));
  return { pre: scored.filter((sheet) => sheet.wave === 'pre'), post: scored.filter((sheet) => sheet.wave === 'post') };
}

/** The tests that count, of the people listed. */
function countedTests(sheets: readonly StoredSheet[], people: ReadonlySet<Id>): StoredSheet[] {
  return [...testSheets(sheets).values()].filter(({ personId }) => personId !== null && people.has(personId));
}

/**
 * Figures of a questionnaire. Under five sheets nothing but their number is given: no item, no mean, no comment. Of an item that fewer than five answered nothing but their number is given, and it is not
 * in the mean of all: one with the others beside it would tell the answers to it. Comments come sorted by their own text, so that their order tells nothing of who handed in when.
 */
export function surveyFigures(
  form: Questionnaire & { readonly kind: SurveyFigures['kind'] },
  sheets: readonly StoredSheet[],
  registered: number,
): SurveyFigures {
  const answers = effectiveSheets(sheets).map((sheet) => sheet.answers);
  const n = answers.length;
  const head = { kind: form.kind, n, registered, rate: ratioOrNull(n * 100, registered, 1) };
  if (n < SMALLEST_GROUP) return { ...head, mean: null, blanks: 0, items: {}, comments: {}, suppressed: true };
  const given = (item: FormItem): string[] => answers.flatMap((sheet) => sheet[item.id] ?? []);
  const scale = form.items.filter((item) => item.type === 'scale');
  const told = scale.filter((item) => given(item).length >= SMALLEST_GROUP);
  return {
    ...head,
    mean: mean(told.flatMap(given).map(Number)),
    blanks: scale.length * n - scale.flatMap(given).length,
    items: Object.fromEntries(form.items.filter(isCounted).map((item) => [item.id, itemFigures(item, given(item))])),
    comments: Object.fromEntries(form.items.filter((item) => !isCounted(item)).map((item) => [item.id, given(item).toSorted(byText)])),
    suppressed: false,
  };
}

function itemFigures(item: FormItem, given: readonly string[]): ItemFigures {
  const withheld = given.length < SMALLEST_GROUP;
  if (withheld) return { n: given.length, withheld, mean: null, dist: {}, top2: null };
  if (item.type === 'number') return { n: given.length, withheld, mean: mean(given.map(Number)), dist: {}, top2: null };
  const said = given.flatMap((answer) => choicesIn(item, answer));
  const dist = Object.fromEntries(choicesOf(item).map((choice) => [choice, said.filter((one) => one === choice).length]));
  if (item.type !== 'scale') return { n: given.length, withheld, mean: null, dist, top2: null };
  const top2 = ratioOrNull((dist['4']! + dist['5']!) * 100, given.length, 1);
  return { n: given.length, withheld, mean: mean(given.map(Number)), dist, top2 };
}

/** Whether answers to an item are counted; the others are told in their own words. */
function isCounted({ type }: FormItem): boolean {
  return type !== 'open' && type !== 'date';
}

/** The choices of an item that are counted: its options, of a matrix each with its row (`r1:a`). */
function choicesOf(item: FormItem): readonly string[] {
  if (item.type === 'scale') return SCALE;
  const options = Object.keys(item.options);
  return item.type === 'matrix' ? Object.keys(item.rows ?? {}).flatMap((row) => options.map((option) => `${row}:${option}`)) : options;
}

/** The choices for which an answer counts; of a ranking the option that stands first. */
function choicesIn(item: FormItem, answer: string): readonly string[] {
  const given = decodeAnswer(item, answer);
  switch (given?.is) {
    case 'option':
      return [given.option];
    case 'options':
      return given.options;
    case 'rows':
      return Object.entries(given.rows).map(([row, option]) => `${row}:${option}`);
    case 'order':
      return given.order.slice(0, 1);
    default:
      return [];
  }
}

function mean(values: readonly number[]): number | null {
  // In thousandths, so that shares of points add up the same in any order.
  return ratioOrNull(
    values.reduce((sum, value) => sum + fine(value), 0),
    values.length * FINE,
    2,
  );
}

function byText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
