import { readFileSync } from 'node:fs';
import path from 'node:path';
import { app } from 'electron';
import type words from '../../locales/en/shell.json';
import { LANGUAGES, type Language } from '../../shared/kernel/text.ts';

export type ShellWords = typeof words;

/** The first of the system's languages that Itinera speaks; English where it speaks none. */
export function systemLanguage(): Language {
  for (const tag of app.getPreferredSystemLanguages()) {
    const language = LANGUAGES.find((known) => tag.toLowerCase().split(/[-_]/)[0] === known);
    if (language) return language;
  }
  return 'en';
}

/** The words of the shell's own dialogs and menus. */
export function shellWords(locales: string, language: Language): ShellWords {
  return JSON.parse(readFileSync(path.join(locales, language, 'shell.json'), 'utf8')) as ShellWords;
}
