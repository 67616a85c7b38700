import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { openDatabase } from '../../shared/node/store/sqlite/opening/open-database.ts';
import type { Op } from '../../shared/sync/types.ts';

/** Stores that the program made before values were judged; their README says what is in them. */
const OLD_STORES = path.resolve(import.meta.dirname, '../fixtures/stores-of-2026-11');

/** A row of an old log with what it says; the courses that ship with the program are left out. */
export interface OldRow {
  readonly hash: string;
  readonly space: string;
  readonly replica: string;
  readonly seq: number;
  readonly kind: string;
  readonly refused: string | null;
  readonly signed: boolean;
  readonly ops: readonly Op[];
}

interface OldStore {
  readonly digest: Readonly<Record<string, string>>;
  readonly log: readonly OldRow[];
  readonly refusals: readonly { readonly hash: string; readonly space: string; readonly reason: string; readonly ruling: string }[];
  readonly erasures: readonly { readonly entity: string; readonly type: string; readonly space: string }[];
}

/** What the program that made them said of them. */
export interface Before {
  readonly workshop: string;
  /** `asked`: a call and its arguments as JSON -> what it answered. */
  readonly laptop: OldStore & { readonly asked: Readonly<Record<string, unknown>> };
  readonly repository: OldStore;
  /** The laptop that wrote the stick. */
  readonly stick: OldStore;
}

/** Lays a copy of the old stores into a folder: `laptop`, `repository`, `stick.itinera`; returns what was said of them. */
export function unpackOldStores(into: string): Before {
  for (const name of readdirSync(OLD_STORES, { recursive: true, encoding: 'utf8' })) {
    const from = path.join(OLD_STORES, name);
    const to = path.join(into, name.replace(/\.gz$/, ''));
    if (statSync(from).isDirectory()) mkdirSync(to, { recursive: true });
  }
  for (const name of readdirSync(OLD_STORES, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.gz'))) {
    writeFileSync(path.join(into, name.replace(/\.gz$/, '')), gunzipSync(readFileSync(path.join(OLD_STORES, name))), { mode: 0o600 });
  }
  return JSON.parse(readFileSync(path.join(into, 'before.json'), 'utf8')) as Before;
}

/** Tells an old laptop under which address its repository is found today; the program that made it kept a token in the same place. */
export function moveAccount(file: string, url: string): void {
  const db = openDatabase(file);
  const kept = db.prepare(`select value from local where key = 'sync/account'`).pluck().get() as string;
  db.prepare(`update local set value = ? where key = 'sync/account'`).run(JSON.stringify({ ...(JSON.parse(kept) as object), url }));
  db.close();
}
