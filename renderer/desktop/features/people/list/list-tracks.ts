import type { ListColumn } from '../../../../../shared/features/people/list-columns.ts';
import { participant } from '../../../../../shared/model/people.ts';

/** The least width of a column in pixels, and its share of what is left; 0: it takes none. */
type Width = readonly [least: number, share: number];

const SELECT: Width = [24, 0];
const NAME: Width = [170, 1.5];
const BY_INPUT: Readonly<Record<(typeof participant)['fields'][ListColumn]['input'], Width>> = {
  line: [140, 1.5],
  choice: [104, 1],
  country: [96, 0.9],
  language: [80, 0],
  email: [140, 1.2],
  phone: [120, 0.8],
  text: [140, 1.5],
  consent: [104, 0.8],
};
/** Narrower than others of their kind. */
const BY_FIELD: { readonly [F in ListColumn]?: Width } = { sex: [72, 0], ref: [72, 0.6] };

const widthOf = (column: ListColumn): Width => BY_FIELD[column] ?? BY_INPUT[participant.fields[column].input];
const GAP = 12;
const SIDES = 32;

/** The tracks of the list's grid with these columns, and how narrow it may be. */
export function tracksOf(columns: readonly ListColumn[], selectable: boolean): { readonly tracks: string; readonly least: number } {
  const widths = [...(selectable ? [SELECT] : []), NAME, ...columns.map(widthOf)];
  return {
    tracks: widths.map(([least, share]) => (share === 0 ? `${least}px` : `minmax(${least}px, ${share}fr)`)).join(' '),
    least: widths.reduce((sum, [least]) => sum + least, SIDES + GAP * (widths.length - 1)),
  };
}
