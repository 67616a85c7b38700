import { useEffect } from 'react';
import { useLatest } from '../../../ui/latest.ts';
import { windowCommand } from './key-table.ts';
import { undoNewest } from '../frame/notices.tsx';
import { useSingleKeys } from './single-keys.tsx';
import { useView, type View } from '../view.ts';

/** Alt and a number go to the rail's places; the same order as on screen. */
export const PLACES = ['today', 'workshops', 'calendar', 'library', 'sync', 'settings'] as const satisfies readonly View['page'][];

interface Actions {
  find(): void;
  shortcuts(): void;
  /** Opens the help on what is on screen. */
  guide(): void;
  /** Folds the rail, or unfolds it. */
  fold(): void;
}

/** The keys that work everywhere. Letters alone are left to text fields and grids. */
export function useShortcuts(actions: Actions): void {
  const singleKeys = useSingleKeys();
  const latest = useLatest(actions);
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.defaultPrevented) return;
      if (handled(event, latest.current, singleKeys)) event.preventDefault();
    };
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  }, [singleKeys, latest]);
}

function handled(event: KeyboardEvent, actions: Actions, singleKeys: boolean): boolean {
  const command = windowCommand(event, isTyping(event.target), singleKeys);
  const { go, back, forward } = useView.getState();
  switch (command?.type) {
    case undefined:
      return false;
    case 'finder':
      return run(actions.find);
    case 'shortcuts':
      return run(actions.shortcuts);
    case 'guide':
      return run(actions.guide);
    case 'fold':
      return run(actions.fold);
    case 'back':
      return run(back);
    case 'forward':
      return run(forward);
    case 'place':
      return run(() => go({ page: PLACES[command.number - 1]! }));
    case 'undo':
      return undoNewest();
    case 'search':
      return focusSearch();
  }
}

function run(action: () => void): true {
  action();
  return true;
}

/** `/` goes to the page's search field, where there is one. */
function focusSearch(): boolean {
  const field = document.querySelector<HTMLInputElement>('main input[type="search"]');
  field?.focus();
  field?.select();
  return field !== null;
}

/** Fields that no text is typed in. */
const TAKES_NO_TEXT = 'input:is([type="checkbox"], [type="radio"], [type="range"], [type="button"], [type="submit"], [type="file"])';

/** Whether text is typed there. A box to tick and a knob take none: the keys of the page work from there. */
export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement) || target.matches(TAKES_NO_TEXT)) return false;
  return target.isContentEditable || target.closest('input, textarea, select, [role="textbox"]') !== null;
}
