import type { FeatureTopic } from '../../shared/model/entity.ts';

/**
 * What belongs to this laptop and never travels: language, theme, the user's name, pins, drafts, the ledger of syncs.
 * Kept in the store's database (table `local`), so that a backup holds it and TRUST's encryption covers it.
 */
export interface LocalSettings {
  /** The JSON value under `key`, or undefined. */
  get<T>(key: string): T | undefined;
  /** Durable when it returns. `null` removes the key. `topic`: what to announce as changed. */
  set(key: string, value: unknown, topic?: FeatureTopic | 'settings'): void;
  /** Keys that start with `prefix`, in order, with their values. */
  list<T>(prefix: string): { readonly key: string; readonly value: T }[];
}
