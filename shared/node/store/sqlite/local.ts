import type { FeatureTopic } from '../../../model/entity.ts';
import type { SqliteStore } from './sqlite-store.ts';

/** The rows that belong to this laptop and never travel; see electron/engine/local-settings.ts, which has the same shape. */
export interface LocalTable {
  /** Undefined where there is none, null where it is no JSON. */
  get(key: string): unknown;
  /** Durable when it returns (inside a transaction: when that one is). `null` removes the key. */
  set(key: string, value: unknown, topic?: FeatureTopic | 'settings'): void;
  /** Keys that start with `prefix`, in order, with their values; null for one that is no JSON. */
  list(prefix: string): { readonly key: string; readonly value: unknown }[];
  unreadable(declared: string): void;
}

/**
 * Opens the table `local` of a store. `onSet` is told the topic after the value is durable, `onUnreadable` once of each key or family whose value has no shape
 * that is known.
 */
export function openLocalSettings(
  store: Pick<SqliteStore, 'db'>,
  onSet: (topic: FeatureTopic | 'settings') => void = () => undefined,
  onUnreadable: (declared: string) => void = () => undefined,
): LocalTable {
  const { db } = store;
  const unreadable = new Set<string>();
  const get = db.prepare('select value from local where key = ?').pluck();
  const put = db.prepare('insert into local(key, value) values (?, ?) on conflict(key) do update set value = excluded.value');
  const remove = db.prepare('delete from local where key = ?');
  const list = db.prepare('select key, value from local where key >= ? and key < ? order by key');
  return {
    get(key) {
      const text = get.get(key) as string | undefined;
      return text === undefined ? undefined : valueOf(text);
    },
    set(key, value, topic) {
      if (value === null || value === undefined) remove.run(key);
      else put.run(key, JSON.stringify(value));
      if (topic !== undefined) onSet(topic);
    },
    list(prefix) {
      const rows = list.all(prefix, `${prefix}\u{10ffff}`) as { key: string; value: string }[];
      return rows.map(({ key, value }) => ({ key, value: valueOf(value) }));
    },
    unreadable(declared) {
      if (unreadable.has(declared)) return;
      unreadable.add(declared);
      onUnreadable(declared);
    },
  };
}

function valueOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
