import { toHex } from '../../shared/kernel/hex.ts';
import type { Hasher } from '../../shared/kernel/ports.ts';
import { refuse, type Result } from '../../shared/kernel/result.ts';
import type { LocalSettings } from './local-settings.ts';
import { SEEN_INDEX, SEEN_LISTS } from './local-state/of-this-laptop.ts';

/** So many ids of values go to a screen and back as they are; more of them as one name. */
const LISTED = 64;
/** Ids of all lists that are kept, the newest first; a single longer list is kept alone. */
const KEPT = 100_000;
const NAME = /^seen:[0-9a-f]{64}$/;
const VALUE_ID = /^[0-9a-f]{64}:\d+$/;

/**
 * Shortens and expands what a screen showed of a register that holds more values than a screen shows: a list of ids becomes one name (its digest), which comes
 * back as `seen` and stands for exactly these ids, whatever has arrived since. Lists are kept on this laptop, so that a program that asks and one that answers
 * may be two.
 */
export interface SeenLists {
  /** An answer with a name in the place of every long list of ids. */
  shorten<T>(answer: T): T;
  /** Arguments with the ids in the place of every name; refuses `sync.registerUnknown` where a name is not known (any more). */
  expand<T>(args: T): Result<T>;
}

/** Lists over a laptop's own settings. */
export function seenLists(settings: Pick<LocalSettings, 'get' | 'set'>, hasher: Hasher): SeenLists {
  const keep = (ids: readonly string[]): string => {
    const digest = toHex(hasher.sha256(new TextEncoder().encode(ids.join(' '))));
    const index = SEEN_INDEX.read(settings) ?? [];
    if (index.some(([known]) => known === digest)) return `seen:${digest}`;
    const kept = [[digest, ids.length] as const, ...index];
    let sum = 0;
    const stays = kept.filter(([, length], i) => (sum += length) <= KEPT || i === 0);
    SEEN_LISTS.write(settings, digest, ids);
    SEEN_INDEX.write(settings, stays);
    for (const [old] of kept) if (!stays.some(([digest]) => digest === old)) SEEN_LISTS.remove(settings, old);
    return `seen:${digest}`;
  };

  return {
    shorten: <T>(answer: T): T => replaced(answer, (list) => (isLong(list) ? [keep(list)] : list)) as T,
    expand<T>(args: T): Result<T> {
      let unknown = false;
      const value = replaced(args, (list) => {
        if (!list.some((id) => NAME.test(id))) return list;
        return list.flatMap((id) => {
          if (!NAME.test(id)) return [id];
          const ids = SEEN_LISTS.read(settings, id.slice('seen:'.length));
          if (!ids) unknown = true;
          return ids ?? [];
        });
      });
      return unknown ? refuse('sync.registerUnknown') : { ok: true, value: value as T };
    },
  };
}

/** Wraps handlers so that they get whole lists and their answers carry names: no feature needs to think of it. */
export function withSeenLists<T extends Readonly<Record<string, unknown>>>(handlers: T, lists: SeenLists): T {
  const wrapped = Object.entries(handlers as Readonly<Record<string, AnyHandler>>).map(([name, handler]) => {
    const around: AnyHandler = async (args, context) => {
      const whole = lists.expand(args);
      if (!whole.ok) return whole;
      const answer = await handler(whole.value, context);
      return answer.ok ? { ok: true, value: lists.shorten(answer.value) } : answer;
    };
    return [name, around];
  });
  return Object.fromEntries(wrapped) as T;
}

type AnyHandler = (args: unknown, context: unknown) => Result<unknown> | Promise<Result<unknown>>;

function isLong(list: readonly string[]): boolean {
  return list.length > LISTED && list.every((id) => VALUE_ID.test(id));
}

/** The same thing with every list of texts replaced; nothing is copied where nothing changes. */
function replaced(thing: unknown, list: (texts: readonly string[]) => readonly string[]): unknown {
  if (typeof thing !== 'object' || thing === null) return thing;
  if (Array.isArray(thing)) {
    const items = thing as readonly unknown[];
    if (typeof items[0] === 'string') return items.every((item) => typeof item === 'string') ? list(items) : items;
    let changed: unknown[] | null = null;
    for (const [i, item] of items.entries()) {
      const other = replaced(item, list);
      if (other !== item) (changed ??= [...items])[i] = other;
    }
    return changed ?? items;
  }
  let changed: Record<string, unknown> | null = null;
  for (const [key, value] of Object.entries(thing)) {
    const other = replaced(value, list);
    if (other !== value) (changed ??= { ...thing })[key] = other;
  }
  return changed ?? thing;
}
