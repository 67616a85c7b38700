import type { Block, Cell, Fact, Table } from '../document/blocks.ts';
import type { ActivityFigures } from './contract.ts';
import { countCell, meanCell, rateCell } from './report-cells.ts';
import type { ReportWords } from './report-words.ts';

type Learning = ActivityFigures['learning'][number];
type Opinions = ActivityFigures['opinions'][number];

/** Returns the blocks on what was learnt, of those who sat both tests: figures, then per topic where the questionnaire says topics, then per question. */
export function learningBlocks(figures: Learning, words: ReportWords): Block[] {
  const { say } = words;
  if (figures.n === 0) return [];
  const heading: Block = { is: 'heading', level: 2, text: say('learning.of', { form: figures.title }) };
  const paired: Fact = { key: 'paired', label: say('learning.paired'), cell: countCell(figures.n, words) };
  if (figures.withheld) return [heading, { is: 'facts', look: 'lines', facts: [paired] }, { is: 'note', text: say('withheld.tests') }];
  const fact = (key: string, cell: Cell): Fact => ({ key, label: say(`learning.${key}`), cell });
  const facts: Fact[] = [
    paired,
    fact('meanPre', meanCell(figures.meanPre, words)),
    fact('meanPost', meanCell(figures.meanPost, words)),
    fact('gain', meanCell(figures.gain, words)),
    fact('normalised', rateCell(figures.normalised, words)),
    fact('improved', countCell(figures.improved, words)),
    fact('same', countCell(figures.same, words)),
    fact('worse', countCell(figures.worse, words)),
  ];
  const topics = figures.topics.map(({ key, text, pre, post }) => ({ key, label: text, pre, post }));
  const items = figures.items.map(({ id, text, pre, post }) => ({ key: id, label: say('learning.item', { id, text }), pre, post }));
  return [
    heading,
    { is: 'note', text: say('learning.about', { count: figures.questions }) },
    { is: 'facts', look: 'pairs', facts },
    ...sharesChart(say('learning.perTopic'), topics, words),
    ...sharesChart(say('learning.perItem'), items, words),
  ];
}

interface Shares {
  readonly key: string;
  readonly label: string;
  readonly pre: number;
  readonly post: number;
}

/** How much was right before and after, the bars what was right after. */
function sharesChart(title: string, rows: readonly Shares[], words: ReportWords): Block[] {
  const { say } = words;
  if (rows.length === 0) return [];
  const columns = ['pre', 'post'] as const;
  return [
    {
      is: 'chart',
      table: {
        title,
        rowHeading: '',
        columns: columns.map((column) => ({ heading: say(`learning.${column}`), holds: 'numbers' })),
        rows: rows.map((row) => ({
          key: row.key,
          label: row.label,
          cells: columns.map((column) => ({
            ...rateCell(row[column], words),
            name: say('inColumn', { row: row.label, column: say(`learning.${column}`) }),
          })),
        })),
      },
      drawn: 1,
      of: 100,
    },
  ];
}

/** Returns the blocks on what people thought: their number, means and distributions, then what they wrote, in an order that tells nothing. */
export function opinionBlocks(figures: Opinions, words: ReportWords): Block[] {
  const { say } = words;
  const heading: Block = { is: 'heading', level: 2, text: figures.title };
  const returned: Fact[] = [
    { key: 'returned', label: say('opinion.returned'), cell: countCell(figures.n, words) },
    { key: 'returnRate', label: say('opinion.rate'), cell: rateCell(figures.rate, words) },
  ];
  if (figures.withheld) return [heading, { is: 'facts', look: 'pairs', facts: returned }, { is: 'note', text: say('withheld.sheets') }];
  const hasScale = figures.items.some(({ type }) => type === 'scale');
  const mean: Fact[] = hasScale ? [{ key: 'opinionMean', label: say('opinion.mean'), cell: meanCell(figures.mean, words) }] : [];
  const isWithheld = figures.items.some(({ withheld }) => withheld);
  return [
    heading,
    { is: 'facts', look: 'pairs', facts: [...returned, ...mean, ...numberFacts(figures, words)] },
    ...scaleChart(figures, words),
    ...figures.items
      .filter(({ type, withheld, dist }) => type !== 'scale' && !withheld && dist.length > 0)
      .map((item) => choiceChart(item, words)),
    ...(isWithheld ? [{ is: 'note', text: say('withheld.items') } satisfies Block] : []),
    ...figures.comments.map(({ text, comments }): Block => ({ is: 'table', ...commentsTable(text, comments, words) })),
  ];
}

/** The means of what was answered in numbers. */
function numberFacts({ items }: Opinions, words: ReportWords): Fact[] {
  const told = items.filter(({ type, withheld }) => type === 'number' && !withheld);
  return told.map(({ id, text, mean }) => ({ key: `mean-${id}`, label: text, cell: meanCell(mean, words) }));
}

function scaleChart({ items }: Opinions, words: ReportWords): Block[] {
  const { say } = words;
  const scale = items.filter(({ type }) => type === 'scale');
  if (scale.length === 0) return [];
  const values = scale.find(({ withheld }) => !withheld)?.dist.map(({ label }) => label) ?? [];
  const untold: Cell = { text: say('withheld.cell') };
  const headings = [say('opinion.answers'), say('opinion.itemMean'), ...values];
  return [
    {
      is: 'chart',
      table: {
        title: say('opinion.perItem'),
        rowHeading: '',
        columns: headings.map((heading) => ({ heading, holds: 'numbers' })),
        rows: scale.map(({ id, text, n, withheld, mean, dist }) => {
          const label = say('learning.item', { id, text });
          const told = withheld ? values.map(() => untold) : dist.map(({ count }) => countCell(count, words));
          const cells = [countCell(n, words), withheld ? untold : meanCell(mean, words), ...told];
          return {
            key: id,
            label,
            cells: cells.map((cell, at) => ({ ...cell, name: say('inColumn', { row: label, column: headings[at]! }) })),
          };
        }),
      },
      drawn: 1,
      of: 5,
    },
  ];
}

function choiceChart({ text, n, dist }: Opinions['items'][number], words: ReportWords): Block {
  const { say } = words;
  return {
    is: 'chart',
    table: {
      title: text,
      rowHeading: '',
      columns: [{ heading: say('opinion.answers'), holds: 'numbers' }],
      rows: dist.map(({ key, label, count }) => ({ key, label, cells: [countCell(count, words)] })),
    },
    drawn: 0,
    of: n,
  };
}

function commentsTable(title: string, comments: readonly string[], { format }: ReportWords): Table {
  return {
    title,
    rowHeading: '',
    columns: [{ heading: '', holds: 'words' }],
    rows: comments.map((comment, at) => ({
      key: String(at),
      label: format.number(at + 1),
      cells: [{ text: comment, quoted: true as const }],
    })),
  };
}
