import path from 'node:path';
import type { Handlers } from '../../../../shared/contract/rpc.ts';
import { formContract } from '../../../../shared/features/form/contract.ts';
import type { formExchangeContract } from '../../../../shared/features/form/exchange-contract.ts';
import { itemOf, questionOf, type TakenQuestion } from '../../../../shared/features/form/form-questions.ts';
import { itemValues } from '../../../../shared/features/form/item-values.ts';
import { QUESTION_FORMATS } from '../../../../shared/features/evaluation/exchange/formats.ts';
import { keysAfter } from '../../../../shared/kernel/order.ts';
import { ok, refuse, type Result } from '../../../../shared/kernel/result.ts';
import type { Id } from '../../../../shared/kernel/ids.ts';
import { form, formItem } from '../../../../shared/model/evaluation.ts';
import { writesOf, type ValuesOf } from '../../../../shared/model/field-writes.ts';
import { newRecordId } from '../../../../shared/model/record-id.ts';
import { institutionSpace, LIBRARY } from '../../../../shared/model/spaces.ts';
import { readBytes } from '../../../../shared/node/tables/read-source-file.ts';
import { decodeBytes } from '../../../../shared/node/tables/text-encoding.ts';
import type { FieldWrite, SpaceId } from '../../../../shared/sync/types.ts';
import type { EngineContext } from '../../context.ts';
import { ownInstitution } from '../institution.ts';
import { writeChosen } from '../written-file.ts';
import { findForm } from './form-records.ts';
import { withoutNull } from './form-edit.ts';

const LONGEST_TITLE = 200;
const newItem = formContract['form.addItem'].args;

/** Returns the handlers of the calls by which questions come from other tools and go to them. */
export function formExchangeHandlers(context: EngineContext): Handlers<typeof formExchangeContract> {
  const { store, random, hasher } = context;

  /** The questionnaire that takes the questions, and the writes that make it where it is a new one. */
  const target = (formId: string | undefined, file: string): Result<Target, 'form.unknown'> => {
    if (formId !== undefined) {
      const found = findForm(context, formId);
      return found?.live
        ? ok({ id: found.id, space: found.space, last: found.parts.at(-1)?.place ?? null, writes: [] })
        : refuse('form.unknown');
    }
    const own = ownInstitution(context);
    const space = own === null ? LIBRARY : institutionSpace(own);
    const id = newRecordId(space, random, hasher);
    const title = { [context.language()]: path.parse(file).name.slice(0, LONGEST_TITLE) };
    return ok({ id, space, last: null, writes: writesOf(form, id, { title, kind: 'prepost', anonymous: false }) });
  };

  return {
    'form.import': async ({ formId, path: file, format, language = context.language(), apply }, call) => {
      call.progress({ label: 'exchange.readingQuestions', done: 0, total: 1, unit: 'items' });
      const bytes = await readBytes(file);
      if (!bytes.ok) return bytes;
      const text = decodeBytes(bytes.value)?.text;
      if (text === undefined) return refuse('form.notQuestions');
      const read = QUESTION_FORMATS[format].read(text);
      if (read.questions.length === 0 && read.rejected.length === 0) return refuse('form.notQuestions');
      if (call.signal.aborted) return refuse('job.cancelled');
      const found = target(formId, file);
      if (!found.ok) return found;
      const { id, space, last, writes } = found.value;
      const taken: { readonly line: number; readonly values: ValuesOf<typeof formItem>; readonly lost: TakenQuestion['lost'] }[] = [];
      const rejected = [...read.rejected];
      for (const { line, ...question } of read.questions) {
        const { item, lost } = itemOf(question, language);
        const asked = newItem.safeParse({ formId: id, ...item });
        const values = asked.success ? itemValues(item, null, null) : null;
        if (values?.ok) taken.push({ line, values: withoutNull(values.value), lost });
        else rejected.push({ line, code: values ? 'answer' : 'tooLong' });
      }
      const places = keysAfter(last, taken.length);
      const items = taken.flatMap(({ values }, at): FieldWrite[] =>
        writesOf(formItem, newRecordId(space, random, hasher), { ...values, placement: [id, places[at]!] }),
      );
      if (apply && taken.length > 0) store.commit([{ space, writes: [...writes, ...items] }]);
      const isNew = formId === undefined;
      return ok({
        id: isNew && (!apply || taken.length === 0) ? '' : id,
        added: taken.length,
        rejected: rejected.toSorted((a, b) => a.line - b.line),
        lost: [...read.lost, ...taken.flatMap(({ line, lost }) => lost.map((what) => ({ line, what })))].toSorted(
          (a, b) => a.line - b.line,
        ),
      });
    },

    'form.export': async ({ formId, path: file, format, language = context.language() }, call) => {
      const found = findForm(context, formId);
      if (!found?.live) return refuse('form.unknown');
      call.progress({ label: 'exchange.writingQuestions', done: 0, total: 1, unit: 'items' });
      const parts = found.parts.filter(({ live }) => live);
      const { text, items, notCarried } = QUESTION_FORMATS[format].write(parts.map((part) => questionOf(part, language)));
      if (call.signal.aborted) return refuse('job.cancelled');
      const written = await writeChosen(file, Buffer.from(text));
      if (!written.ok) return written;
      return ok({
        path: written.value.path,
        items,
        notCarried: notCarried.map(({ item, why }) => ({ item: parts[item]!.code, why })),
      });
    },
  };
}

interface Target {
  readonly id: Id;
  readonly space: SpaceId;
  /** The place of its last item; null where it has none. */
  readonly last: string | null;
  readonly writes: readonly FieldWrite[];
}
