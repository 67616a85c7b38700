import type { Id } from '../../kernel/ids.ts';
import type { Block, Document } from '../document/blocks.ts';
import type { Count } from './figures.ts';
import { countCell } from './report-cells.ts';
import type { PeriodCount, PeriodFigures } from './period-figures.ts';
import type { ReportWords } from './report-words.ts';

/** A count of a period with its word in the report's language. */
export interface LabelledCount extends PeriodCount {
  readonly label: string;
}

/** The ways in which a period is broken down, in the report's order. */
export const PERIOD_GROUPS = ['byProject', 'byMode', 'byKind', 'byLanguage', 'byRegion', 'byCountry'] as const;
type PeriodGroup = (typeof PERIOD_GROUPS)[number];

/** The figures of a period with their words. */
export interface ToldPeriod
  extends Omit<PeriodFigures, PeriodGroup | 'bySex' | 'each'>, Readonly<Record<PeriodGroup, readonly LabelledCount[]>> {
  readonly from: string;
  readonly to: string;
  /** The meeting since which it is told; null: of dates that somebody chose. */
  readonly since: { readonly id: Id; readonly title: string } | null;
  readonly bySex: readonly (Count & { readonly label: string })[];
  /** What a reader must know, e.g. the footnote of Kosovo*. */
  readonly notes: readonly string[];
}

/** The report of a period as a document in the language of its words: every number is written once and told wherever it stands. */
export function periodDocument(figures: ToldPeriod, words: ReportWords): Document {
  const { say, format } = words;
  // Where activities have no list of people at all nobody knows who came.
  const isUnknown = figures.activities > 0 && figures.workshops === 0;
  const fact = (
    key: 'activities' | 'workshops' | 'parts' | 'people' | 'doubles' | 'peopleAtMost' | 'attendances' | 'again' | 'countries',
  ) => ({
    key,
    label: say(`period.figure.${key === 'people' && figures.doubles > 0 ? 'peopleAtLeast' : key}`),
    cell: countCell(isUnknown && OF_PEOPLE.has(key) ? null : figures[key], words),
  });
  const days = format.days(figures.from, figures.to);
  const beside = [
    'workshops' as const,
    ...(figures.parts > 0 ? ['parts' as const] : []),
    'again' as const,
    ...(figures.doubles > 0 ? ['doubles' as const, 'peopleAtMost' as const] : []),
  ];
  return {
    language: words.language,
    blocks: [
      {
        ...{ is: 'heading', level: 1, text: say('period.title') },
        lead: figures.since === null ? days : say('period.since', { days, title: figures.since.title }),
      },
      { is: 'facts', only: 'page', look: 'figures', facts: (['activities', 'people', 'attendances', 'countries'] as const).map(fact) },
      { is: 'facts', only: 'page', look: 'pairs', facts: beside.map(fact) },
      {
        is: 'facts',
        only: 'list',
        look: 'lines',
        facts: (['activities', 'people', 'attendances', 'countries', ...beside] as const).map(fact),
      },
      ...PERIOD_GROUPS.flatMap((part) => counts(part, figures[part], figures, words)),
      ...sexes(figures, words),
      ...series(figures, words),
      ...nested(figures, words),
      ...notes(figures, words),
    ],
  };
}

/** The figures that are counted over lists of people. */
const OF_PEOPLE: ReadonlySet<string> = new Set(['people', 'attendances', 'again', 'countries']);
const COLUMNS = ['activities', 'people', 'attendances'] as const;

function counts(part: string, rows: readonly LabelledCount[], { activities, people }: ToldPeriod, words: ReportWords): Block[] {
  const { say } = words;
  if (rows.length === 0) return [];
  // Where few activities say for which countries they are, people are drawn, by theirs.
  const rowsWith = (count: 'activities' | 'people'): number => rows.filter((row) => (row[count] ?? 0) > 0).length;
  const drawn = rowsWith('activities') >= rowsWith('people') ? 0 : 1;
  return [
    {
      is: 'chart',
      table: {
        title: say(`period.${part}`),
        rowHeading: say(`period.row.${part}`),
        columns: COLUMNS.map((column) => ({ heading: say(`period.figure.${column}`), holds: 'numbers' })),
        rows: rows.map((row) => ({
          key: row.key,
          label: row.label,
          cells: COLUMNS.map((column) => ({
            name: say('period.ofGroup', { group: row.label, figure: say(`period.figure.${column}`) }),
            ...countCell(row[column], words),
          })),
        })),
      },
      drawn,
      of: drawn === 0 ? activities : people,
    },
  ];
}

/** Women and men, and of how many nothing is told of that: the numbers of a table are those of all people. */
function sexes({ bySex, people, sexWithheld }: ToldPeriod, words: ReportWords): Block[] {
  if (bySex.length === 0) return [];
  const told = [...bySex, ...(sexWithheld > 0 ? [{ key: 'withheld', label: words.say('period.sexWithheld'), count: sexWithheld }] : [])];
  const rows = told.map(({ key, label, count }) => ({ key, label, cells: [countCell(count, words)] }));
  return [
    {
      is: 'chart',
      table: { title: words.say('part.sex'), rowHeading: '', columns: [{ heading: '', holds: 'numbers' }], rows },
      drawn: 0,
      of: people,
    },
  ];
}

function series({ series: all }: ToldPeriod, { say, format }: ReportWords): Block[] {
  if (all.length === 0) return [];
  return [
    {
      is: 'table',
      title: say('period.series'),
      rowHeading: say('figure.title'),
      columns: [{ heading: say('period.parts'), holds: 'words' }],
      rows: all.map(({ title, of, parts }, at) => ({
        key: String(at),
        label: title,
        cells: [{ text: say('period.partsOf', { parts: format.list(parts.map((part) => format.number(part))), of: format.number(of) }) }],
      })),
    },
  ];
}

function nested({ nested: all }: ToldPeriod, words: ReportWords): Block[] {
  if (all.length === 0) return [];
  const { say } = words;
  const columns = ['parts', 'people', 'attendances'] as const;
  const heading = (column: (typeof columns)[number]): string => say(column === 'parts' ? 'period.parts' : `period.figure.${column}`);
  return [
    {
      is: 'table',
      title: say('period.nested'),
      rowHeading: say('figure.title'),
      columns: columns.map((column) => ({ heading: heading(column), holds: 'numbers' })),
      rows: all.map((one) => ({
        key: one.id,
        label: one.title,
        cells: columns.map((column) => ({
          name: say('period.ofGroup', { group: one.title, figure: heading(column) }),
          ...countCell(one[column], words),
        })),
      })),
    },
  ];
}

function notes(figures: ToldPeriod, { say, format }: ReportWords): Block[] {
  const { unmarked, doubles, people, peopleAtMost, sexWithheld, byProject, activities, nested: wholes } = figures;
  const isJoint = byProject.reduce((sum, row) => sum + row.activities, 0) > activities;
  const told = [
    ...(doubles > 0
      ? [say('period.doublesNote', { count: doubles, least: format.number(people), most: format.number(peopleAtMost) })]
      : []),
    ...(isJoint ? [say('period.joint')] : []),
    ...(wholes.length > 0 ? [say('period.nestedNote')] : []),
    ...(unmarked > 0 ? [say('period.unmarked', { count: unmarked })] : []),
    ...(sexWithheld > 0 ? [say('period.sexNote', { count: sexWithheld })] : []),
    ...figures.notes,
  ];
  if (told.length === 0) return [];
  return [{ is: 'heading', level: 2, text: say('part.notes') }, ...told.map((text): Block => ({ is: 'note', text }))];
}
