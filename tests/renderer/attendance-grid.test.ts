import { describe, expect, test } from 'vitest';
import {
  isSingleKey,
  PLACES_OF_FOCUS,
  REACHES,
  sheetCommand,
  sheetKeys,
  WINDOW_KEYS,
  windowCommand,
  windowKeys,
  type PlaceOfFocus,
  type Pressed,
  type SheetCommand,
} from '../../renderer/desktop/app/keyboard/key-table.ts';
import { GridCursor, bounds, moved } from '../../renderer/desktop/features/attendance/grid/grid-cursor.ts';
import { COLUMN, gridTemplate, leftOf, roomBehind, scrolledTo } from '../../renderer/desktop/features/attendance/grid/grid-sizes.ts';
import { halfDaysBetween } from '../../shared/kernel/dates.ts';
import { isAhead, openHalfDay } from '../../shared/features/attendance/half-day-at-hand.ts';
import { KEYS_OF_THE_SHEET, lettersInWords, lettersOf } from '../../shared/features/attendance/letters.ts';
import { LANGUAGES, type Language } from '../../shared/kernel/text.ts';
import { MARKS } from '../../shared/model/vocabularies.ts';
import { wordsOf } from '../e2e/support/words.ts';

type Held = { readonly shift?: boolean; readonly ctrl?: boolean; readonly alt?: boolean };

const pressed = (key: string, { shift = false, ctrl = false, alt = false }: Held = {}): Pressed => ({
  key,
  shiftKey: shift,
  ctrlKey: ctrl,
  metaKey: false,
  altKey: alt,
});
const press = (key: string, held: Held = {}, place: PlaceOfFocus = 'grid', language: Language = 'en'): SheetCommand | null =>
  sheetCommand(pressed(key, held), place, lettersOf(language), true);

/** A key of the table as it is pressed. */
function pressNamed(name: string): Pressed {
  const parts = name.split('+');
  const key = name.endsWith('+') ? '+' : parts.at(-1)!;
  const held = name.endsWith('+') ? [] : parts.slice(0, -1);
  return pressed(key, { shift: held.includes('Shift'), ctrl: held.includes('Ctrl'), alt: held.includes('Alt') });
}

