import type { FormItem, Questionnaire } from '../evaluation/answers.ts';
import type { SurveyFigures } from '../evaluation/figures.ts';

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

/** Returns a report's part of a questionnaire, of figures that withhold what fewer than five answered. */
export function opinionFigures(form: Questionnaire, figures: SurveyFigures): OpinionFigures {
  const { n, registered, rate, mean, suppressed } = figures;
  const items = form.items.flatMap((item): OpinionItem[] => {
    const told = figures.items[item.id];
    if (!told) return [];
    const { n: given, withheld, mean: own, dist } = told;
    return [{ item, n: given, withheld, mean: own, dist: Object.entries(dist).map(([key, count]) => ({ key, count })) }];
  });
  const comments = form.items.flatMap((item) => {
    const own = figures.comments[item.id] ?? [];
    return own.length > 0 ? [{ item, comments: own }] : [];
  });
  return { n, registered, rate, mean, withheld: suppressed, items, comments };
}
