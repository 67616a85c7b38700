import type { Day } from '../../kernel/dates.ts';
import { inList, planDay, type Dated } from './day-plan.ts';
import { matches, type Findable } from './search.ts';

/** The states of a workshop on a day, in the order in which a list shows them. */
export const WORKSHOP_STATES = ['running', 'planned', 'past', 'sample', 'archived'] as const;
export type WorkshopState = (typeof WORKSHOP_STATES)[number];

/** The filter of the list of workshops; null or an empty text: none. */
export interface ListChoice {
  readonly text: string;
  readonly project: string | null;
  readonly mode: string | null;
  readonly country: string | null;
  /** `2026`. */
  readonly year: string | null;
  readonly state: WorkshopState | null;
}

/** Every workshop. */
export const UNNARROWED: ListChoice = { text: '', project: null, mode: null, country: null, year: null, state: null };

export type ListedWorkshop = Dated & Findable;

/** Some workshops of one state; past ones have the year in which they ended, or null where that cannot be read. */
export interface WorkshopGroup<W> {
  readonly state: WorkshopState;
  readonly year: string | null;
  readonly rows: readonly W[];
}

/** The workshops that the list shows. */
export interface ShownWorkshops<W> {
  readonly groups: readonly WorkshopGroup<W>[];
  /** Others that are wanted and were put away; they are shown where that state is asked for, and nothing else then is. */
  readonly archived: number;
}

/**
 * The workshops that are wanted, as the list shows them on a day: under way, planned, past by year with the last one first, and the sample. `words`: what stands in a workshop's row beside
 * what it holds, such as the names of its countries.
 */
export function groupWorkshops<W extends ListedWorkshop>(
  workshops: readonly W[],
  choice: ListChoice,
  day: Day,
  words: (workshop: W) => readonly string[] = () => [],
): ShownWorkshops<W> {
  const { text, project, mode, country, year, state } = choice;
  const filter = { text, project: project ?? undefined, mode: mode ?? undefined, country: country ?? undefined };
  const found = workshops.filter(
    (workshop) => (year === null || yearsOf(workshop).includes(year)) && matches(workshop, filter, words(workshop)),
  );
  const archived = found.filter((workshop) => workshop.archived);
  const listed = inList(found);
  const plan = planDay(
    listed.filter(({ sample }) => !sample),
    day,
  );
  const groups: WorkshopGroup<W>[] = [
    { state: 'running', year: null, rows: plan.underWay },
    { state: 'planned', year: null, rows: plan.upcoming },
    ...byYear(plan.recent),
    { state: 'sample', year: null, rows: listed.filter(({ sample }) => sample) },
    { state: 'archived', year: null, rows: state === 'archived' ? archived.toReversed() : [] },
  ];
  return {
    groups: groups.filter((group) => group.rows.length > 0 && (state === null || group.state === state)),
    archived: state === null ? archived.length : 0,
  };
}

/** The years of which a list has workshops, the last one first. */
export function yearsIn(workshops: readonly Pick<Dated, 'start' | 'end'>[]): string[] {
  return [...new Set(workshops.flatMap(yearsOf))].sort().toReversed();
}

/** Whether a list is narrowed at all. */
export function isNarrowed(choice: ListChoice): boolean {
  return choice.text.trim() !== '' || Object.entries(choice).some(([field, value]) => field !== 'text' && value !== null);
}

/** The last year first; what cannot be read of it stands behind. `past`: the last one first. */
function byYear<W extends ListedWorkshop>(past: readonly W[]): WorkshopGroup<W>[] {
  const years = new Map<string | null, W[]>();
  for (const workshop of past) {
    const year = yearsOf(workshop).at(-1) ?? null;
    const rows = years.get(year);
    if (rows) rows.push(workshop);
    else years.set(year, [workshop]);
  }
  return [...years].toSorted(([a], [b]) => Number(b ?? 0) - Number(a ?? 0)).map(([year, rows]) => ({ state: 'past', year, rows }));
}

/** The years that a workshop begins and ends in; none where its dates cannot be read. */
function yearsOf({ start, end }: Pick<Dated, 'start' | 'end'>): string[] {
  return [...new Set([start, end].filter((day) => day !== '').map((day) => day.slice(0, 4)))];
}
