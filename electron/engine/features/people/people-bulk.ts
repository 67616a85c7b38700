import type { Handlers } from '../../../../shared/contract/rpc.ts';
import { bulkValuesOf, fieldsChanged, type BulkField } from '../../../../shared/features/people/bulk-change.ts';
import type { peopleContract } from '../../../../shared/features/people/contract.ts';
import type { Id } from '../../../../shared/kernel/ids.ts';
import { ok, refuse, type Result } from '../../../../shared/kernel/result.ts';
import { peopleSpace } from '../../../../shared/model/spaces.ts';
import type { EngineContext } from '../../context.ts';
import { rememberImport } from '../../import-log.ts';
import { activityRow } from '../activity/activity-rows.ts';
import { shownOfRecords, writesOfForm } from './people-form.ts';
import { listedPeople, type ListedRow } from './people-rows.ts';

/** The calls that say one thing of many people. */
export function bulkHandlers(context: EngineContext): Pick<Handlers<typeof peopleContract>, 'people.openSeveral' | 'people.updateSeveral'> {
  const { store } = context;
  const { reader } = store;

  /** Those of a workshop's list, each once; who was erased has nothing left to be said. Refuses `people.unknown`. */
  const listed = (activityId: Id, ids: readonly Id[]): Result<ListedRow[], 'activity.unknown' | 'people.unknown'> => {
    if (!activityRow(reader, activityId)) return refuse('activity.unknown');
    const rows = new Map(listedPeople(reader, activityId).map((row) => [row.person.id, row]));
    const found = [...new Set(ids)].map((id) => rows.get(id));
    if (found.includes(undefined)) return refuse('people.unknown');
    return ok(found.flatMap((row) => (row && row.person.erased !== 1 ? [row] : [])));
  };

  return {
    'people.openSeveral': ({ activityId, ids }) => {
      const found = listed(activityId, ids);
      if (!found.ok) return found;
      return ok(
        found.value.map(({ person, linked, apart }) => ({
          id: person.id,
          values: bulkValuesOf(person),
          apart: [...apart],
          seen: shownOfRecords(reader, [person.id, ...linked]),
        })),
      );
    },

    'people.updateSeveral': ({ activityId, people, ...change }) => {
      const found = listed(
        activityId,
        people.map(({ id }) => id),
      );
      if (!found.ok) return found;
      const seen = new Map(people.map((one) => [one.id, one.seen]));
      const writes = found.value.map(({ person, linked, apart }) => {
        const fields = fieldsChanged(bulkValuesOf(person), apart, change);
        const values = Object.fromEntries(fields.map((field: BulkField) => [field, change[field]]));
        return fields.length === 0 ? [] : writesOfForm(reader, activityId, [person.id, ...linked], values, seen.get(person.id));
      });
      const changed = writes.filter((some) => some.length > 0).length;
      if (changed === 0) return ok({ changed, undoId: null });
      const undoId = store.transaction(() => {
        const changeSets = store.commit([{ space: peopleSpace(activityId), writes: writes.flat() }]);
        return rememberImport(context, { activityId, kind: 'change', file: '' }, changeSets);
      });
      return ok({ changed, undoId });
    },
  };
}
