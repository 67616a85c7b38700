import type { Id } from '../../kernel/ids.ts';
import { ratioOrNull } from '../../kernel/ratio.ts';
import type { FormItem, Questionnaire } from './answers.ts';
import { SCALE, rightAnswers } from './answers.ts';
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
export function testFigures(form: Questionnaire, sheets: readonly StoredSheet[], people: ReadonlySet<Id>): TestFigures {
  const { pre, post } = scoredSheets(form, sheets, people);
  const pairs = testPairs(form, sheets, people);
  const questions = Object.keys(form.key).length;
  const right = (list: readonly ScoredSheet[], item: string): number =>
    list.filter((sheet) => sheet.answers[item] === form.key[item]).length;
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
    postAtLeast70: post.filter((sheet) => sheet.right * 10 >= questions * 7).length,
    questions,
    items: Object.fromEntries(
      form.items
        .filter((item) => Object.hasOwn(form.key, item.id))
        .map((item) => [item.id, { pre: right(pre, item.id), post: right(post, item.id) }]),
    ),
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
function testPairs(form: Questionnaire, sheets: readonly StoredSheet[], people: ReadonlySet<Id>): Pair[] {
  return scoredPairs(form, sheets, people).map(({ pre, post }) => ({ pre: pre.right, post: post.right }));
}

/** A test with its items right. */
export interface ScoredSheet extends StoredSheet {
  readonly right: number;
}

/** A person's two tests. */
export interface ScoredPair {
  readonly pre: ScoredSheet;
  readonly post: ScoredSheet;
}

/** The two tests of each person listed who sat both. */
export function scoredPairs(form: Questionnaire, sheets: readonly StoredSheet[], people: ReadonlySet<Id>): ScoredPair[] {
  const { pre, post } = scoredSheets(form, sheets, people);
  const after = new Map(post.map((sheet) => [sheet.personId, sheet]));
  return pre.flatMap((sheet) => (after.has(sheet.personId) ? [{ pre: sheet, post: after.get(sheet.personId)! }] : []));
}

function scoredSheets(
  form: Questionnaire,
  sheets: readonly StoredSheet[],
  people: ReadonlySet<Id>,
): { readonly pre: readonly ScoredSheet[]; readonly post: readonly ScoredSheet[] } {
  // Points alone tell no item: they have figures of their own.
  const answered = countedTests(sheets, people).filter(({ points }) => points === null);
  const scored = answered.map((sheet) => ({ ...sheet, right: rightAnswers(form.key, sheet.answers) }));
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
    items: Object.fromEntries(form.items.filter((item) => item.type !== 'open').map((item) => [item.id, itemFigures(item, given(item))])),
    comments: Object.fromEntries(form.items.filter((item) => item.type === 'open').map((item) => [item.id, given(item).toSorted(byText)])),
    suppressed: false,
  };
}

function itemFigures(item: FormItem, given: readonly string[]): ItemFigures {
  const withheld = given.length < SMALLEST_GROUP;
  if (withheld) return { n: given.length, withheld, mean: null, dist: {}, top2: null };
  const choices = item.type === 'scale' ? SCALE : Object.keys(item.options);
  const dist = Object.fromEntries(choices.map((choice) => [choice, given.filter((answer) => answer === choice).length]));
  if (item.type !== 'scale') return { n: given.length, withheld, mean: null, dist, top2: null };
  const top2 = ratioOrNull((dist['4']! + dist['5']!) * 100, given.length, 1);
  return { n: given.length, withheld, mean: mean(given.map(Number)), dist, top2 };
}

function mean(values: readonly number[]): number | null {
  return ratioOrNull(
    values.reduce((sum, value) => sum + value, 0),
    values.length,
    2,
  );
}

function byText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
