import type { MantineColorScheme, MantineColorSchemeManager } from '@mantine/core';
import type { Language } from '../../../shared/kernel/text.ts';
import { call, useEngineState, type Answer } from './connection.ts';

export type Settings = Answer<'settings.get'>;

/** Longer than an engine takes to open; afterwards the window says for itself what is the matter. */
const PATIENCE = 4_000;

/**
 * The settings as the window starts, so that its first picture has the right language and theme and nothing has to be kept
 * in the window between starts. Undefined when there is no engine (yet).
 */
export function settingsAtStart(): Promise<Settings | undefined> {
  return new Promise((resolve) => {
    const nothing = () => resolve(undefined);
    setTimeout(nothing, PATIENCE);
    useEngineState.subscribe(({ state }) => {
      if (state === 'failed') nothing();
    });
    call('settings.get', {}).then(resolve, nothing);
  });
}

/** The language of the screen: the one chosen, else the system's. */
export function languageOf(settings: Settings | undefined): Language {
  return settings?.languageChosen ? settings.language : window.shell.systemLanguage;
}

/** Mantine's word for a theme. */
export function schemeOf(theme: Settings['theme'] | undefined): MantineColorScheme {
  return theme === undefined || theme === 'system' ? 'auto' : theme;
}

/** Mantine would keep its scheme in the window's storage; ours is in the engine's settings. */
export function schemeManager(atStart: Settings | undefined): MantineColorSchemeManager {
  return {
    get: () => schemeOf(atStart?.theme),
    set: () => undefined,
    subscribe: () => undefined,
    unsubscribe: () => undefined,
    clear: () => undefined,
  };
}
