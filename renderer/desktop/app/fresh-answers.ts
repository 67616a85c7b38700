import type { Topic } from '../../../shared/contract/call.ts';
import type { DesktopCall } from '../../../shared/contract/desktop.ts';
import { onRestart, onTopics } from './connection.ts';
import { queries } from './queries.ts';

/** Topics that changed and were not asked for anew yet. */
let changed = new Set<Topic>();

/** Keeps the copies fresh: by topic when something changed, all of them after the engine was started again. */
export function invalidateOnTopics(): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const refetch = async () => {
    timer = undefined;
    // The contract brings zod with it: not before it is needed.
    const { desktopContract } = await import('../../../shared/contract/desktop.ts');
    const topics = changed;
    changed = new Set();
    const stale = (name: unknown) =>
      typeof name === 'string' &&
      Object.hasOwn(desktopContract, name) &&
      desktopContract[name as DesktopCall].topics.some((topic) => topics.has(topic));
    await queries.invalidateQueries({ predicate: (query) => stale(query.queryKey[0]) });
  };
  onTopics((topics) => {
    topics.forEach((topic) => changed.add(topic));
    timer ??= setTimeout(() => void refetch(), 20);
  });
  onRestart(() => void queries.invalidateQueries());
}

/** Returns whether the page shows less than was done: it has heard of a change, or asked about one, and has no answer yet. */
export function isBehind(): boolean {
  return changed.size > 0 || queries.isFetching() > 0;
}
