import type { SheetRow } from '../../kernel/source.ts';
import type { AnswerColumn } from './answer-columns.ts';

/** How far a mean may be from what was written: it was rounded to one decimal. */
const ROUNDING = 0.051;

/**
 * Whether a row is the line of means or sums of the others that bears no name: its figures are broken and are those of its columns. One whole answer like the others
 * is a sheet.
 */
export function isMeanRow(row: SheetRow, rows: readonly SheetRow[], columns: readonly AnswerColumn[]): boolean {
  const places = columns.flatMap((column, place) => (column.is === 'item' && column.item.type === 'scale' ? [place] : []));
  const figures = places.map((place) => ({ place, figure: figureOf(row.cells[place] ?? '') })).filter(({ figure }) => figure !== null);
  if (figures.length < 2 || !figures.some(({ figure }) => !Number.isInteger(figure) || figure! > 5)) return false;
  const others = rows.filter((other) => other !== row);
  const fitting = figures.filter(({ place, figure }) => {
    const values = others
      .map(({ cells }) => figureOf(cells[place] ?? ''))
      .filter((value) => value !== null && Number.isInteger(value) && value >= 1 && value <= 5) as number[];
    const sum = values.reduce((total, value) => total + value, 0);
    return values.length > 1 && (Math.abs(sum / values.length - figure!) <= ROUNDING || sum === figure);
  });
  return fitting.length * 5 >= figures.length * 4;
}

function figureOf(text: string): number | null {
  return /^\d+(?:[.,]\d+)?$/.test(text) ? Number(text.replace(',', '.')) : null;
}
