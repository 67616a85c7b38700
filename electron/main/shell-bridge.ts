import { BrowserWindow, ipcMain, type IpcMainEvent, type IpcMainInvokeEvent } from 'electron';
import { channelOf, CONNECT_CHANNEL, ENGINE_CHANNEL, SHELL_QUESTIONS, type ShellQuestion } from '../../shared/contract/shell.ts';
import { ORIGIN } from './app-addresses.ts';
import { SHELL_ARGUMENTS, type ShellArguments } from './shell-arguments.ts';
import type { EngineHost } from './engine-host.ts';

/** The functions that answer each question; `window` is the one that asked. */
export type ShellAnswers = {
  readonly [Q in ShellQuestion]: (window: BrowserWindow, ...args: ShellArguments<Q>) => unknown;
};

/** The window behind an event, if the sender is the main frame of one of ours and shows our own page; else null. */
export function trustedWindow(event: IpcMainEvent | IpcMainInvokeEvent): BrowserWindow | null {
  const frame = event.senderFrame;
  if (frame === null || frame !== event.sender.mainFrame || frame.origin !== ORIGIN) return null;
  return BrowserWindow.fromWebContents(event.sender);
}

/** Answers the windows' questions: sender checked, arguments parsed, then asked. */
export function answerWindows(answers: ShellAnswers): void {
  const listen = <Q extends ShellQuestion>(question: Q) =>
    ipcMain.handle(channelOf(question), (event, args: unknown) => {
      const window = trustedWindow(event);
      if (window === null) throw new Error('not from our window');
      const parsed = SHELL_ARGUMENTS[question].safeParse(args);
      if (!parsed.success) throw new Error('arguments');
      return answers[question](window, ...(parsed.data as ShellArguments<Q>));
    });
  SHELL_QUESTIONS.forEach(listen);
}

/** Gives each page of ours its port to the engine when it asks for it. */
export function connectWindows(engine: EngineHost): void {
  const connected = new WeakMap<Electron.WebContents, () => void>();
  ipcMain.on(CONNECT_CHANNEL, (event) => {
    if (trustedWindow(event) === null) return;
    const contents = event.sender;
    const before = connected.get(contents);
    before?.(); // the page was loaded again
    if (before === undefined) contents.once('destroyed', () => connected.get(contents)?.());
    connected.set(
      contents,
      engine.connect((message, ports) => {
        if (!contents.isDestroyed()) contents.postMessage(ENGINE_CHANNEL, message, ports);
      }),
    );
  });
}
