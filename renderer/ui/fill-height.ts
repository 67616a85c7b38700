import { useLayoutEffect, type RefObject } from 'react';

/** Room for a few rows, however low the window. */
const LEAST = 320;
const MARGIN = 24;
/** In a window as low as this one (the stylesheets have the same) every pixel is for the rows. */
const LOW = { window: 720, margin: 2 };

/** A list takes at most what is left of the window, so that its head and its foot stay in sight while its rows scroll, and what stands beneath it (`data-beneath`) too. */
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
      const margin = window.innerHeight <= LOW.window ? LOW.margin : MARGIN;
      const top = element.getBoundingClientRect().top + (element.closest('main')?.scrollTop ?? 0);
      const height = `${Math.max(LEAST, window.innerHeight - top - beneath - margin)}px`;
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
