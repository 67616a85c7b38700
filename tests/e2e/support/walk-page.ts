/** What the parts of the watch, which each run in the page for themselves, have of one another. They come in any order, so none asks another before it is asked itself. */
export interface Watched {
  /** Asks the engine over the page's own port; null where it refuses. */
  ask<T>(name: string, args: object): Promise<T | null>;
  /** What no caller was told. */
  readonly bugs: string[];
  /** A text as the page has it in its language. */
  words(key: Word): string;
  counted(key: Word, count: number): string;
  textOf(element: Element | null | undefined): string;
  nameOf(element: Element): string;
  topDialog(): Element | null;
  attendanceDiffers(activityId: string): Promise<string>;
  peopleDiffer(activityId: string): Promise<string>;
  /** Where the screen says another thing than the store. */
  differences(): Promise<string[]>;
}

/** The texts that are looked for in the page. */
export const WORDS = [
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
export type Word = (typeof WORDS)[number];
/** By language and key; a text with a number by its form, too: `app:standing.waiting_one`. */
export type Said = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** Runs in the page, before anything of it: hears what goes over its port, and asks over it. */
export function startListening(said: Said): void {
  const page = window as unknown as { watched?: Partial<Watched> };
  const watched = (page.watched ??= {}) as Watched;
  const BUGS = ['call.failed', 'call.arguments', 'call.unknown'];
  let port: MessagePort | undefined;
  let lastId = 1e9;
  const bugs: string[] = [];
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
  const textOf = (element: Element | null | undefined) => (element?.textContent ?? '').replace(/\s+/gu, ' ').trim();
  const nameOf = (element: Element) => {
    const label = element.getAttribute('aria-label') ?? (element as HTMLInputElement).labels?.[0]?.textContent ?? element.textContent;
    return (label || element.getAttribute('placeholder') || element.tagName.toLowerCase()).replace(/\s+/gu, ' ').trim().slice(0, 80);
  };
  const topDialog = () => [...document.querySelectorAll('[role="dialog"]')].at(-1) ?? null;

  Object.assign(watched, { ask, bugs, words, counted, textOf, nameOf, topDialog } satisfies Partial<Watched>);
}
