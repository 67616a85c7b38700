import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { headingMeaning } from '../../shared/features/people/list/heading-meaning.ts';
import { isListField } from '../../shared/features/people/list/headings.ts';
import { FORM_FIELDS, PERSON_FIELDS } from '../../shared/features/people/rules.ts';
import { LANGUAGES } from '../../shared/kernel/text.ts';
import { ENTITIES } from '../../shared/model/entities.ts';
import { participant } from '../../shared/model/people.ts';

/** A field that people fill in is written once, in the model; what does not follow from there is asked for here. */

const FILLED = PERSON_FIELDS.map((name) => ({ name, ...participant.fields[name] }));
/** Asked of the person alone: what somebody agreed to is in no list that others send. */
const NOT_IN_LISTS: readonly string[] = ['consentPhoto', 'consentDirectory', 'consentFollowUp'];

const words = (language: string, file: string): Record<string, never> =>
  JSON.parse(readFileSync(path.resolve(import.meta.dirname, `../../locales/${language}/${file}.json`), 'utf8')) as Record<string, never>;

describe.each(FILLED)('$name of a person', ({ name, personal, words: choices, input }) => {
  it('is in the register of personal data, with words for why and how long', () => {
    expect(personal).not.toBeNull();
    for (const language of LANGUAGES) {
      const { purpose, retention } = words(language, 'privacy') as Record<string, Record<string, string>>;
      expect(purpose![personal!.purpose], language).toBeTruthy();
      expect(retention![personal!.retention], language).toBeTruthy();
    }
  });

  it('is called alike everywhere, and so is what is chosen, in four languages', () => {
    for (const language of LANGUAGES) {
      const people = words(language, 'people') as Record<string, Record<string, string>>;
      expect(people['field']![name], language).toBeTruthy();
      if (input === 'consent')
        expect((people['consent']!['ask'] as unknown as Record<string, string>)[name], `${language}: what is asked`).toBeTruthy();
      if (input === 'choice') for (const word of choices!) expect(people[name]![word], `${language} ${word}`).toBeTruthy();
    }
  });

  it('is read from a list, under the heading that a saved list gives it, or said not to be', () => {
    const isRead = !NOT_IN_LISTS.includes(name);
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

it('whatever is filled in says so in the model, of whichever record', () => {
  for (const { type, fields } of ENTITIES)
    for (const [name, { input, personal }] of Object.entries(fields))
      if (input !== null) expect(personal, `${type}.${name}`).not.toBeNull();
});
