import { expect, it } from 'vitest';
import { WRONG_PER_ADDRESS } from '../../../server/access/enrolment.ts';
import { enrolGuarded, AttemptQueue, WrongCodesHere } from '../../../server/access/wrong-codes.ts';
import { refuse } from '../../../shared/kernel/result.ts';

it('guesses that come at once are told no more than guesses one after the other', async () => {
  const codes = new WrongCodesHere();
  let asked = 0;
  let allAsked = (): void => undefined;
  const all = new Promise<void>((resolve) => (allAsked = resolve));
  // A register of several processes is asked and waited for: every guess finds the door as it stood before the first was counted.
  const guess = () =>
    enrolGuarded('203.0.113.9', 1_000, codes, new AttemptQueue(), async (wrong) => {
      if (++asked === 3 * WRONG_PER_ADDRESS) allAsked();
      await all;
      await wrong.count('203.0.113.9', 1_000);
      return refuse('sync.codeWrong');
    });
  const told = await Promise.all(Array.from({ length: 3 * WRONG_PER_ADDRESS }, guess));
  expect(told.filter((one) => !one.ok && one.refusal.code === 'sync.codeWrong')).toHaveLength(WRONG_PER_ADDRESS);
  expect(told.filter((one) => !one.ok && one.refusal.code === 'sync.enrolLater')).toHaveLength(2 * WRONG_PER_ADDRESS);
});
