import { useEffect } from 'react';
import { DIALOG, harmlessAt, isShown, nameOf, PAGE, reachable } from '../../../ui/dialog/return-focus.ts';

/** In which a dialog that closes gives the keyboard back, and a page that opens puts it where the work is; in milliseconds. */
const SETTLED = 60;

/** The place that had the keyboard, and what stood around it, from the inside out. */
interface Spot {
  readonly at: Element;
  readonly name: string;
  readonly around: readonly { readonly parent: Element; readonly beside: readonly (Element | null)[] }[];
}

/**
 * Keeps the keyboard in the window: where what it was on goes away, is hidden or switched off, it goes to the same drawn anew, else to what stands beside, else to the page; never onto another button, which a
 * second press of the key would set off. Where it went to the page or the dialog, what was hidden or off, or is drawn anew only then, gets it back. What somebody leaves on purpose stays left.
 */
export function useHeldFocus(): void {
  useEffect(holdFocus, []);
}

/** Begins to keep it; what it gives ends that. */
function holdFocus(): () => void {
  /** What has it, or had it when it was taken. */
  let last: Spot | undefined;
  /** Before it was in a notice or a menu, which go by themselves. */
  let lastInPage: Spot | undefined;
  let waiting: { readonly spot: Spot; readonly meanwhile: Element } | undefined;
  /** Whether what had it was away, hidden or off since; it may be back when it is looked at. */
  let wasTaken = false;
  let isPressed = false;
  /** What was drawn since. */
  let drawn = new WeakSet<Node>();
  let timer: ReturnType<typeof setTimeout> | undefined;

  const note = ({ target }: FocusEvent) => {
    if (!(target instanceof Element)) return;
    if (target !== waiting?.meanwhile) wait(undefined);
    last = spotOf(target);
    drawn = new WeakSet();
    wasTaken = false;
    if (isHome(target)) lastInPage = last;
  };
  const leave = ({ target, relatedTarget }: FocusEvent) => {
    if (relatedTarget !== null || target !== last?.at) return;
    // Seen at once: what is hidden or off for a moment is back when it is looked at.
    wasTaken ||= !canTake(last.at);
    const isLeft = isPressed;
    // Before what answers to it draws anything: an element that is taken out is told of while it still stands there.
    queueMicrotask(() => {
      see(changes.takeRecords());
      if (isLeft && !wasTaken && isNowhere()) last = undefined;
      look();
    });
  };
  const see = (records: readonly MutationRecord[]) => {
    for (const { addedNodes, removedNodes } of records) {
      for (const node of addedNodes) drawn.add(node);
      // What is put in again elsewhere has lost it too.
      for (const node of removedNodes) {
        if (last && node.contains(last.at) && isNowhere()) take();
        // It may have been lost in a dialog a moment before that closed.
        else if (timer !== undefined && holdsDialog(node)) waitAnew();
      }
      if (waiting && addedNodes.length > 0) giveBack([...addedNodes]);
    }
  };
  const take = () => {
    // From that moment on, for a dialog that closes then is about to give it back.
    if (!wasTaken) clearTimeout(timer);
    if (!wasTaken) timer = undefined;
    wasTaken = true;
  };
  const waitAnew = () => {
    clearTimeout(timer);
    timer = setTimeout(settle, SETTLED);
  };
  const look = () => {
    giveBack([]);
    if (last === undefined) return;
    if (!last.at.isConnected || last.at.matches(':disabled')) take();
    if (timer === undefined && isNowhere()) timer = setTimeout(settle, SETTLED);
  };
  const settle = () => {
    timer = undefined;
    if (last === undefined || !isNowhere()) return;
    const spot = last;
    const { at } = spot;
    if (!wasTaken && canTake(at)) {
      last = undefined;
      return;
    }
    if (at.isConnected && at.matches(':disabled')) homeOf(at)?.focus();
    else putBack([spot, lastInPage], drawn);
    const active = document.activeElement;
    if (isNowhere()) timer = setTimeout(settle, SETTLED);
    else if (active !== at && active?.matches(`${DIALOG}, #${PAGE}`)) wait({ spot, meanwhile: active });
  };
  const giveBack = (added: readonly Node[]) => {
    if (waiting === undefined || document.activeElement !== waiting.meanwhile) return;
    const { spot } = waiting;
    if (canTake(spot.at)) spot.at.focus();
    else if (!spot.at.isConnected) sameAmong(added, spot)?.focus();
  };
  const press = ({ target }: MouseEvent) => {
    isPressed = true;
    if (!(target instanceof Node && waiting?.spot.at.contains(target))) wait(undefined);
  };
  const release = ({ type }: Event) => {
    isPressed = false;
    // Whoever presses a key goes on from where it is now: only what is itself still there gets it back.
    if (type === 'keydown' && waiting?.spot.at.isConnected === false) wait(undefined);
  };

  const changes = new MutationObserver((records) => {
    see(records);
    look();
  });
  const shown = new MutationObserver(() => giveBack([]));
  const wait = (next: typeof waiting) => {
    waiting = next;
    shown.disconnect();
    if (next?.spot.at.isConnected) shown.observe(document.body, { subtree: true, attributeFilter: ['style', 'class', 'hidden', 'inert'] });
  };
  changes.observe(document.body, { childList: true, subtree: true, attributeFilter: ['disabled'] });
  const stop = new AbortController();
  const early = { capture: true, signal: stop.signal };
  document.addEventListener('focusin', note, { signal: stop.signal });
  document.addEventListener('focusout', leave, early);
  document.addEventListener('mousedown', press, early);
  for (const end of ['mouseup', 'keydown'] as const) document.addEventListener(end, release, early);
  return () => {
    clearTimeout(timer);
    changes.disconnect();
    shown.disconnect();
    stop.abort();
  };
}

