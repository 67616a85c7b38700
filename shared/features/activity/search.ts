import type { Day } from '../../kernel/dates.ts';
import { fold } from '../../kernel/text.ts';
import type { Title } from '../../model/title.ts';

/** What a list of activities can be narrowed by. */
export interface ActivityFilter {
  readonly from?: Day | undefined;
  readonly to?: Day | undefined;
  readonly project?: string | undefined;
  readonly mode?: string | undefined;
  readonly country?: string | undefined;
  readonly text?: string | undefined;
}

/** What an activity is found by. */
export interface Findable {
  readonly title: Title;
  readonly projects: readonly string[];
  readonly partners: readonly string[];
  readonly countries: readonly string[];
  readonly mode: string;
  readonly start: Day;
  readonly end: Day;
  readonly place: string;
}

/**
 * Whether an activity is among those wanted: it touches the period, and every word of `text` begins or stands in its title (in any
 * language), projects, partners or place, or among `words`, which stand beside them on screen; case and accents do not count.
 */
export function matches(activity: Findable, filter: ActivityFilter, words: readonly string[] = []): boolean {
  if (filter.from !== undefined && activity.end < filter.from) return false;
  if (filter.to !== undefined && activity.start > filter.to) return false;
  if (filter.mode !== undefined && activity.mode !== filter.mode) return false;
  if (filter.country !== undefined && !activity.countries.includes(filter.country)) return false;
  if (filter.project !== undefined && !activity.projects.some((project) => fold(project) === fold(filter.project!))) return false;
  const wanted = fold(filter.text ?? '').split(' ');
  const texts = typeof activity.title === 'string' ? [activity.title] : Object.values(activity.title);
  const searched = fold([...texts, ...activity.projects, ...activity.partners, activity.place, ...words].join('\n'));
  return wanted.every((word) => searched.includes(word));
}
