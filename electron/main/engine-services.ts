import { realpath } from 'node:fs/promises';
import { shell, type BrowserWindow } from 'electron';
import type { HandedOut } from '../../shared/contract/engine-process.ts';
import type { ServiceOutcome, ShellServices } from '../../shared/contract/shell-port.ts';
import { askAboutMacros, askWhether } from './dialogs.ts';
import { openCopy } from './handed-out-files.ts';
import type { Places } from './places.ts';
import type { ShellWords } from './shell-words.ts';

export interface ServicesOptions {
  /** In front of which the user is asked. */
  window(): BrowserWindow;
  words(): ShellWords;
  /** Has the engine write a copy of one of its files. */
  handOut(sha256: string, to: string): Promise<HandedOut>;
  /** Fulfilled once the copies of an earlier run are gone. */
  readonly ready: Promise<void>;
}

/** Returns the services of the shell for the engine (`shared/contract/shell-services.ts`). */
export function engineServices(places: Places, { window, words, handOut, ready }: ServicesOptions): ShellServices {
  return {
    confirm: async (question) => ({ ok: true, value: await askWhether(window(), question, words()) }),
    open: async ({ sha256, name }) => {
      await ready;
      return answerOf(
        await openCopy(
          (to) => handOut(sha256, to),
          name,
          places.opened,
          (safe) => askAboutMacros(window(), safe, words()),
        ),
      );
    },
    reveal: async ({ path }) => {
      if ((await realpath(path).catch(() => null)) !== (await realpath(places.data).catch(() => undefined)))
        return refused('shell.notOurs');
      return (await shell.openPath(places.data)) === '' ? { ok: true, value: {} } : refused('shell.folderNotOpened');
    },
  };
}

function answerOf(answer: Awaited<ReturnType<typeof openCopy>>): ServiceOutcome<'open'> {
  return answer.ok ? { ok: true, value: {} } : answer;
}

function refused<const C extends string>(code: C) {
  return { ok: false, code } as const;
}
