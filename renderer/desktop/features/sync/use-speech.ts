import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { formats, useLanguage } from '../../../ui/formats.ts';
import type { Speech } from './conflict-words.ts';

/** What conflicts, records set aside and the ledger are put into words with. */
export function useSpeech(): Speech {
  const { t, i18n } = useTranslation('sync');
  const language = useLanguage();
  return useMemo(() => ({ t, exists: (key: string) => i18n.exists(key), language, format: formats(language) }), [t, i18n, language]);
}
