import type { Handlers } from '../../../shared/contract/rpc.ts';
import { rightAnswers } from '../../../shared/features/evaluation/answers.ts';
import type { evaluationContract } from '../../../shared/features/evaluation/contract.ts';
import type { EntryPlan } from '../../../shared/features/evaluation/entry.ts';
import { checkEntry, planEntry } from '../../../shared/features/evaluation/entry.ts';
import type { ReadSheet } from '../../../shared/features/evaluation/read-sheets.ts';
import { readSheets } from '../../../shared/features/evaluation/read-sheets.ts';
import { effectiveSheets, testKey, testSheets } from '../../../shared/features/evaluation/sheets.ts';
import type { Id } from '../../../shared/kernel/ids.ts';
import { randomId } from '../../../shared/kernel/ids.ts';
import { ok, refuse, type Result } from '../../../shared/kernel/result.ts';
import { testSheetId, tokenSheetId } from '../../../shared/model/derivations.ts';
import { sheet } from '../../../shared/model/evaluation.ts';
import { answersSpace } from '../../../shared/model/spaces.ts';
import { readTable } from '../../../shared/node/tables/read-table.ts';
import type { EngineContext } from '../context.ts';
import { checkEntitled } from '../sync/entitled.ts';
import type { Form, NewSheet } from './evaluation-sheets.ts';
import {
  answerBookOf,
  figuresOf,
  formOf,
  formsOf,
  draftsWaiting,
  keepDraft,
  sealDrafts,
  sealSheets,
  sheetsOf,
} from './evaluation-sheets.ts';
import { peopleOf, workshopOf } from './workshop.ts';

