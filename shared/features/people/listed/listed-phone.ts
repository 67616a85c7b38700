import { isPhone } from '../../../model/values.ts';
import { saysNothing } from '../../intake/nothing-said.ts';

/**
 * The telephone numbers of a cell as they are written; '' where it says nothing, null where there are none. A number that a spreadsheet has made a figure of loses digits
 * (`2.21771E+11`): it is none.
 */
export function listedPhone(text: string): string | null {
  const written = text
    .replace(/[\u200B-\u200F\u202A-\u202E\u2066-\u2069\uFEFF]/gu, '')
    .replace(/\s+/gu, ' ')
    .trim()
    .replace(/^(\+?\d+)[.,]0+$/u, '$1');
  if (saysNothing(written)) return '';
  return isPhone(written) && !/^[\d.,]+E[+-]?\d+$/iu.test(written) ? written : null;
}
