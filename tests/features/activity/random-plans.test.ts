import { it } from 'vitest';
import { SEED } from '../../sync/seeds.ts';
import { playPlans } from './random-plans.ts';

const COUNT = Number(process.env['ITINERA_PLANS'] ?? 50);

it(
  `${COUNT} random plans from seed ${SEED}, changed while attendance is taken elsewhere: every mark is in its cell or listed`,
  { timeout: 1_800_000 },
  async () => {
    await playPlans(COUNT, SEED);
  },
);
