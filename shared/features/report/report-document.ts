import type { ListHeadings } from '../document/csv.ts';
import type { Block, BlockOf, Cell, Document, Fact, TableRow } from '../document/blocks.ts';
import type { ActivityFigures } from './contract.ts';
import type { NarrativePart } from './narrative.ts';
import { learningBlocks, opinionBlocks } from './report-evaluation.ts';
import type { Figure, ReportWords } from './report-words.ts';
import { countCell, hoursCell } from './report-cells.ts';

/**
 * The report of a workshop as a document in the language of its words. On a page the title and four figures stand first; a list says the same facts in the part
 * that each belongs to. Every number is written once and told wherever it stands.
 */
export function reportDocument(figures: ActivityFigures, words: ReportWords): Document {
  const { say } = words;
  const cells = cellsOf(figures, words);
  const said = (part: NarrativePart): string => figures.narrative[part].text || figures.narrative[part].suggestion;
  const counts = (part: string, rows: readonly Figure[]): Block[] => countChart(say(`part.${part}`), rows, figures.people, words);
  return {
    language: words.language,
    blocks: [
      { is: 'heading', only: 'page', level: 1, text: figures.title, lead: words.format.days(figures.start, figures.end) },
      atAGlance(figures, cells, words),
      ...prose(said('summary')),
      ...listed('activity', factsOf(['title', 'start', 'end', 'halfDays'], cells, words), words),
      ...listed('people', factsOf(['people', 'countries'], cells, words), words),
      ...counts('sex', figures.bySex),
      ...counts('profession', figures.byProfession),
      ...counts('professionSex', figures.byProfessionSex),
      ...counts('country', figures.byCountry),
      ...delivery(figures, words),
      ...listed('attendance', factsOf(['attendances', 'rate', 'full'], cells, words), words),
      ...halfDayChart(figures, words),
      ...evaluation(figures, words),
      ...prose(figures.narrative.learning.text),
      ...prose(figures.narrative.opinions.text),
      ...figures.learning.flatMap((one) => learningBlocks(one, words)),
      ...figures.opinions.flatMap((one) => opinionBlocks(one, words)),
      ...materials(figures, words),
      ...headed('outcomes', said('outcomes'), words),
      ...headed('followUp', said('followUp'), words),
      ...notes(figures, words),
    ],
  };
}

/** Returns the headings of the report's columns as a list. */
export function listHeadings({ say }: ReportWords): ListHeadings {
  return { part: say('column.part'), figure: say('column.figure'), value: say('column.value') };
}

type FactKey = 'title' | 'start' | 'end' | 'halfDays' | 'people' | 'countries' | 'attendances' | 'rate' | 'full';
type Cells = Readonly<Record<FactKey, Cell>>;

function cellsOf(figures: ActivityFigures, words: ReportWords): Cells {
  const { format, say } = words;
  const count = (number: number): Cell => ({ text: format.number(number), number });
  const { rate } = figures;
  // Before the first mark nobody knows who was there.
  const isKnown = figures.taken > 0;
  return {
    title: { text: figures.title },
    start: { text: format.day(figures.start) },
    end: { text: format.day(figures.end) },
    halfDays: count(figures.halfDays),
    people: count(figures.people),
    countries: count(figures.countries),
    attendances: countCell(isKnown ? figures.attendances : null, words),
    rate: rate === null ? { text: say('notRecorded') } : { text: format.rate(rate), number: rate },
    full: countCell(isKnown ? figures.full : null, words),
  };
}

/** The figures that officers are asked for first, each with what it is of. */
function atAGlance(figures: ActivityFigures, cells: Cells, { say }: ReportWords): BlockOf<'facts'> {
  const fact = (key: FactKey, of: string, count: number): Fact => ({
    key,
    label: say(`short.${key}`),
    cell: cells[key],
    of: say(`of.${of}`, { count }),
  });
  return {
    is: 'facts',
    only: 'page',
    look: 'figures',
    facts: [
      fact('people', 'countries', figures.countries),
      fact('attendances', 'halfDays', figures.halfDays),
      fact('rate', 'taken', figures.taken),
      fact('full', 'people', figures.people),
    ],
  };
}

function factsOf(keys: readonly FactKey[], cells: Cells, { say }: ReportWords): Fact[] {
  return keys.map((key) => ({ key, label: say(`figure.${key}`), cell: cells[key] }));
}

/** Facts under the heading of their part, in a list alone: on a page the title, the first figures and the charts say them. */
function listed(part: string, facts: Fact[], { say }: ReportWords): Block[] {
  return [
    { is: 'heading', only: 'list', level: 2, text: say(`part.${part}`) },
    { is: 'facts', only: 'list', look: 'lines', facts },
  ];
}

