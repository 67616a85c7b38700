import type { Formats } from '../../kernel/formats.ts';
import { participant } from '../../model/people.ts';
import { consentOf } from './consents.ts';
import type { PersonField } from './rules.ts';

/** Formats the values of a person's fields in a language. */
export type FieldWords = (field: PersonField, value: string) => string;

/** Words for the values of a person's fields. `say`: the text of a key of `people.json`. A value that no word is for stays as it is. */
export function fieldWords(
  say: (key: string, values?: Readonly<Record<string, string | number>>) => string,
  format: Pick<Formats, 'country' | 'language' | 'day'>,
): FieldWords {
  return (field, value) => {
    const { input, words } = participant.fields[field];
    switch (input) {
      case 'choice':
        return words?.includes(value) === true ? say(`${field}.${value}`) : value;
      case 'country':
        return format.country(value);
      case 'language':
        return format.language(value);
      case 'consent': {
        const consent = consentOf(value);
        return consent
          ? say(consent.given ? 'consent.yes' : 'consent.no', { day: format.day(consent.day), wording: consent.wording })
          : value;
      }
      case 'line':
      case 'text':
      case 'email':
      case 'phone':
        return value;
    }
  };
}

/** Returns the value recorded in a field; null where nothing is. */
export function recordedValue(field: PersonField, value: string | null | undefined): string | null {
  return value === undefined || value === '' || value === participant.fields[field].blank ? null : value;
}
