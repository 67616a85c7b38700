import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { isDay } from '../../../../shared/kernel/dates.ts';
import type { Id } from '../../../../shared/kernel/ids.ts';
import { textIn } from '../../../../shared/kernel/text.ts';
import { SearchSelect } from '../../../ui/fields/SearchSelect.tsx';
import { useFormats, useLanguage } from '../../../ui/formats.ts';
import { useRead } from '../../app/engine.ts';

interface Props {
  /** The activity that is asked about. */
  readonly id: Id;
  readonly value: Id | null;
  readonly error?: string | undefined;
  change(value: Id | null): void;
}

/** Chooses the activity that another one is a part of. */
export function PartOf({ id, value, error, change }: Props) {
  const { t } = useTranslation('activity');
  const choices = useActivityChoices(id);
  return (
    <SearchSelect
      label={t('field.partOf')}
      description={t('field.partOfHint')}
      choices={choices}
      value={value}
      onChange={change}
      error={error}
      nothingFoundMessage={t('field.partOfNone')}
      clear={t('field.clear')}
      limit={50}
    />
  );
}

/** Returns the activities to choose from, each by its title and its days, but for one. */
export function useActivityChoices(except: Id | null): { readonly value: Id; readonly label: string }[] {
  const language = useLanguage();
  const format = useFormats();
  const { data } = useRead('activity.list', {});
  return useMemo(
    () =>
      (data ?? []).flatMap(({ id, title, start, end }) => {
        if (id === except) return [];
        const words = textIn(title, language);
        return [{ value: id, label: isDay(start) && isDay(end) ? `${words} (${format.days(start, end)})` : words }];
      }),
    [data, except, language, format],
  );
}
