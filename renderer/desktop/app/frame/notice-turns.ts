/** How long is waited at most, in milliseconds: a dialog that is there after it stays. */
export const LONGEST = 400;
/** So long nothing has been open or asked for when a page is drawn anew. */
export const RESTS = 60;
/** How often is looked. */
const LOOK = 20;

interface Turns {
  /** Whether a dialog is open. */
  isOpen(): boolean;
  /** Whether the page waits for what it is to show. */
  isAsking(): boolean;
  /** Milliseconds, on any clock that goes on. */
  now(): number;
  after(milliseconds: number, then: () => void): void;
}

/**
 * Returns what shows a notice at its turn: at once, but where a dialog is open once that has gone and the page shows what was done in it, or once the dialog has stayed; for where a notice lies is chosen by
 * what lies there then. Notices come in the order in which they were said; what is given back takes one that has not come yet out of it.
 */
export function noticeTurns({ isOpen, isAsking, now, after }: Turns): (show: () => void) => () => void {
  let waiting: readonly { readonly show: () => void; readonly until: number }[] = [];
  let restsSince: number | null = null;
  const look = () => {
    if (isOpen() || isAsking()) restsSince = null;
    else restsSince ??= now();
    const rests = restsSince !== null && now() - restsSince >= RESTS;
    const due = waiting.filter(({ until }) => rests || until <= now());
    waiting = waiting.filter((one) => !due.includes(one));
    if (waiting.length > 0) after(LOOK, look);
    for (const { show } of due) show();
  };
  return (show) => {
    if (waiting.length === 0 && !isOpen()) {
      show();
      return () => undefined;
    }
    if (waiting.length === 0) {
      restsSince = null;
      after(LOOK, look);
    }
    const one = { show, until: now() + LONGEST };
    waiting = [...waiting, one];
    return () => {
      waiting = waiting.filter((other) => other !== one);
    };
  };
}
