import { isDay } from '../../kernel/dates.ts';
import { countryCode } from '../../kernel/countries.ts';
import type { Sheet } from '../../kernel/source.ts';
import { fold, LANGUAGES, type Language } from '../../kernel/text.ts';
import { decodeAnswer, parseAnswer } from './answer-codec.ts';
import type { AnswerFault, Answers, FormItem, Questionnaire } from './answers.ts';
import { itemFinder } from './item-wordings.ts';
import { effectiveSheets, type EffectiveSheet, type StoredSheet } from './sheets.ts';
import { fine, FINE } from './scoring.ts';

/** A questionnaire that is put to countries: what each answered, and when. */

/** A country in the table. */
export interface CountryRow {
  readonly country: string;
  readonly answered: boolean;
  /** Answered after the last day. */
  readonly late: boolean;
  /** '' where it did not answer. */
  readonly day: string;
  readonly answers: Answers;
  /** The sheet that counts; null where it did not answer. */
  readonly sheet: EffectiveSheet | null;
}

export interface CountryTotals {
  readonly countries: number;
  readonly answered: number;
  readonly late: number;
  readonly missing: number;
  /** Per item how many countries answered it; of numbers also their sum. */
  readonly items: Readonly<Record<string, { readonly answered: number; readonly sum: number | null }>>;
}

/**
 * Returns the table of a questionnaire that is put to countries: those that are asked, in the order given, and behind them others that answered. Where several sheets are of a country, that of
 * the country itself counts, else that of the last day. `countryOf`: the country of a person. `deadline`: the last day on which an answer is not late.
 */
export function perCountry(
  form: Questionnaire,
  sheets: readonly StoredSheet[],
  {
    countries,
    countryOf,
    deadline,
  }: { readonly countries: readonly string[]; readonly countryOf: (person: string) => string | null; readonly deadline: string },
): { readonly countries: readonly CountryRow[]; readonly totals: CountryTotals } {
  const counted = new Map<string, EffectiveSheet>();
  const inOrder = effectiveSheets(sheets).toSorted(
    (a, b) => weight(a) - weight(b) || (a.day === b.day ? (a.id < b.id ? -1 : 1) : a.day < b.day ? -1 : 1),
  );
  for (const sheet of inOrder) {
    const country = sheet.country ?? (sheet.personId === null ? null : countryOf(sheet.personId));
    if (country) counted.set(country, sheet);
  }
  const others = [...counted.keys()].filter((country) => !countries.includes(country)).sort();
  const rows = [...new Set([...countries, ...others])].map((country): CountryRow => {
    const sheet = counted.get(country);
    const day = sheet?.day ?? '';
    return {
      country,
      answered: sheet !== undefined,
      late: day !== '' && deadline !== '' && day > deadline,
      day,
      answers: sheet?.answers ?? {},
      sheet: sheet ?? null,
    };
  });
  const answered = rows.filter((row) => row.answered);
  return {
    countries: rows,
    totals: {
      ...{ countries: rows.length, answered: answered.length, late: rows.filter(({ late }) => late).length },
      missing: rows.length - answered.length,
      items: Object.fromEntries(form.items.map((item) => [item.id, itemTotals(item, answered)])),
    },
  };
}

function weight({ country }: StoredSheet): number {
  return country ? 1 : 0;
}

function itemTotals(item: FormItem, rows: readonly CountryRow[]): { answered: number; sum: number | null } {
  const given = rows.flatMap(({ answers }) => answers[item.id] ?? []);
  if (item.type !== 'number') return { answered: given.length, sum: null };
  const numbers = given.flatMap((answer) => {
    const said = decodeAnswer(item, answer);
    return said?.is === 'number' ? [said.number] : [];
  });
  return { answered: given.length, sum: numbers.reduce((sum, number) => sum + fine(number), 0) / FINE };
}

/** The answers of a country as its file says them. */
export interface CountryFile {
  /** Null where it says none, or none that is known. */
  readonly country: string | null;
  /** The day on which it was filled in; null where it says none. */
  readonly day: string | null;
  readonly answers: Answers;
  readonly faults: readonly { readonly sheet: string; readonly row: number; readonly item: string; readonly fault: AnswerFault }[];
  /** How many of its questions were found. */
  readonly found: number;
  /** The language in which most of its questions are worded; null where none is. */
  readonly language: Language | null;
}

/** The words by which a file names its country and its day, in every language. */
export interface CountryWords {
  readonly country: readonly string[];
  readonly day: readonly string[];
}

/**
 * Reads what a country wrote into a table with a question a row: each found by its code or by its wording in any of the four languages, its answer in the cell behind the wording. A row that
 * is no question is passed over.
 */
export function readCountryFile(form: Questionnaire, sheets: readonly Sheet[], words: CountryWords): CountryFile {
  const finder = itemFinder(form.items);
  const isOf = (cell: string, named: readonly string[]): boolean => named.some((word) => fold(word) === fold(cell).replace(/\s*:$/u, ''));
  const answers: Record<string, string> = {};
  const faults: CountryFile['faults'][number][] = [];
  const found = new Set<string>();
  const worded: { readonly item: FormItem; readonly cell: string }[] = [];
  let [country, day] = [null, null] as [string | null, string | null];
  for (const { name, rows } of sheets) {
    for (const { row, cells } of rows) {
      const at = cells.findIndex((cell) => cell !== '');
      const label = cells.findIndex((cell) => isOf(cell, words.country) || isOf(cell, words.day));
      if (label >= 0) {
        const said = cells[label + 1] ?? '';
        if (isOf(cells[label]!, words.country)) country ??= countryCode(said);
        else day ??= isDay(said) ? said : null;
        continue;
      }
      const coded = form.items.find(({ id }) => fold(id) === fold(cells[at] ?? ''));
      const wording = cells.findIndex((cell) => cell !== '' && finder.find(cell) !== null);
      const item = coded ?? (wording < 0 ? undefined : finder.find(cells[wording]!)!.item);
      if (!item || found.has(item.id)) continue;
      found.add(item.id);
      const question = coded ? at + 1 : wording;
      worded.push({ item, cell: cells[question] ?? '' });
      const read = parseAnswer(item, cells[question + 1] ?? '');
      if ('fault' in read) faults.push({ sheet: name, row, item: item.id, fault: read.fault });
      else if (read.answer !== '') answers[item.id] = read.answer;
    }
  }
  return { country, day, answers, faults, found: found.size, language: languageOfMost(worded) };
}

/** Returns the language in which most of the questions are worded, the first of several; null where none is worded in any. */
function languageOfMost(worded: readonly { readonly item: FormItem; readonly cell: string }[]): Language | null {
  const counts = LANGUAGES.map((language) => ({
    language,
    count: worded.filter(({ item, cell }) => cell !== '' && fold(item.text[language] ?? '') === fold(cell)).length,
  }));
  const most = counts.reduce((best, one) => (one.count > best.count ? one : best));
  return most.count === 0 ? null : most.language;
}
