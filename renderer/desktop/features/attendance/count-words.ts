import type { TFunction } from 'i18next';
import { attended as attends } from '../../../../shared/features/attendance/rules.ts';
import type { Counts } from './mark-store.ts';
import { MARKS } from './status-letters.ts';

/** How many attended: present, late, left early and remote. */
export function attended(counts: Counts): number {
  return MARKS.filter(attends).reduce((sum, mark) => sum + counts[mark], 0);
}

/** How many have a mark. */
export function taken(counts: Counts): number {
  return MARKS.reduce((sum, mark) => sum + counts[mark], 0);
}

/** Everybody registered. */
export function registered(counts: Counts): number {
  return taken(counts) + counts.notTaken;
}

/** What the bar says of a half-day, part by part: *23 of 25*, *1 late*, *1 absent*. What nobody is goes unsaid. */
export function countWords(counts: Counts, t: TFunction<'attendance'>): string[] {
  const all = registered(counts);
  if (taken(counts) === 0) return [t('attendance:bar.none', { count: all })];
  return [
    t('attendance:bar.attended', { attended: attended(counts), count: all }),
    ...(['late', 'leftEarly', 'remote', 'excused', 'absent', 'notTaken'] as const)
      .filter((status) => counts[status] > 0)
      .map((status) => t(`attendance:bar.${status}`, { count: counts[status] })),
  ];
}
