import { keepingAnswers } from '../../../kernel/kept-answers.ts';
import { fold, type Language } from '../../../kernel/text.ts';

/** The working language that a cell states by code (`fr`, `fr-FR`) or by name; of several the first that is one of ours, null where none is. */
export const languageOf: (text: string) => Language | null = keepingAnswers((text) => {
  for (const part of [text, ...text.split(/[/,;+|\s]+/u)]) {
    const found = LANGUAGE_WORDS.get(keyOf(part)) ?? LANGUAGE_WORDS.get(/^([a-z]{2})[-_][a-z]{2}$/.exec(fold(part))?.[1] ?? '');
    if (found) return found;
  }
  return null;
});

function keyOf(text: string): string {
  return fold(text).replace(/[^\p{L}\p{N}]+/gu, '');
}

const LANGUAGE_WORDS: ReadonlyMap<string, Language> = new Map(
  (
    [
      ['en', 'en, eng, english, anglais, inglés, inglês, ang'],
      ['fr', 'fr, fra, fre, french, français, francés, francês'],
      ['es', 'es, esp, spa, spanish, espagnol, español, espanhol, castellano, castelhano'],
      ['pt', 'pt, por, portuguese, portugais, portugués, português'],
    ] as const
  ).flatMap(([language, words]) => words.split(',').map((word) => [keyOf(word), language] as const)),
);
