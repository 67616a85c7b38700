import { useState } from 'react';
import { asksAhead, leftBlank, unanswered, type Item, type PaperSheet } from './paper-sheet.ts';

const NOTHING: ReadonlySet<string> = new Set();

/** Whether a sheet may be kept as it is: one with items that nobody answered or passed over is asked about first, and kept when it is asked for again. `key`: which sheet it is. */
export function useUnfinished(key: string, items: readonly Item[], isStored: boolean) {
  const [state, setState] = useState({ key, blank: NOTHING, asked: false, ahead: false });
  const { blank, asked, ahead } = state.key === key ? state : { blank: NOTHING, asked: false, ahead: false };
  return {
    /** Whether it has asked, and waits for the answer. */
    asks: asked,
    /** Whether it was asked for before it was on screen: it is shown first. */
    waits: ahead,
    changed(before: PaperSheet, after: PaperSheet): void {
      setState({ key, blank: leftBlank(blank, before, after, items), asked: false, ahead: false });
    },
    /** True: keep it. False: it asks now. */
    mayKeep(sheet: PaperSheet): boolean {
      // What is blank on a sheet that is in was kept so before.
      if (asked || isStored || unanswered(sheet, blank, items) === 0) return true;
      setState({ key, blank, asked: true, ahead: false });
      return false;
    },
    /** Another sheet comes, with the keys that were typed before it was on screen. */
    begun(next: string, keys: readonly string[]): void {
      setState({ key: next, blank: NOTHING, asked: false, ahead: asksAhead(keys) });
    },
  };
}
