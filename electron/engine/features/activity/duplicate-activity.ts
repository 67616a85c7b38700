import type { Handlers } from '../../../../shared/contract/rpc.ts';
import type { activityContract } from '../../../../shared/features/activity/contract.ts';
import { duplicateAgenda } from '../../../../shared/features/activity/duplicate.ts';
import { planCopy } from '../../../../shared/features/people/copy-plan.ts';
import type { Id } from '../../../../shared/kernel/ids.ts';
import { ok, refuse } from '../../../../shared/kernel/result.ts';
import { weekendOf } from '../../../../shared/kernel/weekends.ts';
import { activity, agendaItem } from '../../../../shared/model/activity.ts';
import { participant } from '../../../../shared/model/people.ts';
import { recordedOf } from '../../../../shared/model/records.ts';
import { peopleSpace } from '../../../../shared/model/spaces.ts';
import { titleOf, titleValues } from '../../../../shared/model/title.ts';
import { writesOf } from '../../../../shared/model/field-writes.ts';
import type { EngineContext } from '../../context.ts';
import { activityRow, agendaRows, itemTitle } from './activity-rows.ts';
import { genesisWith, type Genesis } from './new-activity.ts';
import { listedPeople } from '../people/people-rows.ts';
import { chosenLettersOf, listOf } from './workshop.ts';

/** The call that opens a workshop like another one. */
export function duplicateHandlers(context: EngineContext): Pick<Handlers<typeof activityContract>, 'activity.duplicate'> {
  const { store } = context;
  const { reader } = store;

  /** Whoever was erased is nobody whom a new list may name. */
  const peopleIn = (from: Id, { id, rosterKey }: Genesis) => {
    const people = listedPeople(reader, from).flatMap(({ person }) => (person.erased === 1 ? [] : [person]));
    // They are different people already where they come from.
    const decisions = people.map((person) => ({ person: person.id, take: 'new' as const }));
    return planCopy(people, { known: [], roster: { activityId: id, rosterKey }, hasher: context.hasher, decisions });
  };

  return {
    'activity.duplicate': ({ from: like, title, start, end, people, drop, weekends }) => {
      const row = activityRow(reader, like);
      if (!row) return refuse('activity.unknown');
      const items = agendaRows(reader, like).map((item) => ({ ...item, title: itemTitle(item.row, row) }));
      const agenda = duplicateAgenda(
        { start: row.start ?? '', end: row.end ?? '', items },
        { start, end, drop, free: weekendOf(listOf(row.countries)), weekends },
      );
      if (!agenda.ok) return agenda;
      const rows = new Map(items.map((item) => [item.id, item.row]));
      const genesis = genesisWith(
        context,
        {
          ...titleValues(title ?? titleOf(row)),
          ...recordedOf(activity, row),
          ...{ start, end },
          letters: chosenLettersOf(row) ?? undefined,
          ...{ courseId: row.courseId ?? undefined, courseVersion: row.courseVersion ?? undefined },
          courseVersionId: row.courseVersionId ?? undefined,
        },
        agenda.value.map(({ from, placement, start: begins, end: ends }) => {
          const item = rows.get(from)!;
          return {
            ...titleValues(titleOf(item)),
            ...recordedOf(agendaItem, item),
            ...{ placement, start: begins ?? undefined, end: ends ?? undefined, sessionId: item.sessionId ?? undefined },
          };
        }),
      );
      const copied = people ? peopleIn(like, genesis) : null;
      if (copied && !copied.ok) return copied;
      const { additions, rejected } = copied?.value ?? { additions: [], rejected: [] };
      const writes = additions.flatMap(({ id: personId, values }) =>
        writesOf(participant, personId, { activityId: genesis.id, ...values }),
      );
      store.commit([...genesis.requests, ...(writes.length > 0 ? [{ space: peopleSpace(genesis.id), writes }] : [])]);
      return ok({ id: genesis.id, people: additions.length, left: rejected.length });
    },
  };
}