/** The calls of evaluation over a store. */
export function evaluationHandlers(context: EngineContext): Handlers<typeof evaluationContract> {
  const { store, random } = context;
  const { reader } = store;
  context.departures.register(() => sealDrafts(context));
  // An anonymous sheet is kept aside before it is written: whether it may be is asked now, not when it leaves.
  const mayEnter = (activityId: Id): Result<null> =>
    checkEntitled(context, answersSpace(activityId), { entityType: sheet.type, record: null });

  return {
    'evaluation.forms': ({ activityId }) => {
      if (activityId !== undefined) {
        const workshop = workshopOf(reader, activityId);
        if (!workshop.ok) return workshop;
      }
      const forms = formsOf(reader);
      return ok(
        forms.map(({ id, code, kind, title, anonymous, removed, items }) => ({
          id,
          code,
          kind,
          title,
          anonymous,
          removed,
          items: items.map((item) => ({ ...item, options: { ...item.options } })),
        })),
      );
    },

    'evaluation.import': async ({ activityId, formId, path, apply, skipRejected }, call) => {
      const known = inWorkshop(context, activityId, formId);
      if (!known.ok) return known;
      call.progress({ label: 'table.reading', done: 0, total: 1, unit: 'items' });
      const table = await readTable(path);
      if (!table.ok) return table;
      // A cancel that came while the file was read is heard here.
      await new Promise((resolve) => setImmediate(resolve));
      if (call.signal.aborted) return refuse('job.cancelled');
      // What was known is looked up again: it may have changed while the file was read. From here on nothing waits.
      const found = inWorkshop(context, activityId, formId);
      if (!found.ok) return found;
      const form = found.value;
      const { sheets, rejected } = readSheets(table.value, form, peopleOf(reader, activityId));
      const book = answerBookOf(context, activityId);
      const place = placesOf(context, activityId, form, book.key);
      const planned = sheets.map((one) => ({ ...place(one), one }));
      const added = planned.filter(({ plan }) => plan.action !== 'unchanged');
      const applied = apply && (rejected.length === 0 || skipRejected);
      if (applied && added.length > 0) {
        const entitled = mayEnter(activityId);
        if (!entitled.ok) return entitled;
        call.progress({ label: 'evaluation.saving', done: 0, total: sheets.length, unit: 'items' });
        const fresh = added.map(({ id, plan, one }) => newSheet(id, plan, one));
        if (form.anonymous) {
          // However they came, anonymous sheets leave in batches; a whole list is mostly one already.
          if (book.writes.length > 0) store.commit([{ space: answersSpace(activityId), writes: book.writes }]);
          for (const one of fresh) keepDraft(context, activityId, form, one);
          sealDrafts(context);
        } else sealSheets(context, activityId, form.id, fresh);
      }
      return ok({ applied, added: added.length, unchanged: planned.length - added.length, rejected: [...rejected] });
    },

    'evaluation.enter': ({ activityId, formId, personId = null, wave = null, answers, correct }) => {
      const found = inWorkshop(context, activityId, formId);
      if (!found.ok) return found;
      const entitled = mayEnter(activityId);
      if (!entitled.ok) return entitled;
      const form = found.value;
      const people = new Set(peopleOf(reader, activityId).map((person) => person.id));
      const checked = checkEntry(form, { personId, wave, answers }, people);
      if ('refusal' in checked) return { ok: false, refusal: checked.refusal };
      if (personId === null) {
        const id = randomId(random);
        keepDraft(context, activityId, form, { id, answers: checked.answers, corrects: null });
        return ok({ id });
      }
      const before = testSheets(sheetsOf(context, activityId, form)).get(testKey(wave, personId));
      const plan = planEntry(before, checked.answers);
      if (plan.action === 'unchanged') return ok({ id: plan.id });
      if (plan.action === 'correct' && !correct) return refuse('evaluation.alreadyIn');
      const id = plan.action === 'add' ? testSheetId(context.hasher, form.id, wave, personId) : randomId(random);
      sealSheets(context, activityId, form.id, [newSheet(id, plan, { personId, wave, token: '', answers: checked.answers })]);
      return ok({ id });
    },

    'evaluation.sheets': ({ activityId, formId }) => {
      const found = inWorkshop(context, activityId, formId);
      if (!found.ok) return found;
      const form = found.value;
      const sheets = sheetsOf(context, activityId, form);
      if (form.anonymous) {
        return ok({ count: effectiveSheets(sheets).length, waiting: draftsWaiting(context, activityId, form), sheets: [] });
      }
      const people = new Set(peopleOf(reader, activityId).map((person) => person.id));
      const counted = [...testSheets(sheets).values()].filter((one) => one.personId !== null && people.has(one.personId));
      return ok({
        count: counted.length,
        waiting: 0,
        sheets: counted.flatMap(({ personId, wave, answers }) =>
          personId === null || wave === null ? [] : [{ personId, wave, answers: { ...answers }, right: rightAnswers(form.key, answers) }],
        ),
      });
    },

    'evaluation.close': ({ activityId, formId }) => {
      const found = inWorkshop(context, activityId, formId);
      if (!found.ok) return found;
      return ok({ sealed: sealDrafts(context, { activityId, formId: found.value.id }) });
    },

    'evaluation.results': ({ activityId, formId }) => {
      const found = inWorkshop(context, activityId, formId);
      if (!found.ok) return found;
      const figures = figuresOf(context, activityId, found.value);
      return ok(
        figures.kind === 'prepost'
          ? { ...figures, items: { ...figures.items } }
          : { ...figures, items: { ...figures.items }, comments: { ...figures.comments } },
      );
    },
  };
}

/** A form in a workshop that is here; refuses `activity.unknown`, `evaluation.formUnknown`. */
function inWorkshop({ store }: EngineContext, activityId: Id, formId: string): ReturnType<typeof formOf> {
  const workshop = workshopOf(store.reader, activityId);
  return workshop.ok ? formOf(store.reader, formId) : workshop;
}

/** Says for a sheet read from a list what is to happen with it, and under which id. */
function placesOf(
  context: EngineContext,
  activityId: Id,
  form: Form,
  bookKey: string,
): (one: ReadSheet) => { readonly id: Id; readonly plan: EntryPlan } {
  const before = sheetsOf(context, activityId, form);
  const tests = testSheets(before);
  const byFirst = new Map(effectiveSheets(before).map((one) => [one.first, one]));
  return (one) => {
    const own =
      one.personId === null
        ? tokenSheetId(context.hasher, bookKey, form.id, one.token)
        : testSheetId(context.hasher, form.id, one.wave, one.personId);
    const counted = one.personId === null ? byFirst.get(own) : tests.get(testKey(one.wave, one.personId));
    const plan = planEntry(counted, one.answers);
    return { id: plan.action === 'correct' ? randomId(context.random) : own, plan };
  };
}

function newSheet(id: Id, plan: EntryPlan, { personId, wave, answers }: ReadSheet): NewSheet {
  return { id, personId, wave, answers, corrects: plan.action === 'correct' ? plan.corrects : null };
}
