import type { FeatureTopic } from '../../../model/entity.ts';
import type { SqliteStore } from './sqlite-store.ts';

/** What belongs to this laptop and never travels; see electron/engine/local-settings.ts, which has the same shape. */
export interface LocalTable {
  get<T>(key: string): T | undefined;
  /** Durable when it returns (inside a transaction: when that one is). `null` removes the key. */
  set(key: string, value: unknown, topic?: FeatureTopic | 'settings'): void;
  /** Keys that start with `prefix`, in order, with their values. */
  list<T>(prefix: string): { readonly key: string; readonly value: T }[];
}

/** The table `local` of a store. `onSet` is told the topic after the value is durable. */
export function openLocalSettings(
  store: Pick<SqliteStore, 'db'>,
  onSet: (topic: FeatureTopic | 'settings') => void = () => undefined,
): LocalTable {
  const { db } = store;
  const get = db.prepare('select value from local where key = ?').pluck();
  const put = db.prepare('insert into local(key, value) values (?, ?) on conflict(key) do update set value = excluded.value');
  const remove = db.prepare('delete from local where key = ?');
  const list = db.prepare('select key, value from local where key >= ? and key < ? order by key');
  return {
    get<T>(key: string) {
      const text = get.get(key) as string | undefined;
      return text === undefined ? undefined : (JSON.parse(text) as T);
    },
    set(key, value, topic) {
      if (value === null || value === undefined) remove.run(key);
      else put.run(key, JSON.stringify(value));
      if (topic !== undefined) onSet(topic);
    },
    list<T>(prefix: string) {
      const rows = list.all(prefix, `${prefix}\u{10ffff}`) as { key: string; value: string }[];
      return rows.map(({ key, value }) => ({ key, value: JSON.parse(value) as T }));
    },
  };
}
