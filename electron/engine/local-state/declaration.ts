import type { z } from 'zod';
import type { FeatureTopic } from '../../../shared/model/entity.ts';
import type { LocalSettings } from '../local-settings.ts';

/** The fates of a value when a backup takes the store's place (`localAfterRestore`). */
export const ON_RESTORE = {
  own: 'what is here stays, and nothing is taken from the backup, unless nothing can be read here and the backup is one of this very folder; where the account of the backup is taken over it goes',
  look: 'as `own`, and stays also where the account of the backup is taken over',
  account: 'as `own`; where the account of the backup is taken over the value of the backup comes with it',
  both: 'what is here stays, and what the backup has beside it comes; where both have one, the one here counts',
  passes: 'goes, and nothing is taken from the backup',
  anew: 'is made anew from what is here and what the backup says',
} as const;

/** The fates of a value when this laptop is enrolled with another repository, or with its first (`takeUp`). */
export const ON_REPOSITORY = {
  stays: 'stays as it is',
  bound: 'stays, and counts only with the repository that it names',
  goes: 'goes: it says what the other repository holds',
  written: 'is written by the enrolment',
} as const;

/** The fates of a value when a space is wiped because access to it was lost (`sync/access/evict.ts`). */
export const ON_WIPE = {
  stays: 'stays as it is',
  file: 'goes with each file that only records of the wiped space name',
  delays: 'the answers of a workshop are not wiped while there is one of it',
  records: 'says that the space was wiped, and what of this user had no effect there',
} as const;

export type OnRestore = keyof typeof ON_RESTORE;
export type OnRepository = keyof typeof ON_REPOSITORY;
export type OnWipe = keyof typeof ON_WIPE;

/** A key of local state, or the prefix of a family of keys (it ends in `/`), and what becomes of it. No sync carries any of it; a backup holds all but secrets. */
export interface Declaration {
  readonly key: string;
  /** What it says, for the table in docs/local-state.md. */
  readonly says: string;
  /** Raised where a value of before is read otherwise; what an earlier version wrote must still have the shape, or counts as not there. */
  readonly version: number;
  readonly schema: z.ZodType;
  /** The files of electron/engine that write it. */
  readonly writers: readonly string[];
  readonly restore: OnRestore;
  readonly repository: OnRepository;
  readonly wipe: OnWipe;
  /** The member of the value that opens something by itself: no copy of the store carries it (`local-secrets.ts`). */
  readonly secret?: string;
  /** What is announced as changed with each write. */
  readonly topic?: FeatureTopic | 'settings';
}

type Reading = Pick<LocalSettings, 'get' | 'unreadable'>;
type Listing = Pick<LocalSettings, 'list' | 'unreadable'>;
type Writing = Pick<LocalSettings, 'set'>;

/** A declared key. */
export interface LocalKey<T> extends Declaration {
  /** The value; undefined where there is none, or what is there does not have the shape (which is reported). */
  read(settings: Reading): T | undefined;
  /** Durable when it returns. */
  write(settings: Writing, value: T): void;
  remove(settings: Writing): void;
  /** The value in a row of the table, from JSON text; undefined where it does not have the shape. */
  parse(text: string | undefined): T | undefined;
}

/** A declared family of keys: one value for each id. An id of several parts has `/` between them. */
export interface LocalFamily<T> extends Declaration {
  /** As for a key. */
  read(settings: Reading, id: string): T | undefined;
  /** Whether there is something, whatever its shape. */
  has(settings: Pick<LocalSettings, 'get'>, id: string): boolean;
  /** Every id, in order, whatever the shape of its value; `under`: of those that begin so. */
  ids(settings: Pick<LocalSettings, 'list'>, under?: string): string[];
  /** The values that have the shape, in the order of their ids. */
  list(settings: Listing, under?: string): { readonly id: string; readonly value: T }[];
  write(settings: Writing, id: string, value: T): void;
  remove(settings: Writing, id: string): void;
  /** A row of the table for `id`: key and JSON text. */
  row(id: string, value: T): readonly [key: string, text: string];
}

type Declared<T> = Omit<Declaration, 'schema'> & { readonly schema: z.ZodType<T> };

/** Declares a key of local state. */
export function localKey<T>(declared: Declared<T>): LocalKey<T> {
  const { key, schema, topic } = declared;
  return {
    ...declared,
    read: (settings) => shaped(schema, settings.get(key), () => settings.unreadable?.(key)),
    write: (settings, value) => settings.set(key, value, topic),
    remove: (settings) => settings.set(key, null, topic),
    parse: (text) => shaped(schema, jsonOf(text), () => undefined),
  };
}

/** Declares a family of keys by its prefix. */
export function localFamily<T>(declared: Declared<T>): LocalFamily<T> {
  const { key: prefix, schema, topic } = declared;
  const read = (settings: Pick<LocalSettings, 'unreadable'>, value: unknown): T | undefined =>
    shaped(schema, value, () => settings.unreadable?.(prefix));
  return {
    ...declared,
    read: (settings, id) => read(settings, settings.get(prefix + id)),
    has: (settings, id) => settings.get(prefix + id) !== undefined,
    ids: (settings, under = '') => settings.list(prefix + under).map(({ key }) => key.slice(prefix.length)),
    list: (settings, under = '') =>
      settings.list(prefix + under).flatMap((row) => {
        const value = read(settings, row.value);
        return value === undefined ? [] : [{ id: row.key.slice(prefix.length), value }];
      }),
    write: (settings, id, value) => settings.set(prefix + id, value, topic),
    remove: (settings, id) => settings.set(prefix + id, null, topic),
    row: (id, value) => [prefix + id, JSON.stringify(value)],
  };
}

function shaped<T>(schema: z.ZodType<T>, value: unknown, unreadable: () => void): T | undefined {
  if (value === undefined) return undefined;
  const read = schema.safeParse(value);
  if (read.success) return read.data;
  unreadable();
  return undefined;
}

function jsonOf(text: string | undefined): unknown {
  try {
    return text === undefined ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}
