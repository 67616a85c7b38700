import { useEffect, type RefObject } from 'react';
import { useLatest } from '../../../../ui/latest.ts';
import { sheetCommand, type PlaceOfFocus, type SheetCommand } from '../../../app/keyboard/key-table.ts';
import { isTyping } from '../../../app/keyboard/keys.ts';
import { useSingleKeys } from '../../../app/keyboard/single-keys.tsx';
import { useLetters } from '../letters/letters-shown.tsx';

/** Runs what a key asks of the sheet, wherever the keyboard is in the tab, but in a cell: there the grid hears them itself. Nothing while a dialog is open. */
export function useSheetKeys(sheet: RefObject<HTMLElement | null>, run: (command: SheetCommand, place: PlaceOfFocus) => void): void {
  const letters = useLetters();
  const singleKeys = useSingleKeys();
  const latest = useLatest(run);
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.defaultPrevented || document.querySelector('[role="dialog"]')) return;
      const place = placeOf(event.target, sheet.current);
      if (place === null || place === 'grid') return;
      const command = sheetCommand(event, place, letters, singleKeys);
      if (!command) return;
      event.preventDefault();
      event.stopPropagation();
      latest.current(command, place);
    };
    // Before whatever has the focus: a tab would take arrows with Ctrl for its own.
    document.addEventListener('keydown', press, { capture: true });
    return () => document.removeEventListener('keydown', press, { capture: true });
  }, [sheet, letters, singleKeys, latest]);
}

/** Where the keyboard is; null where keys are not the sheet's: in another text field, in the menu of places. */
function placeOf(target: EventTarget | null, sheet: HTMLElement | null): PlaceOfFocus | null {
  if (!(target instanceof Element)) return null;
  if (target === document.body) return 'body';
  if (isTyping(target)) return sheet?.contains(target) && target.matches('input[type="search"]') ? 'search' : null;
  if (target.closest('[role="gridcell"]')) return 'grid';
  if (target.closest('[role="columnheader"]')) return 'header';
  return target.closest('main') ? 'bar' : null;
}
