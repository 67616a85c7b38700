import { useQuery } from '@tanstack/react-query';
import i18next, { type TFunction } from 'i18next';
import type { Language } from '../../../../shared/kernel/text.ts';
import type { Resource } from '../../../ui/i18n.ts';

const WORDS = import.meta.glob<Resource>('../../../../locales/*/report.json', { import: 'default' });

/**
 * The report's words in the document's language, which need not be the screen's. undefined until they are loaded: a report
 * with words of another language is not shown.
 */
export function useDocumentWords(language: Language): TFunction<'report'> | undefined {
  const words = useQuery({
    queryKey: ['words', language],
    queryFn: async () => {
      const load = WORDS[`../../../../locales/${language}/report.json`];
      if (!load) throw new Error(`no words for ${language}`);
      i18next.addResourceBundle(language, 'report', await load());
      return language;
    },
  });
  return words.data && i18next.getFixedT(words.data, 'report');
}
