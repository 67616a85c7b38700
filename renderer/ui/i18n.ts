import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import { countAsInPortugal, SENTENCE_VALUES } from '../../shared/kernel/formats.ts';
import type { Language } from '../../shared/kernel/text.ts';

export interface Resource {
  readonly [key: string]: string | Resource;
}

const LOADERS: Readonly<Record<Language, () => Promise<{ words: Record<string, Resource> }>>> = {
  en: () => import('./words/en.ts'),
  fr: () => import('./words/fr.ts'),
  es: () => import('./words/es.ts'),
  pt: () => import('./words/pt.ts'),
};

/** Starts i18next with one language's words. No fallback language: a foreign word on screen would hide a missing one. */
export async function startWords(language: Language): Promise<void> {
  await i18next
    .use(initReactI18next)
    .use(SENTENCE_VALUES)
    .init({
      lng: language,
      resources: { [language]: await wordsOf(language) },
      defaultNS: 'app',
      fallbackLng: false,
      interpolation: { escapeValue: false, alwaysFormat: true },
      react: { useSuspense: false },
      // A word that is chosen by a value (`status.present`) is asked for with whatever a record holds.
      parseMissingKeyHandler: (_key, _default, options) => notReadable(options),
      returnedObjectHandler: (_key, _value, options) => notReadable(options),
    });
  countAsInPortugal(i18next.services);
  document.documentElement.lang = language;
}

/** The words for a value that is not of its kind, in the language that a text was asked for; a dash where that is not loaded. */
function notReadable(options?: { readonly lng?: string }): string {
  const words: unknown = i18next.getResource(options?.lng ?? i18next.language, 'app', 'notReadable');
  return typeof words === 'string' ? words : '–';
}

/** Changes the language of the whole window at once. */
export async function speak(language: Language): Promise<void> {
  if (i18next.language === language) return;
  await loadWords(language);
  await i18next.changeLanguage(language);
  document.documentElement.lang = language;
}

/** Has the words of a language that is not the screen's at hand, for what is asked for with `lng`. */
export async function loadWords(language: Language): Promise<void> {
  if (i18next.hasResourceBundle(language, 'app')) return;
  for (const [namespace, words] of Object.entries(await wordsOf(language))) i18next.addResourceBundle(language, namespace, words);
}

/** The words of a language by namespace; loaded once. */
export async function wordsOf(language: Language): Promise<Record<string, Resource>> {
  const { words } = await LOADERS[language]();
  return Object.fromEntries(
    Object.entries(words).map(([path, bundle]) => [path.slice(path.lastIndexOf('/') + 1, -'.json'.length), bundle]),
  );
}
