import { afterAll, beforeAll, it } from 'vitest';
import { startRepository, type TestRepository } from '../../support/repository/repository.ts';
import { playAdversarialHistories } from './adversarial-history.ts';
import { SEED, countOf } from '../seeds.ts';

/**
 * SPEC, invariants 1, 2, 7, 12, with a hostile device among honest ones, over HTTP and on sticks. Seeds are fixed: `SEED=n` with `ITINERA_ADVERSARIES=1` runs one
 * again. Whether a fresh device can fill itself from all of it is asked when the repository stops.
 */
const COUNT = Number(process.env['ITINERA_ADVERSARIES'] ?? countOf(6, 3));

let server: TestRepository;

beforeAll(async () => {
  server = await startRepository({ library: false });
});
afterAll(() => server.stop());

it(`${COUNT} histories with a hostile device from seed ${SEED} harm nobody`, { timeout: 36_000_000 }, () =>
  playAdversarialHistories(server, SEED, COUNT),
);

// Somebody's name was corrected by one who may, on a record that was begun by one who might not: they were on no list.
it('a history that once harmed somebody harms nobody', () => playAdversarialHistories(server, 270, 1));
