import type { Handlers } from '../../../../shared/contract/rpc.ts';
import type { peopleContract } from '../../../../shared/features/people/contract.ts';
import { fieldWords } from '../../../../shared/features/people/field-words.ts';
import { peopleSheet, templateSheets, type ExportedPerson, type ListWords } from '../../../../shared/features/people/list-export.ts';
import { COUNTRY_CODES, countryFootnote } from '../../../../shared/kernel/countries.ts';
import { formats } from '../../../../shared/kernel/formats.ts';
import { refuse } from '../../../../shared/kernel/result.ts';
import type { Language } from '../../../../shared/kernel/text.ts';
import { writeWorkbook } from '../../../../shared/node/tables/write-workbook.ts';
import type { EngineContext } from '../../context.ts';
import { activityRow } from '../activity/activity-rows.ts';
import { listedPeople } from './people-rows.ts';
import { writeChosen } from '../written-file.ts';
import { writeTable } from '../written-table.ts';

type ExportCalls = 'people.exportList' | 'people.template';

/** The calls that write a list of people for others: the workshop's own, and an empty one to be filled in. */
export function listExportHandlers(context: EngineContext): Pick<Handlers<typeof peopleContract>, ExportCalls> {
  const { reader } = context.store;
  return {
    'people.exportList': async ({ activityId, path, language, format }, call) => {
      if (!activityRow(reader, activityId)) return refuse('activity.unknown');
      call.progress({ label: 'people.writing', done: 0, total: 1, unit: 'items' });
      // Who was erased is a count without a name: there is nothing to write of them.
      const people = listedPeople(reader, activityId).flatMap(({ person }): ExportedPerson[] => (person.erased === 1 ? [] : [person]));
      const words = listWords(context, language);
      const notes = new Set(people.flatMap(({ country }) => (country === null ? [] : (countryFootnote(country, language) ?? []))));
      const noteSheet = { name: words.sheet('notes'), headings: [], rows: [...notes].map((note) => [note]) };
      return writeTable(path, format, language, [peopleSheet(people, words), ...(notes.size > 0 ? [noteSheet] : [])]);
    },

    'people.template': async ({ path, language }) => {
      const words = listWords(context, language);
      const { compare } = formats(language, '');
      const countries = COUNTRY_CODES.toSorted((a, b) => compare(words.value('country', a), words.value('country', b)));
      const instructions = INSTRUCTIONS.map((line) => context.translate(language, `people:table.instruction.${line}`));
      const warning = context.translate(language, 'people:table.warning', { sheet: words.sheet('choices') });
      const notes = COUNTRY_CODES.flatMap((code) => countryFootnote(code, language) ?? []);
      const sheets = templateSheets(words, { countries, instructions: [...instructions, ...notes], warning });
      return writeChosen(path, await writeWorkbook(sheets));
    },
  };
}

const INSTRUCTIONS = ['line', 'names', 'choices', 'reference', 'blank', 'back'] as const;

/** The words of a list in `language`, each as the importer reads it in that language. */
function listWords({ translate }: Pick<EngineContext, 'translate'>, language: Language): ListWords {
  const format = formats(language, translate(language, 'app:notReadable'));
  return {
    sheet: (name) => translate(language, `people:table.sheet.${name}`),
    // On screen the number is *in the list*; a list calls it by what its readers look for.
    heading: (field) => translate(language, field === 'ref' ? 'people:table.ref' : `people:field.${field}`),
    value: fieldWords((key, values) => translate(language, `people:${key}`, values), format),
  };
}
