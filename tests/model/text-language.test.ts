import { expect, it } from 'vitest';
import { LANGUAGES, languageOf, textIn, type LocalisedText } from '../../shared/kernel/text.ts';

it('the language of a text is that in which it is shown, whichever is asked for', () => {
  for (const have of LANGUAGES)
    for (const also of LANGUAGES) {
      const text: LocalisedText = { [have]: `words in ${have}`, [also]: `words in ${also}` };
      for (const language of LANGUAGES) expect(textIn(text, language)).toBe(`words in ${languageOf(text, language, [])}`);
    }
});

it('of a text that says none it is the first of those in which it may be written; of no text, and where nothing tells, none', () => {
  expect(languageOf('Atelier', 'en', ['fr', 'pt'])).toBe('fr');
  expect(languageOf('Atelier', 'en', [])).toBeNull();
  for (const nothing of ['', null, {}]) expect(languageOf(nothing, 'en', ['fr'])).toBe(null);
});
