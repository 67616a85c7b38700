import { regionOf } from '../../kernel/regions.ts';
import type { WrittenSheet } from '../../kernel/table.ts';
import { textIn } from '../../kernel/text.ts';
import type { Title } from '../../model/title.ts';
import type { ReportWords } from './report-words.ts';

/** An activity of a period in the annex of its report. */
export interface AnnexActivity {
  readonly title: Title;
  readonly projects: readonly string[];
  readonly partners: readonly string[];
  readonly start: string;
  readonly end: string;
  readonly mode: string;
  readonly kind: string;
  readonly languages: readonly string[];
  readonly countries: readonly string[];
  readonly place: string;
  /** Of what it is a part; '' of nothing. */
  readonly partOfTitle: string;
  /** Null where it has no list of people. */
  readonly attendances: number | null;
}

/** The sheet of a period's activities, a line each: what the report counts, with nobody's name. `wordOf`: a key of an activity's words (`mode.online`). */
export function activitiesSheet(activities: readonly AnnexActivity[], wordOf: (key: string) => string, words: ReportWords): WrittenSheet {
  const { say, format, language } = words;
  const columns: readonly (readonly [heading: string, cell: (activity: AnnexActivity) => string | number | null])[] = [
    [wordOf('field.title'), ({ title }) => textIn(title, language)],
    [wordOf('field.projects'), ({ projects }) => projects.join(', ')],
    [wordOf('field.partners'), ({ partners }) => partners.join(', ')],
    [wordOf('field.start'), ({ start }) => start],
    [wordOf('field.end'), ({ end }) => end],
    [wordOf('field.mode'), ({ mode }) => wordOf(`mode.${mode}`)],
    [wordOf('field.kind'), ({ kind }) => wordOf(`kind.${kind}`)],
    [wordOf('field.languages'), ({ languages }) => languages.map(words.languageName).join(', ')],
    [say('period.row.byRegion'), ({ countries }) => regionsOf(countries, words).join(', ')],
    [wordOf('field.countries'), ({ countries }) => countries.map(format.country).join(', ')],
    [wordOf('field.place'), ({ place }) => place],
    [wordOf('field.partOf'), ({ partOfTitle }) => partOfTitle],
    [say('period.figure.attendances'), ({ attendances }) => attendances],
  ];
  return {
    name: say('annex.activities'),
    headings: columns.map(([heading]) => heading),
    rows: activities.map((activity) => columns.map(([, cell]) => (cell(activity) === '' ? null : cell(activity)))),
  };
}

function regionsOf(countries: readonly string[], { say }: ReportWords): string[] {
  return [...new Set(countries.flatMap((country) => regionOf(country) ?? []))].map((region) => say(`region.${region}`));
}
