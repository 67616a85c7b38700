import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LANGUAGES } from '../../../shared/kernel/text.ts';
import { openFeatureContext, type FeatureContext } from '../feature-context.ts';
import { englishWords, expectAgreement } from './agreement.ts';
import { randomWorkshop } from './random-workshop.ts';

/** Every number that stands in two places is the same. */

const WORKSHOPS = 200;

let context: FeatureContext;
beforeAll(() => {
  context = openFeatureContext();
});
afterAll(() => {
  context.typesetter.end();
  context.close();
});

describe.each(Array.from({ length: WORKSHOPS }, (_, at) => at + 1_000))('workshop %i', (seed) => {
  it('says the same on screen, as PDF, for Word, in its annexes, as a list and as JSON, in four languages, none of them half English', async () => {
    const id = await randomWorkshop(context, seed);
    for (const language of LANGUAGES) {
      const said = await expectAgreement(context, id, language);
      if (language === 'en') continue;
      const english = englishWords(language);
      const words = new Set(said.toLowerCase().match(/\p{L}{3,}/gu));
      expect(
        [...words].filter((word) => english.has(word)),
        language,
      ).toEqual([]);
    }
  });
});
