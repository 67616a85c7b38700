import fc from 'fast-check';
import { expect, it } from 'vitest';
import { periodFigures, type PeriodActivity, type PeriodRecord } from '../../../shared/features/report/period-figures.ts';

/** Workshops one after the other, each with who came of forty people, all of whom somebody knows again. */
const workshops = fc.array(fc.uniqueArray(fc.nat(39), { maxLength: 14 }), { minLength: 1, maxLength: 7 });
const SEXES = ['female', 'male', ''] as const;
const sexes = fc.array(fc.constantFrom(...SEXES), { minLength: 40, maxLength: 40 });

type Vector = readonly number[];

it('no sum and no difference of reports, however many, tells the sexes of fewer than five people', () => {
  fc.assert(
    fc.property(workshops, sexes, (lists, sexOf) => {
      const activities = lists.map((_, at): PeriodActivity => ({
        ...{ id: `w${at}`, title: '', projects: [], countries: [], languages: [], mode: 'online', kind: 'workshop', partOf: null },
      }));
      const records = lists.flatMap((list, at) =>
        list.map((who): PeriodRecord => ({
          ...{ id: `r${at}-${who}`, activityId: `w${at}`, familyName: `F${who}`, givenName: 'Awa', email: `f${who}@example.org` },
          ...{ country: 'SN', institution: '', sex: sexOf[who]! },
        })),
      );
      const given = {
        records,
        calendar: activities.map(({ id }) => id),
        said: { same: [], apart: [] },
        there: new Set<string>(),
        marked: new Set<string>(),
      };
      const told = new Map<string, Vector>();
      for (let from = 0; from < activities.length; from++)
        for (let to = from + 1; to <= activities.length; to++) {
          const { bySex } = periodFigures({ ...given, activities: activities.slice(from, to) });
          told.set(
            `${from}-${to}`,
            ['female', 'male', 'notRecorded'].map((sex) => bySex.find(({ key }) => key === sex)?.count ?? 0),
          );
        }
      // Every report is the sum of those of its single activities: whatever is added and subtracted, these are all that can come of it.
      const single = activities.map((_, at) => told.get(`${at}-${at + 1}`)!);
      for (const [key, vector] of told) {
        const [from, to] = key.split('-').map(Number);
        const sum = single.slice(from, to).reduce<Vector>((total, one) => total.map((count, at) => count + one[at]!), [0, 0, 0]);
        expect(vector).toEqual(sum);
      }
      for (const vector of single) {
        const people = vector.reduce((total, count) => total + count, 0);
        expect(people === 0 || people >= 5).toBe(true);
      }
    }),
    { numRuns: 1_000 },
  );
});
