import { fold } from '../../../kernel/text.ts';

/**
 * Where the father's name stands in the words of a name, as `start` to before `end`; null where there is none. It follows the given name: *Коваль Ірина
 * Петрівна*, *Petrova Anna Ivanovna*, *Aliyeva Leyla Rashid qizi*. Endings that a family name may have (*-ovich* in Latin letters) say nothing.
 */
export function patronymicAt(words: readonly string[]): { readonly start: number; readonly end: number } | null {
  if (words.length === 4 && CHILD_OF.has(fold(words[3]!))) return { start: 2, end: 4 };
  if (words.length !== 3) return null;
  // *Іван Петрович Маркович*: the family name may end alike, and stands last where both do.
  const place = [1, 2].find((index) => CYRILLIC.test(words[index]!) || LATIN.test(words[index]!));
  return place === undefined ? null : { start: place, end: place + 1 };
}

const CYRILLIC = /(?:ович|евич|йович|овна|евна|івна|ївна|инична|ілліч|ильич|кузьмич|фомич|лукич)$/iu;
const LATIN = /\p{L}{2}(?:ovna|evna|[iy]vna|inichna)$/iu;

/** *Son of*, *daughter of*, behind the father's name. */
const CHILD_OF: ReadonlySet<string> = new Set('oglu ogly oğlu oglı qizi gizi kizi kyzy qızı uulu uly'.split(' ').map(fold));
