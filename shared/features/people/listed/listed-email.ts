import { isEmail } from '../../../model/values.ts';
import { saysNothing } from '../../intake/nothing-said.ts';

/** The first address of a cell that can be written to, in small letters' own form as written; '' where the cell says nothing, null where none can be read. */
export function listedEmail(text: string): string | null {
  // Most cells hold one address and nothing else.
  if (text.length <= LONGEST_PLAIN && PLAIN.test(text)) return text;
  if (saysNothing(text)) return '';
  for (const word of text.replace(/mailto:/giu, ' ').split(/[\s;,<>()[\]|"'“”]+|\/(?=\S+@)/u)) {
    const bare = word.replace(/^[.:]+|[.:]+$/gu, '').replace(/[\u200B-\u200D\uFEFF]/gu, '');
    if (isEmail(bare)) return bare;
  }
  return null;
}

const LONGEST_PLAIN = 100;
const PLAIN = /^[A-Za-z\d][\w+-]*(?:\.[\w+-]+)*@[\w-]+(?:\.[\w-]+)*\.[A-Za-z]{2,}$/;
