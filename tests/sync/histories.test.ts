import { afterAll, beforeAll, it } from 'vitest';
import { startRepository, type TestRepository } from '../support/repository/repository.ts';
import { playHistories } from './random-history.ts';
import { SEED, countOf } from './seeds.ts';

/**
 * SPEC, invariants 1, 2, 4, 5, 6, 9, over HTTP. Seeds are fixed: `SEED=n` with `ITINERA_HISTORIES=1` runs one again; what is played on stores alone is in
 * `histories-pure.test.ts`. On PostgreSQL, behind two servers, fewer are played.
 */
const COUNT = Number(process.env['ITINERA_HISTORIES'] ?? countOf(20, 6));
/** Histories under way at once, each over a link of its own: one waits for the network while another works. */
const LANES = 3;

let server: TestRepository;

beforeAll(async () => {
  server = await startRepository({ library: false });
});
afterAll(() => server.stop());

it(`${COUNT} random histories from seed ${SEED} end alike everywhere, with nothing lost`, { timeout: 900_000 }, () =>
  playHistories(server, SEED, COUNT, LANES),
);
