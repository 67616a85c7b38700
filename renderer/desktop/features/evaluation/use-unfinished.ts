import { useState } from 'react';
import { leftBlank, unanswered, type Item, type PaperSheet } from './paper-sheet.ts';

const NOTHING: ReadonlySet<string> = new Set();

/** Whether a sheet may be kept as it is: one with items that nobody answered or passed over is asked about first, and kept when it is asked for again. `key`: which sheet it is. */
export function useUnfinished(key: string, items: readonly Item[], isStored: boolean) {
  const [state, setState] = useState({ key, blank: NOTHING, asked: false });
  const { blank, asked } = state.key === key ? state : { blank: NOTHING, asked: false };
  return {
    /** Whether it has asked, and waits for the answer. */
    asks: asked,
    changed(before: PaperSheet, after: PaperSheet): void {
      setState({ key, blank: leftBlank(blank, before, after, items), asked: false });
    },
    /** True: keep it. False: it asks now. */
    mayKeep(sheet: PaperSheet): boolean {
      // What is blank on a sheet that is in was kept so before.
      if (asked || isStored || unanswered(sheet, blank, items) === 0) return true;
      setState({ key, blank, asked: true });
      return false;
    },
    forget(): void {
      setState({ key, blank: NOTHING, asked: false });
    },
  };
}
