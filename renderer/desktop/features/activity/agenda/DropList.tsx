import { Checkbox, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { CallRefused } from '../../../../../shared/contract/rpc.ts';
import type { Language, LocalisedText } from '../../../../../shared/kernel/text.ts';
import { RecordTitle } from '../../../../ui/fields/RecordText.tsx';
import classes from './DropList.module.css';

export interface Session {
  readonly id: string;
  readonly title: LocalisedText | string;
  readonly unreadable: readonly string[];
}

/** A session as a refusal names it. */
type Overflowing = Pick<Session, 'id' | 'title'>;

/** The sessions that a refusal `agenda.overflow` names; undefined for any other refusal. */
export function overflowOf(error: CallRefused | null): readonly Overflowing[] | undefined {
  if (error?.code !== 'agenda.overflow' || !Array.isArray(error.details['items'])) return undefined;
  return error.details['items'] as readonly Overflowing[];
}

interface Props {
  readonly overflow: readonly Overflowing[];
  /** Every session, for dropping another one instead. */
  readonly all: readonly Session[];
  readonly dropped: readonly string[];
  readonly drop: (dropped: readonly string[]) => void;
  readonly language: Language;
}

/** Asks what to drop: what does not fit is ticked; untick it and it moves up, or tick another one instead. */
export function DropList({ overflow, all, dropped, drop, language }: Props) {
  const { t } = useTranslation('activity');
  const others = all.filter((item) => overflow.every((known) => known.id !== item.id));
  const line = (item: Session) => (
    <Checkbox
      key={item.id}
      label={<RecordTitle of={item} prefer={language} />}
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
      <Stack gap="xs">{overflow.map((named) => line(all.find(({ id }) => id === named.id) ?? { ...named, unreadable: [] }))}</Stack>
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
