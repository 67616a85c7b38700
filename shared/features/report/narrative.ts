import type { activity } from '../../model/activity.ts';
import type { Headcount } from '../../model/vocabularies.ts';
import type { ActivityFigures } from './contract.ts';
import type { ReportWords } from './report-words.ts';

/** The parts of a report that people write, in its order. */
export const NARRATIVE_PARTS = ['summary', 'learning', 'opinions', 'outcomes', 'followUp'] as const;
export type NarrativePart = (typeof NARRATIVE_PARTS)[number];

/** The field of a workshop that holds each part. */
export const NARRATIVE_FIELDS = {
  summary: 'reportSummary',
  learning: 'reportLearning',
  opinions: 'reportOpinions',
  outcomes: 'reportOutcomes',
  followUp: 'reportFollowUp',
} as const satisfies Readonly<Record<NarrativePart, keyof typeof activity.fields>>;

/** The figures from which sentences are suggested. */
export type SuggestedFrom = Pick<
  ActivityFigures,
  'title' | 'start' | 'end' | 'people' | 'countries' | 'rate' | 'taken' | 'full' | 'learning' | 'evaluation'
>;

/**
 * Returns the number that a head-count says and how sure it is: *about* the nearest five, *more than* the last full ten below. Where that says nothing (a small
 * group, a number that is its own round one) it is exact.
 */
export function qualified(people: number, headcount: Headcount): { readonly number: number; readonly headcount: Headcount } {
  const round = headcount === 'about' ? Math.round(people / 5) * 5 : Math.floor((people - 1) / 10) * 10;
  if (headcount === 'exact' || people < 10 || round < 10) return { number: people, headcount: 'exact' };
  return { number: round, headcount };
}

/** Returns sentences that say the figures of each part; '' where they say nothing. */
export function suggestions(figures: SuggestedFrom, headcount: Headcount, words: ReportWords): Readonly<Record<NarrativePart, string>> {
  const sentences = (isOf: (kind: string) => boolean): string =>
    figures.evaluation
      .filter(({ kind }) => isOf(kind))
      .map(({ sentence }) => sentence)
      .join(' ');
  return {
    summary: summary(figures, headcount, words),
    learning: [sentences((kind) => kind === 'prepost'), ...figures.learning.flatMap((one) => learnt(one, words))].filter(Boolean).join(' '),
    opinions: sentences((kind) => kind !== 'prepost'),
    outcomes: '',
    followUp: '',
  };
}

function summary(
  { title, start, end, people, countries, rate, taken, full }: SuggestedFrom,
  asked: Headcount,
  { format, say }: ReportWords,
): string {
  if (people === 0) return '';
  const { number, headcount } = qualified(people, asked);
  const days = format.days(start, end);
  return [
    say(`narrative.people.${headcount}`, { count: number, title, days }),
    ...(countries > 0 ? [say('narrative.countries', { count: countries })] : []),
    ...(rate === null ? [] : [say('narrative.rate', { rate: format.rate(rate), count: taken }), say('narrative.full', { count: full })]),
  ].join(' ');
}

function learnt({ normalised }: ActivityFigures['learning'][number], { format, say }: ReportWords): string[] {
  return normalised === null || normalised <= 0 ? [] : [say('narrative.normalised', { rate: format.rate(normalised) })];
}
