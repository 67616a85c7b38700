import { existsSync } from 'node:fs';
import path from 'node:path';
import type { Handlers } from '../../../../shared/contract/rpc.ts';
import type { countryContract } from '../../../../shared/features/evaluation/country-contract.ts';
import { perCountry } from '../../../../shared/features/evaluation/per-country.ts';
import { FIXED_OPTIONS } from '../../../../shared/features/form/fixed-options.ts';
import { countryName } from '../../../../shared/kernel/countries.ts';
import type { Id } from '../../../../shared/kernel/ids.ts';
import { ok, refuse } from '../../../../shared/kernel/result.ts';
import type { WrittenSheet } from '../../../../shared/kernel/table.ts';
import { textIn, type Language } from '../../../../shared/kernel/text.ts';
import type { EngineContext } from '../../context.ts';
import { askedCountries } from '../activity/activity-rows.ts';
import { inWorkshop, type FormInWorkshop } from '../form/asked-forms.ts';
import { makeFolder } from '../written-file.ts';
import { writeTable } from '../written-table.ts';
import { countryOf, countrySheet, sheetsOf } from './evaluation-sheets.ts';

type ExportCalls = 'evaluation.exportCountry' | 'evaluation.exportMissing';
type Item = FormInWorkshop['items'][number];

/** Returns the handlers of the calls that write a questionnaire for countries to fill in. */
export function countryExports(context: EngineContext): Pick<Handlers<typeof countryContract>, ExportCalls> {
  return {
    'evaluation.exportCountry': async ({ activityId, formId, country, language, path: target, format }, call) => {
      const found = inWorkshop(context, activityId, formId);
      if (!found.ok) return found;
      call.progress({ label: 'people.writing', done: 0, total: 1, unit: 'items' });
      return writeTable(target, format, language, [sheetToFill(context, found.value, country, language)]);
    },

    'evaluation.exportMissing': async ({ activityId, formId, language, path: folder, format }, call) => {
      const found = inWorkshop(context, activityId, formId);
      if (!found.ok) return found;
      const missing = missingCountries(context, activityId, found.value);
      if (missing.length === 0) return refuse('evaluation.countriesAllIn');
      const made = makeFolder(folder);
      if (!made.ok) return made;
      const files: string[] = [];
      for (const country of missing) {
        if (call.signal.aborted) return refuse('job.cancelled');
        call.progress({ label: 'people.writing', done: files.length, total: missing.length, unit: 'items' });
        const table = sheetToFill(context, found.value, country, language);
        const name = freeName(made.value, `${table.name} ${country}`, format);
        const written = await writeTable(path.join(made.value, name), format, language, [table]);
        if (!written.ok) return written;
        files.push(name);
      }
      return ok({ path: made.value, files });
    },
  };
}

/** Returns the questionnaire as a table to fill in, a question a row, with what the country answered already. */
function sheetToFill(context: EngineContext, form: FormInWorkshop, country: string, language: Language): WrittenSheet {
  const say = (key: string): string => context.translate(language, `evaluation:country.${key}`);
  const given = countrySheet(context, form, country)?.answers ?? {};
  // Options that are always the same are said by their words, which are read back: their ids are in no language.
  const choices = (type: Item['type'], options: Item['options'] | undefined): string =>
    Object.entries(options ?? {})
      .map(([letter, text]) => (FIXED_OPTIONS[type] ? '' : `${letter}: `) + textIn(text, language))
      .join('; ');
  const answered = ({ id, type }: Item): string => {
    const answer = given[id] ?? '';
    const fixed = FIXED_OPTIONS[type]?.[answer];
    return fixed ? textIn(fixed, language) : answer;
  };
  const rows = [
    ['', say('country'), countryName(country, language), ''],
    ['', say('day'), '', ''],
    ...form.items.map((item) => [
      ...[item.id, textIn(item.text, language), answered(item)],
      [choices(item.type, item.rows), choices(item.type, item.options)].filter((one) => one !== '').join(' / '),
    ]),
  ];
  return { name: say('sheet'), headings: [say('number'), say('question'), say('answer'), say('choices')], rows };
}

/** Returns the countries of a workshop that have no answer in, in its order. */
function missingCountries(context: EngineContext, activityId: Id, form: FormInWorkshop): string[] {
  const table = perCountry(form, sheetsOf(context, activityId, form), {
    countries: askedCountries(context.store.reader, activityId),
    countryOf: countryOf(context.store.reader),
    deadline: '',
  });
  return table.countries.filter(({ answered }) => !answered).map(({ country }) => country);
}

/** Returns a name that no file of the folder has: one that a country filled in may lie there. */
function freeName(folder: string, stem: string, extension: string): string {
  for (let at = 1; ; at++) {
    const name = at === 1 ? `${stem}.${extension}` : `${stem} (${at}).${extension}`;
    if (!existsSync(path.join(folder, name))) return name;
  }
}
