import type { Handlers } from '../../../../shared/contract/rpc.ts';
import type { reportContract } from '../../../../shared/features/report/contract.ts';
import { NARRATIVE_FIELDS, NARRATIVE_PARTS } from '../../../../shared/features/report/narrative.ts';
import { reportWords } from '../../../../shared/features/report/report-words.ts';
import type { Id } from '../../../../shared/kernel/ids.ts';
import { ok } from '../../../../shared/kernel/result.ts';
import type { Language } from '../../../../shared/kernel/text.ts';
import { activity } from '../../../../shared/model/activity.ts';
import { formWrites } from '../../../../shared/model/field-writes.ts';
import type { EngineContext } from '../../context.ts';
import { activityRow } from '../activity/activity-rows.ts';
import { commitWrites, foundActivity } from '../activity/activity-writes.ts';
import { shownOf } from '../removals.ts';
import { activityFigures } from './activity-figures.ts';
import { headcountOf } from './narrative.ts';

/** The calls by which a report is written. */
export function narrativeHandlers(context: EngineContext): Pick<Handlers<typeof reportContract>, 'report.narrative' | 'report.narrate'> {
  const { store } = context;
  return {
    'report.narrative': ({ activityId, language }) => {
      const figures = activityFigures(context, activityId, reportWords(context, language));
      if (!figures.ok) return figures;
      const { narrative: parts, people } = figures.value;
      return ok({
        parts,
        people,
        headcount: headcountOf(activityRow(store.reader, activityId)),
        seen: seenOf(context, activityId, language),
      });
    },

    'report.narrate': ({ activityId, language, texts, headcount, seen }) => {
      const row = foundActivity(store.reader, activityId);
      if (!row.ok) return row;
      const written = Object.fromEntries(
        NARRATIVE_PARTS.flatMap((part) =>
          texts[part] === undefined ? [] : [[NARRATIVE_FIELDS[part], { [language]: texts[part].trim() }]],
        ),
      );
      return commitWrites(store, row.value.space, formWrites(activity, activityId, { ...written, headcount }, seen));
    },
  };
}

/** Returns the texts that a form of the report in one language showed. */
function seenOf({ store }: EngineContext, activityId: Id, language: Language): Record<string, string[]> {
  const registers = new Set(['headcount', ...NARRATIVE_PARTS.map((part) => `${NARRATIVE_FIELDS[part]}@${language}`)]);
  return Object.fromEntries(
    Object.entries(shownOf(store.reader, activity.type, activityId)).filter(([register]) => registers.has(register)),
  );
}
