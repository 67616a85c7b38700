import type { Handlers } from '../../../../shared/contract/rpc.ts';
import type { evaluationContract } from '../../../../shared/features/evaluation/contract.ts';
import { normalAnswers, type Answers } from '../../../../shared/features/evaluation/answers.ts';
import { checkEntry, planEntry } from '../../../../shared/features/evaluation/entry.ts';
import { sameContent, testKey, testSheets } from '../../../../shared/features/evaluation/sheets.ts';
import type { Day } from '../../../../shared/kernel/dates.ts';
import type { Id } from '../../../../shared/kernel/ids.ts';
import { ok, refuse, type Result } from '../../../../shared/kernel/result.ts';
import { testSheetId } from '../../../../shared/model/derivations.ts';
import { sheet } from '../../../../shared/model/evaluation.ts';
import { newRecordId } from '../../../../shared/model/record-id.ts';
import { answersSpace, peopleSpace } from '../../../../shared/model/spaces.ts';
import { restoration } from '../../../../shared/node/store/deletion.ts';
import type { EngineContext } from '../../context.ts';
import { checkEntitled } from '../../sync/access/entitled.ts';
import { peopleOf } from '../activity/workshop.ts';
import { linkedPeople } from '../attendance/linked-marks.ts';
import { sheetChoice } from './evaluation-choices.ts';
import { inWorkshop, type FormInWorkshop } from '../form/asked-forms.ts';
import { checkCountry, planCountry, writeCountry } from './evaluation-country.ts';
import { countrySheet, forgetDraft, keepDraft, removedSheetsOf, sealSheets, sheetsByRecord, sheetsOf } from './evaluation-sheets.ts';

type EntryCalls = Pick<Handlers<typeof evaluationContract>, 'evaluation.enter' | 'evaluation.takeBack'>;

/** The calls by which sheets are typed in one by one, and an anonymous one is taken back while it is not sealed. */
export function entryHandlers(context: EngineContext): EntryCalls {
  const { store, random } = context;
  const { reader } = store;
  // An anonymous sheet is kept aside before it is written: whether it may be is asked now, not when it leaves.
  const mayEnter = (activityId: Id): Result<null, 'sync.notEntitledHere' | 'sync.spaceClosedHere'> =>
    checkEntitled(context, answersSpace(activityId), { entityType: sheet.type, record: null });

  const isIn = (id: Id): boolean => reader.get('select 1 from sheet where id = ? and live = 1', id) !== undefined;

  return {
    'evaluation.enter': ({ activityId, formId, personId: named = null, wave = null, country, day = null, answers, correct }) => {
      const found = inWorkshop(context, activityId, formId);
      if (!found.ok) return found;
      const entitled = mayEnter(activityId);
      if (!entitled.ok) return entitled;
      const form = found.value;
      if (country !== undefined) {
        if (named !== null || wave !== null) return refuse('evaluation.countryNotMeant');
        return enterCountry(context, form, { country, day, answers, correct });
      }
      const people = new Set(peopleOf(reader, activityId).map((person) => person.id));
      const personId = named === null ? null : linkedPeople(reader, activityId).standsFor(named);
      const checked = checkEntry(form, { personId, wave, answers }, people);
      if ('refusal' in checked) return { ok: false, refusal: checked.refusal };
      if (personId === null) {
        const id = newRecordId(answersSpace(activityId), random, context.hasher);
        keepDraft(context, form, { id, answers: checked.answers, corrects: null });
        return ok({ id });
      }
      const content = { answers: checked.answers, points: null };
      const key = testKey(wave, personId);
      const counted = testSheets(sheetsOf(context, activityId, form)).get(key);
      const { others } = linkedPeople(reader, activityId);
      const isLinked = others(personId).length > 0;
      if (isLinked && counted && !correct && !sameContent(counted, content)) return refuse('evaluation.alreadyIn');
      const plan = planEntry(
        {
          own: testSheetId(context.hasher, activityId, form.id, wave, personId),
          // A sheet of another record of theirs stays as it is: the new one is chosen over it.
          counted: isLinked ? testSheets(sheetsByRecord(context, activityId, form)).get(key) : counted,
          removed: removedSheetsOf(reader, activityId, form).filter((one) => one.personId === personId && one.wave === wave),
          correctionId: () => newRecordId(answersSpace(activityId), random, context.hasher),
        },
        content,
      );
      const isShown = isLinked && counted !== undefined && sameContent(counted, content);
      if (isShown || (plan.action === 'unchanged' && !isLinked)) return ok({ id: isShown ? counted.id : plan.id });
      if (plan.action === 'correct' && !correct && isIn(plan.corrects)) return refuse('evaluation.alreadyIn');
      store.transaction(() => {
        if (plan.action === 'restore')
          store.commit([{ space: answersSpace(activityId), writes: restoration(reader, sheet.type, plan.id) }]);
        else if (plan.action !== 'unchanged')
          sealSheets(context, form, [{ ...content, id: plan.id, personId, wave, corrects: plan.corrects }]);
        const choice = isLinked ? (sheetChoice(context, activityId, form, plan.id, () => true) ?? []) : [];
        if (choice.length > 0) store.commit([{ space: peopleSpace(activityId), writes: choice }]);
      });
      return ok({ id: plan.id });
    },

    'evaluation.takeBack': ({ activityId, formId, sheetId }) => {
      const found = inWorkshop(context, activityId, formId);
      if (!found.ok) return found;
      const entitled = mayEnter(activityId);
      if (!entitled.ok) return entitled;
      return forgetDraft(context, activityId, found.value, sheetId) ? ok({}) : refuse('evaluation.sheetSealed');
    },
  };
}

/** Enters what a country answered; other answers than those that are in take their place only where that is said. */
function enterCountry(
  context: EngineContext,
  form: FormInWorkshop,
  said: { readonly country: string; readonly day: Day | null; readonly answers: Answers; readonly correct: boolean },
): Result<{ id: Id }, 'evaluation.alreadyIn' | 'evaluation.answerUnknown' | 'evaluation.countryNotAsked' | 'evaluation.countryNotMeant'> {
  const allowed = checkCountry(context, form, said.country);
  if (!allowed.ok) return allowed;
  const read = normalAnswers(form, said.answers);
  if ('fault' in read) return refuse('evaluation.answerUnknown', { item: read.item });
  const plan = planCountry(context, form, said.country, { answers: read.answers, day: said.day });
  // What was removed is in nobody's way.
  if (plan.action === 'correct' && !said.correct && countrySheet(context, form, said.country)) return refuse('evaluation.alreadyIn');
  writeCountry(context, form, plan, { ...said, answers: read.answers });
  return ok({ id: plan.id });
}
