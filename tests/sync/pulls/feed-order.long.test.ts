import { afterAll, beforeAll, it } from 'vitest';
import { startPostgres, type Postgres } from '../../support/repository/postgres.ts';
import { playFeed } from './feed-order.ts';
import { SEED } from '../seeds.ts';

let postgres: Postgres;

beforeAll(async () => {
  postgres = await startPostgres();
});
afterAll(() => postgres.stop());

it('no committed row is ever behind a reader in 200,000 (invariant 10)', async () => {
  console.log(`feed: SEED=${SEED}`);
  await playFeed(await postgres.freshDatabase(), Number(process.env['ITINERA_FEED'] ?? 200_000), SEED);
});
