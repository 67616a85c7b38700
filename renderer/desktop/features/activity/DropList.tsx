import { Checkbox, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { CallRefused } from '../../../../shared/contract/rpc.ts';
import { textIn, type Language, type LocalisedText } from '../../../../shared/kernel/text.ts';

export interface Overflowing {
  readonly id: string;
  readonly title: LocalisedText | string;
}

/** The sessions that a refusal `agenda.overflow` names; undefined for any other refusal. */
export function overflowOf(error: CallRefused | null): readonly Overflowing[] | undefined {
  if (error?.code !== 'agenda.overflow' || !Array.isArray(error.details['items'])) return undefined;
  return error.details['items'] as readonly Overflowing[];
}

interface Props {
  readonly items: readonly Overflowing[];
  /** Those not to be dropped after all. */
  readonly kept: readonly string[];
  readonly keep: (kept: readonly string[]) => void;
  readonly language: Language;
}

/** Asks what to drop: every session that does not fit is ticked; a tick taken away keeps it. */
export function DropList({ items, kept, keep, language }: Props) {
  const { t } = useTranslation('activity');
  return (
    <section role="alert">
      <Text fw={600}>{t('overflow.title', { count: items.length })}</Text>
      <Text c="dimmed" mb="sm">
        {t('overflow.text')}
      </Text>
      <Stack gap="xs">
        {items.map((item) => (
          <Checkbox
            key={item.id}
            label={textIn(item.title, language)}
            checked={!kept.includes(item.id)}
            onChange={(event) => keep(event.currentTarget.checked ? kept.filter((id) => id !== item.id) : [...kept, item.id])}
          />
        ))}
      </Stack>
    </section>
  );
}
