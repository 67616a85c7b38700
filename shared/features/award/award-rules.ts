import type { Id } from '../../kernel/ids.ts';
import type { AwardKind } from '../../model/vocabularies.ts';
import { countPresence, halfDaysShort, type CellMark } from '../attendance/rules.ts';
import type { HalfDay } from '../../kernel/dates.ts';

/** The tests that a certificate asks for: none, that they were sat, or that they were passed. */
export const TEST_DEMANDS = ['none', 'taken', 'passed'] as const;
export type TestDemand = (typeof TEST_DEMANDS)[number];

/** The demands that a certificate of a workshop makes of everybody. */
export interface AwardRule {
  /** The share of the half-days held that one must have attended, in percent. */
  readonly threshold: number;
  readonly test: TestDemand;
  /** The share of right answers from which a test is passed, in percent; asked only where tests are to be passed. */
  readonly passMark: number;
}

/** The share from which a test is passed where nobody says, in percent. */
export const USUAL_PASS_MARK = 70;

/** The result of a post-test: what was right, of as much. */
export interface TestResult {
  readonly right: number;
  readonly of: number;
}

/** The facts about somebody in a workshop. `tests`: one for each test of which a post-test of theirs is in; a result that cannot be told is null. */
export interface AwardFacts {
  readonly attended: number;
  readonly held: number;
  readonly tests: readonly (TestResult | null)[];
}

/** Why somebody does not reach a certificate. `halfDays`: `count` more would have been enough. `testFailed`: in percent, the lowest of theirs. */
export type Miss =
  | { readonly why: 'nothingHeld' }
  | { readonly why: 'halfDays'; readonly count: number }
  | { readonly why: 'testMissing' }
  | { readonly why: 'testFailed'; readonly percent: number };

/** The reasons in the order in which the first is named. */
export const MISSES = ['nothingHeld', 'halfDays', 'testMissing', 'testFailed'] as const satisfies readonly Miss['why'][];

/** Returns what somebody misses of a certificate; nothing: they reach it. Whole-number arithmetic, exactly the threshold reaches it. */
export function missesOf({ attended, held, tests }: AwardFacts, rule: AwardRule): Miss[] {
  const misses: Miss[] = [];
  const short = halfDaysShort(attended, held, rule.threshold);
  if (held === 0) misses.push({ why: 'nothingHeld' });
  else if (short > 0) misses.push({ why: 'halfDays', count: short });
  if (rule.test === 'none') return misses;
  if (tests.length === 0) return [...misses, { why: 'testMissing' }];
  if (rule.test === 'taken') return misses;
  // In thousandths: 7 of 10 is 70 % and never 69.99.
  const failed = tests.flatMap((test) => (test && test.right * 100_000 >= Math.round(rule.passMark * 1_000) * test.of ? [] : [test]));
  if (failed.length === 0) return misses;
  const percent = Math.min(...failed.map((test) => (test && test.of > 0 ? Math.floor((test.right * 1_000) / test.of) / 10 : 0)));
  return [...misses, { why: 'testFailed', percent }];
}

/** The half-days that people attended, of those that were held, counted as the report counts them. */
export function attendedHalfDays(
  people: readonly { readonly id: Id }[],
  halfDays: readonly HalfDay[],
  marks: readonly CellMark[],
): { readonly held: number; attended(person: Id): number } {
  const { attendedBy, held } = countPresence(people, halfDays, marks);
  return { held: held.size, attended: (person) => attendedBy.get(person) ?? 0 };
}

/** The test that a kind of certificate asks for where nobody says: what certifies learning asks for the test. */
export function usualTest(kind: AwardKind): TestDemand {
  return kind === 'attendance' ? 'none' : 'taken';
}

/** A certificate as it stands for somebody. */
export interface StandingAward {
  readonly id: Id;
  /** The name that is printed on it. */
  readonly name: string | null;
}

/**
 * The effect of issuing for somebody who reaches a certificate, or is given one by hand. `same`: one stands that bears their name. `reissue`: the one that stands bears another
 * name; it is revoked, and the new one says which it replaces.
 */
export function issuingOf(name: string, standing: readonly StandingAward[]): 'new' | 'same' | 'reissue' {
  if (standing.length === 0) return 'new';
  return standing.some((award) => award.name === name) ? 'same' : 'reissue';
}
