import type { Language } from '../kernel/text.ts';
import type { RestoredFrom } from './shell.ts';
import type { ShellAnswered, ToShell } from './shell-port.ts';

/** The messages between the shell and the engine's process; calls themselves travel on a port per window (rpc.ts). */

/** The calls of a window that are performed only after the user said yes in a dialog of the shell's, which no page can answer. */
export const ASKED_CALLS = [
  'sync.enrol',
  'sync.lanOpen',
  'sync.lanServe',
  'sync.lanPair',
  'sync.lanRun',
  'sync.lanConfirm',
  'people.erase',
  'store.restore',
] as const;
export type AskedCall = (typeof ASKED_CALLS)[number];

export interface Question {
  readonly call: AskedCall;
  /** What the words of the question name: `address`, `name`, `code`. They may come from anybody: the shell shows them as text of one line. */
  readonly values: Readonly<Record<string, string>>;
}

/** The outcome of copying a file that the shell asked for. */
export type HandedOut = 'done' | 'notHere' | 'failed';

export type ToEngineProcess =
  /** First of all: where everything lies. */
  | {
      readonly type: 'open';
      readonly folder: string;
      readonly resources: string;
      readonly locales: string;
      /** The system's. */ readonly language: Language;
      /** First put this in the place of a damaged store; left out: open what is there. */
      readonly restore?: RestoredFrom;
    }
  /** Serve the window behind the port that comes with this. */
  | { readonly type: 'window' }
  /** The user chose this path; calls from a window may name it. */
  | { readonly type: 'grant'; readonly id: number; readonly path: string }
  /** Write a copy of this file to a path that the shell chose. */
  | { readonly type: 'handOut'; readonly id: number; readonly sha256: string; readonly to: string }
  /** A process that sets papers runs behind the port that comes with this. */
  | { readonly type: 'press'; readonly id: number }
  /** What became of what was asked of the shell. */
  | ShellAnswered
  /** End what runs, close the store, exit. */
  | { readonly type: 'close' };

export type FromEngineProcess =
  /** The engine runs, and opens its store once the vault is opened; `opened` or `failed` follows then. */
  | { readonly type: 'locked' }
  /** `salvaged`: so many change-sets were brought over from a damaged store. */
  | { readonly type: 'opened'; readonly salvaged: number | null }
  /** `code` names a sentence of `errors.json`. */
  /** The backup was not put in its place, and nothing was changed. */
  | { readonly type: 'notRestored'; readonly code: string; readonly details: Readonly<Record<string, unknown>> }
  | { readonly type: 'failed'; readonly code: string; readonly details: Readonly<Record<string, unknown>> }
  | { readonly type: 'granted'; readonly id: number }
  | { readonly type: 'handedOut'; readonly id: number; readonly outcome: HandedOut }
  /** Start a process that sets papers, or end one whatever it is at. */
  | { readonly type: 'startPress'; readonly id: number }
  | { readonly type: 'endPress'; readonly id: number }
  /** Asks the shell for a service; answered once. */
  | ToShell;
