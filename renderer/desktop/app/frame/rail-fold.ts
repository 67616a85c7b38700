import { useSyncExternalStore } from 'react';
import { isRailFolded, turnedRail, type RailChoice } from '../../../../shared/kernel/look.ts';
import { useWrite } from '../engine.ts';

/** Below this the menu would take more than a quarter of the window: a small one, or one with large text. */
const NARROW = window.matchMedia('(max-width: 960px)');

/** Whether the menu at the side is folded, and what turns that; the choice is kept with the settings. */
export function useRailFold(choice: RailChoice): { readonly folded: boolean; turn(): void } {
  const isNarrow = useSyncExternalStore(whenWidthChanges, () => NARROW.matches);
  const set = useWrite('settings.set');
  return { folded: isRailFolded(choice, isNarrow), turn: () => set.mutate({ rail: turnedRail(choice, isNarrow) }) };
}

function whenWidthChanges(listener: () => void): () => void {
  NARROW.addEventListener('change', listener);
  return () => NARROW.removeEventListener('change', listener);
}
