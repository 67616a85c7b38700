import { useEffect } from 'react';
import { FOCUSABLE, reachable } from '../../ui/dialog/return-focus.ts';
import { useView } from './view.ts';

/** In which a page draws what it was opened for, in milliseconds. */
const MOMENT = 5_000;

/** Scrolls to the part of a page that it was opened for, once that is drawn, and gives it the keyboard. */
export function useSpots(): void {
  const view = useView((state) => state.view);
  useEffect(() => {
    const spot = 'at' in view ? view.at : undefined;
    if (spot === undefined) return;
    const goThere = (): boolean => {
      const part = document.querySelector<HTMLElement>(`[data-spot="${CSS.escape(spot)}"]`);
      const target =
        part?.querySelector<HTMLElement>('input:checked') ??
        (part?.matches(`${FOCUSABLE}, [tabindex]`) ? part : part && reachable(part)[0]);
      if (!part || !target) return false;
      part.scrollIntoView({ block: 'center' });
      target.focus({ preventScroll: true });
      return true;
    };
    if (goThere()) return;
    const stop = () => {
      drawn.disconnect();
      clearTimeout(timer);
    };
    const drawn = new MutationObserver(() => {
      if (goThere()) stop();
    });
    drawn.observe(document.body, { childList: true, subtree: true });
    const timer = setTimeout(stop, MOMENT);
    return stop;
  }, [view]);
}
