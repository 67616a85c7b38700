import { lettersOf } from '../../../../shared/features/attendance/letters.ts';
import type { HelpPage } from '../../../../shared/features/help/help-pages.ts';
import {
  IMPORT_KEYS,
  SHELL_KEYS,
  sheetKeys,
  WINDOW_KEYS,
  windowKeys,
  type ImportKey,
  type SheetKeyId,
  type WindowKeyId,
} from '../../app/keyboard/key-table.ts';

/** A key by the table that it is in and its line there. */
export type KeyName = `app.${WindowKeyId}` | `attendance.${SheetKeyId}` | `intake.${ImportKey}`;

export function isKeyName(name: string): name is KeyName {
  const [table, id] = name.split('.', 2);
  if (table === 'app') return SHELL_KEYS.some((one) => one === id) || WINDOW_KEYS.some((line) => line.id === id);
  if (table === 'attendance') return sheetKeys(lettersOf('en'), true).some((line) => line.id === id);
  return table === 'intake' && IMPORT_KEYS.some((key) => key === id);
}

/** Whether a key does anything; one of a sign alone can be turned off. */
export function isInForce(name: KeyName, singleKeys: boolean): boolean {
  const [table, id] = name.split('.', 2);
  if (singleKeys || table === 'intake') return true;
  if (table === 'attendance') return sheetKeys(lettersOf('en'), singleKeys).some((line) => line.id === id);
  return SHELL_KEYS.some((one) => one === id) || windowKeys(singleKeys).some((line) => line.id === id);
}

/** The keys that a page lists at its end. */
export const HELP_KEYS: Readonly<Partial<Record<HelpPage, readonly KeyName[]>>> = {
  firstSteps: ['app.guide', 'app.find', 'app.places'],
  find: ['app.find', 'app.search', 'app.guide', 'app.help', 'app.places', 'app.back', 'app.fold', 'app.undo', 'app.close'],
  settings: ['app.zoom', 'app.fullScreen', 'app.fold'],
  people: ['app.search', 'app.undo'],
  importList: ['intake.move', 'intake.new', 'intake.same', 'intake.leave', 'intake.back', 'intake.open'],
  importMarks: ['intake.move', 'intake.same', 'intake.leave', 'intake.back', 'intake.open'],
  attendance: [
    'attendance.marks',
    'attendance.enter',
    'attendance.remaining',
    'attendance.halfDay',
    'attendance.fill',
    'attendance.everyone',
    'attendance.clear',
    'attendance.undo',
    'attendance.find',
    'attendance.details',
    'attendance.walkIn',
  ],
  walkIn: ['attendance.find', 'attendance.walkIn', 'app.close'],
  library: ['app.search'],
  bin: ['app.undo', 'attendance.undo'],
};
