/** A three-way merge of texts whose lines and words stand nowhere else, written apart from the product's: each line and word has one place, so that there is one right outcome. */

/** The merged text; null: a person has to decide. `unsure`: lines were rewritten on both sides, so that more than one merge is right. */
export type Reference = { readonly is: 'merged'; readonly text: string } | { readonly is: 'asked' | 'unsure' };

/** Returns the merge of two texts that were made of one. */
export function referenceMerge(base: string, mine: string, theirs: string): Reference {
  const [o, a, b] = [base, mine, theirs].map((text) => text.split(/(?<=\n)/).filter((line) => line !== '')) as [
    string[],
    string[],
    string[],
  ];
  const kept = o.filter((line) => a.includes(line) && b.includes(line));
  let text = '';
  let outcome: Reference['is'] = 'merged';
  for (const end of [...kept, undefined]) {
    const [fromO, fromA, fromB] = [o, a, b].map((lines) => lines.splice(0, end === undefined ? lines.length : lines.indexOf(end))) as [
      string[],
      string[],
      string[],
    ];
    const part = oneStretch(fromO, fromA, fromB);
    if (part.is === 'merged') text += part.text;
    else if (outcome !== 'unsure') outcome = part.is;
    if (end === undefined) break;
    for (const lines of [o, a, b]) lines.shift();
    text += end;
  }
  return outcome === 'merged' ? { is: 'merged', text } : { is: outcome };
}

function oneStretch(o: readonly string[], a: readonly string[], b: readonly string[]): Reference {
  const [base, mine, theirs] = [o, a, b].map((lines) => lines.join('')) as [string, string, string];
  if (mine === base || mine === theirs) return { is: 'merged', text: theirs };
  if (theirs === base) return { is: 'merged', text: mine };
  const [wordsO, wordsA, wordsB] = [base, mine, theirs].map((text) => text.split(/\b/)) as [string[], string[], string[]];
  const isAligned = wordsO.every((word, at) => /\w/.test(word) || (wordsA[at] === word && wordsB[at] === word));
  if (wordsA.length !== wordsO.length || wordsB.length !== wordsO.length || !isAligned) return { is: 'unsure' };
  // Word by word: the places of a line stand still.
  const merged = wordsO.map((word, at) => {
    const [own, other] = [wordsA[at]!, wordsB[at]!];
    return own === word || own === other ? other : other === word ? own : null;
  });
  return merged.includes(null) ? { is: 'asked' } : { is: 'merged', text: merged.join('') };
}

/** Whether a merge kept every word that a side added, and none that a side took out. */
export function isEveryWordKept(merged: string, base: string, mine: string, theirs: string): boolean {
  const [m, o, a, b] = [merged, base, mine, theirs].map((text) => new Set(text.match(/\w+/g) ?? [])) as [
    Set<string>,
    Set<string>,
    Set<string>,
    Set<string>,
  ];
  const wanted = new Set([...o, ...a, ...b].filter((word) => !o.has(word) || (a.has(word) && b.has(word))));
  return m.size === wanted.size && [...wanted].every((word) => m.has(word));
}
