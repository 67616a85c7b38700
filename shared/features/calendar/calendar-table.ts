import type { WrittenSheet } from '../../kernel/table.ts';
import { countryFootnote } from '../../kernel/countries.ts';
import type { CalendarWords, ToldActivity } from './calendar-words.ts';

interface Column {
  /** A key of words. */
  readonly heading: string;
  cell(activity: ToldActivity, words: CalendarWords): string;
}

const COLUMNS: readonly Column[] = [
  { heading: 'activity:field.projects', cell: ({ projects }) => projects.join(', ') },
  { heading: 'activity:field.partners', cell: ({ partners }) => partners.join(', ') },
  { heading: 'activity:field.title', cell: (activity, { title }) => title(activity) },
  { heading: 'activity:field.kind', cell: ({ kind }, { say }) => say(`activity:kind.${kind}`) },
  { heading: 'calendar:table.when', cell: (activity, { when }) => when(activity) },
  { heading: 'activity:field.dateWording', cell: ({ dateWording }) => dateWording },
  { heading: 'activity:field.start', cell: ({ start }) => start },
  { heading: 'activity:field.end', cell: ({ end }) => end },
  { heading: 'activity:field.precision', cell: ({ precision }, { say }) => say(`activity:precision.${precision}`) },
  { heading: 'activity:field.dateTbc', cell: ({ dateTbc }, { say }) => (dateTbc ? say('activity:dateTbc') : '') },
  { heading: 'activity:field.listedUnder', cell: ({ listedUnder }) => listedUnder ?? '' },
  { heading: 'activity:field.mode', cell: ({ mode }, { say }) => (mode === 'unspecified' ? '' : say(`activity:mode.${mode}`)) },
  { heading: 'activity:field.place', cell: ({ place }) => place },
  { heading: 'activity:field.countries', cell: ({ countries }, { format }) => countries.map(format.country).join(', ') },
  { heading: 'activity:field.wording', cell: ({ wording }) => wording },
];

/** The activities of a period as sheets: one line each, and what a reader must know of names of countries. */
export function calendarSheets(activities: readonly ToldActivity[], words: CalendarWords): readonly [WrittenSheet, ...WrittenSheet[]] {
  const { say, language } = words;
  const sheet: WrittenSheet = {
    name: say('calendar:table.sheet'),
    headings: COLUMNS.map(({ heading }) => say(heading)),
    rows: activities.map((activity) => COLUMNS.map(({ cell }) => cell(activity, words) || null)),
  };
  const notes = new Set(activities.flatMap(({ countries }) => countries.flatMap((code) => countryFootnote(code, language) ?? [])));
  if (notes.size === 0) return [sheet];
  return [sheet, { name: say('people:table.sheet.notes'), headings: [], rows: [...notes].map((note) => [note]) }];
}
