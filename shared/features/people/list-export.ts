import type { WrittenSheet } from '../../kernel/table.ts';
import { participant } from '../../model/people.ts';
import { LISTED_FIELDS, PERSON_FIELDS, type PersonField } from './rules.ts';

/** The words of a list in its own language. */
export interface ListWords {
  sheet(name: 'people' | 'choices' | 'instructions' | 'notes'): string;
  heading(field: PersonField): string;
  /** A value as the importer reads it: the word of a list, the name of a country or a language, else the text itself. */
  value(field: PersonField, value: string): string;
}

/** A person's values by field; null where nothing is recorded. */
export type ExportedPerson = Readonly<Record<PersonField, string | null>>;

/** The list of a workshop's people, a column for each field. A cell is blank where nothing is recorded, so that a file read back in records nothing new. */
export function peopleSheet(
  people: readonly ExportedPerson[],
  words: ListWords,
  fields: readonly PersonField[] = PERSON_FIELDS,
): WrittenSheet {
  return {
    name: words.sheet('people'),
    headings: fields.map((field) => words.heading(field)),
    rows: people.map((person) =>
      fields.map((field) => {
        const value = person[field];
        return value === null || value === '' ? null : words.value(field, value);
      }),
    ),
  };
}

/** The fields that are chosen from a list; `countries` in the order of the language. */
function choicesOf(countries: readonly string[]): readonly { readonly field: PersonField; readonly values: readonly string[] }[] {
  return LISTED_FIELDS.flatMap((field) => {
    const { input, words } = participant.fields[field];
    const values = input === 'country' ? countries : words;
    return values === null ? [] : [{ field, values }];
  });
}

/**
 * A list to be filled in by an institution: the headings alone, the choices of its fields in a sheet of their own and in its cells, and how it is filled in. `warning`: what
 * is said to whoever writes something that is no choice, which may stand.
 */
export function templateSheets(
  words: ListWords,
  {
    countries,
    instructions,
    warning,
  }: { readonly countries: readonly string[]; readonly instructions: readonly string[]; readonly warning: string },
): WrittenSheet[] {
  const choices = choicesOf(countries).map(({ field, values }) => ({ field, words: values.map((value) => words.value(field, value)) }));
  const longest = Math.max(...choices.map((choice) => choice.words.length));
  return [
    {
      ...peopleSheet([], words, LISTED_FIELDS),
      choices: choices.map((choice, column) => ({
        column: LISTED_FIELDS.findIndex((field) => field === choice.field),
        list: { sheet: words.sheet('choices'), column, length: choice.words.length },
        warning,
      })),
    },
    { name: words.sheet('instructions'), headings: [], rows: instructions.map((line) => [line]) },
    {
      name: words.sheet('choices'),
      headings: choices.map(({ field }) => words.heading(field)),
      rows: Array.from({ length: longest }, (_, row) => choices.map((choice) => choice.words[row] ?? null)),
    },
  ];
}
