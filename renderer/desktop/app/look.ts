import type { MantineColorScheme, MantineColorSchemeManager } from '@mantine/core';
import { LANGUAGES, type Language } from '../../../shared/kernel/text.ts';

type Theme = 'light' | 'dark' | 'system';

export interface Look {
  readonly language: Language;
  readonly theme: Theme;
}

const KEY = 'look';

/**
 * Language and theme as the window last had them, so that its first picture is right before the engine answers.
 * The engine's settings are the truth; nothing personal is kept here.
 */
export function rememberedLook(): Look {
  try {
    const kept = JSON.parse(localStorage.getItem(KEY) ?? '{}') as Partial<Look>;
    return {
      language: LANGUAGES.find((language) => language === kept.language) ?? window.shell.systemLanguage,
      theme: kept.theme === 'light' || kept.theme === 'dark' ? kept.theme : 'system',
    };
  } catch {
    return { language: window.shell.systemLanguage, theme: 'system' };
  }
}

/** Keeps language and theme for the next start, and gives the shell's own dialogs the language. */
export function rememberLook(look: Look): void {
  localStorage.setItem(KEY, JSON.stringify(look));
  void window.shell.setLanguage(look.language);
}

/** Mantine's word for a theme. */
export function scheme(theme: Theme): MantineColorScheme {
  return theme === 'system' ? 'auto' : theme;
}

/** Mantine reads its first scheme here; it is written through the settings. */
export const schemeManager: MantineColorSchemeManager = {
  get: () => scheme(rememberedLook().theme),
  set: () => undefined,
  subscribe: () => undefined,
  unsubscribe: () => undefined,
  clear: () => undefined,
};
