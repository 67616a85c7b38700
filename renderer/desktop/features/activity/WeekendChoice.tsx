import { Checkbox } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Day } from '../../../../shared/kernel/dates.ts';
import { useFormats } from '../../../ui/formats.ts';

interface Props {
  /** The free days that lie between the dates. */
  readonly free: readonly Day[];
  readonly checked: boolean;
  /** What becomes of sessions while it is not ticked. */
  readonly hint: string;
  readonly onChange: (weekends: boolean) => void;
}

/** Asks whether sessions are held on the free days too; nothing where none lies between the dates. */
export function WeekendChoice({ free, checked, hint, onChange }: Props) {
  const { t } = useTranslation('activity');
  const format = useFormats();
  if (free.length === 0) return null;
  return (
    <Checkbox
      label={t('create.weekends', { days: format.list(free.map((day) => format.weekday(day))) })}
      description={hint}
      checked={checked}
      onChange={(event) => onChange(event.currentTarget.checked)}
    />
  );
}
