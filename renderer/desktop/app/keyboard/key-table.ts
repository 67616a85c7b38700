import type { LetterSet } from '../../../../shared/features/attendance/letters.ts';
import { MARKS, type Status } from '../../../../shared/model/vocabularies.ts';

/** The commands that a key gives to the attendance sheet. */
export type SheetCommand =
  | { readonly type: 'move'; readonly rows: number; readonly columns: number; readonly extend: boolean }
  | { readonly type: 'page'; readonly pages: number; readonly extend: boolean }
  | { readonly type: 'jump'; readonly to: 'rowStart' | 'rowEnd' | 'gridStart' | 'gridEnd'; readonly extend: boolean }
  /** `then`: whether the next person follows; `asChosen` where the toggle by the sheet says so. */
  | { readonly type: 'mark'; readonly status: Status; readonly then: 'stay' | 'down' | 'asChosen' }
  | { readonly type: 'halfDay'; readonly by: number }
  | { readonly type: 'found' | 'clearSearch' }
  | { readonly type: 'remaining' | 'find' | 'walkIn' | 'details' | 'help' | 'undo' | 'everyone' | 'release' };

/** The commands that a key gives to the window, on any page. */
export type WindowCommand =
  | { readonly type: 'finder' | 'search' | 'shortcuts' | 'guide' | 'fold' | 'undo' | 'back' | 'forward' }
  | { readonly type: 'place'; readonly number: number };

/** Where the keyboard is in the attendance tab: in a cell, on the head of a half-day, on a button of the bar or the page, in the search, on nothing. */
export const PLACES_OF_FOCUS = ['grid', 'header', 'bar', 'search', 'body'] as const;
export type PlaceOfFocus = (typeof PLACES_OF_FOCUS)[number];

/** Where a key of the sheet works: wherever no text is typed, in a cell alone, or in the search. */
export const REACHES = { sheet: ['grid', 'header', 'bar', 'body'], grid: ['grid'], search: ['search'] } as const satisfies Readonly<
  Record<string, readonly PlaceOfFocus[]>
>;
export type Reach = keyof typeof REACHES;

/** A line of the legends: its words are `attendance:letters.<id>`; the keys that it is for, each with what it does. */
export interface SheetKey {
  readonly id: string;
  readonly reach: Reach;
  /** By name as `nameOfKey` gives it. */
  readonly keys: Readonly<Record<string, SheetCommand>>;
}

const ARROWS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] } as const;

/**
 * The keys of the attendance sheet, once: handlers take them from here, and every legend lists them. The letters are those that the sheet shows. Without `singleKeys`
 * a sign alone does nothing but in a cell, where letters are the work.
 */
export function sheetKeys(letters: LetterSet, singleKeys: boolean): readonly SheetKey[] {
  const known = TABLES.get(letters);
  if (known) return singleKeys ? known.all : known.held;
  const all: readonly SheetKey[] = [{ id: 'marks', reach: 'sheet', keys: lettersThatMark(letters) }, ...LINES];
  TABLES.set(letters, { all, held: all.flatMap(withoutSingleKeys) });
  return sheetKeys(letters, singleKeys);
}

const TABLES = new WeakMap<LetterSet, { readonly all: readonly SheetKey[]; readonly held: readonly SheetKey[] }>();

/** Lines of single signs that are about cells: they stay where a cell has the keyboard. */
const OF_A_CELL: ReadonlySet<string> = new Set(['marks', 'remaining']);

function withoutSingleKeys(line: SheetKey): SheetKey[] {
  if (line.reach !== 'sheet') return [line];
  if (OF_A_CELL.has(line.id)) return [{ ...line, reach: 'grid' }];
  const keys = Object.fromEntries(Object.entries(line.keys).filter(([name]) => !isSingleKey(name)));
  return Object.keys(keys).length > 0 ? [{ ...line, keys }] : [];
}

/** Whether a key by its name is a letter, a digit or a sign alone, which a word spoken to the computer types as well. */
export function isSingleKey(name: string): boolean {
  return /^\S$/u.test(name);
}

const LINES = [
  { id: 'enter', reach: 'grid', keys: { Enter: { type: 'mark', status: 'present', then: 'down' }, 'Shift+Enter': move(-1, 0, false) } },
  { id: 'clear', reach: 'grid', keys: { Delete: cleared(), Backspace: cleared() } },
  { id: 'remaining', reach: 'sheet', keys: { m: { type: 'remaining' } } },
  { id: 'undo', reach: 'sheet', keys: { 'Ctrl+z': { type: 'undo' } } },
  {
    id: 'halfDay',
    reach: 'sheet',
    keys: { 'Ctrl+ArrowRight': { type: 'halfDay', by: 1 }, 'Ctrl+ArrowLeft': { type: 'halfDay', by: -1 } },
  },
  { id: 'everyone', reach: 'sheet', keys: { 'Ctrl+a': { type: 'everyone' } } },
  { id: 'fill', reach: 'grid', keys: moves(true) },
  { id: 'arrows', reach: 'grid', keys: moves(false) },
  { id: 'release', reach: 'grid', keys: { Escape: { type: 'release' } } },
  { id: 'details', reach: 'grid', keys: { ' ': { type: 'details' }, h: { type: 'details' } } },
  { id: 'find', reach: 'sheet', keys: { '/': { type: 'find' }, 'Ctrl+f': { type: 'find' } } },
  { id: 'found', reach: 'search', keys: { Enter: { type: 'found' }, ArrowDown: { type: 'found' } } },
  { id: 'clearSearch', reach: 'search', keys: { Escape: { type: 'clearSearch' } } },
  { id: 'walkIn', reach: 'sheet', keys: { '+': { type: 'walkIn' } } },
  { id: 'help', reach: 'sheet', keys: { '?': { type: 'help' } } },
] as const satisfies readonly SheetKey[];

