import { linesIn, matches, wordsIn } from './merge-text.ts';

/** A stretch of a text beside another one: in both, in the earlier one alone, or in the later one alone. */
export interface Piece {
  readonly is: 'same' | 'removed' | 'added';
  readonly text: string;
}

/** Returns how a text became another: by lines, and by words within lines that changed. Where more differs than is compared a whole stretch gives way to another. */
export function differenceOf(before: string, after: string): Piece[] {
  const pieces: { is: Piece['is']; text: string }[] = [];
  const add = (is: Piece['is'], text: string): void => {
    const last = pieces.at(-1);
    if (text === '') return;
    if (last?.is === is) last.text += text;
    else pieces.push({ is, text });
  };
  walk(linesIn(before), linesIn(after), add, (removed, added) =>
    walk(wordsIn(removed), wordsIn(added), add, (oldWords, newWords) => {
      add('removed', oldWords);
      add('added', newWords);
    }),
  );
  return pieces;
}

/** Goes through two rows of tokens: what stands in both, and each stretch between. */
function walk(
  before: readonly string[],
  after: readonly string[],
  add: (is: 'same', text: string) => void,
  differ: (removed: string, added: string) => void,
): void {
  const found = matches(before, after);
  if (found === null) return differ(before.join(''), after.join(''));
  let [a, b] = [0, 0];
  const between = (toA: number, toB: number): void => {
    if (toA > a || toB > b) differ(before.slice(a, toA).join(''), after.slice(b, toB).join(''));
  };
  found.forEach((at, index) => {
    if (at < 0) return;
    between(index, at);
    add('same', before[index]!);
    [a, b] = [index + 1, at + 1];
  });
  between(before.length, after.length);
}
