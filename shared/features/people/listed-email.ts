import { isEmail } from '../../model/values.ts';
import { saysNothing } from '../intake/nothing-said.ts';

/** The first address of a cell that can be written to, in small letters' own form as written; '' where the cell says nothing, null where none can be read. */
export function listedEmail(text: string): string | null {
  // Most cells hold one address and nothing else.
  if (PLAIN.test(text) && isEmail(text)) return text;
  if (saysNothing(text)) return '';
  for (const word of text.replace(/mailto:/giu, ' ').split(/[\s;,<>()[\]|"'“”]+|\/(?=\S+@)/u)) {
    const bare = word.replace(/^[.:]+|[.:]+$/gu, '').replace(/[\u200B-\u200D\uFEFF]/gu, '');
    if (isEmail(bare)) return bare;
  }
  return null;
}

const PLAIN = /^[a-z\d][\w+-]*(?:\.[\w+-]+)*@[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}$/iu;
