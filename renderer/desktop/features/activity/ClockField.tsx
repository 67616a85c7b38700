import { TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';

/** Whether a text is a time, `HH:MM`. */
export function isClock(text: string): boolean {
  return /^([01]\d|2[0-3]):[0-5]\d$/.test(text);
}

/** Reads a time as people type it: 9, 930, 9:30, 9h30, 9.30. What is none stays as it is. */
export function readClock(text: string): string {
  const parts = /^\s*(\d{1,2})(?:\s*[:hH.]\s*|(?=\d{2}\s*$))?(\d{2})?\s*$/.exec(text);
  if (!parts) return text;
  const clock = `${parts[1]!.padStart(2, '0')}:${parts[2] ?? '00'}`;
  return isClock(clock) ? clock : text;
}

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
