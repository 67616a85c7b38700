/** How long is waited at most beside a dialog, in milliseconds: one that is there after it stays. */
export const LONGEST = 400;
/** The same, once it has gone, for the page to show what was done: on a slow laptop what comes then would lie under the notice. */
export const LONGEST_ASKED = 2_000;
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
  let waiting: readonly { readonly show: () => void; readonly since: number }[] = [];
  let restsSince: number | null = null;
  const look = () => {
    const opened = isOpen();
    if (opened || isAsking()) restsSince = null;
    else restsSince ??= now();
    const rests = restsSince !== null && now() - restsSince >= RESTS;
    const due = waiting.filter(({ since }) => rests || now() - since >= (opened ? LONGEST : LONGEST_ASKED));
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
    const one = { show, since: now() };
    waiting = [...waiting, one];
    return () => {
      waiting = waiting.filter((other) => other !== one);
    };
  };
}
