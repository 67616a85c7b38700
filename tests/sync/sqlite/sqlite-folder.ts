import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { nodeClock, nodeHasher, nodeRandom } from '../../../shared/node/crypto.ts';
import { PROJECTIONS } from '../../../shared/node/store/projection.ts';
import type { Db } from '../../../shared/node/store/sqlite/opening/open-database.ts';
import { openStore } from '../../../shared/node/store/sqlite/opening/open-store.ts';
import type { SqliteStore } from '../../../shared/node/store/sqlite/sqlite-store.ts';
import type { FieldValue, FieldWrite } from '../../../shared/sync/types.ts';

export const SPACE = 'workshop/w1/people';
export const options = { clock: nodeClock, random: nodeRandom, hasher: nodeHasher, author: () => 'user-1' };

/** A data folder of a test, with the stores that are open on it. */
export interface Folder {
  readonly path: string;
  /** A store on the folder; a refusal is an error here. */
  open(): SqliteStore;
  close(store: SqliteStore): void;
  /** Closes what is open and throws the folder away. */
  end(): void;
}

export function makeFolder(): Folder {
  const folder = mkdtempSync(path.join(tmpdir(), 'itinera-store-'));
  const stores = new Set<SqliteStore>();
  const close = (store: SqliteStore): void => {
    stores.delete(store);
    store.close();
  };
  return {
    path: folder,
    open() {
      const opened = openStore({ ...options, folder });
      if (!opened.ok) throw new Error(opened.refusal.code);
      stores.add(opened.value);
      return opened.value;
    },
    close,
    end() {
      for (const store of stores) close(store);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export function write(field: string, value: FieldValue, entityId = 'p1', entityType = 'participant'): FieldWrite {
  return { entityType, entityId, field, value };
}

export function put(store: SqliteStore, ...writes: readonly FieldWrite[]): void {
  store.commit([{ space: SPACE, writes }]);
}

/** Everything that is derived, as text, to be compared. */
export function derived(db: Db): string {
  const tables = PROJECTIONS.map(({ type }) => db.prepare(`select * from "${type}" order by id`).all());
  const found = db
    .prepare(
      "select s.id, s.type, s.text from search f join searchable s on s.rowid = f.rowid where search match 'kone OR n OR maiga' order by s.id",
    )
    .all();
  return JSON.stringify([tables, db.prepare('select id, type, space, text from searchable order by id, type').all(), found]);
}
