import { csvOfDocument } from '../../../../shared/features/document/csv.ts';
import { frameIn, paperWords } from '../../../../shared/features/paper/paper-words.ts';
import { listHeadings, reportDocument } from '../../../../shared/features/report/report-document.ts';
import type { ReportFormat } from '../../../../shared/features/report/contract.ts';
import { figuresSheet } from '../../../../shared/features/report/annex-sheets.ts';
import { reportWords } from '../../../../shared/features/report/report-words.ts';
import type { Id } from '../../../../shared/kernel/ids.ts';
import { ok, type Result } from '../../../../shared/kernel/result.ts';
import type { Language } from '../../../../shared/kernel/text.ts';
import type { EngineContext } from '../../context.ts';
import { zipAnew } from '../../../../shared/node/tables/zip-entries.ts';
import { writeWorkbook } from '../../../../shared/node/tables/write-workbook.ts';
import { wordDocument } from '../document/word-document.ts';
import { annexes } from './annexes.ts';
import { activityFigures } from './activity-figures.ts';

/** Returns a workshop's report as a file that is no page, of the same blocks as the page: for Word, as annexes and a list for Excel, or as JSON with the figures that they are made of. */
export async function reportFile(
  context: EngineContext,
  { activityId, language }: { readonly activityId: Id; readonly language: Language },
  format: Exclude<ReportFormat, 'pdf'>,
): Promise<Result<Uint8Array, 'activity.unknown'>> {
  const words = reportWords(context, language);
  const figures = activityFigures(context, activityId, words);
  if (!figures.ok) return figures;
  const document = reportDocument(figures.value, words);
  if (format === 'docx') return ok(await wordDocument(document, frameIn(paperWords(context, language))));
  if (format === 'xlsx') {
    const workbook = await writeWorkbook([figuresSheet(document, words), ...annexes(context, activityId, figures.value, words)]);
    // Without the time at which it was packed.
    return ok(zipAnew(workbook, ({ bytes }) => bytes));
  }
  const text =
    format === 'json' ? `${JSON.stringify({ ...figures.value, document }, null, 2)}\n` : csvOfDocument(document, listHeadings(words));
  return ok(new TextEncoder().encode(text));
}
