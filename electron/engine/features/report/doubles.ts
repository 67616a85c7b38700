import type { ResultOf } from '../../../../shared/contract/call.ts';
import { compareRecords, whoAmong } from '../../../../shared/features/people/pairs.ts';
import type { reportContract } from '../../../../shared/features/report/contract.ts';
import type { Id } from '../../../../shared/kernel/ids.ts';
import { ok, type Result } from '../../../../shared/kernel/result.ts';
import { titleOf, type Title } from '../../../../shared/model/title.ts';
import type { EngineContext } from '../../context.ts';
import { anyActivityRow } from '../activity/activity-rows.ts';
import { workshopOfPair } from '../people/people-links.ts';
import { PERSON_COLUMNS, type StoredPerson } from '../people/people-rows.ts';
import { doublesOf, type AskedPeriod, type PeriodRefusal } from './period.ts';

type Double = ResultOf<(typeof reportContract)['report.doubles']>[number];

/** Returns those of a period's workshops who may be one person, two at a time, with what speaks for it. */
export function comparedDoubles(context: EngineContext, asked: AskedPeriod): Result<Double[], PeriodRefusal> {
  const { reader } = context.store;
  const doubles = doublesOf(context, asked);
  if (!doubles.ok) return doubles;
  const named = doubles.value.flatMap((pair) => pair.map(({ id }) => id));
  const people = new Map(
    reader
      .all<StoredPerson>(
        `select ${PERSON_COLUMNS} from participant where id in (select value from json_each(?))`,
        JSON.stringify([...new Set(named)]),
      )
      .map((person) => [person.id, person]),
  );
  const titleIn = (activityId: Id): Title => {
    const row = anyActivityRow(reader, activityId);
    return row ? titleOf(row) : '';
  };
  return ok(
    doubles.value.flatMap((pair): Double[] => {
      const [one, other] = pair.map(({ id }) => people.get(id));
      if (!one || !other) return [];
      return [
        {
          ids: [one.id, other.id],
          activityId: workshopOfPair(one, other),
          workshops: [titleIn(one.activityId), titleIn(other.activityId)],
          why: whoAmong(one, [other])[0]?.why ?? 'names',
          fields: compareRecords(one, other),
        },
      ];
    }),
  );
}
