import type { Page } from '@playwright/test';
import { LANGUAGES } from '../../../shared/kernel/text.ts';
import { startListening, WORDS, type Said, type Watched } from './walk-page.ts';
import { startComparing, startComparingPeople } from './walk-records.ts';
import { allWords } from './words.ts';

/**
 * What is watched in the page while somebody walks about in it: where the keyboard is, whether a page is broken, and whether what the screen says is recorded is what the store holds. It asks the
 * engine over the page's own port, and changes nothing.
 */

/** What can be clicked. `words`: of that name; `in`: within what this selects. */
export interface Target {
  readonly what: 'control' | 'cell' | 'field' | 'option' | 'row';
  readonly words?: readonly string[];
  readonly in?: string;
}

export interface Spot {
  readonly name: string;
  readonly x: number;
  readonly y: number;
}

export type Where = 'grid' | 'text' | 'dialog' | 'page';

interface Watch {
  where(): Where;
  spot(target: Target, at: number): Spot | null;
  /** What is wrong; it waits a moment for what is under way. */
  faults(store: boolean): Promise<string[]>;
}

/** Loads the page anew with the watch in it. */
export async function watchPage(page: Page): Promise<void> {
  const said: Said = Object.fromEntries(
    LANGUAGES.map((language) => {
      const all = [...allWords(language)];
      return [language, Object.fromEntries(all.filter(([key]) => WORDS.some((word) => key === word || key.startsWith(`${word}_`))))];
    }),
  );
  await page.addInitScript(startListening, said);
  await page.addInitScript(startComparing);
  await page.addInitScript(startComparingPeople);
  await page.addInitScript(startLooking);
  await page.reload();
  await page.waitForFunction(() => 'watch' in window && document.querySelector('[data-testid="pending"]') !== null);
}

const watchOf = (page: Page) => ({
  where: () => page.evaluate(() => (window as unknown as { watch: Watch }).watch.where()),
  spot: (target: Target, at: number) =>
    page.evaluate(([wanted, place]) => (window as unknown as { watch: Watch }).watch.spot(wanted, place), [target, at] as const),
  faults: (store: boolean) => page.evaluate((asked) => (window as unknown as { watch: Watch }).watch.faults(asked), store),
});
export { watchOf };

/** Runs in the page, before anything of it: looks at the screen. */
function startLooking(): void {
  const page = window as unknown as { watched?: Partial<Watched> };
  const watched = (page.watched ??= {}) as Watched;
  /** The keyboard may be nowhere while something closes and something else opens, and a screen is behind the store until it was asked again; in milliseconds. */
  const MOMENT = 1_000;
  const FRESH = 6_000;
  /** A window that has just opened has put the keyboard nowhere yet, and a click on what takes none leaves it there on purpose. */
  let isUsed = false;
  window.addEventListener('focusin', () => (isUsed = true));
  window.addEventListener('mousedown', ({ target }) => {
    if (target instanceof Element && !target.closest('[tabindex], a[href], button, input, select, textarea, summary, label'))
      isUsed = false;
  });
  const wait = (time: number) => new Promise((resolve) => setTimeout(resolve, time));

  const SELECTORS: Readonly<Record<Target['what'], string>> = {
    control: 'button, a[href], summary, label, [role="tab"], [role="menuitem"], [role="option"], [role="combobox"]',
    cell: '[role="gridcell"], [role="gridcell"] button',
    field: 'input:not([type="checkbox"], [type="radio"], [type="search"]), textarea',
    option: '[role="option"], [role="menuitem"]',
    row: '[role="table"] [role="row"] button, [role="rowheader"]',
  };

  /** A place where a click reaches one of those in sight; null where there is none. */
  function spot({ what, words: names, in: within }: Target, at: number): Spot | null {
    const open = watched.topDialog();
    const roots = [within ? document.querySelector(within) : null, open ?? document.body].filter((root) => root !== null);
    const found = [...roots[0]!.querySelectorAll<HTMLElement>(SELECTORS[what])].filter(
      (element) =>
        !element.matches(':disabled') &&
        (!names || names.includes(watched.nameOf(element))) &&
        (what !== 'control' || !element.closest('[role="gridcell"]')),
    );
    // Menus and lists lie over a dialog, not in it.
    if (open && !within) found.push(...document.querySelectorAll<HTMLElement>('[role="option"], [role="menuitem"]'));
    for (let tries = 0; tries < found.length; tries++) {
      const element = found[(Math.floor(at * found.length) + tries) % found.length]!;
      const { left, top, width, height } = element.getBoundingClientRect();
      const [x, y] = [left + width / 2, top + height / 2];
      if (width < 3 || height < 3 || x < 0 || y < 0 || x > innerWidth || y > innerHeight) continue;
      const hit = document.elementFromPoint(x, y);
      if (hit && (element.contains(hit) || hit.contains(element))) return { name: watched.nameOf(element), x, y };
    }
    return null;
  }

  function where(): Where {
    const active = document.activeElement;
    if (active?.closest('[role="gridcell"]')) return 'grid';
    if (active?.matches('input:not([type="checkbox"], [type="radio"]), textarea')) return 'text';
    return watched.topDialog() ? 'dialog' : 'page';
  }

  function broken(): string[] {
    const text = document.body.textContent;
    const seen = (['app:broken.title', 'app:engineFailed', 'app:standing.engineLost', 'app:notReadable'] as const).filter((key) =>
      text.includes(watched.words(key)),
    );
    return [...seen.map((key) => `the screen says: ${watched.words(key)}`), ...watched.bugs.splice(0)];
  }

  async function faults(store: boolean): Promise<string[]> {
    const isLost = () => isUsed && (document.activeElement === null || document.activeElement === document.body);
    for (const until = performance.now() + MOMENT; isLost() && performance.now() < until;) await wait(20);
    const found = broken();
    if (isLost()) found.push('the keyboard is nowhere');
    if (!store || found.length > 0) return found;
    for (const until = performance.now() + FRESH; ; await wait(50)) {
      const unequal = await watched.differences();
      if (unequal.length === 0 || performance.now() > until) return unequal;
    }
  }

  Object.assign(window, { watch: { where, spot, faults } satisfies Watch });
}
