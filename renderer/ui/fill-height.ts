import { useLayoutEffect, type RefObject } from 'react';

/** Room for a few rows, however low the window. */
const LEAST = 320;

/** A list takes at most what is left of the window, so that its head and its foot stay in sight while its rows scroll, and what stands beneath it (`data-beneath`) too; the page itself does not scroll. */
export function useFillHeight(ref: RefObject<HTMLElement | null>): void {
  useLayoutEffect(() => {
    const around = () => [...(ref.current?.parentElement?.children ?? [])].filter((child) => child !== ref.current);
    const fill = () => {
      const element = ref.current;
      if (!element) return;
      const beneath = around().reduce(
        (sum, child) => sum + (child.matches('[data-beneath]') ? child.getBoundingClientRect().height : 0),
        0,
      );
      const page = element.closest('main');
      const margin = page ? parseFloat(getComputedStyle(page).paddingBottom) : 0;
      const top = element.getBoundingClientRect().top + (page?.scrollTop ?? 0);
      const height = `${Math.max(LEAST, Math.floor(window.innerHeight - top - beneath - margin))}px`;
      if (element.style.maxHeight !== height) element.style.maxHeight = height;
    };
    fill();
    // What stands above may grow, and what stands beneath.
    const observer = new ResizeObserver(fill);
    for (const child of around()) observer.observe(child);
    window.addEventListener('resize', fill);
    return () => {
      observer.disconnect();
      window.removeEventListener('resize', fill);
    };
  }, [ref]);
}
