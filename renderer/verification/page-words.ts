import enAward from '../../locales/en/award.json' with { type: 'json' };
import esAward from '../../locales/es/award.json' with { type: 'json' };
import frAward from '../../locales/fr/award.json' with { type: 'json' };
import ptAward from '../../locales/pt/award.json' with { type: 'json' };
import en from '../../locales/en/verification.json' with { type: 'json' };
import es from '../../locales/es/verification.json' with { type: 'json' };
import fr from '../../locales/fr/verification.json' with { type: 'json' };
import pt from '../../locales/pt/verification.json' with { type: 'json' };
import { LANGUAGES, type Language } from '../../shared/kernel/text.ts';
import type { AwardKind } from '../../shared/model/vocabularies.ts';

type Key = keyof typeof en;
const WORDS: Readonly<Record<Language, Readonly<Record<Key, string>>>> = { en, fr, es, pt };
const KINDS: Readonly<Record<Language, Readonly<Record<AwardKind, string>>>> = {
  en: enAward.kind,
  fr: frAward.kind,
  es: esAward.kind,
  pt: ptAward.kind,
};

/** Returns the words of a key (`verification:valid`) in a language, with their values put in. */
export type PageWords = (key: `verification:${Key}`, values?: Readonly<Record<string, string>>) => string;

/** The words of the page in one language; its sentences count nothing, so that they need no plural. */
export function pageWords(language: Language): PageWords {
  return (key, values = {}) =>
    WORDS[language][key.slice('verification:'.length) as Key].replace(/\{\{(\w+)\}\}/g, (_whole, name: string) => values[name] ?? '');
}

/** How a kind of certificate is called, as in the window. */
export function kindWord(kind: AwardKind, language: Language): string {
  return KINDS[language][kind];
}

/** The first of ours among the languages that a browser asks for (`pt-BR`, `fr`); English where none is. */
export function preferredLanguage(asked: readonly string[]): Language {
  const codes = asked.map((tag) => tag.toLowerCase().split('-')[0]);
  return LANGUAGES.find((language) => language === codes.find((code) => LANGUAGES.some((known) => known === code))) ?? 'en';
}
