import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import i18next from 'i18next';
import { SENTENCE_VALUES } from '../../../shared/kernel/formats.ts';
import { LANGUAGES, type Language } from '../../../shared/kernel/text.ts';

const LOCALES = path.resolve(import.meta.dirname, '../../../locales');

/** Says `people:import.button` as the window would. Throws for a key that has no words. */
export type Words = (key: string, values?: Readonly<Record<string, unknown>>) => string;

const instance = i18next.createInstance();
void instance.use(SENTENCE_VALUES).init({
  initAsync: false,
  resources: Object.fromEntries(LANGUAGES.map((language) => [language, bundles(language)])),
  fallbackLng: false,
  interpolation: { escapeValue: false, alwaysFormat: true },
});

/** The words of the window in a language: what a test looks for is what the locales say, so that a better word breaks no test. */
export function wordsOf(language: Language): Words {
  const t = instance.getFixedT(language);
  return (key, values = {}) => {
    if (!instance.exists(key, { lng: language, count: 2, ...values })) throw new Error(`no words for ${key} in ${language}`);
    return t(key, { replace: values, ...values });
  };
}

/** Every text of a language, by namespace and key. */
export function allWords(language: Language): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  const walk = (value: unknown, key: string) => {
    if (typeof value === 'string') found.set(key, value);
    else
      for (const [name, part] of Object.entries(value as Record<string, unknown>))
        walk(part, key.endsWith(':') ? key + name : `${key}.${name}`);
  };
  for (const [namespace, words] of Object.entries(bundles(language))) walk(words, `${namespace}:`);
  return found;
}

function bundles(language: Language): Record<string, Record<string, unknown>> {
  const folder = path.join(LOCALES, language);
  return Object.fromEntries(
    readdirSync(folder)
      .filter((name) => name.endsWith('.json'))
      .map((name) => [
        name.slice(0, -'.json'.length),
        JSON.parse(readFileSync(path.join(folder, name), 'utf8')) as Record<string, unknown>,
      ]),
  );
}
