import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { formatsIn, useLanguage } from '../../../../ui/formats.ts';
import type { Speech } from '../review/conflict-words.ts';
import { useDeviceWords } from '../device-words.ts';

/** Returns the words and names for conflicts, records set aside and the history of syncs. */
export function useSpeech(): Speech {
  const { t, i18n } = useTranslation('sync');
  const language = useLanguage();
  const on = useDeviceWords();
  return useMemo(
    () => ({ t, exists: (key: string) => i18n.exists(key), language, format: formatsIn(language), on }),
    [t, i18n, language, on],
  );
}