/** Whether the keyboard is on nothing, or on the page as a whole: where the work is may take it. */
export function isUnclaimed(): boolean {
  return isNowhere() || document.activeElement?.id === PAGE;
}

/** Whether nobody has the keyboard; what is switched off keeps it by name for a while, and hears no key. */
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
  return { at, name: nameOf(at), around };
}

/** Puts it at the first of these places that something is left of and that takes it; a dialog that is open keeps it within. */
function putBack(spots: readonly (Spot | undefined)[], drawn: WeakSet<Node>): void {
  const top = [...document.querySelectorAll<HTMLElement>(DIALOG)].at(-1);
  const rest = top ? [reachable(top)[0], top] : [document.getElementById(PAGE)];
  for (const target of [...spots.map((spot) => spot && targetOf(spot, drawn, top)), ...rest]) {
    target?.focus();
    if (target && document.activeElement === target) return;
  }
}

function targetOf(spot: Spot, drawn: WeakSet<Node>, top: Element | undefined): HTMLElement | undefined {
  const { at, around } = spot;
  const takes = (element: Element): element is HTMLElement => canTake(element) && (!top || top.contains(element));
  if (takes(at)) return at;
  const left = around.filter(({ parent }) => parent.isConnected && isHome(parent) && parent.id !== PAGE && (!top || top.contains(parent)));
  for (const { parent, beside } of left) {
    const within = reachable(parent);
    const anew = within.find((element) => isSame(element, spot) && isDrawn(element, parent, drawn));
    const near = beside.find((element) => element && takes(element) && within.some((one) => element.contains(one)));
    if (anew) return anew;
    const other = within.find((element) => near?.contains(element)) ?? within[0];
    if (other) return harmlessAt(other);
  }
  return undefined;
}

/** The same among what was just drawn; none where several are called so, for another one may be of another row. */
function sameAmong(added: readonly Node[], spot: Spot): HTMLElement | undefined {
  const all = added.flatMap((node) => (node instanceof Element ? [node, ...node.querySelectorAll(spot.at.tagName)] : []));
  const same = all.filter((element) => isSame(element, spot) && nameOf(element) !== '' && canTake(element));
  return same.length === 1 ? (same[0] as HTMLElement) : undefined;
}

function isSame(element: Element, { at, name }: Spot): boolean {
  // What it is called may have changed since, and a field that is away has no label.
  return element.tagName === at.tagName && [name, nameOf(at)].includes(nameOf(element));
}

/** Whether an element, or what it is in within `root`, is among what was drawn. */
function isDrawn(element: Element, root: Element, drawn: WeakSet<Node>): boolean {
  for (let within: Element | null = element; within && within !== root; within = within.parentElement) if (drawn.has(within)) return true;
  return false;
}

function holdsDialog(node: Node): boolean {
  return node instanceof Element && (node.matches(DIALOG) || node.querySelector(DIALOG) !== null);
}
