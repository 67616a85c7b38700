import type { Look } from '../kernel/look.ts';
import type { Language } from '../kernel/text.ts';
import type { LastDays } from './last-days.ts';

/**
 * The shell's calls for the window, through `window.shell`: the few things that need the machine itself. Everything else
 * is a call to the engine. The shell checks the sender and parses the arguments of each.
 */

/** The kinds of file that the user is asked to choose; each decides the title and the filter of the dialog. */
export const FILE_KINDS = ['people', 'attendance', 'answers', 'calendar', 'material', 'certificate', 'backup', 'pack', 'course'] as const;
export type FileKind = (typeof FILE_KINDS)[number];
/** The kinds of file that are written where the user chooses. */
export const SAVE_KINDS = ['csv', 'xlsx', 'ics', 'pdf', 'docx', 'badge', 'backup', 'pack', 'material', 'course', 'cartridge'] as const;
export type SaveKind = (typeof SAVE_KINDS)[number];

/** A path that the user chose; from then on the engine takes it in a call. */
export interface ChosenPath {
  readonly path: string;
  /** The file's own name, for showing. */
  readonly name: string;
}

/** Files dropped on the window, folders with what lies in them: files of tables in the order of their names, and the names of all else. */
export interface Dropped {
  readonly tables: readonly ChosenPath[];
  readonly others: readonly string[];
}

/** The outcome of a shell's action; `code` names a sentence of `errors.json`. */
export type ShellAnswer = { readonly ok: true } | { readonly ok: false; readonly code: 'shell.cancelled' | ShellRefusal };
export type ShellRefusal = 'shell.notOurs' | 'shell.kindNotOpened' | 'shell.noProgram' | 'shell.notCopied';

/** The outcome of showing a file that was saved. */
export type SavedShown = { readonly ok: true } | { readonly ok: false; readonly code: 'shell.savedGone' };

/** The source that replaces a store which does not open: the newest good backup, one that the user chose, or nothing but what can be read of it. */
export type RestoredFrom =
  | 'newest'
  | 'nothing'
  | { readonly path: string; /** As in `store.restore`; left out: asked about first. */ readonly account?: 'keep' | 'take' | undefined };

/** The outcome of replacing a store that does not open; on failure nothing has changed, and `code` names a sentence of `errors.json`, which takes `details`. */
export type StoreRestored =
  /** `salvaged`: so many change-sets that the backup had not were read from the damaged store. */
  | { readonly ok: true; readonly salvaged: number }
  | { readonly ok: false; readonly code: string; readonly details: Readonly<Record<string, unknown>> };

export interface Shell {
  readonly platform: 'linux' | 'win32' | 'darwin';
  /** The first of the system's languages that Itinera speaks; English where it speaks none. */
  readonly systemLanguage: Language;
  /** Language and theme as the window last had them, for its first picture; null at the first start. The engine's settings are the truth. */
  readonly lastLook: Look | null;
  /** What *Today* showed when the engine last closed, by day: for the first picture. Empty where nothing is known. */
  lastDays(): Promise<LastDays>;
  /** Asks for a file to read; null when the user thought better of it. */
  chooseFile(kind: FileKind): Promise<ChosenPath | null>;
  /** Asks where to write; the dialog itself asks before a file is replaced. */
  chooseSave(kind: SaveKind, suggestedName: string): Promise<ChosenPath | null>;
  chooseFolder(): Promise<ChosenPath | null>;
  /** Shows a file in its folder, in the system's own program: one that the user chose to write since the program started, and no other. */
  showSaved(path: string): Promise<SavedShown>;
  /** Files and folders that the user dropped on the window, as the browser holds them (`File`). */
  takeDropped(files: readonly object[]): Promise<Dropped>;
  /** Opens a file of the engine's (`material.file`: its hash and its name) in the user's own program, as a copy. */
  openMaterial(sha256: string, name: string): Promise<ShellAnswer>;
  /** Asks where to, and writes a copy of a file of the engine's. */
  saveMaterial(sha256: string, name: string): Promise<ShellAnswer>;
  /** Opens an https address in the user's browser, after asking. */
  openLink(address: string): Promise<ShellAnswer>;
  /** The language of the shell's own dialogs and the theme of what it draws; kept for the next start. */
  setLook(look: Look): Promise<void>;
  /** Tries again after `engineFailed`. A new port follows, or the same message. */
  restartEngine(): Promise<void>;
  /** After `engineFailed` with `store.damaged`: keeps the damaged store, puts a backup in its place, starts again. A new port follows. */
  restoreStore(from: RestoredFrom): Promise<StoreRestored>;
}

/**
 * The messages that the shell posts to the window (`message` events of the window on itself, of its own origin). A port to the engine comes with `port`, as
 * `event.ports[0]`: the first once the page is parsed (listen before `DOMContentLoaded`), another whenever the engine was started again. `engineFailed`: there
 * is no engine; `code` names a sentence of `errors.json` (`store.inUse`, ...), which takes `details`.
 */
export type FromShell =
  { readonly type: 'port' } | { readonly type: 'engineFailed'; readonly code: string; readonly details: Readonly<Record<string, unknown>> };

/** The questions that the bridge passes to the shell, each on a channel of its own. */
export const SHELL_QUESTIONS = [
  'lastDays',
  'chooseFile',
  'chooseSave',
  'chooseFolder',
  'showSaved',
  'takeDropped',
  'openMaterial',
  'saveMaterial',
  'openLink',
  'setLook',
  'restartEngine',
  'restoreStore',
] as const satisfies readonly (keyof Shell)[];
export type ShellQuestion = (typeof SHELL_QUESTIONS)[number];

/** The name of a question's channel. */
export function channelOf(question: ShellQuestion): string {
  return `shell:${question}`;
}

/** The IPC channel on which the window asks for its port, once; the shell answers, then and whenever there is a new one, on `ENGINE_CHANNEL`. */
export const CONNECT_CHANNEL = 'shell:connect';
export const ENGINE_CHANNEL = 'shell:engine';
/** The prefix of the window process's argument that carries, as JSON, what the bridge must know at its start. */
export const START_ARGUMENT = '--itinera-start=';
export type AtStart = Pick<Shell, 'systemLanguage' | 'lastLook'>;

declare global {
  interface Window {
    readonly shell: Shell;
  }
}
