/** The outcome of a three-way merge: the merged text, or how many places a person has to decide; null places: too much differs to be compared. */
export type MergedText = { readonly clean: true; readonly text: string } | { readonly clean: false; readonly places: number | null };

/** The most steps of a comparison: a text of which more differs is a person's to merge, and no hostile one holds the laptop up. */
const MOST_STEPS = 2_000;

/** Merges two texts that were made of one: by lines, and by words within lines that both sides changed. */
export function mergeText(base: string, mine: string, theirs: string): MergedText {
  const outcome = mergeTokens(linesIn(base), linesIn(mine), linesIn(theirs), (o, a, b) => {
    const words = mergeTokens(wordsIn(o.join('')), wordsIn(a.join('')), wordsIn(b.join('')), () => null);
    return words !== null && words.places === 0 ? words.tokens : null;
  });
  if (outcome === null) return { clean: false, places: null };
  return outcome.places === 0 ? { clean: true, text: outcome.tokens.join('') } : { clean: false, places: outcome.places };
}

/** Returns what a merge begins with for a person: merged as far as it goes by itself, with what stands here where somebody has to decide (`places`); null where too much differs. */
export function draftOfMerge(base: string, mine: string, theirs: string): { readonly text: string; readonly places: number } | null {
  let places = 0;
  const ours: Settle = (_, own) => {
    places++;
    return own;
  };
  const outcome = mergeTokens(linesIn(base), linesIn(mine), linesIn(theirs), (o, a, b) => {
    const words = mergeTokens(wordsIn(o.join('')), wordsIn(a.join('')), wordsIn(b.join('')), ours);
    return words === null ? ours(o, a, b) : words.tokens;
  });
  return outcome && { text: outcome.tokens.join(''), places };
}

interface Outcome {
  readonly tokens: readonly string[];
  readonly places: number;
}

type Settle = (base: readonly string[], mine: readonly string[], theirs: readonly string[]) => readonly string[] | null;

/** The classic three-way merge: what stands in all three divides them into stretches, of which each is one side's, both sides' alike, or `settle`'s. */
function mergeTokens(base: readonly string[], mine: readonly string[], theirs: readonly string[], settle: Settle): Outcome | null {
  const [inMine, inTheirs] = [matches(base, mine), matches(base, theirs)];
  if (inMine === null || inTheirs === null) return null;
  const tokens: string[] = [];
  let places = 0;
  let [o, a, b] = [0, 0, 0];
  const stretch = (toO: number, toA: number, toB: number): void => {
    const [sameO, sameA, sameB] = [base.slice(o, toO), mine.slice(a, toA), theirs.slice(b, toB)];
    const settled = isSame(sameA, sameO) ? sameB : isSame(sameB, sameO) || isSame(sameA, sameB) ? sameA : settle(sameO, sameA, sameB);
    if (settled === null) places++;
    else for (const token of settled) tokens.push(token);
  };
  for (let at = 0; at < base.length; at++) {
    const [toA, toB] = [inMine[at]!, inTheirs[at]!];
    if (toA < 0 || toB < 0) continue;
    if (at > o || toA > a || toB > b) stretch(at, toA, toB);
    tokens.push(base[at]!);
    [o, a, b] = [at + 1, toA + 1, toB + 1];
  }
  if (o < base.length || a < mine.length || b < theirs.length) stretch(base.length, mine.length, theirs.length);
  return { tokens, places };
}

/** For each token of `from` its place in `to` in a longest common sequence, -1 where it has none; null where more differs than is compared (Myers' greedy walk). */
export function matches(from: readonly string[], to: readonly string[]): Int32Array | null {
  const found = new Int32Array(from.length).fill(-1);
  let start = 0;
  while (start < from.length && start < to.length && from[start] === to[start]) found[start] = start++;
  let [endFrom, endTo] = [from.length, to.length];
  while (endFrom > start && endTo > start && from[endFrom - 1] === to[endTo - 1]) found[--endFrom] = --endTo;
  const [n, m] = [endFrom - start, endTo - start];
  const most = Math.min(n + m, MOST_STEPS);
  const reach = new Int32Array(2 * most + 3);
  const walked: Int32Array[] = [];
  for (let steps = 0; steps <= most; steps++) {
    walked.push(reach.slice(most + 1 - steps, most + 2 + steps));
    for (let k = -steps; k <= steps; k += 2) {
      const down = k === -steps || (k !== steps && reach[most + k]! < reach[most + k + 2]!);
      let x = down ? reach[most + k + 2]! : reach[most + k]! + 1;
      while (x < n && x - k < m && from[start + x] === to[start + x - k]) x++;
      reach[most + 1 + k] = x;
      if (x >= n && x - k >= m) return walkBack(found, walked, start, n, m);
    }
  }
  return null;
}

/** Follows a walk back from its end and notes what was found alike on the way. `walked`: how far each diagonal had come before each step. */
function walkBack(found: Int32Array, walked: readonly Int32Array[], start: number, n: number, m: number): Int32Array {
  let [x, y] = [n, m];
  for (let steps = walked.length - 1; steps >= 0; steps--) {
    const before = walked[steps]!;
    const came = (k: number): number => before[k + steps] ?? -1;
    const k = x - y;
    const down = k === -steps || (k !== steps && came(k - 1) < came(k + 1));
    const fromX = steps === 0 ? 0 : came(down ? k + 1 : k - 1);
    const fromY = steps === 0 ? 0 : fromX - (down ? k + 1 : k - 1);
    while (x > fromX && y > fromY) found[start + --x] = start + --y;
    [x, y] = [fromX, fromY];
  }
  return found;
}

function isSame(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((token, index) => token === b[index]);
}

/** Returns the lines of a text, each with its end. */
export function linesIn(text: string): string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

/** Returns the words of a text, and what stands between them. */
export function wordsIn(text: string): string[] {
  return text.match(/[\p{L}\p{N}\p{M}]+|[^\p{L}\p{N}\p{M}]/gu) ?? [];
}