/** A count by some property, the bars of every such chart drawn to one scale: of all people. */
function countChart(title: string, rows: readonly Figure[], people: number, { format }: ReportWords): Block[] {
  if (rows.length === 0) return [];
  return [
    {
      is: 'chart',
      table: {
        title,
        rowHeading: '',
        columns: [{ heading: '', holds: 'numbers' }],
        rows: rows.map(({ key, label, count }) => ({ key, label, cells: [{ text: format.number(count), number: count }] })),
      },
      drawn: 0,
      of: people,
    },
  ];
}

/** How many attended each half-day, of how many marks. Where none was taken nothing is known, and nobody is said to have been away. */
function halfDayChart(figures: ActivityFigures, { format, say }: ReportWords): Block[] {
  if (figures.perHalfDay.length === 0) return [];
  return [
    {
      is: 'chart',
      table: {
        title: say('part.attendance'),
        rowHeading: say('column.halfDay'),
        columns: [
          { heading: say('column.attended'), holds: 'numbers' },
          { heading: say('column.taken'), holds: 'numbers' },
        ],
        rows: figures.perHalfDay.map(({ halfDay, label, attended, taken }) => ({
          key: halfDay,
          label,
          cells: [
            {
              name: say('figure.attendedOn', { halfDay: label }),
              ...(taken === 0 ? { text: say('notRecorded') } : { text: format.number(attended), number: attended }),
            },
            { name: say('figure.takenOn', { halfDay: label }), text: format.number(taken), number: taken },
          ],
        })),
      },
      drawn: 0,
      of: figures.people,
    },
  ];
}

/** Sessions and hours that were held, against those planned. */
function delivery({ delivery: { planned, held, minutesPlanned, minutesHeld, timed } }: ActivityFigures, words: ReportWords): Block[] {
  const { format, say } = words;
  if (planned === 0) return [];
  const row = (key: string, isSaid: Cell, wasPlanned: Cell): TableRow => ({
    key,
    label: say(`delivery.${key}`),
    cells: [
      { ...isSaid, name: say('delivery.heldOf', { what: say(`delivery.${key}`) }) },
      { ...wasPlanned, name: say('delivery.plannedOf', { what: say(`delivery.${key}`) }) },
    ],
  });
  const table: Block = {
    is: 'table',
    title: say('part.delivery'),
    rowHeading: '',
    columns: [
      { heading: say('delivery.held'), holds: 'numbers' },
      { heading: say('delivery.planned'), holds: 'numbers' },
    ],
    rows: [
      row('sessions', countCell(held, words), countCell(planned, words)),
      row('hours', hoursCell(minutesHeld, words), hoursCell(minutesPlanned, words)),
    ],
  };
  if (timed === planned) return [table];
  return [table, { is: 'note', text: say('delivery.timed', { count: timed, of: format.number(planned) }) }];
}

/** The blocks on the materials that people were given. */
function materials({ materials: list }: ActivityFigures, { say }: ReportWords): Block[] {
  if (list.length === 0) return [];
  const columns = ['kind', 'languages'] as const;
  return [
    {
      is: 'table',
      title: say('part.materials'),
      rowHeading: say('materials.title'),
      columns: columns.map((column) => ({ heading: say(`materials.${column}`), holds: 'words' })),
      rows: list.map((one) => ({
        key: one.id,
        label: one.title,
        cells: columns.map((column) => ({
          name: say('inColumn', { row: one.title, column: say(`materials.${column}`) }),
          text: one[column],
        })),
      })),
    },
  ];
}

/** A sentence for each questionnaire of which something is in. */
function evaluation(figures: ActivityFigures, { say }: ReportWords): Block[] {
  if (figures.evaluation.length === 0) return [];
  const facts = figures.evaluation.map(({ formId, title, sentence }): Fact => ({ key: formId, label: title, cell: { text: sentence } }));
  return [
    { is: 'heading', level: 2, text: say('part.evaluation') },
    { is: 'facts', look: 'lines', facts },
  ];
}

/** A part that people wrote; what the figures suggest of tests and opinions stands there as sentences already. */
function prose(text: string): Block[] {
  return text === '' ? [] : [{ is: 'prose', text }];
}

function headed(part: string, text: string, { say }: ReportWords): Block[] {
  return text === '' ? [] : [{ is: 'heading', level: 2, text: say(`part.${part}`) }, ...prose(text)];
}

/** Returns the notes that a reader must know, e.g. the footnote of Kosovo*. */
function notes(figures: ActivityFigures, { say }: ReportWords): Block[] {
  if (figures.notes.length === 0) return [];
  return [{ is: 'heading', level: 2, text: say('part.notes') }, ...figures.notes.map((text): Block => ({ is: 'note', text }))];
}
