import { Select } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { CONSENT_WORDING, consentOf, consentValue } from '../../../../../shared/features/people/consents.ts';
import type { ConsentField } from '../../../../../shared/features/people/rules.ts';
import { today } from '../../../app/clock.ts';
import { useFieldWords } from './person-words.ts';
import classes from './PersonPanel.module.css';

/** The question to somebody, in the words of today, and what they answered: to which wording, on which day. */
export function ConsentSelect(props: {
  readonly field: ConsentField;
  readonly label: string;
  readonly error?: string;
  readonly value: string | null;
  onChange(value: string | null): Promise<boolean>;
}) {
  const { t } = useTranslation('people');
  const words = useFieldWords();
  const { field, label, error, value } = props;
  const consent = value === null ? null : consentOf(value);
  const choose = (answer: string | null) =>
    void props.onChange(answer === null ? null : consentValue({ given: answer === 'yes', wording: CONSENT_WORDING, day: today() }));
  return (
    <div>
      <Select
        label={label}
        description={t(`consent.ask.${field}`)}
        placeholder={t('notRecorded')}
        data={[
          { value: 'yes', label: t('consent.given') },
          { value: 'no', label: t('consent.refused') },
        ]}
        value={consent === null ? null : consent.given ? 'yes' : 'no'}
        onChange={choose}
        clearable
        clearButtonProps={{ 'aria-label': t('clear') }}
        {...(error ? { error } : {})}
      />
      {consent && value !== null && <p className={classes.answered}>{words(field, value)}</p>}
    </div>
  );
}
