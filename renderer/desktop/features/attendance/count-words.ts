import type { TFunction } from 'i18next';
import { attendedOf, registeredOf, takenOf, unusualIn, type Counts } from '../../../../shared/features/attendance/counts.ts';
import type { Formats } from '../../../../shared/kernel/formats.ts';
import type { Status } from '../../../../shared/model/vocabularies.ts';

/** Returns the sentence of the bar about a half-day: how many of all attended, how many of those late or remote, then who else there is; the first number and those after it add up to all. */
export function countWords(counts: Counts, t: TFunction<'attendance'>, format: Pick<Formats, 'list'>): string {
  const all = registeredOf(counts);
  if (takenOf(counts) === 0) return t('attendance:bar.none', { count: all });
  const { attending, others } = unusualIn(counts);
  const listed = (statuses: readonly Exclude<Status, 'present'>[]) =>
    format.list(statuses.map((status) => t(`attendance:bar.${status}`, { count: counts[status] })));
  const attended = t('attendance:bar.attended', { count: attendedOf(counts), of: all });
  const among = attending.length > 0 ? t('attendance:bar.among', { attended, among: listed(attending) }) : attended;
  return others.length > 0 ? t('attendance:bar.andOthers', { attended: among, others: listed(others) }) : among;
}
