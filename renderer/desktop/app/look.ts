import type { MantineColorScheme, MantineColorSchemeManager } from '@mantine/core';
import type { Look, Theme } from '../../../shared/kernel/look.ts';
import { call, useEngineState, type Answer } from './connection.ts';

type Settings = Answer<'settings.get'>;

/** Longer than an engine takes to open; afterwards the window says for itself what is the matter. */
const PATIENCE = 4_000;

/**
 * The language and theme of the first picture: as the last start had them, for then nothing waits for the engine; at the very
 * first start, and after a change of data, what the engine's settings say. The system's where there is no engine (yet).
 */
export async function lookAtStart(): Promise<Look> {
  const { lastLook, systemLanguage } = window.shell;
  if (lastLook) return lastLook;
  const settings = await firstSettings();
  return {
    language: settings?.languageChosen ? settings.language : systemLanguage,
    theme: settings?.theme ?? 'system',
    rail: settings?.rail ?? 'byWidth',
  };
}

function firstSettings(): Promise<Settings | undefined> {
  return new Promise((resolve) => {
    const nothing = () => resolve(undefined);
    setTimeout(nothing, PATIENCE);
    useEngineState.subscribe(({ state }) => {
      if (state === 'failed') nothing();
    });
    call('settings.get', {}).then(resolve, nothing);
  });
}

/** Mantine's word for a theme. */
export function schemeOf(theme: Theme): MantineColorScheme {
  return theme === 'system' ? 'auto' : theme;
}

/** Mantine would keep its scheme in the window's storage; ours is in the engine's settings. */
export function schemeManager(atStart: Look): MantineColorSchemeManager {
  return {
    get: () => schemeOf(atStart.theme),
    set: () => undefined,
    subscribe: () => undefined,
    unsubscribe: () => undefined,
    clear: () => undefined,
  };
}
