import { fork, type ChildProcess } from 'node:child_process';
import { setTimeout } from 'node:timers/promises';
import { expect } from 'vitest';
import * as log from '../../../shared/node/store/postgres/change-log.ts';
import type { Database } from '../../../shared/node/store/postgres/database.ts';
import { openMigrated } from '../../conformance/postgres-subject.ts';
import { programOfRun } from '../../support/programs.ts';
import { seeded } from '../../support/seeded.ts';

const WRITERS_EACH = 8;
const PAGE = 500;

/**
 * SPEC, invariant 10: two processes of eight writers each add to one database until so many change-sets are committed; they pause inside transactions,
 * take some back, are stopped for a while in the middle of whatever they do, and are killed. Readers who only ever go forward see every one.
 */
export async function playFeed(url: string, rows: number, seed: number): Promise<void> {
  const random = seeded(seed);
  const db = await openMigrated(url);
  const writers = new Set<ChildProcess>();
  const faults: (string | number)[] = [];
  let ended = false;
  let number = 0;
  const { file, env } = await programOfRun('feed-writer');
  const start = (): ChildProcess => {
    const child = fork(file, [url, String(WRITERS_EACH), String(seed + 1_000 * ++number)], {
      env,
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    writers.add(child);
    child.once('exit', (code, signal) => {
      writers.delete(child);
      if (signal !== 'SIGKILL' && code !== 0) faults.push(signal ?? code ?? 'unknown');
    });
    return child;
  };
  let [one, other] = [start(), start()];
  const readers = [0, 1, 2].map((which) => follow(db, which === 2 ? ['library'] : null, () => ended));
  try {
    while ((await log.feedHead(db)) < rows && faults.length === 0) {
      await setTimeout(150 + random() * 250);
      const [first, second] = random() < 0.5 ? [one, other] : [other, one];
      if (random() < 0.5) {
        first.kill('SIGSTOP');
        await setTimeout(20 + random() * 150);
        first.kill('SIGCONT');
      } else {
        first.kill('SIGKILL');
        [one, other] = [second, start()];
      }
    }
  } finally {
    // Awake for what it is told, or it would never end.
    for (const child of writers) {
      child.kill('SIGCONT');
      // One that was killed a moment ago still counts as connected; what cannot be sent to it does not matter.
      if (child.connected) child.send('end', () => undefined);
    }
    while (writers.size > 0) await setTimeout(20);
    ended = true;
  }
  const seen = await Promise.all(readers);
  const all = await db.all<{ hash: string; space: string }>('select hash, space from change_set order by feed');
  await db.close();
  expect(faults).toEqual([]);
  expect(all.length).toBeGreaterThanOrEqual(rows);
  expect(seen[0]).toEqual(all.map(({ hash }) => hash));
  expect(seen[1]).toEqual(seen[0]);
  expect(seen[2]).toEqual(all.filter(({ space }) => space === 'library').map(({ hash }) => hash));
}

/** Reads forward as a device does, page after page up to the end that it was told, until `ended`, and once more; gives the hashes in the order read. */
async function follow(db: Database, spaces: readonly string[] | null, ended: () => boolean): Promise<string[]> {
  const seen: string[] = [];
  let at = 0;
  for (let last = false; !last;) {
    last = ended();
    const head = await log.feedHead(db);
    for (let full = true; full;) {
      const rows = await db.all<{ feed: number; hash: string }>(
        `select feed, hash from change_set where feed > $1::bigint and feed <= $2::bigint and ($3::text[] is null or space = any($3::text[]))
         order by feed limit ${PAGE}`,
        at,
        head,
        spaces,
      );
      for (const { hash } of rows) seen.push(hash);
      full = rows.length === PAGE;
      at = full ? rows.at(-1)!.feed : head;
    }
    if (!last) await setTimeout(1);
  }
  return seen;
}
