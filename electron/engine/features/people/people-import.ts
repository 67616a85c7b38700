import type { Handlers } from '../../../../shared/contract/rpc.ts';
import type { peopleContract } from '../../../../shared/features/people/contract.ts';
import type { DecisionRefusal, IntakeOptions } from '../../../../shared/features/intake/shapes.ts';
import { understoodAsRead } from '../../../../shared/features/intake/form-choices.ts';
import { readEitherWay } from '../../../../shared/features/intake/turned-sheets.ts';
import { planUnknownColumns } from '../../../../shared/features/intake/unknown-columns.ts';
import { planList, type ListPlan } from '../../../../shared/features/people/list/list-plan.ts';
import { isListField } from '../../../../shared/features/people/list/headings.ts';
import { waysToReadPeople, type ReadList } from '../../../../shared/features/people/list/read-list.ts';
import type { Id } from '../../../../shared/kernel/ids.ts';
import { ok, refuse, type Result } from '../../../../shared/kernel/result.ts';
import { participant } from '../../../../shared/model/people.ts';
import { peopleSpace } from '../../../../shared/model/spaces.ts';
import { writesOf } from '../../../../shared/model/field-writes.ts';
import { restoration } from '../../../../shared/node/store/deletion.ts';
import type { Reader } from '../../../../shared/node/store/store.ts';
import type { Source } from '../../../../shared/kernel/source.ts';
import type { FieldWrite } from '../../../../shared/sync/types.ts';
import type { EngineContext } from '../../context.ts';
import { rememberImport } from '../../import-log.ts';
import { readRecalled, rememberChoices } from '../../form-memory.ts';
import { nameOfSource } from '../../intake-source.ts';
import { activityRow, spokenLanguagesOf } from '../activity/activity-rows.ts';
import { everyone } from './people-rows.ts';

/** The call that reads a list of people, says what it would do and does it when it is told to. */
export function importHandlers(context: EngineContext): Pick<Handlers<typeof peopleContract>, 'people.import'> {
  const { store, hasher } = context;
  const { reader } = store;

  const planned = (
    activityId: Id,
    source: Source,
    read: ReadList,
    options: IntakeOptions,
  ): Result<ListPlan, 'activity.unknown' | DecisionRefusal> => {
    const roster = reader.get<{ key: string }>('select key from roster where activityId = ? and live = 1 and key is not null', activityId);
    if (!roster || !activityRow(reader, activityId)) return refuse('activity.unknown');
    return planList(source, read, { known: everyone(reader, activityId), roster: { activityId, rosterKey: roster.key }, hasher, options });
  };

  return {
    'people.import': async ({ activityId, path, text, apply, skipRejected, remember, ...said }, call) => {
      if (!activityRow(reader, activityId)) return refuse('activity.unknown');
      call.progress({ label: 'table.reading', done: 0, total: 1, unit: 'items' });
      const given = await readRecalled(context, { activityId, kind: 'people', isMeaning: isListField }, { path, text }, said);
      if (!given.ok) return given;
      const { options, recalled } = given.value;
      // A cancel that came while the file was read is heard here; from here on nothing waits, so the list is whole or absent.
      await new Promise((resolve) => setImmediate(resolve));
      if (call.signal.aborted) return refuse('job.cancelled');
      const ways = waysToReadPeople(options, { languages: spokenLanguagesOf(reader, activityId) });
      const { source, turned, read } = readEitherWay(given.value.source, options, ways);
      if (!read.ok) {
        const shown = apply ? null : planUnknownColumns(source, options, read.refusal, turned);
        return shown ? ok({ ...shown, applied: false, added: 0, updated: 0, unchanged: 0, homonyms: [] }) : read;
      }
      call.progress({ label: 'people.checking', done: 0, total: read.value.rows.length, unit: 'items' });
      const plan = planned(activityId, source, read.value, options);
      if (!plan.ok) return plan;
      const { additions, updates, unchanged, rejected, rows, account, homonyms, doubtful } = plan.value;
      const applied = apply && (rejected.length === 0 || skipRejected);
      let importId: string | null = null;
      if (applied) {
        call.progress({ label: 'people.saving', done: 0, total: additions.length + updates.length, unit: 'items' });
        importId = store.transaction(() => {
          const changeSets = store.commit([{ space: peopleSpace(activityId), writes: writesOfPlan(reader, activityId, plan.value) }]);
          rememberChoices(context, { activityId, kind: 'people', remember }, read.value.understood, { ...read.value, options: said });
          return rememberImport(context, { activityId, kind: 'people', file: nameOfSource({ path }) }, changeSets);
        });
      }
      // Looking says what would be; a list that was to be taken and was not has added nobody.
      const counts = applied || !apply ? { added: additions.length, updated: updates.length } : { added: 0, updated: 0 };
      return ok({
        ...{ applied, ...counts, unchanged, importId },
        understood: understoodAsRead(read.value.understood, { recalled, turned }),
        questions: [...read.value.questions],
        rows: [...rows],
        account: { ...account, leftFor: [...account.leftFor] },
        columnsUnknown: null,
        homonyms: homonyms.map((group) => [...group]),
        rejected: [...rejected],
        doubtful: [...doubtful],
      });
    },
  };
}

function writesOfPlan(reader: Reader, activityId: Id, plan: ListPlan): FieldWrite[] {
  return [
    ...plan.additions.flatMap(({ id, restore, values }) => [
      ...(restore ? restoration(reader, 'participant', id) : []),
      ...writesOf(participant, id, { activityId, ...values }),
    ]),
    ...plan.updates.flatMap(({ id, values }) => writesOf(participant, id, values)),
  ];
}
