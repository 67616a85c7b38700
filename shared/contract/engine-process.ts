import type { Language } from '../kernel/text.ts';
import type { RestoredFrom } from './shell.ts';

/** What the shell and the engine's process say to each other; calls themselves travel on a port per window (rpc.ts). */

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
  /** End what runs, close the store, exit. */
  | { readonly type: 'close' };

export type FromEngineProcess =
  /** `salvaged`: so many change-sets were brought over from a damaged store. */
  | { readonly type: 'opened'; readonly salvaged: number | null }
  /** `code` names a sentence of `errors.json`. */
  /** The backup was not put in its place, and nothing was changed. */
  | { readonly type: 'notRestored'; readonly code: string; readonly details: Readonly<Record<string, unknown>> }
  | { readonly type: 'failed'; readonly code: string; readonly details: Readonly<Record<string, unknown>> }
  | { readonly type: 'granted'; readonly id: number };
