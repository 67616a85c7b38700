import type { Handlers } from '../../../../../shared/contract/rpc.ts';
import type { exchangeContract } from '../../../../../shared/features/course/exchange/contract.ts';
import { liveAmong } from '../../../../../shared/features/course/adaptation.ts';
import { partsNamed, planTexts, settledTexts, type TextChange } from '../../../../../shared/features/course/exchange/texts-plan.ts';
import { numbersOf, textsSheet, type TextsWords } from '../../../../../shared/features/course/exchange/texts-sheet.ts';
import { registerOf, type TextPart } from '../../../../../shared/features/course/exchange/texts.ts';
import { formats } from '../../../../../shared/kernel/formats.ts';
import type { Id } from '../../../../../shared/kernel/ids.ts';
import { ok, refuse } from '../../../../../shared/kernel/result.ts';
import { textIn, type Language } from '../../../../../shared/kernel/text.ts';
import { labelKey } from '../../../../../shared/model/entity.ts';
import type { Reader } from '../../../../../shared/node/store/store.ts';
import { readSource } from '../../../../../shared/node/tables/read-source.ts';
import type { FieldWrite } from '../../../../../shared/sync/types.ts';
import type { EngineContext } from '../../../context.ts';
import { findCourse, type Course } from '../../library/course.ts';
import { writeTable } from '../../written-table.ts';
import { courseOf, foundPart, partsOf, PARTS } from '../course-parts.ts';
import { comparedHeads, lastPublished, publishedOf, valuesOf } from '../published.ts';

type TextCalls = 'course.exportTexts' | 'course.importTexts';

/** Returns the handlers of the calls that write the texts of a course as a workbook, and take one back. */
export function textsHandlers(context: EngineContext): Pick<Handlers<typeof exchangeContract>, TextCalls> {
  const { store } = context;
  const { reader } = store;
  return {
    'course.exportTexts': async ({ courseId, path, language = context.language() }, call) => {
      const course = findCourse(reader, courseId);
      if (!course) return refuse('course.unknown');
      call.progress({ label: 'exchange.writingTexts', done: 0, total: 1, unit: 'items' });
      const { id } = course.summary;
      const parts = textParts(reader, id);
      const last = lastPublished(reader, id);
      const published = last && new Map<Id, TextPart>(last.map((part) => [part.id, { ...part, live: true }]));
      const words = wordsOf(context, course, language, publishedOf(reader, id).at(-1)?.version ?? null);
      const { sheet, cells } = textsSheet(parts, published, valuesOf(reader, [...parts, ...(last ?? [])]), words);
      if (call.signal.aborted) return refuse('job.cancelled');
      const written = await writeTable(path, 'xlsx', language, [sheet]);
      return written.ok ? ok({ ...written.value, cells }) : written;
    },

    'course.importTexts': async ({ courseId, path, apply, over }, call) => {
      call.progress({ label: 'table.reading', done: 0, total: 1, unit: 'items' });
      const source = await readSource(path, { whole: true });
      if (!source.ok) return source;
      const wanted = courseId ?? courseNamed(reader, partsNamed(source.value.sheets) ?? []);
      if (wanted === null) return refuse(partsNamed(source.value.sheets) === null ? 'exchange.notTexts' : 'exchange.textsOfNone');
      const course = findCourse(reader, wanted);
      if (!course) return refuse(courseId === undefined ? 'exchange.textsOfNone' : 'course.unknown');
      // Other formats keep no lines: every text would seem to be another one.
      if (source.value.format !== 'xlsx') return refuse('exchange.notTexts');
      const { id, space } = course.summary;
      const parts = textParts(reader, id);
      const plan = planTexts(source.value.sheets, parts, valuesOf(reader, parts));
      if (plan === null) return refuse('exchange.notTexts');
      if (plan === 'other') return refuse('exchange.textsOfOther');
      if (call.signal.aborted) return refuse('job.cancelled');
      const { changes, conflicts } = settledTexts(plan, over);
      const [written] = apply && changes.length > 0 ? store.commit([{ space, writes: changes.map(writeOf) }]) : [];
      const numbers = numbersOf(parts.filter(({ live }) => live));
      const number = (part: Id) => numbers.get(part) ?? '';
      return ok({
        courseId: id,
        taking: written?.hash ?? null,
        changed: changes.length,
        changes: changes.map(({ row, type, part, field, language, here, text }) => ({
          ...{ row, type, part, number: number(part), field, language, here, text },
        })),
        conflicts: conflicts.map(({ row, type, part, field, language, here, text, base }) => ({
          ...{ row, type, part, number: number(part), field, language, here, text, base },
        })),
        rejected: [...plan.rejected],
      });
    },
  };
}

/** The course of the first of these parts that is here. */
function courseNamed(reader: Reader, parts: readonly Id[]): Id | null {
  for (const id of parts) {
    if (reader.get('select 1 from course where id = ? and live = 1', id)) return id;
    const part = foundPart(reader, id);
    const course = part.ok ? courseOf(reader, part.value) : null;
    if (course !== null) return course;
  }
  return null;
}

/** The parts of a course in their order, those that were removed among them, and marked. */
function textParts(reader: Reader, courseId: Id): TextPart[] {
  const parts = partsOf(reader, courseId);
  const live = new Set(liveAmong(parts).map(({ id }) => id));
  return parts.map((part) => ({ type: part.type, id: part.id, live: live.has(part.id), heads: comparedHeads(reader, part) }));
}

function writeOf({ type, part, field, language, text, seen }: TextChange): FieldWrite {
  const value = text === '' ? null : text;
  return { entityType: type, entityId: part, field: registerOf(field, language), value, supersedes: [...seen] };
}

function wordsOf({ translate }: EngineContext, course: Course, language: Language, version: string | null): TextsWords {
  const format = formats(language, translate(language, 'app:notReadable'));
  const titles = new Map([course.summary, ...course.modules, ...course.sessions].map(({ id, title }) => [id, textIn(title, language)]));
  return {
    sheet: translate(language, 'exchange:texts.sheet'),
    heading: (column) =>
      column === 'changed'
        ? version === null
          ? translate(language, 'exchange:texts.heading.changed')
          : translate(language, 'exchange:texts.heading.changedSince', { version })
        : translate(language, `exchange:texts.heading.${column}`),
    language: (one) => format.language(one),
    part: ({ type, id }, number) => translate(language, `exchange:texts.part.${type}`, { number, title: titles.get(id) ?? '' }),
    field: (type, field) => translate(language, labelKey(PARTS[type], field)),
    list: (items) => format.unitList(items),
    notReadable: format.notReadable,
  };
}
