import { it } from 'vitest';
import { SEED } from '../../sync/seeds.ts';
import { playLists } from './two-lists.ts';

const COUNT = Number(process.env['ITINERA_LISTS'] ?? 20);

it(
  `${COUNT} lists from seed ${SEED}, each in two variants on two laptops: every mark is with the name it was made for, and who is one is one`,
  { timeout: 1_800_000 },
  async () => {
    await playLists(COUNT, SEED);
  },
);
