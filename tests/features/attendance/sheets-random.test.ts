import { expect, test } from 'vitest';
import { SEED } from '../../sync/seeds.ts';
import { planOf } from '../../support/lists/attendance-sheets.ts';
import { Dice } from '../../support/dice.ts';
import { mangledSheet } from '../../support/lists/mangled-sheets.ts';

const RUNS = 60;

test(`marks written in any form read back as they were or are asked about, and are nobody else’s (SEED=${SEED})`, () => {
  let [written, taken] = [0, 0];
  for (let run = 0; run < RUNS; run++) {
    const dice = new Dice(SEED * RUNS + run);
    const { source, truth, people, halfDays, languages, drawn } = mangledSheet(dice);
    const { plan, people: known } = planOf(source, { people, halfDays, languages });
    const at = new Map(known.map(({ id }, place) => [id, place]));
    const read = new Map(plan.marks.map(({ personId, halfDay, status }) => [`${at.get(personId)} ${halfDay}`, status]));
    const told = `SEED=${SEED} run ${run}: ${drawn}`;
    for (const [cell, status] of read) expect(`${cell} ${status}`, told).toBe(`${cell} ${truth.get(cell)}`);
    // What is not taken is asked about, in the row or for the file.
    const isAsked = plan.rejected.length > 0 || plan.questions.some(({ chosen }) => chosen === null);
    if (read.size < truth.size) expect(isAsked, told).toBe(true);
    written += truth.size;
    taken += read.size;
  }
  expect(taken / written).toBeGreaterThan(0.7);
});
