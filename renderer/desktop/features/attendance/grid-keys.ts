import { markOfLetter } from '../../../../shared/features/attendance/status-words.ts';
import type { Status } from '../../../../shared/model/vocabularies.ts';

/** What a key asks of the grid. */
export type GridCommand =
  | { readonly type: 'move'; readonly rows: number; readonly columns: number; readonly extend: boolean }
  | { readonly type: 'jump'; readonly to: 'rowStart' | 'rowEnd' | 'gridStart' | 'gridEnd'; readonly extend: boolean }
  | { readonly type: 'mark'; readonly status: Status; readonly then: 'stay' | 'down' }
  | { readonly type: 'remaining' }
  | { readonly type: 'find' }
  | { readonly type: 'walkIn' }
  | { readonly type: 'details' }
  | { readonly type: 'help' }
  | { readonly type: 'undo' }
  | { readonly type: 'everyone' }
  | { readonly type: 'release' };

/** The part of a keyboard event that decides. */
export interface Pressed {
  readonly key: string;
  readonly shiftKey: boolean;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
}

const ARROWS: Readonly<Record<string, readonly [rows: number, columns: number]>> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
};

/** What a key means in the attendance grid; null when it is not the grid's (it then goes its usual way). `page`: rows on screen. */
export function commandOf(pressed: Pressed, page: number): GridCommand | null {
  if (pressed.altKey) return null;
  if (pressed.ctrlKey || pressed.metaKey) return commandWithControl(pressed);
  const arrow = ARROWS[pressed.key];
  if (arrow) return { type: 'move', rows: arrow[0], columns: arrow[1], extend: pressed.shiftKey };
  const mark = markOfLetter(pressed.key);
  if (mark) return { type: 'mark', status: mark, then: 'stay' };
  switch (pressed.key) {
    case 'PageUp':
      return { type: 'move', rows: -Math.max(1, page), columns: 0, extend: pressed.shiftKey };
    case 'PageDown':
      return { type: 'move', rows: Math.max(1, page), columns: 0, extend: pressed.shiftKey };
    case 'Home':
      return { type: 'jump', to: 'rowStart', extend: pressed.shiftKey };
    case 'End':
      return { type: 'jump', to: 'rowEnd', extend: pressed.shiftKey };
    case 'Enter':
      return pressed.shiftKey ? { type: 'move', rows: -1, columns: 0, extend: false } : { type: 'mark', status: 'present', then: 'down' };
    case 'Delete':
    case 'Backspace':
      return { type: 'mark', status: 'notTaken', then: 'stay' };
    case ' ':
    case 'h':
    case 'H':
      return { type: 'details' };
    case 'm':
    case 'M':
      return { type: 'remaining' };
    case '+':
      return { type: 'walkIn' };
    case '/':
      return { type: 'find' };
    case '?':
      return { type: 'help' };
    case 'Escape':
      return { type: 'release' };
    default:
      return null;
  }
}

function commandWithControl(pressed: Pressed): GridCommand | null {
  switch (pressed.key) {
    case 'Home':
      return { type: 'jump', to: 'gridStart', extend: pressed.shiftKey };
    case 'End':
      return { type: 'jump', to: 'gridEnd', extend: pressed.shiftKey };
    case 'z':
    case 'Z':
      return pressed.shiftKey ? null : { type: 'undo' };
    case 'a':
    case 'A':
      return { type: 'everyone' };
    case 'f':
    case 'F':
      return { type: 'find' };
    default:
      return null;
  }
}
