import { roundedRatio } from '../../kernel/ratio.ts';
import type { Cell } from '../document/blocks.ts';
import type { ReportWords } from './report-words.ts';

type Said = Pick<ReportWords, 'format' | 'say'>;

/** A count; *not recorded* where nothing is known. */
export function countCell(number: number | null, { format, say }: Said): Cell {
  return number === null ? { text: say('notRecorded') } : { text: format.number(number), number };
}

/** Minutes as hours, with one decimal where there is one. */
export function hoursCell(minutes: number | null, { format, say }: Said): Cell {
  if (minutes === null) return { text: say('notRecorded') };
  const hours = roundedRatio(minutes, 60, 1);
  return { text: format.number(hours, 1), number: hours };
}

/** A mean, two decimals. */
export function meanCell(mean: number | null, { format, say }: Said): Cell {
  return mean === null ? { text: say('notRecorded') } : { text: format.mean(mean), number: mean };
}

/** A share in percent, one decimal. */
export function rateCell(rate: number | null, { format, say }: Said): Cell {
  return rate === null ? { text: say('notRecorded') } : { text: format.rate(rate), number: rate };
}
