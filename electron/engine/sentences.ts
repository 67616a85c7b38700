import { readFileSync } from 'node:fs';
import path from 'node:path';
import { createInstance, type i18n } from 'i18next';
import { countAsInPortugal, SENTENCE_VALUES } from '../../shared/kernel/formats.ts';
import type { Refusal } from '../../shared/kernel/result.ts';
import type { Language } from '../../shared/kernel/text.ts';

/** Translates what is said outside the window, by the words of `locales/`. */
export interface Sentences {
  /** The words under `namespace:key`; the key itself where `locales/` has none. */
  translate(language: Language, key: string, values?: Readonly<Record<string, unknown>>): string;
  /** A refusal as a sentence: what happened, what was kept, what to do. A code without one gets a general sentence that names it. */
  speak(language: Language, refusal: Refusal): string;
}

/** Returns the sentences of a folder, whose files `<folder>/<language>/<namespace>.json` are read when first asked for; most runs of the engine say nothing. */
export function openSentences(folder: string): Sentences {
  let instance: i18n | undefined;
  const read = new Set<string>();
  const words = (language: Language, namespace: string): i18n => {
    instance ??= empty();
    const file = path.join(folder, language, `${namespace}.json`);
    if (!read.has(file)) {
      read.add(file);
      instance.addResourceBundle(language, namespace, readJson(file));
    }
    return instance;
  };
  const translate: Sentences['translate'] = (language, key, values = {}) => {
    const [namespace, name] = splitKey(key);
    return words(language, namespace).t(name, { lng: language, ns: namespace, replace: values, ...countOf(values) });
  };
  return {
    translate,
    speak(language, { code, details }) {
      const sentence = translate(language, `errors:${code}`, details);
      return sentence === code ? translate(language, 'errors:unknown', { code }) : sentence;
    },
  };
}

function empty(): i18n {
  const instance = createInstance();
  void instance.use(SENTENCE_VALUES).init({
    resources: {},
    fallbackLng: false,
    initAsync: false,
    interpolation: { escapeValue: false, alwaysFormat: true },
  });
  countAsInPortugal(instance.services);
  return instance;
}

function splitKey(key: string): readonly [namespace: string, name: string] {
  const colon = key.indexOf(':');
  return [key.slice(0, colon), key.slice(colon + 1)];
}

/** Plurals go by `count`; nothing else of the values may steer the library. */
function countOf(values: Readonly<Record<string, unknown>>): { count?: number } {
  return typeof values['count'] === 'number' ? { count: values['count'] } : {};
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return {};
  }
}
