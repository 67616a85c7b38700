import type { Handlers } from '../../../../shared/contract/rpc.ts';
import { csvOfDocument } from '../../../../shared/features/document/csv.ts';
import type { reportContract } from '../../../../shared/features/report/contract.ts';
import { listHeadings, reportDocument } from '../../../../shared/features/report/report-document.ts';
import { reportWords } from '../../../../shared/features/report/report-words.ts';
import { ok, refuse } from '../../../../shared/kernel/result.ts';
import type { EngineContext } from '../../context.ts';
import { writeChosen } from '../written-file.ts';
import { periodHandlers } from './period-file.ts';
import { activityFigures } from './activity-figures.ts';
import { narrativeHandlers } from './narrate.ts';

/** The calls of report over a store. */
export function reportHandlers(context: EngineContext): Handlers<typeof reportContract> {
  return {
    ...periodHandlers(context),
    ...narrativeHandlers(context),

    'report.activity': ({ activityId, language }) => {
      const words = reportWords(context, language);
      const figures = activityFigures(context, activityId, words);
      return figures.ok ? ok({ ...figures.value, document: reportDocument(figures.value, words) }) : figures;
    },

    'report.export': async ({ activityId, language, path: target }, call) => {
      const words = reportWords(context, language);
      const figures = activityFigures(context, activityId, words);
      if (!figures.ok) return figures;
      if (call.signal.aborted) return refuse('job.cancelled');
      call.progress({ label: 'report.writing', done: 0, total: 1, unit: 'items' });
      const list = csvOfDocument(reportDocument(figures.value, words), listHeadings(words));
      return writeChosen(target, new TextEncoder().encode(list));
    },
  };
}
