import { fold } from './text.ts';

/** An entry of a list to choose from: what it stands for, and its words on screen. */
export interface Choice {
  readonly value: string;
  readonly label: string;
  /** What it is called, where its words on screen say more than that. */
  readonly name?: string;
}

export interface ChoiceGroup {
  readonly group: string;
  readonly items: readonly Choice[];
}

export type Choices = readonly (Choice | ChoiceGroup)[];

/** The choice that a typed text makes of a list: one, or nothing because several fit or none does. */
export type TypedChoice =
  { readonly is: 'chosen'; readonly value: string } | { readonly is: 'several'; readonly count: number } | { readonly is: 'none' };

/**
 * The choice that a typed text means: the one that is called so, in whatever order its words stand, else the only one in whose words it stands; without accents, case, apostrophes and
 * hyphens. `picked` are chosen already and mean nothing but by their whole name.
 */
export function readChoice(choices: Choices, typed: string, picked: readonly string[] = []): TypedChoice {
  const wanted = wordsOf(typed);
  if (wanted.length === 0) return { is: 'none' };
  const all = searchable(choices);
  const whole = [...wanted].sort().join(' ');
  const named = all.filter(({ names }) => names.includes(whole));
  const fitting = named.length > 0 ? named : all.filter(({ choice, text }) => !picked.includes(choice.value) && holds(text, wanted));
  if (fitting.length === 0) return { is: 'none' };
  return fitting.length === 1 ? { is: 'chosen', value: fitting[0]!.choice.value } : { is: 'several', count: fitting.length };
}

/** The choices in whose words every typed word stands, at most so many, in their groups. */
export function fittingChoices(choices: Choices, typed: string, limit = Infinity): Choices {
  const wanted = wordsOf(typed);
  // Where nothing is typed all fit, and none is folded: a list is drawn far more often than it is searched.
  const texts = wanted.length === 0 ? null : searchable(choices);
  const fitting: (Choice | ChoiceGroup)[] = [];
  let [at, found] = [0, 0];
  const fits = (): boolean => (texts === null || holds(texts[at]!.text, wanted)) && found < limit;
  const take = (): boolean => {
    const isFitting = fits();
    at++;
    if (isFitting) found++;
    return isFitting;
  };
  for (const one of choices) {
    if (found >= limit) break;
    if (!('items' in one)) {
      if (take()) fitting.push(one);
      continue;
    }
    const items = one.items.filter(take);
    if (items.length > 0) fitting.push({ ...one, items });
  }
  return fitting;
}

/** Returns tags with a known word in place of each new one that differs from it in accents or case alone; other new words as they are. No word twice. */
export function readTags(known: readonly string[], written: readonly string[]): string[] {
  const asKnown = (word: string) => known.find((one) => fold(one) === fold(word)) ?? word.trim();
  return [...new Set(written.map(asKnown))].filter((word) => word !== '');
}

interface Searchable {
  readonly choice: Choice;
  readonly text: string;
  /** Name and words on screen, each with its words in the order of the alphabet. */
  readonly names: readonly string[];
}

const prepared = new WeakMap<Choices, readonly Searchable[]>();

/** A list may have ten thousand names and is asked at every key: they are folded once. */
function searchable(choices: Choices): readonly Searchable[] {
  const known = prepared.get(choices);
  if (known) return known;
  const all = choices.flatMap((one): readonly Choice[] => ('items' in one ? one.items : [one]));
  const made = all.map((choice) => ({
    choice,
    text: [choice.label, joined(choice.label)].map((text) => wordsOf(text).join(' ')).join(' '),
    names: [choice.name ?? choice.label, choice.label]
      .flatMap((name) => [name, joined(name)])
      .map((name) => wordsOf(name).sort().join(' ')),
  }));
  prepared.set(choices, made);
  return made;
}

function holds(text: string, words: readonly string[]): boolean {
  return words.every((word) => text.includes(word));
}

/** N'Guessan is looked for as nguessan, too. */
function joined(text: string): string {
  return text.replaceAll(/['’-]/g, '');
}

function wordsOf(text: string): string[] {
  return fold(text)
    .split(/[\s'’,;()-]+/)
    .filter((word) => word !== '');
}