export type SheetKeyId = 'marks' | (typeof LINES)[number]['id'];

/** A line of the window's list: its words are `app:key.<id>` and `app:keys.<id>`. `whileTyping`: in a text field too. */
export interface WindowKey {
  readonly id: string;
  readonly whileTyping: boolean;
  readonly keys: Readonly<Record<string, WindowCommand>>;
}

/** The keys that work on every page. */
export const WINDOW_KEYS = [
  { id: 'find', whileTyping: true, keys: { 'Ctrl+k': { type: 'finder' } } },
  { id: 'search', whileTyping: false, keys: { '/': { type: 'search' } } },
  { id: 'guide', whileTyping: true, keys: { F1: { type: 'guide' } } },
  { id: 'help', whileTyping: false, keys: { '?': { type: 'shortcuts' } } },
  { id: 'undo', whileTyping: false, keys: { 'Ctrl+z': { type: 'undo' } } },
  {
    id: 'places',
    whileTyping: true,
    keys: Object.fromEntries([1, 2, 3, 4, 5, 6].map((number): [string, WindowCommand] => [`Alt+${number}`, { type: 'place', number }])),
  },
  { id: 'fold', whileTyping: true, keys: { 'Alt+0': { type: 'fold' } } },
  { id: 'back', whileTyping: true, keys: { 'Alt+ArrowLeft': { type: 'back' }, 'Alt+ArrowRight': { type: 'forward' } } },
] as const satisfies readonly WindowKey[];

/** The lines of the window that are in force: without `singleKeys` none of a sign alone. */
export function windowKeys(singleKeys: boolean): readonly (typeof WINDOW_KEYS)[number][] {
  return WINDOW_KEYS.filter(({ keys }) => singleKeys || !Object.keys(keys).every(isSingleKey));
}

/** The keys that the shell and the window's parts have for themselves: `app:key.<id>` and `app:keys.<id>`. */
export const SHELL_KEYS = ['zoom', 'fullScreen', 'close'] as const;
export type WindowKeyId = (typeof WINDOW_KEYS)[number]['id'] | (typeof SHELL_KEYS)[number];

/** The keys on the rows of an import: `intake:keys.<key>`. */
export const IMPORT_KEYS = ['move', 'new', 'same', 'leave', 'back', 'open'] as const;
export type ImportKey = (typeof IMPORT_KEYS)[number];

/** The part of a keyboard event that decides. `code` counts for digits with Alt, which layouts put elsewhere. */
export interface Pressed {
  readonly key: string;
  readonly code?: string;
  readonly shiftKey: boolean;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
}

/** A key by its name: `m` for M, `Ctrl+z` (with the command key, too), `Shift+ArrowDown`, `Alt+1`; a sign is itself, however it is typed. */
export function nameOfKey({ key, code = '', shiftKey, ctrlKey, metaKey, altKey }: Pressed): string {
  const isSign = key.length === 1;
  const digit = altKey ? /^Digit(\d)$/u.exec(code)?.[1] : undefined;
  const held = [
    ...(ctrlKey || metaKey ? ['Ctrl'] : []),
    ...(altKey ? ['Alt'] : []),
    ...(shiftKey && (!isSign || ctrlKey || metaKey || altKey) ? ['Shift'] : []),
  ];
  return [...held, digit ?? (isSign ? key.toLowerCase() : key)].join('+');
}

/** Returns the command of a key where the keyboard is; null when it is not the sheet's there (it then goes its usual way). */
export function sheetCommand(pressed: Pressed, place: PlaceOfFocus, letters: LetterSet, singleKeys: boolean): SheetCommand | null {
  const name = nameOfKey(pressed);
  const line = sheetKeys(letters, singleKeys).find(({ reach, keys }) => name in keys && REACHES[reach].some((one) => one === place));
  return line?.keys[name] ?? null;
}

/** Returns the command of a key on any page; null for none. */
export function windowCommand(pressed: Pressed, isTyping: boolean, singleKeys: boolean): WindowCommand | null {
  const name = nameOfKey(pressed);
  const line = (windowKeys(singleKeys) as readonly WindowKey[]).find(({ keys, whileTyping }) => name in keys && (whileTyping || !isTyping));
  return line?.keys[name] ?? null;
}

function lettersThatMark(letters: LetterSet): Record<string, SheetCommand> {
  return Object.fromEntries(
    MARKS.map((mark): [string, SheetCommand] => [letters[mark].toLowerCase(), { type: 'mark', status: mark, then: 'asChosen' }]),
  );
}

function moves(extend: boolean): Record<string, SheetCommand> {
  const held = extend ? 'Shift+' : '';
  const withControl = extend ? 'Ctrl+Shift+' : 'Ctrl+';
  return {
    ...Object.fromEntries(Object.entries(ARROWS).map(([key, [rows, columns]]) => [`${held}${key}`, move(rows, columns, extend)])),
    [`${held}PageUp`]: { type: 'page', pages: -1, extend },
    [`${held}PageDown`]: { type: 'page', pages: 1, extend },
    [`${held}Home`]: { type: 'jump', to: 'rowStart', extend },
    [`${held}End`]: { type: 'jump', to: 'rowEnd', extend },
    [`${withControl}Home`]: { type: 'jump', to: 'gridStart', extend },
    [`${withControl}End`]: { type: 'jump', to: 'gridEnd', extend },
  };
}

function move(rows: number, columns: number, extend: boolean): SheetCommand {
  return { type: 'move', rows, columns, extend };
}

function cleared(): SheetCommand {
  return { type: 'mark', status: 'notTaken', then: 'stay' };
}
