import type { Handlers } from '../../../../shared/contract/rpc.ts';
import { SMALLEST_BATCH } from '../../../../shared/features/evaluation/batches.ts';
import type { evaluationContract } from '../../../../shared/features/evaluation/contract.ts';
import { planAnswers, type AnswersPlan } from '../../../../shared/features/evaluation/plan-answers.ts';
import { fieldOf, isAnswerField } from '../../../../shared/features/evaluation/answer-columns.ts';
import { readAnswers } from '../../../../shared/features/evaluation/read-answers.ts';
import type { ReadAnswers } from '../../../../shared/features/evaluation/read-sheet.ts';
import type { IntakeOptions } from '../../../../shared/features/intake/shapes.ts';
import { understoodAsRead } from '../../../../shared/features/intake/form-choices.ts';
import { readEitherWay } from '../../../../shared/features/intake/turned-sheets.ts';
import { planUnknownColumns } from '../../../../shared/features/intake/unknown-columns.ts';
import type { Id } from '../../../../shared/kernel/ids.ts';
import { ok, refuse, type Result } from '../../../../shared/kernel/result.ts';
import { columnLetters, type Source } from '../../../../shared/kernel/source.ts';
import { textIn } from '../../../../shared/kernel/text.ts';
import { sheet } from '../../../../shared/model/evaluation.ts';
import { answersSpace } from '../../../../shared/model/spaces.ts';
import { restoration } from '../../../../shared/node/store/deletion.ts';
import type { ChangeSet } from '../../../../shared/sync/types.ts';
import type { EngineContext } from '../../context.ts';
import { rememberImport } from '../../import-log.ts';
import { readRecalled, rememberChoices } from '../../form-memory.ts';
import { nameOfSource } from '../../intake-source.ts';
import { checkEntitled } from '../../sync/access/entitled.ts';
import { formsOf, inWorkshop, type Form, type FormInWorkshop } from '../form/asked-forms.ts';
import type { KeptForms } from '../form/kept-forms.ts';
import { bookKeyOf, keepDraft, removedSheetsOf, sealDrafts, sealSheets, sheetsByRecord, type NewSheet } from './evaluation-sheets.ts';
import { identitiesOf } from '../activity/workshop.ts';

type Import = Handlers<typeof evaluationContract>['evaluation.import'];

/** The call that takes answers from a file. */
export function importAnswers(context: EngineContext, kept: KeptForms): Import {
  return async ({ activityId, formId, path, text, apply, skipRejected, remember, ...said }, call) => {
    const known = inWorkshop(context, activityId, formId);
    if (!known.ok) return known;
    call.progress({ label: 'table.reading', done: 0, total: 1, unit: 'items' });
    const given = await readRecalled(
      context,
      { activityId, kind: 'answers', isMeaning: (field) => isAnswerField(field, known.value) },
      { path, text },
      said,
    );
    if (!given.ok) return given;
    const { options, recalled } = given.value;
    // A cancel that came while the file was read is heard here.
    await new Promise((resolve) => setImmediate(resolve));
    const others = await formsOf(context, kept);
    if (call.signal.aborted) return refuse('job.cancelled');
    // What was known is looked up again: it may have changed while the file was read. From here on nothing waits.
    const found = inWorkshop(context, activityId, formId);
    if (!found.ok) return found;
    const form = found.value;
    const { source, turned, read } = readEitherWay(given.value.source, options, {
      read: (one) => readForm(context, one, form, { options, others }),
      understood: (one) => understoodOf(given.value.source, one),
      misnamed: () => ({ rows: 0, headings: 0 }),
    });
    if (!read.ok) {
      const shown = apply ? null : planUnknownColumns(source, options, read.refusal, turned);
      return shown ? ok({ ...shown, applied: false, added: 0, replaced: 0, unchanged: 0 }) : read;
    }
    const planned = planAnswers(source, read.value, groundOf(context, activityId, form, options));
    if (!planned.ok) return planned;
    const plan = planned.value;
    const understood = understoodOf(source, read.value);
    const written = plan.sheets.filter(({ plan: { action } }) => action !== 'unchanged');
    const applied = apply && (plan.rejected.length === 0 || skipRejected);
    let importId: string | null = null;
    if (applied) {
      // An anonymous sheet is kept aside before it is written: whether it may be is asked now, not when it leaves.
      const entitled =
        written.length === 0 ? ok(null) : checkEntitled(context, answersSpace(activityId), { entityType: sheet.type, record: null });
      if (!entitled.ok) return entitled;
      call.progress({ label: 'evaluation.saving', done: 0, total: written.length, unit: 'items' });
      importId = context.store.transaction(() => {
        rememberChoices(context, { activityId, kind: 'answers', remember }, understood, { questions: plan.questions, options: said });
        if (written.length === 0) return null;
        const changeSets = writePlan(context, activityId, form, written);
        return rememberImport(context, { activityId, kind: 'answers', file: nameOfSource({ path }) }, changeSets);
      });
    }
    return ok({
      applied,
      understood: understoodAsRead(understood, { recalled, turned }),
      questions: [...plan.questions],
      rows: [...plan.rows],
      account: { ...plan.account, leftFor: [...plan.account.leftFor] },
      columnsUnknown: null,
      importId,
      added: written.length,
      replaced: plan.rows.filter(({ does }) => does === 'change').length,
      unchanged: plan.sheets.length - written.length,
      rejected: [...plan.rejected],
      doubtful: [...plan.doubtful],
    });
  };
}

