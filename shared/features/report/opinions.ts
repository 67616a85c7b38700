import { ratioOrNull } from '../../kernel/ratio.ts';
import type { FormItem, Questionnaire } from '../evaluation/answers.ts';
import { SMALLEST_GROUP, type SurveyFigures } from '../evaluation/figures.ts';

/** The figures of one item that is answered on a scale or by a choice. */
export interface OpinionItem {
  readonly item: FormItem;
  readonly n: number;
  /** True where fewer than five answered it: how they did is not told. */
  readonly withheld: boolean;
  /** Of a scale, two decimals. */
  readonly mean: number | null;
  /** By the value of the scale or the letter of the choice, in the item's order; empty where it is withheld. */
  readonly dist: readonly { readonly key: string; readonly count: number }[];
}

export interface OpinionFigures {
  readonly n: number;
  readonly registered: number;
  readonly rate: number | null;
  /** Of all answers to the scale items that are told: one with the others beside it would tell the answers to an item that is withheld. */
  readonly mean: number | null;
  readonly withheld: boolean;
  readonly items: readonly OpinionItem[];
  readonly comments: readonly { readonly item: FormItem; readonly comments: readonly string[] }[];
}

/** Returns what a report tells of a questionnaire: no item of which fewer than five answers are in, and no sum that gives one away. */
export function opinionFigures(form: Questionnaire, figures: SurveyFigures): OpinionFigures {
  const { n, registered, rate, suppressed } = figures;
  const items = form.items.flatMap((item): OpinionItem[] => {
    const told = figures.items[item.id];
    if (!told) return [];
    const withheld = told.n < SMALLEST_GROUP;
    const dist = withheld ? [] : Object.entries(told.dist).map(([key, count]) => ({ key, count }));
    return [{ item, n: told.n, withheld, mean: withheld ? null : told.mean, dist }];
  });
  const values = items.filter(({ item }) => item.type === 'scale').flatMap(({ dist }) => dist);
  const answers = total(values.map(({ count }) => count));
  const worth = total(values.map(({ key, count }) => Number(key) * count));
  const comments = form.items.flatMap((item) => {
    const own = figures.comments[item.id] ?? [];
    return own.length > 0 ? [{ item, comments: own }] : [];
  });
  return { n, registered, rate, mean: suppressed ? null : ratioOrNull(worth, answers, 2), withheld: suppressed, items, comments };
}

function total(counts: readonly number[]): number {
  return counts.reduce((sum, count) => sum + count, 0);
}