describe('keys', () => {
  test('letters mark in each language, in either case; Delete and Backspace clear; Enter marks present and goes down', () => {
    for (const language of LANGUAGES)
      for (const mark of MARKS)
        for (const letter of [lettersOf(language)[mark], lettersOf(language)[mark].toLowerCase()])
          expect(press(letter, { shift: letter === letter.toUpperCase() }, 'grid', language), `${language} ${letter}`).toEqual({
            ...{ type: 'mark', status: mark, then: 'asChosen' },
          });
    expect(press('Delete')).toEqual({ type: 'mark', status: 'notTaken', then: 'stay' });
    expect(press('Backspace')).toEqual({ type: 'mark', status: 'notTaken', then: 'stay' });
    expect(press('Enter')).toEqual({ type: 'mark', status: 'present', then: 'down' });
  });

  test('arrows move, Shift extends, pages move by what is on screen', () => {
    expect(press('ArrowDown')).toEqual({ type: 'move', rows: 1, columns: 0, extend: false });
    expect(press('ArrowLeft', { shift: true })).toEqual({ type: 'move', rows: 0, columns: -1, extend: true });
    expect(press('PageUp')).toEqual({ type: 'page', pages: -1, extend: false });
    expect(press('End', { ctrl: true })).toEqual({ type: 'jump', to: 'gridEnd', extend: false });
  });

  test('keys of the system and of the window pass by', () => {
    for (const key of ['Tab', 'F5', 'x', 'Shift']) expect(press(key)).toBeNull();
    expect(press('p', { ctrl: true })).toBeNull();
    expect(press('p', { alt: true })).toBeNull();
    expect(press('z', { ctrl: true })).toEqual({ type: 'undo' });
    expect(press('Z', { ctrl: true, shift: true })).toBeNull();
  });

  test('that a workshop chose mark, and no letter of the sheet’s other keys can be one', () => {
    const letters = { present: 'O', late: 'T', leftEarly: 'S', excused: 'J', absent: 'N', remote: 'R' };
    expect(sheetCommand(pressed('n'), 'grid', letters, true)).toMatchObject({ type: 'mark', status: 'absent' });
    expect(sheetCommand(pressed('a'), 'grid', letters, true)).toBeNull();
    const others = sheetKeys(letters, true).flatMap(({ id, keys }) => (id === 'marks' ? [] : Object.keys(keys)));
    expect(others.filter((key) => /^[a-z]$/.test(key)).map((key) => key.toUpperCase())).toEqual([...KEYS_OF_THE_SHEET]);
    expect(lettersInWords(letters)).toBe('O T S J N R');
  });

  test('of every legend do what it says in every place where it is listed, and nothing anywhere else', () => {
    for (const language of LANGUAGES)
      for (const singleKeys of [true, false]) {
        const letters = lettersOf(language);
        const table = sheetKeys(letters, singleKeys);
        for (const place of PLACES_OF_FOCUS) {
          const listed = table.filter(({ reach }) => REACHES[reach].some((one) => one === place));
          const wanted = new Map(listed.flatMap(({ keys }) => Object.entries(keys)));
          for (const name of new Set(sheetKeys(letters, true).flatMap(({ keys }) => Object.keys(keys))))
            expect(sheetCommand(pressNamed(name), place, letters, singleKeys), `${language} ${place} ${name} ${singleKeys}`).toEqual(
              wanted.get(name) ?? null,
            );
        }
      }
  });

  test('of one sign do nothing outside a cell once they are turned off, and every other key does what it did', () => {
    const letters = lettersOf('fr');
    const signs = [...MARKS.map((mark) => letters[mark]), 'm', 'h', '/', '+', '?'];
    for (const place of PLACES_OF_FOCUS)
      for (const sign of signs) {
        const command = sheetCommand(pressed(sign), place, letters, false);
        if (place !== 'grid') expect(command, `${place} ${sign}`).toBeNull();
      }
    for (const sign of [...MARKS.map((mark) => letters[mark]), 'm'])
      expect(sheetCommand(pressed(sign), 'grid', letters, false), sign).toEqual(sheetCommand(pressed(sign), 'grid', letters, true));
    expect(sheetCommand(pressed('f', { ctrl: true }), 'bar', letters, false)).toEqual({ type: 'find' });
    for (const { keys } of WINDOW_KEYS)
      for (const name of Object.keys(keys)) {
        const isSingle = name === '/' || name === '?';
        expect(isSingleKey(name), name).toBe(isSingle);
        expect(windowCommand(pressNamed(name), false, false) === null, name).toBe(isSingle);
      }
    expect(windowKeys(false).map(({ id }) => id)).toEqual(WINDOW_KEYS.map(({ id }) => id).filter((id) => id !== 'search' && id !== 'help'));
  });

  test('have one meaning in a place, words in each language, and none that a text field or a letter needs', () => {
    for (const language of LANGUAGES) {
      const words = wordsOf(language);
      for (const place of PLACES_OF_FOCUS) {
        const names = sheetKeys(lettersOf(language), true)
          .filter(({ reach }) => REACHES[reach].some((one) => one === place))
          .flatMap(({ keys }) => Object.keys(keys));
        expect(names.length, `${language} ${place}`).toBe(new Set(names).size);
      }
      for (const { id } of sheetKeys(lettersOf(language), true)) {
        expect(words(`attendance:letters.${id}.does`)).not.toBe('');
        if (id !== 'marks') expect(words(`attendance:letters.${id}.key`)).not.toBe('');
      }
      for (const { id } of WINDOW_KEYS) expect([words(`app:key.${id}`), words(`app:keys.${id}`)]).not.toContain('');
    }
  });

  test('of the window work on every page, the plain ones where no text is typed', () => {
    for (const { keys, whileTyping } of WINDOW_KEYS)
      for (const [name, command] of Object.entries(keys) as [string, unknown][]) {
        expect(windowCommand(pressNamed(name), false, true), name).toEqual(command);
        expect(windowCommand(pressNamed(name), true, true), name).toEqual(whileTyping ? command : null);
      }
    expect(windowCommand({ ...pressed('&', { alt: true }), code: 'Digit1' }, false, true)).toEqual({ type: 'place', number: 1 });
  });
});

