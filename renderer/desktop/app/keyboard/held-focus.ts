import { useEffect } from 'react';
import { DIALOG, harmlessAt, isShown, nameOf, PAGE, reachable } from '../../../ui/dialog/return-focus.ts';

/** In which a dialog that closes gives the keyboard back, and a page that opens puts it where the work is; in milliseconds. */
const SETTLED = 60;

/** What had the keyboard, and what stood around it, from the inside out. */
interface Spot {
  readonly at: Element;
  readonly around: readonly { readonly parent: Element; readonly beside: readonly (Element | null)[] }[];
}

/**
 * Keeps the keyboard in the window: where what it was on goes away or is hidden, it goes to the same drawn anew, else to what stands beside, else to the page; never onto another button, which a second
 * press of the key would set off. What is switched off while it works gets it back afterwards; meanwhile no other button is under the key that is pressed again. What somebody leaves on purpose stays left.
 */
export function useHeldFocus(): void {
  useEffect(() => {
    let last: Spot | undefined;
    /** Before it was in a notice or a menu, which go by themselves. */
    let lastInPage: Spot | undefined;
    let waiting: { readonly at: HTMLElement; readonly meanwhile: Element | null } | undefined;
    /** Whether what had it was away or off since; it may be back when it is looked at. */
    let wasTaken = false;
    /** What was drawn since. */
    let drawn = new WeakSet<Node>();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const note = ({ target }: FocusEvent) => {
      if (!(target instanceof Element)) return;
      if (target !== waiting?.meanwhile) waiting = undefined;
      last = spotOf(target);
      drawn = new WeakSet();
      wasTaken = false;
      if (isHome(target)) lastInPage = last;
    };
    const settle = () => {
      timer = undefined;
      if (last === undefined || !isNowhere()) return;
      const { at } = last;
      if (at instanceof HTMLElement && at.isConnected && at.matches(':disabled')) {
        waiting = { at, meanwhile: homeOf(at) };
        homeOf(at)?.focus();
      } else if (wasTaken || !canTake(at)) putBack([last, lastInPage], drawn);
    };
    const look = () => {
      if (waiting && canTake(waiting.at) && document.activeElement === waiting.meanwhile) waiting.at.focus();
      if (last === undefined) return;
      const isTaken = !last.at.isConnected || last.at.matches(':disabled');
      // From that moment on, for a dialog that closes then is about to give it back.
      if (isTaken && !wasTaken) {
        clearTimeout(timer);
        timer = undefined;
      }
      wasTaken ||= isTaken;
      if (timer === undefined && isNowhere()) timer = setTimeout(settle, SETTLED);
    };
    const changes = new MutationObserver((records) => {
      for (const { addedNodes } of records) for (const node of addedNodes) drawn.add(node);
      look();
    });
    changes.observe(document.body, { childList: true, subtree: true, attributeFilter: ['disabled'] });
    document.addEventListener('focusin', note);
    document.addEventListener('focusout', look);
    return () => {
      clearTimeout(timer);
      changes.disconnect();
      document.removeEventListener('focusin', note);
      document.removeEventListener('focusout', look);
    };
  }, []);
}

/** Whether the keyboard is on nothing, or on the page as a whole: where the work is may take it. */
export function isUnclaimed(): boolean {
  return isNowhere() || document.activeElement?.id === PAGE;
}

/** What is switched off keeps it by name for a while, and hears no key. */
function isNowhere(): boolean {
  const active = document.activeElement;
  return active === null || active === document.body || active.matches(':disabled');
}

/** The dialog or the page that something is in. */
function homeOf(element: Element): HTMLElement | null {
  return element.closest<HTMLElement>(`${DIALOG}, #${PAGE}`) ?? document.getElementById(PAGE);
}

/** Whether it is in a dialog, the page or the rail, and not in what comes and goes over them. */
function isHome(element: Element): boolean {
  return element.closest(`${DIALOG}, #${PAGE}, nav`) !== null;
}

function canTake(element: Element): element is HTMLElement {
  return element.isConnected && isShown(element);
}

function spotOf(at: Element): Spot {
  const around: { parent: Element; beside: (Element | null)[] }[] = [];
  for (let within = at; within.parentElement; within = within.parentElement)
    around.push({ parent: within.parentElement, beside: [within.nextElementSibling, within.previousElementSibling] });
  return { at, around };
}

/** Puts it at the first of these places that something is left of; a dialog that is open keeps it within. */
function putBack(spots: readonly (Spot | undefined)[], drawn: WeakSet<Node>): void {
  const top = [...document.querySelectorAll(DIALOG)].at(-1);
  for (const spot of spots) {
    const target = spot && targetOf(spot, drawn, top);
    if (target) return target.focus();
  }
  const rest = top ? reachable(top)[0] : document.getElementById(PAGE);
  rest?.focus();
}

function targetOf({ at, around }: Spot, drawn: WeakSet<Node>, top: Element | undefined): HTMLElement | undefined {
  const takes = (element: Element): element is HTMLElement => canTake(element) && (!top || top.contains(element));
  if (takes(at)) return at;
  const left = around.filter(({ parent }) => parent.isConnected && isHome(parent) && parent.id !== PAGE && (!top || top.contains(parent)));
  for (const { parent, beside } of left) {
    const within = reachable(parent);
    const anew = within.find(
      (element) => element.tagName === at.tagName && nameOf(element) === nameOf(at) && isDrawn(element, parent, drawn),
    );
    const near = beside.find((element) => element && takes(element) && within.some((one) => element.contains(one)));
    if (anew) return anew;
    const other = within.find((element) => near?.contains(element)) ?? within[0];
    if (other) return harmlessAt(other);
  }
  return undefined;
}

/** Whether an element, or what it is in within `root`, is among what was drawn. */
function isDrawn(element: Element, root: Element, drawn: WeakSet<Node>): boolean {
  for (let within: Element | null = element; within && within !== root; within = within.parentElement) if (drawn.has(within)) return true;
  return false;
}
