import type { SpotlightStore } from '@mantine/spotlight';
import { useEffect, useRef, type KeyboardEvent } from 'react';

/**
 * Keeps one of what is found selected for Enter: the first, also of what is found a moment after the last key; whoever has gone up or down since stays on the same one.
 * Mantine selects as a key comes, so that Enter did nothing or an arrow went one too far, as the answer was slow or quick. `found`: the ids, in their order.
 */
export function useSelectedResult(store: SpotlightStore, found: string): { onQuery(): void; onKeyDown(event: KeyboardEvent): void } {
  const moved = useRef(false);
  useEffect(() => {
    const { listId } = store.getState();
    const results = [...(document.getElementById(listId)?.querySelectorAll('[data-action]') ?? [])];
    const before = results.findIndex((result) => result.hasAttribute('data-selected'));
    const selected = moved.current && before >= 0 ? before : Math.min(0, results.length - 1);
    results[before]?.removeAttribute('data-selected');
    results[selected]?.setAttribute('data-selected', 'true');
    store.updateState((state) => ({ ...state, selected }));
  }, [store, found]);
  return {
    onQuery() {
      moved.current = false;
    },
    onKeyDown({ key }) {
      if (key === 'ArrowDown' || key === 'ArrowUp') moved.current = true;
    },
  };
}
