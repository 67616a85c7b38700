import type { TFunction } from 'i18next';
import type { Formats } from '../../../../shared/kernel/formats.ts';
import type { Answer } from '../../app/engine.ts';

export type ResultsAnswer = Answer<'evaluation.results'>;
export type TestResults = Extract<ResultsAnswer, { kind: 'prepost' }>;
export type SurveyResults = Exclude<ResultsAnswer, { kind: 'prepost' }>;

type T = TFunction<readonly ['evaluation']>;

/** The one sentence that comes first: *18 of 20 improved; people gained 3.85 of 12 points.* */
export function testSentence(results: TestResults, t: T, format: Formats): string {
  const { gain, nPaired, nPre, nPost, improved, questions } = results;
  if (nPre + nPost === 0) return t('evaluation:sentence.none');
  if (gain === null || nPaired === 0) return t('evaluation:sentence.noPairs', { pre: nPre, post: nPost });
  const words = { points: format.mean(Math.abs(gain)), questions, count: improved, of: nPaired };
  if (gain === 0) return t('evaluation:sentence.same', words);
  return t(gain > 0 ? 'evaluation:sentence.gained' : 'evaluation:sentence.lost', words);
}

/** *21 of 25 people handed a sheet in (84.0%). The answers average 4.30 of 5.* */
export function surveySentence(results: SurveyResults, t: T, format: Formats): string {
  const { n, registered, rate, mean, suppressed } = results;
  if (n === 0) return t('evaluation:sentence.none');
  const words = { n, count: n, of: registered, rate: rate === null ? '' : format.rate(rate) };
  if (suppressed || mean === null) return t(rate === null ? 'evaluation:sentence.sheets' : 'evaluation:sentence.sheetsOf', words);
  return t(rate === null ? 'evaluation:sentence.mean' : 'evaluation:sentence.meanOf', { ...words, mean: format.mean(mean) });
}
