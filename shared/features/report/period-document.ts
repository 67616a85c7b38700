import type { Block, Document } from '../document/blocks.ts';
import type { Count } from './figures.ts';
import { countCell } from './report-cells.ts';
import type { PeriodCount, PeriodFigures } from './period-figures.ts';
import type { ReportWords } from './report-words.ts';

/** A count of a period with its word in the report's language. */
export interface LabelledCount extends PeriodCount {
  readonly label: string;
}

/** The figures of a period with their words. */
export interface ToldPeriod extends Omit<PeriodFigures, 'byProject' | 'byMode' | 'byKind' | 'byLanguage' | 'byCountry' | 'bySex'> {
  readonly from: string;
  readonly to: string;
  readonly byProject: readonly LabelledCount[];
  readonly byMode: readonly LabelledCount[];
  readonly byKind: readonly LabelledCount[];
  readonly byLanguage: readonly LabelledCount[];
  readonly byCountry: readonly LabelledCount[];
  readonly bySex: readonly (Count & { readonly label: string })[];
  /** What a reader must know, e.g. the footnote of Kosovo*. */
  readonly notes: readonly string[];
}

/** The report of a period as a document in the language of its words: every number is written once and told wherever it stands. */
export function periodDocument(figures: ToldPeriod, words: ReportWords): Document {
  const { say, format } = words;
  const fact = (key: 'activities' | 'workshops' | 'people' | 'attendances' | 'again' | 'countries') => ({
    key,
    label: say(`period.figure.${key}`),
    cell: countCell(figures[key], words),
  });
  return {
    language: words.language,
    blocks: [
      { is: 'heading', level: 1, text: say('period.title'), lead: format.days(figures.from, figures.to) },
      { is: 'facts', only: 'page', look: 'figures', facts: (['activities', 'people', 'attendances', 'countries'] as const).map(fact) },
      { is: 'facts', only: 'page', look: 'lines', facts: (['workshops', 'again'] as const).map(fact) },
      {
        is: 'facts',
        only: 'list',
        look: 'lines',
        facts: (['activities', 'workshops', 'people', 'attendances', 'again', 'countries'] as const).map(fact),
      },
      ...counts('byProject', figures.byProject, figures, words),
      ...counts('byMode', figures.byMode, figures, words),
      ...counts('byKind', figures.byKind, figures, words),
      ...counts('byLanguage', figures.byLanguage, figures, words),
      ...counts('byCountry', figures.byCountry, figures, words),
      ...sexes(figures, words),
      ...series(figures, words),
      ...notes(figures, words),
    ],
  };
}

const COLUMNS = ['activities', 'people', 'attendances'] as const;

function counts(part: string, rows: readonly LabelledCount[], { activities }: ToldPeriod, words: ReportWords): Block[] {
  const { say } = words;
  if (rows.length === 0) return [];
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
      drawn: 0,
      of: activities,
    },
  ];
}

function sexes({ bySex, people }: ToldPeriod, words: ReportWords): Block[] {
  if (bySex.length === 0) return [];
  const rows = bySex.map(({ key, label, count }) => ({ key, label, cells: [countCell(count, words)] }));
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

function notes({ unmarked, notes: footnotes, byProject, activities }: ToldPeriod, { say }: ReportWords): Block[] {
  const isJoint = byProject.reduce((sum, row) => sum + row.activities, 0) > activities;
  const told = [
    ...(isJoint ? [say('period.joint')] : []),
    ...(unmarked > 0 ? [say('period.unmarked', { count: unmarked })] : []),
    ...footnotes,
  ];
  if (told.length === 0) return [];
  return [{ is: 'heading', level: 2, text: say('part.notes') }, ...told.map((text): Block => ({ is: 'note', text }))];
}