describe('the cursor', () => {
  const at = (row: number, column: number) => ({ cursor: { row, column }, anchor: { row, column } });

  test('stays within the grid', () => {
    expect(moved(at(0, 0), { type: 'move', rows: -1, columns: -1, extend: false }, 5, 3)).toEqual(at(0, 0));
    expect(moved(at(4, 2), { type: 'move', rows: 10, columns: 1, extend: false }, 5, 3)).toEqual(at(4, 2));
    expect(moved(at(2, 1), { type: 'jump', to: 'gridEnd', extend: false }, 5, 3)).toEqual(at(4, 2));
    expect(moved(at(0, 0), { type: 'move', rows: 1, columns: 0, extend: false }, 0, 0)).toEqual(at(0, 0));
  });

  test('keeps its anchor while Shift is held, in either direction', () => {
    const down = moved(at(2, 1), { type: 'move', rows: 2, columns: 0, extend: true }, 5, 3);
    expect(bounds(down, 5)).toEqual({ from: { row: 2, column: 1 }, to: { row: 4, column: 1 } });
    const up = moved(down, { type: 'move', rows: -4, columns: 0, extend: true }, 5, 3);
    expect(bounds(up, 5)).toEqual({ from: { row: 0, column: 1 }, to: { row: 2, column: 1 } });
  });

  test('stays with its person when the list is filtered, and wakes only the cells it leaves and enters', () => {
    const cursor = new GridCursor();
    cursor.show(['a', 'b', 'c', 'd'], ['AM', 'PM']);
    cursor.place('c', 'PM');
    cursor.show(['b', 'c'], ['AM', 'PM']);
    expect(cursor.active()).toEqual({ personId: 'c', halfDay: 'PM' });
    const woken: string[] = [];
    for (const id of ['b', 'c']) for (const half of ['AM', 'PM']) cursor.subscribeCell(id, half, () => woken.push(id + half));
    cursor.run({ type: 'move', rows: -1, columns: 0, extend: true });
    expect(woken.sort()).toEqual(['bPM', 'cPM']);
    expect(cursor.focusOf('b', 'PM')).toBe('active');
    expect(cursor.focusOf('c', 'PM')).toBe('selected');
    expect(cursor.focusOf('c', 'AM')).toBe('none');
    expect(cursor.selected()).toEqual([{ halfDay: 'PM', people: ['b', 'c'] }]);
    cursor.show([], ['AM', 'PM']);
    expect(cursor.active()).toBeUndefined();
    expect(cursor.selected()).toEqual([{ halfDay: 'PM', people: [] }]);
    cursor.show(['a', 'b'], ['AM', 'PM']);
    expect(cursor.active()).toEqual({ personId: 'a', halfDay: 'PM' });
  });
});

describe('a selection', () => {
  const gridOf = (...people: string[]): GridCursor => {
    const cursor = new GridCursor();
    cursor.show(people, ['AM', 'PM']);
    return cursor;
  };
  const down: SheetCommand = { type: 'move', rows: 1, columns: 0, extend: true };

  test('by Shift stays when the focus follows its cursor, and ends when the focus goes to another cell', () => {
    const cursor = gridOf('a', 'b', 'c', 'd');
    cursor.run(down);
    cursor.enter('b', 'AM');
    cursor.run(down);
    cursor.enter('c', 'AM');
    expect([cursor.selected(), cursor.selectedCount()]).toEqual([[{ halfDay: 'AM', people: ['a', 'b', 'c'] }], 3]);
    cursor.enter('a', 'AM');
    expect([cursor.active()?.personId, cursor.selectedCount()]).toEqual(['a', 1]);
  });

  test('of everybody holds one half-day whole, wherever the cursor stands; focus and marks leave it', () => {
    const cursor = gridOf('a', 'b', 'c', 'd');
    cursor.place('b', 'AM');
    cursor.selectEverybody('PM');
    cursor.enter('b', 'PM');
    expect(cursor.selected()).toEqual([{ halfDay: 'PM', people: ['a', 'b', 'c', 'd'] }]);
    expect(cursor.active()).toEqual({ personId: 'b', halfDay: 'PM' });
    expect(['a', 'b', 'd'].map((id) => cursor.focusOf(id, 'PM'))).toEqual(['selected', 'active', 'selected']);
    expect(cursor.focusOf('a', 'AM')).toBe('none');
  });

  test('of everybody ends with the next move, and grows from the cursor with Shift', () => {
    for (const extend of [false, true]) {
      const cursor = gridOf('a', 'b', 'c', 'd');
      cursor.place('b', 'AM');
      cursor.selectEverybody('AM');
      cursor.run({ type: 'move', rows: 1, columns: 0, extend });
      expect(cursor.selected()).toEqual([{ halfDay: 'AM', people: extend ? ['b', 'c'] : ['c'] }]);
    }
  });

  test('collapses to its cursor, and wakes every cell that it held and no other', () => {
    const cursor = gridOf('a', 'b', 'c');
    cursor.place('b', 'AM');
    cursor.selectEverybody('AM');
    const woken: string[] = [];
    for (const id of ['a', 'b', 'c']) for (const half of ['AM', 'PM']) cursor.subscribeCell(id, half, () => woken.push(id + half));
    cursor.collapse();
    expect(cursor.selected()).toEqual([{ halfDay: 'AM', people: ['b'] }]);
    expect([...new Set(woken)].filter((key) => key.endsWith('PM'))).toEqual([]);
    expect(woken).toEqual(expect.arrayContaining(['aAM', 'cAM']));
  });

  test('of people found is those found', () => {
    const cursor = gridOf('a', 'b', 'c');
    cursor.show(['a', 'c'], ['AM', 'PM']);
    cursor.selectEverybody('AM');
    expect(cursor.selectedCount()).toBe(2);
    cursor.show(['a', 'b', 'c'], ['AM', 'PM']);
    expect(cursor.selectedCount()).toBe(1);
  });
});

