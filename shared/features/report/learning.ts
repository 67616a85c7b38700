import type { Id } from '../../kernel/ids.ts';
import { ratioOrNull } from '../../kernel/ratio.ts';
import type { LocalisedText } from '../../kernel/text.ts';
import type { FormItem, Questionnaire } from '../evaluation/answers.ts';
import { isRightIn, scoredPairs, SMALLEST_GROUP, type AskedIn, type ScoredPair } from '../evaluation/figures.ts';
import { FINE, fine, mostPoints, scoredItems } from '../evaluation/scoring.ts';
import type { StoredSheet } from '../evaluation/sheets.ts';

/** The share of right answers before and after, in percent with one decimal. */
export interface RightShares {
  readonly pre: number;
  readonly post: number;
}

/** The gain of those who sat both tests; of fewer than five nothing but their number is told. */
export interface LearningFigures {
  readonly n: number;
  readonly withheld: boolean;
  /** The points of a test on which all is right: its questions, where each is worth one. */
  readonly questions: number;
  /** Means of items right, two decimals; of those who sat both tests, as everything here. */
  readonly meanPre: number | null;
  readonly meanPost: number | null;
  readonly gain: number | null;
  /** How much of what could still be learnt was learnt (Hake's normalised gain of the means), in percent with one decimal; null where all was right before. */
  readonly normalised: number | null;
  readonly improved: number;
  readonly same: number;
  readonly worse: number;
  readonly items: readonly (RightShares & { readonly id: string })[];
  /** By the topic that a questionnaire says of its items; none where it says none. */
  readonly topics: readonly (RightShares & { readonly topic: LocalisedText; readonly questions: number })[];
}

/**
 * Returns what the people listed learnt, of those alone who sat both tests: a mean of all before beside a mean of these would tell by subtraction what somebody
 * answered who sat one.
 */
export function learningFigures(
  form: Questionnaire,
  sheets: readonly StoredSheet[],
  people: ReadonlySet<Id>,
  asked: AskedIn = () => form,
): LearningFigures {
  const pairs = scoredPairs(sheets, people, asked);
  const items = scoredItems(form);
  const [n, questions] = [pairs.length, mostPoints(form)];
  const none = { meanPre: null, meanPost: null, gain: null, normalised: null, improved: 0, same: 0, worse: 0, items: [], topics: [] };
  if (n < SMALLEST_GROUP) return { n, withheld: n > 0, questions, ...none };
  const before = sum(pairs.map(({ pre }) => fine(pre.right)));
  const after = sum(pairs.map(({ post }) => fine(post.right)));
  const turned = pairs.map(({ pre, post }) => post.right - pre.right);
  return {
    ...{ n, withheld: false, questions },
    ...{ meanPre: ratioOrNull(before, n * FINE, 2), meanPost: ratioOrNull(after, n * FINE, 2) },
    gain: ratioOrNull(after - before, n * FINE, 2),
    normalised: ratioOrNull((after - before) * 100, n * fine(questions) - before, 1),
    improved: turned.filter((turn) => turn > 0).length,
    same: turned.filter((turn) => turn === 0).length,
    worse: turned.filter((turn) => turn < 0).length,
    items: items.map((item) => ({ id: item.id, ...sharesOf(asked, pairs, [item]) })),
    topics: topicsOf(items).map(({ topic, items: own }) => ({ topic, questions: own.length, ...sharesOf(asked, pairs, own) })),
  };
}

/** How much of what these items asked was right; a blank is wrong. */
function sharesOf(asked: AskedIn, pairs: readonly ScoredPair[], items: readonly FormItem[]): RightShares {
  const right = (wave: 'pre' | 'post'): number =>
    sum(pairs.map((pair) => items.filter((item) => isRightIn(asked(pair[wave]), item, pair[wave])).length));
  const share = (wave: 'pre' | 'post'): number => ratioOrNull(right(wave) * 100, pairs.length * items.length, 1) ?? 0;
  return { pre: share('pre'), post: share('post') };
}

function topicsOf(items: readonly FormItem[]): { topic: LocalisedText; items: FormItem[] }[] {
  const topics = new Map<string, { topic: LocalisedText; items: FormItem[] }>();
  for (const item of items) {
    if (item.topic === undefined) continue;
    const key = JSON.stringify(item.topic);
    const own = topics.get(key) ?? { topic: item.topic, items: [] };
    own.items.push(item);
    topics.set(key, own);
  }
  return [...topics.values()];
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
