import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';

export const FOCUSABLE = 'a[href], button, input, select, textarea, summary, [tabindex]:not([tabindex="-1"]), [role="gridcell"]';
export const DIALOG = '[role="dialog"]';
/** The id of what takes the keyboard where everything else is gone. */
export const PAGE = 'work';
/** After the library has put the keyboard into a dialog that opens, in milliseconds. */
const SETTLED = 20;
/** In which what a dialog changed is drawn, in milliseconds. */
const MOMENT = 3_000;

/** Where the keyboard was when a dialog opened. */
interface Origin {
  readonly at: Element;
  /** What it says, to know it again where it is drawn anew. */
  readonly name: string;
  /** What could be reached beside it, in order. */
  readonly around: readonly Element[];
  /** Where the keyboard was before the dialog that it is in. */
  readonly before: Origin | null;
}

const origins = new WeakMap<Element, Origin>();

/** Gives the keyboard back, when a dialog closes, to what opened it; where that is gone, to what stands nearest to it. Takes any element of the dialog once it is drawn. */
export function useFocusReturn(): (content: Element | null) => void {
  const [origin] = useState(() => originOf(document.activeElement));
  // With what is drawn in its place: later, the keyboard would count as lost by then.
  useLayoutEffect(
    () => () => {
      setTimeout(() => giveBack(origin), SETTLED);
    },
    [origin],
  );
  return useCallback(
    (content) => {
      const dialog = content?.closest(DIALOG);
      if (dialog && origin) origins.set(dialog, origin);
    },
    [origin],
  );
}

/** Whether a dialog lies over all others. */
export function useIsOnTop(): () => boolean {
  const self = useRef({});
  useEffect(() => {
    const mark = self.current;
    open.push(mark);
    return () => {
      open.splice(open.indexOf(mark), 1);
    };
  }, []);
  return () => open.at(-1) === self.current;
}

const open: object[] = [];

function originOf(active: Element | null): Origin | null {
  if (!active || active === document.body) return null;
  // A menu goes with its choice: what opened it stays.
  const menu = active.closest('[role="menu"]');
  const opener = menu && document.querySelector(`[aria-controls="${CSS.escape(menu.id)}"]`);
  const at = opener ?? active;
  const dialog = at.closest(DIALOG);
  const within = dialog ?? document.getElementById(PAGE) ?? document.body;
  return { at, name: nameOf(at), around: reachable(within), before: (dialog && origins.get(dialog)) ?? null };
}

function giveBack(origin: Origin | null): void {
  const active = document.activeElement;
  const top = [...document.querySelectorAll(DIALOG)].at(-1) ?? null;
  const isLost = active === null || active === document.body || !active.isConnected;
  // Somebody put it elsewhere; but a dialog that opens again puts it at its head.
  if (!isLost && !(top?.contains(active) && origin?.at.isConnected === false)) return;
  for (let from: Origin | null = origin; from; from = from.before) {
    const target = targetOf(from, top);
    if (target) return holdAt(target, from);
  }
  if (isLost) (top?.querySelector<HTMLElement>(FOCUSABLE) ?? document.getElementById(PAGE))?.focus();
}

/** Puts it there; where what it is about goes in a moment, as somebody who was taken off a list does, it goes to what stands beside. */
function holdAt(target: HTMLElement, origin: Origin): void {
  target.focus();
  const changes = new MutationObserver(() => {
    if (target.isConnected && document.activeElement === target) return;
    changes.disconnect();
    if (!target.isConnected) giveBack(origin);
  });
  changes.observe(document.body, { childList: true, subtree: true });
  setTimeout(() => changes.disconnect(), MOMENT);
}

/** Returns the element to give the keyboard to: the same control, the same drawn anew, or the nearest that is still there. A dialog that is open keeps it within. */
function targetOf({ at, name, around }: Origin, top: Element | null): HTMLElement | null {
  const takes = (element: Element): element is HTMLElement =>
    element.isConnected && isShown(element) && (top === null || top.contains(element));
  if (takes(at)) return at;
  const within = top ?? document.getElementById(PAGE);
  // One that was there before is another one, however it is called: *Keep this one* of another row.
  const isAnew = (element: Element): boolean => element.tagName === at.tagName && nameOf(element) === name && !around.includes(element);
  const anew = within && reachable(within).find(isAnew);
  if (anew) return anew;
  const place = around.indexOf(at);
  const near = [...around.slice(place + 1), ...around.slice(0, Math.max(place, 0)).reverse()].find(takes);
  return near ? harmlessAt(near) : null;
}

/** The elements that a second press of a key would act on. */
const ACTS = 'button, a[href], summary';
const PLACE = `li, tr, [role="row"], section, fieldset, [role="tabpanel"], ${DIALOG}, #${PAGE}`;

/**
 * Where the keyboard waits when what it was on has gone: a field as it is, but in place of a button, which a second press would set off for another row, the row or the part of the page that it is in. From
 * there Tab goes on to it.
 */
export function harmlessAt(near: HTMLElement): HTMLElement {
  const place = near.matches(ACTS) ? near.closest<HTMLElement>(PLACE) : null;
  if (!place) return near;
  if (!place.hasAttribute('tabindex')) place.tabIndex = -1;
  return place;
}

export function reachable(within: Element): HTMLElement[] {
  return [...within.querySelectorAll<HTMLElement>(FOCUSABLE)].filter(isShown);
}

export function isShown(element: Element): boolean {
  return (
    element.getClientRects().length > 0 &&
    element.checkVisibility({ visibilityProperty: true }) &&
    !element.matches(':disabled') &&
    element.closest('[inert]') === null
  );
}

export function nameOf(element: Element): string {
  const label =
    element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement ? element.labels?.[0]?.textContent : undefined;
  return element.getAttribute('aria-label') ?? label ?? element.textContent;
}
