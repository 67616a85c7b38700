// How a text of each language is written: signs and their spaces, and the words that it does not use beside its own.
import { INTL_LOCALE } from '../shared/kernel/formats.ts';
import type { Language } from '../shared/kernel/text.ts';

/** A text that has words; a key's name (`?`, `/`) is a sign and takes no space. */
const WORDS = /\p{L}{2,}|\{\{/u;
/** A straight apostrophe in or after a word; those around an argument of the command line are its own. */
const STRAIGHT = /\p{L}'\p{L}|s'(?=\s\p{L})/u;
const FRENCH_SIGNS: readonly (readonly [sign: RegExp, space: string])[] = [
  [/(?<!\u202f)[;?!]/, 'U+202F before ; ? !'],
  // Not in 9:30, https:// or an argument such as country:XX, {"call": …}.
  [/(?<![\u00a0"]):(?=\s|$)/, 'U+00A0 before :'],
  [/«(?!\u00a0)|(?<!\u00a0)»/, 'U+00A0 inside « »'],
];

/** A half as a percentage of a language: the percentages that a sentence takes are written by Intl. */
const percent = (language: Language) => new Intl.NumberFormat(INTL_LOCALE[language], { style: 'percent' }).format(0.5);

/** What is wrong with the signs of a text and the spaces beside them. */
export function signFaults(language: Language, text: string): string[] {
  if (!WORDS.test(text) && !text.includes('%')) return [];
  const faults: string[] = [];
  if (STRAIGHT.test(text)) faults.push('has a straight apostrophe');
  for (const [sign] of text.matchAll(/(?<=[\d}])\s*%/g)) {
    if (`50${sign}` !== percent(language)) faults.push(`writes a percentage otherwise than ${percent(language)}`);
  }
  if (language === 'fr') for (const [sign, wanted] of FRENCH_SIGNS) if (sign.test(text)) faults.push(`lacks ${wanted}`);
  return faults;
}
