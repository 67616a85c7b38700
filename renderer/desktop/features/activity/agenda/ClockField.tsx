import { TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { isClock, readClock } from './clock-text.ts';

interface Props {
  readonly label: string;
  readonly value: string;
  readonly change: (value: string) => void;
  readonly tried: boolean;
  readonly error?: string | undefined;
}

/** A time of day on the 24-hour clock in every language; the system's own field would follow the system's language. */
export function ClockField({ label, value, change, tried, error }: Props) {
  const { t } = useTranslation('activity');
  return (
    <TextInput
      label={label}
      value={value}
      inputMode="numeric"
      maxLength={8}
      onChange={(event) => change(event.currentTarget.value)}
      onBlur={() => change(readClock(value))}
      error={error ?? (tried && !isClock(value) ? t('agenda.notATime') : undefined)}
    />
  );
}
