import { textIn, type Language, type LocalisedText } from '../../kernel/text.ts';
import { frameIn, REGIONS, type Frame, type PaperWords } from './paper-words.ts';

/** Two texts, on the left and on the right, each in the language of its side. */
type Sides = readonly [string, string];

/** A part of a template: what is to be filled in. */
export interface TemplatePart {
  readonly id: string;
  readonly lines: number;
  readonly text: LocalisedText;
  readonly hint: LocalisedText;
}

export interface TemplateForm {
  readonly frame: Frame;
  readonly languages: readonly { readonly language: Language; readonly region: string }[];
  readonly title: Sides;
  readonly lead: Sides;
  readonly rows: readonly {
    readonly number: string;
    readonly said: Sides;
    readonly hint: Sides;
    readonly lines: number;
    /** What is filled in on each side; '' leaves room. */
    readonly values: Sides;
  }[];
}

/** Texts that are filled in, by the id of a part and by language. */
export type FilledIn = Readonly<Record<string, Readonly<Partial<Record<Language, string>>>>>;

/** Returns a template with two languages side by side. What is filled in stands in its own language alone: nothing is translated. `country`: that of the requesting authority; it comes first, '' has room too. */
export function templateForm(
  { title, text, parts }: { readonly title: LocalisedText; readonly text: LocalisedText; readonly parts: readonly TemplatePart[] },
  { country, values }: { readonly country: string; readonly values: FilledIn },
  words: readonly [PaperWords, PaperWords],
): TemplateForm {
  const sides = (say: (words: PaperWords) => string): Sides => [say(words[0]), say(words[1])];
  const inWords = (one: LocalisedText): Sides => sides(({ language }) => textIn(one, language));
  const asked = {
    ...{ said: sides(({ say }) => say('templateForm.country')), hint: ['', ''] as const, lines: 1 },
    values: sides(({ format }) => (country === '' ? '' : format.country(country))),
  };
  const rows = parts.map(({ id, lines, text: said, hint }) => ({
    ...{ said: inWords(said), hint: inWords(hint), lines },
    values: sides(({ language }) => values[id]?.[language] ?? ''),
  }));
  return {
    frame: frameIn(words[0]),
    languages: words.map(({ language }) => ({ language, region: REGIONS[language] })),
    title: inWords(title),
    lead: inWords(text),
    rows: [asked, ...rows].map((row, at) => ({ number: words[0].format.number(at + 1), ...row })),
  };
}
