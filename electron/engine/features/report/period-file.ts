import type { CallContext, Handlers } from '../../../../shared/contract/rpc.ts';
import type { ResultOf } from '../../../../shared/contract/call.ts';
import { csvOfDocument } from '../../../../shared/features/document/csv.ts';
import { frameIn, paperWords } from '../../../../shared/features/paper/paper-words.ts';
import { figuresSheet } from '../../../../shared/features/report/annex-sheets.ts';
import type { ReportFormat, reportContract } from '../../../../shared/features/report/contract.ts';
import { activitiesSheet } from '../../../../shared/features/report/period-annex.ts';
import { periodDocument, type ToldPeriod } from '../../../../shared/features/report/period-document.ts';
import { listHeadings } from '../../../../shared/features/report/report-document.ts';
import { reportWords, type ReportWords } from '../../../../shared/features/report/report-words.ts';
import { ok, refuse, type Result } from '../../../../shared/kernel/result.ts';
import type { Language } from '../../../../shared/kernel/text.ts';
import { writeWorkbook } from '../../../../shared/node/tables/write-workbook.ts';
import { zipAnew } from '../../../../shared/node/tables/zip-entries.ts';
import type { SettingRefusal } from '../../../../shared/node/papers/typesetter.ts';
import type { EngineContext } from '../../context.ts';
import { wordDocument } from '../document/word-document.ts';
import { writeChosen, type WrittenFile } from '../written-file.ts';
import { comparedDoubles } from './doubles.ts';
import { periodOf, type AskedPeriod, type PeriodRefusal } from './period.ts';

type Answered = ResultOf<(typeof reportContract)['report.period']>;
type PeriodCalls = 'report.period' | 'report.doubles' | 'report.exportPeriod';

/** The calls of the report of a period. */
export function periodHandlers(context: EngineContext): Pick<Handlers<typeof reportContract>, PeriodCalls> {
  return {
    'report.period': ({ language, ...asked }) => {
      const words = reportWords(context, language);
      const report = periodOf(context, asked, words);
      return report.ok ? ok(answerOf(report.value.figures, words)) : report;
    },

    'report.doubles': (asked) => comparedDoubles(context, asked),

    'report.exportPeriod': ({ language, format, path: target, ...asked }, call) =>
      writePeriod(context, { ...asked, language }, format, target, call),
  };
}

type WriteRefusal = PeriodRefusal | SettingRefusal | 'file.notWritable';

/** Writes the report of a period in a format, whole or not at all. */
export async function writePeriod(
  context: EngineContext,
  { language, ...asked }: AskedPeriod & { readonly language: Language },
  format: ReportFormat,
  target: string,
  call: CallContext,
): Promise<Result<WrittenFile & { readonly pages?: number }, WriteRefusal>> {
  const words = reportWords(context, language);
  const report = periodOf(context, asked, words);
  if (!report.ok) return report;
  call.progress({ label: 'report.writing', done: 0, total: 1, unit: 'items' });
  const { figures, activities } = report.value;
  const document = periodDocument(figures, words);
  const frame = frameIn(paperWords(context, language));
  if (format === 'pdf') {
    const set = await context.typesetter.set({ template: 'document', given: { document, frame } }, call.signal);
    if (!set.ok) return set;
    const written = await writeChosen(target, set.value.bytes);
    return written.ok ? ok({ ...written.value, pages: set.value.pages }) : written;
  }
  const text = (written: string): Uint8Array => new TextEncoder().encode(written);
  const made = {
    docx: () => wordDocument(document, frame),
    xlsx: async () => {
      const kindOf = (key: string): string => context.translate(language, `activity:${key}`);
      const workbook = await writeWorkbook([figuresSheet(document, words), activitiesSheet(activities, kindOf, words)]);
      // Without the time at which it was packed.
      return zipAnew(workbook, ({ bytes }) => bytes);
    },
    csv: () => text(csvOfDocument(document, listHeadings(words))),
    json: () => text(`${JSON.stringify(answerOf(figures, words), null, 2)}\n`),
  };
  const bytes = await made[format]();
  return call.signal.aborted ? refuse('job.cancelled') : writeChosen(target, bytes);
}

function answerOf(figures: ToldPeriod, words: ReportWords): Answered {
  const { byProject, byMode, byKind, byLanguage, byRegion, byCountry, bySex, series, nested, notes, ...numbers } = figures;
  return {
    ...numbers,
    ...{ byProject: [...byProject], byMode: [...byMode], byKind: [...byKind], byLanguage: [...byLanguage], byRegion: [...byRegion] },
    ...{ byCountry: [...byCountry], bySex: [...bySex], nested: [...nested], notes: [...notes] },
    series: series.map((one) => ({ ...one, parts: [...one.parts] })),
    document: periodDocument(figures, words),
  };
}
