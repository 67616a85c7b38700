import { Select } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { FORM_FIELDS, type ConsentField, type PersonField } from '../../../../../shared/features/people/rules.ts';
import type { Input } from '../../../../../shared/model/entity.ts';
import { participant } from '../../../../../shared/model/people.ts';
import { isEmail, isPhone } from '../../../../../shared/model/values.ts';
import { useReadable } from '../../../../ui/formats.ts';
import { useWordChoices } from '../choices.ts';
import { ConsentSelect } from './ConsentSelect.tsx';
import { CountrySelect } from './CountrySelect.tsx';
import type { Person } from '../find-people.ts';
import { SavedText } from './SavedText.tsx';
import type { PersonChange, usePerson } from './use-person.ts';

interface Props {
  readonly person: Person;
  readonly countries: readonly string[];
  readonly form: ReturnType<typeof usePerson>;
}

/** Every field of a person, each with the control that the model says. */
export function PersonFields(props: Props) {
  return FORM_FIELDS.map((field) => <PersonInput key={field} field={field} {...props} />);
}

function PersonInput({ field, person, countries, form }: Props & { readonly field: PersonField }) {
  const { t } = useTranslation(['people', 'errors']);
  const readable = useReadable();
  const choices = useWordChoices(field);
  const { input, blank } = participant.fields[field];
  const value = form.pending[field] === undefined ? person[field] : form.pending[field];
  // What cannot be read stands until another value is written.
  const error = (form.refusals[field] ?? readable(person, field, '')) || undefined;
  const save = (next: string | null) => form.save(field, (next ?? blank) as PersonChange[typeof field]);
  const shared = { label: t(`field.${field}`), ...(error && { error }) };
  switch (input) {
    case 'consent':
      return <ConsentSelect {...shared} field={field as ConsentField} value={value} onChange={save} />;
    case 'line':
    case 'text':
    case 'email':
    case 'phone':
      return (
        <SavedText
          label={shared.label}
          value={value ?? ''}
          required={field === 'familyName'}
          missing={t('add.nameMissing')}
          error={error}
          lines={input === 'text'}
          wrong={(typed) =>
            typed === '' || isOfKind(input, typed) ? undefined : t(input === 'email' ? 'errors:email.invalid' : 'errors:phone.invalid')
          }
          onBegin={() => form.begin(field)}
          onSave={save}
        />
      );
    case 'country':
      return (
        <CountrySelect
          {...shared}
          countries={countries}
          placeholder={t('notRecorded')}
          value={value}
          onChange={(code) => void save(code)}
        />
      );
    case 'choice':
    case 'language':
      return (
        <Select
          {...shared}
          placeholder={t('notRecorded')}
          data={choices}
          value={value}
          onChange={(word) => void save(word)}
          allowDeselect={blank === null}
          clearable={blank === null}
          clearButtonProps={{ 'aria-label': t('clear') }}
        />
      );
  }
}

/** Whether a text is what its field asks for. */
function isOfKind(input: Input, text: string): boolean {
  return input === 'email' ? isEmail(text) : input === 'phone' ? isPhone(text) : true;
}
