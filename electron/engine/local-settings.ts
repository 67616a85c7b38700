import type { FeatureTopic } from '../../shared/model/entity.ts';

/**
 * The settings that belong to this laptop and never travel: language, theme, the user's name, pins, drafts, the history of syncs.
 * Kept in the store's database (table `local`), so that a backup holds it and TRUST's encryption covers it.
 * Every key is declared in `local-state/`, and read and written by its declaration alone.
 */
export interface LocalSettings {
  /** The JSON value under `key`; undefined where there is none, null where it is no JSON. */
  get(key: string): unknown;
  /** Durable when it returns. `null` removes the key. `topic`: what to announce as changed. */
  set(key: string, value: unknown, topic?: FeatureTopic | 'settings'): void;
  /** Keys that start with `prefix`, in order, with their values; null for one that is no JSON. */
  list(prefix: string): { readonly key: string; readonly value: unknown }[];
  /** Told of a declared key (of a family its prefix) whose value does not have its shape; such a value counts as not there. */
  unreadable?(declared: string): void;
}
