import type { Id } from '../../../../../shared/kernel/ids.ts';
import { call, type Answer } from '../../../app/engine.ts';

export type CountryTable = Answer<'evaluation.perCountry'>;
export type CountryRow = CountryTable['countries'][number];

/** Takes back what was taken in of a country: what stood before comes back, and what was the first is removed. */
export async function takeBack(activityId: Id, formId: Id, country: string, before: CountryRow | undefined): Promise<void> {
  if (before?.sheet) {
    const { answers, day } = before;
    await call('evaluation.enter', { activityId, formId, country, answers, ...(day !== '' && { day }), correct: true });
    return;
  }
  const now = await call('evaluation.perCountry', { activityId, formId });
  const sheet = now.countries.find((row) => row.country === country)?.sheet;
  if (sheet) await call('evaluation.removeSheet', { id: sheet.id, seen: sheet.heads });
}
