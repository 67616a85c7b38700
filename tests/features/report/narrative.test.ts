import { afterEach, beforeEach, expect, it, test } from 'vitest';
import { reportHandlers } from '../../../electron/engine/features/report/report.ts';
import { blocksOn } from '../../../shared/features/document/blocks.ts';
import { qualified } from '../../../shared/features/report/narrative.ts';
import type { Id } from '../../../shared/kernel/ids.ts';
import { LANGUAGES, type Language } from '../../../shared/kernel/text.ts';
import { quietCall } from '../../support/quiet-call.ts';
import { fillWorkshopA } from '../evaluation/filled-workshop-a.ts';
import { openFeatureContext, refusal, value, workshopA, type FeatureContext } from '../feature-context.ts';

/** What a report says in words: suggested from the figures, changed by people, a text per language. */

let context: FeatureContext;
let activityId: Id;
let calls: ReturnType<typeof reportHandlers>;
beforeEach(async () => {
  context = openFeatureContext();
  activityId = await workshopA(context);
  calls = reportHandlers(context);
});
afterEach(() => context.close());

const written = (language: Language) => value(calls['report.narrative']({ activityId, language }, quietCall()));
const narrate = (language: Language, more: object) =>
  value(calls['report.narrate']({ activityId, language, texts: {}, ...more }, quietCall()));
const prose = async (language: Language) => {
  const { document } = await value(calls['report.activity']({ activityId, language }, quietCall()));
  return blocksOn('page', document).flatMap((block) => (block.is === 'prose' ? [block.text] : []));
};

test('the figures suggest sentences in each language, and stand until somebody writes others', async () => {
  await fillWorkshopA(context, activityId);
  const { parts, headcount, people } = await written('fr');
  expect({ headcount, people }).toEqual({ headcount: 'exact', people: 25 });
  expect(parts.summary).toEqual({
    text: '',
    suggestion:
      '25 personnes ont participé à «\u00a0Cours d’introduction sur la cybercriminalité et la preuve électronique\u00a0» (12–15 juillet 2021). ' +
      'Ces personnes venaient de 6 pays. Sur 200 pointages, 94,0\u00a0% indiquent une présence. 18 personnes ont assisté à toutes les demi-journées tenues.',
  });
  expect(parts.learning.suggestion).toContain('elles savaient 63,6\u00a0% après.');
  expect(parts.opinions.suggestion).toContain('21 feuilles sur 25');
  expect(parts.outcomes.suggestion).toBe('');
  expect(await prose('fr')).toEqual([parts.summary.suggestion]);
  for (const language of LANGUAGES) expect((await prose(language)).join()).not.toMatch(/[{}]|narrative/);
});

test('what is written stands in its own language alone, and is taken back by nothing', async () => {
  await narrate('fr', { texts: { summary: 'Un atelier.\nDeux paragraphes.', outcomes: ' Un réseau. ' } });
  expect(await prose('fr')).toEqual(['Un atelier.\nDeux paragraphes.', 'Un réseau.']);
  expect((await prose('pt')).join()).not.toContain('Un');
  await narrate('fr', { texts: { outcomes: '' } });
  expect((await written('fr')).parts.outcomes.text).toBe('');
  expect(await prose('fr')).toEqual(['Un atelier.\nDeux paragraphes.']);
});

test('two people who write one part apart leave a conflict, and a form that showed the text replaces it', async () => {
  const { seen } = await written('fr');
  await narrate('fr', { texts: { summary: 'A' }, seen });
  await narrate('fr', { texts: { summary: 'B' }, seen });
  expect(context.store.reader.heads('activity', activityId, 'reportSummary@fr').length).toBe(2);
  const shown = (await written('fr')).seen;
  await narrate('fr', { texts: { summary: 'C' }, seen: shown });
  expect(await prose('fr')).toEqual(['C']);
  expect(context.store.reader.heads('activity', activityId, 'reportSummary@fr').length).toBe(1);
});

test('a head-count says how sure it is, in the words alone', async () => {
  await narrate('en', { headcount: 'moreThan' });
  expect((await written('en')).parts.summary.suggestion).toMatch(/^More than 20 people took part/);
  await narrate('en', { headcount: 'about' });
  expect((await written('pt')).parts.summary.suggestion).toMatch(/^Cerca de 25 pessoas participaram/);
  expect((await value(calls['report.activity']({ activityId, language: 'en' }, quietCall()))).people).toBe(25);
});

it.each([
  [271, 'moreThan', 270, 'moreThan'],
  [270, 'moreThan', 260, 'moreThan'],
  [34, 'exact', 34, 'exact'],
  [23, 'about', 25, 'about'],
  [22, 'about', 20, 'about'],
  [9, 'about', 9, 'exact'],
  [10, 'moreThan', 10, 'exact'],
] as const)('%i people, %s: %i, %s', (people, asked, number, headcount) => expect(qualified(people, asked)).toEqual({ number, headcount }));

test('a workshop that is not here is refused', async () => {
  const unknown = { activityId: '00000000-0000-4000-8000-000000000000', language: 'fr' as const };
  expect(await refusal(calls['report.narrative'](unknown, quietCall()))).toBe('activity.unknown');
  expect(await refusal(calls['report.narrate']({ ...unknown, texts: {} }, quietCall()))).toBe('activity.unknown');
});