describe('the half-day that opens', () => {
  const halfDays = ['2021-07-12-AM', '2021-07-12-PM', '2021-07-13-AM', '2021-07-13-PM'];
  const none = () => false;

  test('is the one at hand', () => {
    expect(openHalfDay(halfDays, '2021-07-13', 9, none)).toBe('2021-07-13-AM');
    expect(openHalfDay(halfDays, '2021-07-13', 14, none)).toBe('2021-07-13-PM');
    expect(openHalfDay(['2021-07-12-AM'], '2021-07-12', 16, none)).toBe('2021-07-12-AM');
  });

  test('is ahead until its day, an afternoon until noon', () => {
    expect(['2021-07-12-AM', '2021-07-12-PM', '2021-07-13-AM'].map((one) => isAhead(one, '2021-07-12', 9))).toEqual([false, true, true]);
    expect(['2021-07-11-PM', '2021-07-12-PM', '2021-07-13-AM'].map((one) => isAhead(one, '2021-07-12', 12))).toEqual([false, false, true]);
  });

  test('is the first before the workshop, the first not wholly taken after it, else the last', () => {
    expect(openHalfDay(halfDays, '2021-07-01', 9, none)).toBe('2021-07-12-AM');
    expect(openHalfDay(halfDays, '2021-08-01', 9, (halfDay) => halfDay !== '2021-07-13-AM')).toBe('2021-07-13-AM');
    expect(openHalfDay(halfDays, '2021-08-01', 9, () => true)).toBe('2021-07-13-PM');
    expect(openHalfDay([], '2021-08-01', 9, none)).toBeNull();
  });
});

describe('scrolled sideways', () => {
  const halfDays = halfDaysBetween('2021-07-12', '2021-07-21');

  test('the grid ends at the edge of a half-day, whichever is open and however wide the window is, and the column at hand is whole', () => {
    for (const open of [null, ...halfDays])
      for (let room = 400; room <= 1_000; room += 7) {
        const behind = roomBehind(halfDays, open, room);
        const furthest = Math.max(0, leftOf(halfDays, open, halfDays.length) + behind - room);
        const edges = halfDays.map((_, column) => leftOf(halfDays, open, column));
        let at = 0;
        for (const column of [0, 19, 3, 11, 18, 10, 0, open === null ? 5 : halfDays.indexOf(open)]) {
          at = scrolledTo(halfDays, open, column, { at, room });
          const width = halfDays[column] === open ? COLUMN.open : COLUMN.closed;
          expect(at).toBeLessThanOrEqual(furthest);
          expect(edges).toContain(at);
          expect(edges[column]! >= at && edges[column]! + width <= at + room, `${open} ${room} ${column}`).toBe(true);
        }
        expect(behind).toBeLessThan(COLUMN.open);
      }
  });

  test('nothing stands behind where all half-days have room', () => {
    expect(roomBehind(halfDays.slice(0, 4), null, 300)).toBe(0);
    expect(gridTemplate(halfDays.slice(0, 2), halfDays[1]!, 0)).toBe('48px 316px');
    expect(gridTemplate(halfDays.slice(0, 2), null, 30)).toBe('48px 48px 30px');
  });
});
