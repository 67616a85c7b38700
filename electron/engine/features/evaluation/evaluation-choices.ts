import type { Handlers } from '../../../../shared/contract/rpc.ts';
import type { evaluationContract } from '../../../../shared/features/evaluation/contract.ts';
import { lineOfSheet } from '../../../../shared/features/evaluation/sheets.ts';
import type { Id } from '../../../../shared/kernel/ids.ts';
import { ok, refuse } from '../../../../shared/kernel/result.ts';
import { peopleSpace } from '../../../../shared/model/spaces.ts';
import type { FieldWrite } from '../../../../shared/sync/types.ts';
import type { EngineContext } from '../../context.ts';
import { inWorkshop, type Form } from '../form/asked-forms.ts';
import { sheetsByRecord, sheetValues } from './evaluation-sheets.ts';
import { choiceWrites } from '../people/linked-choices.ts';
import { linkedPeople } from '../attendance/linked-marks.ts';

/** The call by which somebody says which of the sheets of a person's linked records counts. */
export function choiceHandlers(context: EngineContext): Pick<Handlers<typeof evaluationContract>, 'evaluation.choose'> {
  const { store } = context;
  return {
    'evaluation.choose': ({ id, over }) => {
      const row = store.reader.get<{ activityId: Id; formId: Id }>(
        'select activityId, formId from sheet where id = ? and live = 1 and personId is not null',
        id,
      );
      const form = row && inWorkshop(context, row.activityId, row.formId);
      if (!row || !form?.ok) return refuse('evaluation.sheetUnknown');
      const writes = sheetChoice(context, row.activityId, form.value, id, (other) => over.includes(other));
      if (writes === null) return refuse('evaluation.sheetUnknown');
      if (writes.length > 0) store.commit([{ space: peopleSpace(row.activityId), writes }]);
      return ok({});
    },
  };
}

/**
 * Returns the writes by which a sheet counts beside those of the person's other records that are not passed over: the line of each that `isOver` names counts
 * no more, all others of that test do. Null where the sheet is not in.
 */
export function sheetChoice(
  context: Pick<EngineContext, 'store' | 'settings' | 'hasher'>,
  activityId: Id,
  form: Form,
  id: Id,
  isOver: (sheet: Id) => boolean,
): FieldWrite[] | null {
  const { reader } = context.store;
  const sheets = sheetsByRecord(context, activityId, form);
  const chosen = sheets.find((one) => one.id === id);
  if (!chosen || chosen.personId === null) return null;
  const { standsFor, others } = linkedPeople(reader, activityId);
  const standing = standsFor(chosen.personId);
  const records = [standing, ...others(standing)];
  const ofTest = sheets.filter(({ personId, wave }) => wave === chosen.wave && personId !== null && records.includes(personId));
  const own = new Set(lineOfSheet(ofTest, id));
  const passed = new Set(ofTest.filter((one) => isOver(one.id)).flatMap((one) => lineOfSheet(ofTest, one.id)));
  const valueOf = sheetValues(reader, activityId, form);
  const valuesOf = (some: typeof ofTest) => some.map((one) => valueOf(one.id)).filter((value) => value !== '');
  return choiceWrites(reader, activityId, records, {
    over: valuesOf(ofTest.filter((one) => passed.has(one) && !own.has(one))),
    again: valuesOf(ofTest.filter((one) => own.has(one) || !passed.has(one))),
  });
}
