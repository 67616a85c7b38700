import { Checkbox, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { CallRefused } from '../../../../shared/contract/rpc.ts';
import { textIn, type Language, type LocalisedText } from '../../../../shared/kernel/text.ts';
import classes from './DropList.module.css';

export interface Droppable {
  readonly id: string;
  readonly title: LocalisedText | string;
}

/** The sessions that a refusal `agenda.overflow` names; undefined for any other refusal. */
export function overflowOf(error: CallRefused | null): readonly Droppable[] | undefined {
  if (error?.code !== 'agenda.overflow' || !Array.isArray(error.details['items'])) return undefined;
  return error.details['items'] as readonly Droppable[];
}

interface Props {
  readonly overflow: readonly Droppable[];
  /** Every session, for dropping another one instead. */
  readonly all: readonly Droppable[];
  readonly dropped: readonly string[];
  readonly drop: (dropped: readonly string[]) => void;
  readonly language: Language;
}

/** Asks what to drop: what does not fit is ticked; untick it and it moves up, or tick another one instead. */
export function DropList({ overflow, all, dropped, drop, language }: Props) {
  const { t } = useTranslation('activity');
  const others = all.filter((item) => overflow.every((known) => known.id !== item.id));
  const line = (item: Droppable) => (
    <Checkbox
      key={item.id}
      label={textIn(item.title, language)}
      checked={dropped.includes(item.id)}
      onChange={(event) => drop(event.currentTarget.checked ? [...dropped, item.id] : dropped.filter((id) => id !== item.id))}
    />
  );
  return (
    <section role="alert">
      <Text fw={600}>{t('overflow.title', { count: overflow.length })}</Text>
      <Text c="dimmed" mb="sm">
        {t('overflow.text')}
      </Text>
      <Stack gap="xs">{overflow.map(line)}</Stack>
      {others.length > 0 && (
        <details className={classes.others}>
          <summary>{t('overflow.others')}</summary>
          <Stack gap="xs" mt="xs">
            {others.map(line)}
          </Stack>
        </details>
      )}
    </section>
  );
}
