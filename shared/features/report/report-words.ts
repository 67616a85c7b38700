import type { HalfDay } from '../../kernel/dates.ts';
import { formats, halfDayParts, type Formats } from '../../kernel/formats.ts';
import { LANGUAGES, type Language } from '../../kernel/text.ts';
import { SMALLEST_GROUP, type SurveyFigures, type TestFigures } from '../evaluation/figures.ts';
import { NOT_RECORDED, type Count } from './figures.ts';

export interface Figure {
  readonly key: string;
  readonly label: string;
  readonly count: number;
}

/** The words of a report in its own language, which need not be the screen's. */
export interface ReportWords {
  readonly language: Language;
  readonly format: Formats;
  /** A key of `locales/<language>/report.json`, under `document`; plurals by `count`. */
  say(key: string, values?: Readonly<Record<string, unknown>>): string;
  /** `Mon 12 July, morning`. */
  halfDay(halfDay: HalfDay): string;
  sex(counts: readonly Count[]): Figure[];
  profession(counts: readonly Count[]): Figure[];
  professionSex(counts: readonly Count[]): Figure[];
  /** Sorted by name, *not recorded* last. */
  country(counts: readonly Count[]): Figure[];
  /** *People gained 3.85 points of 12, 18 of 20 improved.* */
  test(figures: TestFigures): string;
  survey(figures: Pick<SurveyFigures, 'n' | 'registered' | 'rate' | 'mean' | 'suppressed'>): string;
  materialKind(kind: string): string;
  /** A language in the report's own; one of a newer program by its code. */
  languageName(code: string): string;
}

/** Translates the keys of every language, `namespace:key`. */
export interface Translator {
  translate(language: Language, key: string, values?: Readonly<Record<string, unknown>>): string;
}

/** The words of a report in `language`. */
export function reportWords({ translate }: Translator, language: Language): ReportWords {
  const say: ReportWords['say'] = (key, values) => translate(language, `report:document.${key}`, values);
  const format = formats(language, say('notReadable'));
  const { number, rate: share, mean: average } = format;
  /** The word that a value chooses; a value that no word is for chooses none. */
  const chosen = (key: string): string => {
    const word = say(key);
    return word === `document.${key}` ? format.notReadable : word;
  };
  const labelled = (counts: readonly Count[], label: (key: string) => string): Figure[] =>
    counts.map(({ key, count }) => ({ key, label: label(key), count }));
  const sexLabel = (key: string): string => chosen(`sex.${key}`);
  const professionLabel = (key: string): string => chosen(`profession.${key}`);

  return {
    language,
    format,
    say,
    halfDay: (halfDay) => {
      const { day, half } = halfDayParts(halfDay, format);
      return half === null ? day : say(`halfDay.${half}`, { date: day });
    },
    sex: (counts) => labelled(counts, sexLabel),
    profession: (counts) => labelled(counts, professionLabel),
    professionSex: (counts) =>
      labelled(counts, (key) => {
        const [profession, sex] = key.split('/').map((part, at) => (at === 0 ? professionLabel(part) : sexLabel(part)));
        // Of whom neither is recorded that is said once.
        return profession === sex ? profession! : say('professionSex', { profession, sex });
      }),
    country: (counts) => {
      const figures = labelled(counts, (key) => (key === NOT_RECORDED ? say('notRecorded') : format.country(key)));
      const unknown = (figure: Figure): number => (figure.key === NOT_RECORDED ? 1 : 0);
      return figures.toSorted((a, b) => unknown(a) - unknown(b) || format.compare(a.label, b.label));
    },
    test: ({ nPre, nPost, nPaired, questions, improved, gain }) => {
      if (gain !== null && nPaired < SMALLEST_GROUP) return say('test.suppressed', { count: nPaired });
      if (gain === null) return say('test.noPairs', { pre: number(nPre), post: number(nPost) });
      const points = say('test.points', { count: Math.abs(gain), points: average(Math.abs(gain)), of: number(questions) });
      const people = say('test.improved', { count: improved, of: number(nPaired) });
      const turn = gain === 0 ? 'unchanged' : gain > 0 ? 'gained' : 'lost';
      return say(`test.${turn}`, { points, people });
    },
    survey: (figures) => {
      const { n, registered, rate, mean, suppressed } = figures;
      if (suppressed) return say('survey.suppressed', { count: n });
      const values = { count: n, of: number(registered), rate: rate === null ? '' : share(rate) };
      const returned = rate === null ? say('survey.returnedOnly', values) : say('survey.returned', values);
      return mean === null ? returned : say('survey.withMean', { returned, mean: average(mean) });
    },
    languageName: (code) => (LANGUAGES.some((one) => one === code) ? say(`languageName.${code}`) : format.language(code)),
    materialKind: (kind) => chosen(`material.${kind}`),
  };
}
