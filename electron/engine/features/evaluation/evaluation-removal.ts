import type { Handlers } from '../../../../shared/contract/rpc.ts';
import type { evaluationContract } from '../../../../shared/features/evaluation/contract.ts';
import { effectiveSheets, testKey, testSheets, type StoredSheet } from '../../../../shared/features/evaluation/sheets.ts';
import type { Id } from '../../../../shared/kernel/ids.ts';
import { ok, refuse } from '../../../../shared/kernel/result.ts';
import { sheet } from '../../../../shared/model/evaluation.ts';
import { answersSpace } from '../../../../shared/model/spaces.ts';
import type { Wave } from '../../../../shared/model/vocabularies.ts';
import { deletion, deletionSeen, restoration } from '../../../../shared/node/store/deletion.ts';
import type { EngineContext } from '../../context.ts';
import { instant } from '../../sync/review/conflicts.ts';
import { attributionOf } from '../../attribution.ts';
import { inWorkshop, type Form } from '../form/asked-forms.ts';
import { removedSheetsOf, sheetsByRecord } from './evaluation-sheets.ts';
import { linkedPeople } from '../attendance/linked-marks.ts';
import { removalsOf } from '../removals.ts';

type RemovalCalls = 'evaluation.removeSheet' | 'evaluation.restoreSheet';
/** A sheet of a person that was removed. */
interface RemovedSheet {
  readonly id: Id;
  readonly personId: Id;
  readonly wave: Wave | null;
  readonly by: string;
  readonly device: string;
  readonly laptop: string;
  readonly at: string;
  /** Another sheet of the same person and test is in. */
  readonly replaced: boolean;
}

/** The calls that take the sheet of a person or a country out and put it back. */
export function removalHandlers(context: EngineContext): Pick<Handlers<typeof evaluationContract>, RemovalCalls> {
  const { store } = context;
  const { reader } = store;
  const whose = (id: Id): { readonly activityId: Id; readonly form: Form } | null => {
    const row = reader.get<{ activityId: Id; formId: Id }>(
      'select activityId, formId from sheet where id = ? and (personId is not null or country is not null)',
      id,
    );
    const form = row && inWorkshop(context, row.activityId, row.formId);
    return row && form?.ok ? { activityId: row.activityId, form: form.value } : null;
  };
  return {
    'evaluation.removeSheet': ({ id, seen }) => {
      const known = whose(id);
      const sheets = known ? sheetsByRecord(context, known.activityId, known.form) : [];
      const one = sheets.find((each) => each.id === id);
      if (!known || !one) return refuse('evaluation.sheetUnknown');
      // What it took the place of would count again otherwise.
      const before = sheets.filter((each) => each.id !== id && isOfSame(each, one));
      const writes = [...before.flatMap((each) => deletion(reader, sheet.type, each.id)), ...deletionSeen(reader, sheet.type, id, seen)];
      store.commit([{ space: answersSpace(known.activityId), writes }]);
      return ok({});
    },

    'evaluation.restoreSheet': ({ id }) => {
      const known = whose(id);
      const removed = known ? removedSheetsOf(reader, known.activityId, known.form) : [];
      const one = removed.find((each) => each.id === id);
      if (!known || !one) return refuse('evaluation.sheetUnknown');
      const stored = sheetsByRecord(context, known.activityId, known.form);
      const line = earlierOf(one, removed);
      // One that is in, and stands in no line with this one, stays: two of one test would hide each other.
      const ends = effectiveSheets([...stored, ...line]).filter((each) => isOfSame(each, one));
      if (ends.length > 1) return refuse('evaluation.alreadyIn');
      store.commit([{ space: answersSpace(known.activityId), writes: line.flatMap((each) => restoration(reader, sheet.type, each.id)) }]);
      return ok({});
    },
  };
}

/** Whether two sheets are of the same person and test, or of the same country. */
function isOfSame(one: StoredSheet, other: StoredSheet): boolean {
  return one.personId === other.personId && one.wave === other.wave && (one.country ?? null) === (other.country ?? null);
}

/** A removed sheet with the removed ones that it took the place of. */
function earlierOf(one: StoredSheet, removed: readonly StoredSheet[]): StoredSheet[] {
  const line = new Map<Id, StoredSheet>();
  for (let at: StoredSheet | undefined = one; at && !line.has(at.id);) {
    line.set(at.id, at);
    const { corrects }: StoredSheet = at;
    at = removed.find(({ id }) => id === corrects);
  }
  return [...line.values()];
}

/** The sheets of people that were removed: of each person and test the one that counted, the newest removal first. */
export function removedOf(context: EngineContext, activityId: Id, form: Form, people: ReadonlySet<Id>): RemovedSheet[] {
  const { reader } = context.store;
  const tests = testSheets(sheetsByRecord(context, activityId, form));
  const { standsFor } = linkedPeople(reader, activityId);
  return effectiveSheets(removedSheetsOf(reader, activityId, form))
    .flatMap(({ id, personId, wave }) => {
      if (personId === null || !people.has(standsFor(personId))) return [];
      const [removal] = removalsOf(reader, sheet.type, id);
      if (!removal) return [];
      const { author, device, laptop } = attributionOf(context, removal.by.replica);
      return [
        {
          id,
          personId: standsFor(personId),
          wave,
          by: author,
          device,
          laptop,
          at: instant(removal.by.t),
          replaced: tests.has(testKey(wave, personId)),
        },
      ];
    })
    .sort((a, b) => (a.at < b.at ? 1 : a.at > b.at ? -1 : a.id < b.id ? -1 : 1));
}
