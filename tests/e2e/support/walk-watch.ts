import type { Page } from '@playwright/test';
import { LANGUAGES } from '../../../shared/kernel/text.ts';
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

const WORDS = [
  'app:broken.title',
  'app:engineFailed',
  'app:standing.engineLost',
  'app:notReadable',
  'app:standing.syncing',
  'app:standing.notEnrolled',
  'app:standing.held',
  'app:standing.paused',
  'app:standing.brought',
  'app:standing.synced',
  'app:standing.pausedWaiting',
  'app:standing.spent',
  'app:standing.waiting',
  'attendance:grid.toComplete',
  'evaluation:forms',
  'people:field.institution',
  'people:field.email',
  'people:label',
  'people:notRecorded',
] as const;
type Word = (typeof WORDS)[number];
/** By language and key; a text with a number by its form, too: `app:standing.waiting_one`. */
type Said = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** Loads the page anew with the watch in it. */
export async function watchPage(page: Page): Promise<void> {
  const said: Said = Object.fromEntries(
    LANGUAGES.map((language) => {
      const all = [...allWords(language)];
      return [language, Object.fromEntries(all.filter(([key]) => WORDS.some((word) => key === word || key.startsWith(`${word}_`))))];
    }),
  );
  await page.addInitScript(startWatch, said);
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

/** Runs in the page, before anything of it. */
function startWatch(said: Said): void {
  /** The keyboard may be nowhere while something closes and something else opens, and a screen is behind the store until it was asked again; in milliseconds. */
  const MOMENT = 1_000;
  const FRESH = 6_000;
  const BUGS = ['call.failed', 'call.arguments', 'call.unknown'];
  let port: MessagePort | undefined;
  let lastId = 1e9;
  const bugs: string[] = [];
  /** A window that has just opened has put the keyboard nowhere yet, and a click on what takes none leaves it there on purpose. */
  let isUsed = false;
  window.addEventListener('focusin', () => (isUsed = true));
  window.addEventListener('mousedown', ({ target }) => {
    if (target instanceof Element && !target.closest('[tabindex], a[href], button, input, select, textarea, summary, label'))
      isUsed = false;
  });
  const asked = new Map<number, (answer: { ok: boolean; result?: unknown }) => void>();
  window.addEventListener('message', (event) => {
    if (!event.ports[0]) return;
    port = event.ports[0];
    port.addEventListener('message', ({ data }) => {
      if (data.type !== 'answer') return;
      if (!data.ok && BUGS.includes(data.error.code)) bugs.push(`the engine: ${data.error.code} ${JSON.stringify(data.error.details)}`);
      asked.get(data.id)?.(data);
      asked.delete(data.id);
    });
  });
  window.addEventListener('unhandledrejection', ({ reason }) => bugs.push(`nobody took: ${String(reason)}`));

  const ask = <T>(name: string, args: object): Promise<T | null> =>
    new Promise((resolve) => {
      lastId += 1;
      asked.set(lastId, (answer) => resolve(answer.ok ? (answer.result as T) : null));
      port!.postMessage({ type: 'call', id: lastId, name, args });
    });
  const words = (key: Word): string => said[document.documentElement.lang]?.[key] ?? '';
  const counted = (key: Word, count: number): string => {
    const language = document.documentElement.lang;
    const form = new Intl.PluralRules(language === 'pt' ? 'pt-PT' : language).select(count);
    return (said[language]?.[`${key}_${form}`] ?? '').replace('{{count}}', String(count));
  };
  const wait = (time: number) => new Promise((resolve) => setTimeout(resolve, time));
  const textOf = (element: Element | null | undefined) => (element?.textContent ?? '').replace(/\s+/gu, ' ').trim();
  const nameOf = (element: Element) => {
    const label = element.getAttribute('aria-label') ?? (element as HTMLInputElement).labels?.[0]?.textContent ?? element.textContent;
    return (label || element.getAttribute('placeholder') || element.tagName.toLowerCase()).replace(/\s+/gu, ' ').trim().slice(0, 80);
  };
  const topDialog = () => [...document.querySelectorAll('[role="dialog"]')].at(-1) ?? null;

  const SELECTORS: Readonly<Record<Target['what'], string>> = {
    control: 'button, a[href], summary, label, [role="tab"], [role="menuitem"], [role="option"], [role="combobox"]',
    cell: '[role="gridcell"], [role="gridcell"] button',
    field: 'input:not([type="checkbox"], [type="radio"], [type="search"]), textarea',
    option: '[role="option"], [role="menuitem"]',
    row: '[role="table"] [role="row"] button, [role="rowheader"]',
  };

  /** A place where a click reaches one of those in sight; null where there is none. */
  function spot({ what, words: names, in: within }: Target, at: number): Spot | null {
    const open = topDialog();
    const roots = [within ? document.querySelector(within) : null, open ?? document.body].filter((root) => root !== null);
    const found = [...roots[0]!.querySelectorAll<HTMLElement>(SELECTORS[what])].filter(
      (element) =>
        !element.matches(':disabled') &&
        (!names || names.includes(nameOf(element))) &&
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
      if (hit && (element.contains(hit) || hit.contains(element))) return { name: nameOf(element), x, y };
    }
    return null;
  }

  function where(): Where {
    const active = document.activeElement;
    if (active?.closest('[role="gridcell"]')) return 'grid';
    if (active?.matches('input:not([type="checkbox"], [type="radio"]), textarea')) return 'text';
    return topDialog() ? 'dialog' : 'page';
  }

  function broken(): string[] {
    const text = document.body.textContent;
    const seen = (['app:broken.title', 'app:engineFailed', 'app:standing.engineLost', 'app:notReadable'] as const).filter((key) =>
      text.includes(words(key)),
    );
    return [...seen.map((key) => `the screen says: ${words(key)}`), ...bugs.splice(0)];
  }

  async function faults(store: boolean): Promise<string[]> {
    const isLost = () => isUsed && (document.activeElement === null || document.activeElement === document.body);
    for (const until = performance.now() + MOMENT; isLost() && performance.now() < until;) await wait(20);
    const found = broken();
    if (isLost()) found.push('the keyboard is nowhere');
    if (!store || found.length > 0) return found;
    for (const until = performance.now() + FRESH; ; await wait(50)) {
      const unequal = await differences();
      if (unequal.length === 0 || performance.now() > until) return unequal;
    }
  }

  interface Person {
    readonly id: string;
    readonly familyName: string;
    readonly givenName: string;
    readonly institution: string;
    readonly email: string;
    readonly country: string | null;
    readonly complete: boolean;
    readonly homonym: boolean;
  }

  async function differences(): Promise<string[]> {
    const open = await openWorkshop();
    return [
      await pendingDiffers(),
      ...(open ? [await attendanceDiffers(open), await peopleDiffer(open), await sheetsDiffer(open)] : []),
    ].filter((one) => one !== '');
  }

  /** The workshop that the page shows; null where it shows none, or its title is that of several. */
  async function openWorkshop(): Promise<string | null> {
    if (!document.querySelector('#work [role="tab"]')) return null;
    const title = textOf(document.querySelector('h1'));
    const all = (await ask<{ id: string; title: string | Record<string, string> }[]>('activity.list', {})) ?? [];
    const named = all.filter(({ title: one }) =>
      (typeof one === 'string' ? [one] : Object.values(one)).some((text) => text.trim() === title),
    );
    return named.length === 1 ? named[0]!.id : null;
  }

  /** The rail's words of what waits. */
  async function pendingDiffers(): Promise<string> {
    const rail = document.querySelector('[data-testid="pending"]');
    interface Status {
      readonly enrolled: boolean;
      readonly running: boolean;
      readonly held: boolean;
      readonly pending: number;
      readonly pendingFiles: number;
      readonly brought: { readonly changeSets: number; readonly files: number };
      readonly schedule: { readonly when: string; readonly spent: boolean };
    }
    const status = await ask<Status>('sync.status', {});
    if (!rail || !status) return '';
    const waiting = status.pending + status.pendingFiles;
    let expected = words('app:standing.synced');
    if (status.running) expected = words('app:standing.syncing');
    else if (!status.enrolled) expected = words('app:standing.notEnrolled');
    else if (status.held) expected = words('app:standing.held');
    else if (status.schedule.when === 'tomorrow')
      expected = waiting > 0 ? counted('app:standing.pausedWaiting', waiting) : words('app:standing.paused');
    else if (status.schedule.spent) expected = counted('app:standing.spent', waiting);
    else if (waiting > 0) expected = counted('app:standing.waiting', waiting);
    else if (status.brought.changeSets + status.brought.files > 0) expected = words('app:standing.brought');
    return textOf(rail) === expected.replace(/\s+/gu, ' ') ? '' : `the rail says "${textOf(rail)}", the store: "${expected}"`;
  }

  /** Takes each line of the screen off the lines of the store; what is left over is no line of the store's. */
  function notOf(shown: readonly string[], held: readonly string[]): string[] {
    const left = [...held];
    return shown.filter((line) => {
      const at = left.indexOf(line);
      if (at >= 0) left.splice(at, 1);
      return at < 0;
    });
  }

  /** The cells of the sheet that are in the document. */
  async function attendanceDiffers(activityId: string): Promise<string> {
    const grid = document.querySelector('#work [role="grid"]');
    if (!grid || topDialog()) return '';
    interface Grid {
      readonly halfDays: string[];
      readonly marks: { readonly personId: string; readonly halfDay: string; readonly status: string; readonly conflict: boolean }[];
    }
    const [held, people] = [await ask<Grid>('attendance.grid', { activityId }), await ask<Person[]>('people.list', { activityId })];
    if (!held || !people) return '';
    const rows = [...grid.querySelectorAll('[role="row"]:has([role="gridcell"][data-status])')];
    const cellsOf = (row: Element) => [...row.querySelectorAll('[role="gridcell"]')];
    const first = rows[0];
    if (!first) return '';
    const columns = cellsOf(first).map((cell) => Number(cell.getAttribute('aria-colindex')) - 2);
    const shown = rows.map((row) =>
      [textOf(row.querySelector('[role="rowheader"]')), ...cellsOf(row).map((cell) => cell.getAttribute('data-status'))].join('|'),
    );
    const stored = people.map((person) =>
      [
        [
          `${person.familyName} ${person.givenName}`.trim(),
          person.homonym ? person.institution : '',
          person.country ?? '',
          person.complete ? '' : words('attendance:grid.toComplete'),
        ]
          .filter(Boolean)
          .join(', ')
          .replace(/\s+/gu, ' '),
        ...columns.map(
          (column) =>
            held.marks.find(({ personId, halfDay }) => personId === person.id && halfDay === held.halfDays[column])?.status ?? 'notTaken',
        ),
      ].join('|'),
    );
    const wrong = notOf(shown, stored);
    return wrong.length === 0 ? '' : `the sheet shows ${JSON.stringify(wrong)}, the store holds ${JSON.stringify(notOf(stored, shown))}`;
  }

  /** The rows of the people's table that are in the document, and how many it says there are. */
  async function peopleDiffer(activityId: string): Promise<string> {
    const table = [...document.querySelectorAll('#work [role="table"]')].find(
      (one) => one.getAttribute('aria-label') === words('people:label'),
    );
    if (!table) return '';
    const people = await ask<Person[]>('people.list', { activityId });
    if (!people) return '';
    const none = words('people:notRecorded');
    // Which columns there are is chosen.
    const headings = [...table.querySelectorAll('[role="columnheader"]')].map((heading) => textOf(heading).replace(/[↑↓]$/u, ''));
    const columns = (['institution', 'email'] as const)
      .map((name) => ({ name, at: headings.indexOf(words(`people:field.${name}`)) }))
      .filter(({ at }) => at >= 0);
    const shown = [...table.querySelectorAll('[role="row"][data-index]')].map((row) => {
      const cells = [...row.querySelectorAll('[role="cell"]')];
      return [textOf(row.querySelector('button')), ...columns.map(({ at }) => textOf(cells[at]))].join('|');
    });
    const stored = people.map((person) =>
      [`${person.familyName} ${person.givenName}`.trim(), ...columns.map(({ name }) => person[name] || none)]
        .join('|')
        .replace(/\s+/gu, ' '),
    );
    const wrong = notOf(shown, stored);
    if (wrong.length > 0) return `the list shows ${JSON.stringify(wrong)}, the store holds ${JSON.stringify(notOf(stored, shown))}`;
    const isSearched =
      document.querySelector<HTMLInputElement>('#work input[type="search"]')?.value.trim() !== '' ||
      document.querySelector('#work [role="group"] button[aria-pressed="true"]') !== null;
    const count = Number(table.getAttribute('aria-rowcount')) - 1;
    return isSearched || count === people.length ? '' : `the list shows ${count} people, the store holds ${people.length}`;
  }

  /** How many sheets each questionnaire says are in. */
  async function sheetsDiffer(activityId: string): Promise<string> {
    const list = [...document.querySelectorAll('#work nav')].find((nav) => nav.getAttribute('aria-label') === words('evaluation:forms'));
    if (!list) return '';
    const forms = (await ask<{ id: string; code: string }[]>('evaluation.forms', { activityId })) ?? [];
    const stored: number[] = [];
    for (const { id } of forms) stored.push((await ask<{ count: number }>('evaluation.sheets', { activityId, formId: id }))?.count ?? -1);
    const shown = [...list.querySelectorAll('button > span:last-child')].map((span) => Number(/\d+/u.exec(textOf(span))?.[0] ?? 'NaN'));
    return shown.join() === stored.join() ? '' : `the questionnaires say ${shown.join()} sheets, the store holds ${stored.join()}`;
  }

  Object.assign(window, { watch: { where, spot, faults } satisfies Watch });
}
