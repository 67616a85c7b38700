import type { ListColumn } from '../../../../shared/features/people/list-columns.ts';

/** The least width of a column in pixels, and its share of what is left; 0: it takes none. */
const WIDTHS: Readonly<Record<ListColumn | 'select' | 'name', readonly [least: number, share: number]>> = {
  select: [24, 0],
  name: [170, 1.5],
  sex: [72, 0],
  profession: [104, 1],
  institution: [140, 1.5],
  country: [96, 0.9],
  language: [80, 0],
  email: [140, 1.2],
  ref: [72, 0.6],
};
const GAP = 12;
const SIDES = 32;

/** The tracks of the list's grid with these columns, and how narrow it may be. */
export function tracksOf(columns: readonly ListColumn[], selectable: boolean): { readonly tracks: string; readonly least: number } {
  const widths = [...(selectable ? (['select'] as const) : []), 'name' as const, ...columns].map((column) => WIDTHS[column]);
  return {
    tracks: widths.map(([least, share]) => (share === 0 ? `${least}px` : `minmax(${least}px, ${share}fr)`)).join(' '),
    least: widths.reduce((sum, [least]) => sum + least, SIDES + GAP * (widths.length - 1)),
  };
}
