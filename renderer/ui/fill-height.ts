import { useLayoutEffect, type RefObject } from 'react';

/** Room for a few rows, however low the window. */
const LEAST = 320;
const MARGIN = 24;

/** A list takes at most what is left of the window, so that its head and its foot stay in sight while its rows scroll. */
export function useFillHeight(ref: RefObject<HTMLElement | null>): void {
  useLayoutEffect(() => {
    const fill = () => {
      const element = ref.current;
      if (!element) return;
      const height = `${Math.max(LEAST, window.innerHeight - element.getBoundingClientRect().top - MARGIN)}px`;
      if (element.style.maxHeight !== height) element.style.maxHeight = height;
    };
    fill();
    // What stands above may grow: a bar that wraps, a refusal.
    const observer = new ResizeObserver(fill);
    const above = ref.current?.parentElement;
    if (above) for (const child of above.children) if (child !== ref.current) observer.observe(child);
    window.addEventListener('resize', fill);
    return () => {
      observer.disconnect();
      window.removeEventListener('resize', fill);
    };
  }, [ref]);
}
