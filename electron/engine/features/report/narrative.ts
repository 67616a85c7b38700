import type { ActivityFigures } from '../../../../shared/features/report/contract.ts';
import { NARRATIVE_FIELDS, suggestions, type NarrativePart, type SuggestedFrom } from '../../../../shared/features/report/narrative.ts';
import type { ReportWords } from '../../../../shared/features/report/report-words.ts';
import type { Id } from '../../../../shared/kernel/ids.ts';
import { textsOf } from '../../../../shared/model/title.ts';
import { HEADCOUNTS, type Headcount } from '../../../../shared/model/vocabularies.ts';
import type { EngineContext } from '../../context.ts';
import { activityRow, type ActivityRow } from '../activity/activity-rows.ts';

/** Returns the words of a workshop's report in the language of `words`, and those that the figures suggest. A text in another language is none. */
export function narrativeOf(
  context: EngineContext,
  activityId: Id,
  figures: SuggestedFrom,
  words: ReportWords,
): ActivityFigures['narrative'] {
  const row = activityRow(context.store.reader, activityId);
  const suggested = suggestions(figures, headcountOf(row), words);
  const told = (part: NarrativePart) => ({
    text: textsOf(row?.[NARRATIVE_FIELDS[part]] ?? null)[words.language] ?? '',
    suggestion: suggested[part],
  });
  return {
    summary: told('summary'),
    learning: told('learning'),
    opinions: told('opinions'),
    outcomes: told('outcomes'),
    followUp: told('followUp'),
  };
}

/** How sure the head-count is; what a newer program says of it is exact here. */
export function headcountOf(row: ActivityRow | undefined): Headcount {
  return HEADCOUNTS.find((one) => one === row?.headcount) ?? 'exact';
}
