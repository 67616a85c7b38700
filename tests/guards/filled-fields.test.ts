import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { headingMeaning } from '../../shared/features/people/list/heading-meaning.ts';
import { isListField } from '../../shared/features/people/list/headings.ts';
import { FORM_FIELDS, PERSON_FIELDS } from '../../shared/features/people/rules.ts';
import { LANGUAGES } from '../../shared/kernel/text.ts';
import { saidNot } from '../../shared/model/entity.ts';
import { participant } from '../../shared/model/people.ts';

/** What a field of a person asks for beside what every field does (`every-field.test.ts`). */

const FILLED = PERSON_FIELDS.map((name) => ({ name, input: participant.fields[name].input }));

const words = (language: string, file: string) =>
  JSON.parse(readFileSync(path.resolve(import.meta.dirname, `../../locales/${language}/${file}.json`), 'utf8')) as Record<string, unknown>;

describe.each(FILLED)('$name of a person', ({ name, input }) => {
  it('is asked in four languages, where somebody agrees to it', () => {
    if (input !== 'consent') return;
    for (const language of LANGUAGES)
      expect((words(language, 'people') as { consent: { ask: Record<string, string> } }).consent.ask[name], language).toBeTruthy();
  });

  it('is read from a list, under the heading that a saved list gives it, or said not to be', () => {
    const isRead = saidNot(participant, name, 'imported') === undefined;
    expect(isListField(name)).toBe(isRead);
    for (const language of LANGUAGES) {
      const { field, table } = words(language, 'people') as unknown as { field: Record<string, string>; table: { ref: string } };
      const heading = name === 'ref' ? table.ref : field[name]!;
      // *Nombre* is the given name beside *Apellidos*.
      const meaning = headingMeaning(heading)?.field.replace('ambiguousName', 'givenName');
      expect(meaning, `${language}: ${heading}`).toBe(isRead ? name : 'technical');
    }
  });
});

it('every field of a person but the workshop and the place in the list is filled in, and stands once in the form', () => {
  const others = Object.keys(participant.fields).filter((name) => !PERSON_FIELDS.some((one) => one === name));
  expect(others).toEqual(['activityId', 'position']);
  expect([...FORM_FIELDS].sort()).toEqual([...PERSON_FIELDS].sort());
});
