import { afterAll, beforeAll, expect, it } from 'vitest';
import { rebuildProjections, projectNext, shownRows } from '../../../shared/node/store/postgres/projections.ts';
import { openMigrated } from '../../conformance/postgres-subject.ts';
import { startPostgres, type Postgres } from '../../support/repository/postgres.ts';
import { playFeed } from './feed-order.ts';
import { SEED } from '../seeds.ts';

let postgres: Postgres;

beforeAll(async () => {
  postgres = await startPostgres();
});
afterAll(() => postgres.stop());

it('no committed row is ever behind a reader, with 16 writers, pauses, rollbacks and kills (invariant 10)', async () => {
  console.log(`feed: SEED=${SEED}`);
  const url = await postgres.freshDatabase();
  await playFeed(url, 5_000, SEED);
  // What was shown on the way, by whoever came to it, is what the whole log says (invariant 15).
  const db = await openMigrated(url);
  while (await projectNext(db));
  const shown = await shownRows(db);
  expect(shown['mark']!.length).toBeGreaterThan(100);
  await rebuildProjections(db);
  expect(await shownRows(db)).toEqual(shown);
  await db.close();
});
