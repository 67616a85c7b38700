import type { Day } from '../../kernel/dates.ts';
import { fold } from '../../kernel/text.ts';
import { activity } from '../../model/activity.ts';
import { filledAs, type FilledOf } from '../../model/records.ts';
import type { Title } from '../../model/title.ts';

/** The filter of a list of activities. */
export interface ActivityFilter {
  readonly from?: Day | undefined;
  readonly to?: Day | undefined;
  readonly project?: string | undefined;
  readonly mode?: string | undefined;
  readonly country?: string | undefined;
  readonly text?: string | undefined;
}

/** The fields by which an activity is found. */
export interface Findable extends FilledOf<typeof activity> {
  readonly title: Title;
}

/** The fields of a workshop that are written in words. */
const WRITTEN = filledAs(activity, 'line', 'labels');

/**
 * Whether an activity is among those wanted: it touches the period, and every word of `text` begins or stands in its title (in any
 * language) or in what else is written of it (projects, partners, place), or among `words`, which stand beside them on screen; case and accents do not count.
 */
export function matches(workshop: Findable, filter: ActivityFilter, words: readonly string[] = []): boolean {
  if (filter.from !== undefined && workshop.end < filter.from) return false;
  if (filter.to !== undefined && workshop.start > filter.to) return false;
  if (filter.mode !== undefined && workshop.mode !== filter.mode) return false;
  if (filter.country !== undefined && !workshop.countries.includes(filter.country)) return false;
  if (filter.project !== undefined && !workshop.projects.some((project) => fold(project) === fold(filter.project!))) return false;
  const wanted = fold(filter.text ?? '').split(' ');
  const texts = typeof workshop.title === 'string' ? [workshop.title] : Object.values(workshop.title);
  const searched = fold([...texts, ...WRITTEN.flatMap((field) => workshop[field]), ...words].join('\n'));
  return wanted.every((word) => searched.includes(word));
}
