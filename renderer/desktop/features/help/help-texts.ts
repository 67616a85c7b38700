import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { HELP_PAGES, type HelpPage } from '../../../../shared/features/help/help-pages.ts';
import { linesOf, readHelp, wordsOfLine, type HelpText, type Sought } from '../../../../shared/features/help/help-text.ts';
import type { Language } from '../../../../shared/kernel/text.ts';
import { useLanguage } from '../../../ui/formats.ts';

const LOADERS: Readonly<Record<Language, () => Promise<{ texts: Record<string, string> }>>> = {
  en: () => import('./texts/en.ts'),
  fr: () => import('./texts/fr.ts'),
  es: () => import('./texts/es.ts'),
  pt: () => import('./texts/pt.ts'),
};

type HelpTexts = Readonly<Record<HelpPage, HelpText>>;

/** Every page of the help in the window's language, once it is loaded. */
export function useHelpTexts(): HelpTexts | undefined {
  const language = useLanguage();
  return useQuery({ queryKey: ['help', language], queryFn: () => loadTexts(language), staleTime: Infinity }).data;
}

async function loadTexts(language: Language): Promise<HelpTexts> {
  const { texts } = await LOADERS[language]();
  const byFile = new Map(Object.entries(texts).map(([path, text]) => [path.slice(path.lastIndexOf('/') + 1), text]));
  return Object.fromEntries(HELP_PAGES.map((page) => [page, readHelp(byFile.get(`${page}.md`) ?? '')])) as Record<HelpPage, HelpText>;
}

/** Returns the names by which the window calls things, by the key of its words. */
export function useNamesShown(): (key: string) => string {
  const { t } = useTranslation();
  return (key) => t(key as 'app:close');
}

/** The pages with their words as they are shown, for a search. */
export function useSoughtHelp(): readonly Sought<HelpPage>[] {
  const texts = useHelpTexts();
  const nameOf = useNamesShown();
  if (!texts) return [];
  return HELP_PAGES.map((page) => ({
    page,
    title: texts[page].title,
    lines: linesOf(texts[page]).map((line) => wordsOfLine(line, nameOf)),
  }));
}