function readForm(
  context: EngineContext,
  source: Source,
  form: Form,
  { options, others }: { readonly options: IntakeOptions; readonly others: readonly Form[] },
): Result<ReadAnswers, 'evaluation.notThisForm' | 'table.empty'> {
  const language = context.language();
  const named = others.filter(({ id }) => id !== form.id).map((other) => ({ ...other, name: textIn(other.title, language) }));
  const read = readAnswers(source, form, options, named);
  if (read.ok || read.refusal.code !== 'evaluation.notThisForm' || read.refusal.details?.['form'] !== '') return read;
  return refuse('evaluation.notThisForm', { form: context.translate(language, 'evaluation:import.noForm') });
}

function groundOf(context: EngineContext, activityId: Id, form: Form, options: IntakeOptions): Parameters<typeof planAnswers>[2] {
  const { reader } = context.store;
  return {
    ...{ activityId, form, options, hasher: context.hasher },
    people: identitiesOf(reader, activityId),
    stored: sheetsByRecord(context, activityId, form),
    removed: removedSheetsOf(reader, activityId, form),
    bookKey: bookKeyOf(reader, activityId),
  };
}

/**
 * Writes what an import adds as one commit. Anonymous sheets of a file leave as a batch of their own, in an order that tells nothing; fewer than five of them wait with
 * those that were typed in, as always.
 */
function writePlan(context: EngineContext, activityId: Id, form: FormInWorkshop, written: AnswersPlan['sheets']): readonly ChangeSet[] {
  const { reader } = context.store;
  const back = written.flatMap(({ plan }) => (plan.action === 'restore' ? restoration(reader, sheet.type, plan.id) : []));
  const fresh = written
    .filter(({ plan }) => plan.action !== 'restore')
    .map(({ plan, personId, wave, answers, points }): Omit<NewSheet, 'version'> => ({
      id: plan.id,
      corrects: plan.corrects,
      personId,
      wave,
      answers,
      points,
    }));
  if (!form.anonymous || fresh.length === 0 || fresh.length >= SMALLEST_BATCH) return sealSheets(context, form, fresh, back);
  if (back.length > 0) context.store.commit([{ space: answersSpace(activityId), writes: back }]);
  for (const one of fresh) keepDraft(context, form, one);
  sealDrafts(context);
  return [];
}

function understoodOf({ format, encoding, sheets }: Source, { lists }: ReadAnswers) {
  const [first] = lists;
  const used = new Set(lists.map(({ sheet: { name } }) => name));
  return {
    format,
    encoding: encoding?.name ?? null,
    encodings: (encoding?.candidates ?? []).map(({ name, sample }) => ({ name, sample: [...sample] })),
    sheet: first!.sheet.name,
    sheets: sheets.map(({ name, hidden, rows }) => ({ name, hidden, used: used.has(name), rows: rows.length })),
    headerRow: first!.headerRows.at(-1) ?? 0,
    columns: first!.reading.columns.map((column, place) => ({
      column: columnLetters(place),
      header: first!.headers[place] ?? '',
      field: fieldOf(column),
      why: first!.reading.chosen.has(place) ? 'chosen' : fieldOf(column) === '' ? 'none' : 'header',
      // Nothing of a column that names people is shown where nobody is to be named.
      sample: column.is === 'personal' ? [] : first!.rows.flatMap(({ cells }) => cells[place] || []).slice(0, 3),
    })),
  };
}
