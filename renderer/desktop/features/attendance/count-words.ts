import type { TFunction } from 'i18next';
import { attendedOf, registeredOf, takenOf, unusualIn, type Counts } from '../../../../shared/features/attendance/counts.ts';

/** What the bar says of a half-day, part by part: *23 of 25*, *1 late*, *1 absent*. What nobody is goes unsaid. */
export function countWords(counts: Counts, t: TFunction<'attendance'>): string[] {
  const all = registeredOf(counts);
  if (takenOf(counts) === 0) return [t('attendance:bar.none', { count: all })];
  return [
    t('attendance:bar.attended', { attended: attendedOf(counts), count: all }),
    ...unusualIn(counts).map((status) => t(`attendance:bar.${status}`, { count: counts[status] })),
  ];
}
