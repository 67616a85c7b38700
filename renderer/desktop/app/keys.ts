import { useEffect, useRef } from 'react';
import { undoNewest } from './notices.tsx';
import { useView, type View } from './view.ts';

/** Alt and a number go to the rail's places; the same order as on screen. */
export const PLACES = ['today', 'workshops', 'library', 'sync', 'settings'] as const satisfies readonly View['page'][];

/** The keys that work everywhere. Letters alone are left to text fields and grids. */
export function useShortcuts(actions: { find(): void; help(): void }): void {
  const latest = useRef(actions);
  useEffect(() => {
    latest.current = actions;
  });
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.defaultPrevented) return;
      if (handled(event, latest.current)) event.preventDefault();
    };
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  }, []);
}

function handled(event: KeyboardEvent, actions: { find(): void; help(): void }): boolean {
  const command = event.ctrlKey || event.metaKey;
  const { go, back, forward } = useView.getState();
  if (command && event.key.toLowerCase() === 'k') return run(actions.find);
  if (event.altKey && event.key === 'ArrowLeft') return run(back);
  if (event.altKey && event.key === 'ArrowRight') return run(forward);
  if (event.altKey && /^Digit[1-5]$/.test(event.code)) return run(() => go({ page: PLACES[Number(event.code.at(-1)) - 1]! }));
  if (typing(event.target)) return false;
  if (command && event.key.toLowerCase() === 'z' && !event.shiftKey) return undoNewest();
  if (event.key === '?' && !command) return run(actions.help);
  if (event.key === '/' && !command) return focusSearch();
  return false;
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

function typing(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement && (target.isContentEditable || target.closest('input, textarea, select, [role="textbox"]') !== null)
  );
}
