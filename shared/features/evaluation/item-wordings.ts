import { fold, LANGUAGES } from '../../kernel/text.ts';
import type { FormItem } from './answers.ts';

/** The ways in which a text names an item: by its id, its whole wording (`inside`: among other words), the beginning of it, or words that are nearly these. */
export type ItemMatch = 'id' | 'wording' | 'inside' | 'beginning' | 'near';

export interface NamedItem {
  readonly item: FormItem;
  readonly match: ItemMatch;
}

/** Finds items of a questionnaire in headings, whatever tool wrote them and in whichever of the four languages. */
export interface ItemFinder {
  /** The item that a heading names; null where it names none, or may name two. */
  find(heading: string): NamedItem | null;
  /** The id of an item that this form does not have, in its own way of numbering: `S14` of a form with ten. */
  foreignId(heading: string): string | null;
}

/** A beginning says less than this and is no evidence, in letters. */
const SHORTEST_BEGINNING = 12;
const SHORTEST_INSIDE = 9;
/** Share of words that two wordings have in common where they are nearly one. */
const NEARLY = 0.8;
const LONGEST_HEADING = 600;
/** A word more or less of these turns the sense. */
const NEGATIONS: ReadonlySet<string> = new Set(
  'not,no,never,ne,pas,jamais,peu,nunca,nada,nao,sem,sin,sans,without,dont,didnt,wasnt,werent,un,less,moins,menos'.split(','),
);

interface Wording {
  readonly item: FormItem;
  /** Letters and digits, folded. */
  readonly key: string;
  /** The same where letters with accents were dropped instead of folded, as names of columns in XLSForms have it. */
  readonly dropped: string;
  readonly words: readonly string[];
}

/** Makes a finder for the items of a questionnaire. */
export function itemFinder(items: readonly FormItem[]): ItemFinder {
  const byId = new Map(items.map((item) => [fold(item.id), item]));
  const letters = new Set([...byId.keys()].flatMap((id) => /^([a-z]{1,2})\d+$/.exec(id)?.[1] ?? []));
  const wordings = items.flatMap((item) =>
    LANGUAGES.flatMap((language): Wording[] => {
      const text = item.text[language] ?? '';
      return keyOf(text) === '' ? [] : [{ item, key: keyOf(text), dropped: droppedKey(text), words: wordsOf(text) }];
    }),
  );
  const known = new Map<string, NamedItem | null>();
  const find = (heading: string): NamedItem | null => {
    const before = known.get(heading);
    if (before !== undefined) return before;
    const found = heading.length > LONGEST_HEADING ? null : findIn(heading);
    known.set(heading, found);
    return found;
  };
  const findIn = (heading: string): NamedItem | null => {
    const texts = readingsOf(heading);
    // What the question says weighs more than the number that a tool put before it.
    const worded = texts.map((text) => byWording(text, wordings)).filter((found) => found !== null);
    const best = (['wording', 'inside', 'beginning', 'near'] as const)
      .map((match) => worded.filter((found) => found.match === match))
      .find((found) => found.length > 0);
    const identified = texts.map((text) => idIn(text, letters)).find((id) => id !== null && byId.has(id));
    if (best && best.every(({ item }) => item === best[0]!.item)) return best[0]!;
    return best || identified === undefined || identified === null ? null : { item: byId.get(identified)!, match: 'id' };
  };
  const foreignId = (heading: string): string | null => {
    if (find(heading)) return null;
    const id = idIn(heading, letters);
    return id === null || byId.has(id) ? null : heading.trim();
  };
  return { find, foreignId };
}

/** Whether a cell is the wording or the id of an item, and so belongs to headings. */
export function isHeadingOf(text: string, item: FormItem, finder: ItemFinder): boolean {
  const named = text === '' ? null : finder.find(text);
  return named !== null && named.item.id === item.id && (named.match === 'wording' || named.match === 'id');
}

function byWording(text: string, wordings: readonly Wording[]): NamedItem | null {
  const [key, dropped] = [keyOf(text), droppedKey(text)];
  if (key === '') return null;
  const same = wordings.filter((one) => one.key === key || (dropped.length >= SHORTEST_BEGINNING && one.dropped === dropped));
  if (same.length > 0) return only(same, 'wording');
  const inside = wordings.filter(
    (one) => one.key.length >= SHORTEST_INSIDE && key.includes(one.key) && key.length <= 3 * one.key.length + 40,
  );
  if (inside.length > 0) {
    const longest = Math.max(...inside.map((one) => one.key.length));
    return only(
      inside.filter((one) => one.key.length === longest),
      'inside',
    );
  }
  if (key.length >= SHORTEST_BEGINNING) {
    const begun = wordings.filter(
      (one) => one.key.startsWith(key) || (dropped.length >= SHORTEST_BEGINNING && one.dropped.startsWith(dropped)),
    );
    if (begun.length > 0) return only(begun, 'beginning');
  }
  return nearest(wordsOf(text), wordings);
}

function only(found: readonly Wording[], match: ItemMatch): NamedItem | null {
  return found.every(({ item }) => item === found[0]!.item) ? { item: found[0]!.item, match } : null;
}

function nearest(words: readonly string[], wordings: readonly Wording[]): NamedItem | null {
  if (words.length < 3) return null;
  const near = wordings.filter((one) => {
    const common = words.filter((word) => one.words.includes(word)).length;
    const apart = [...words.filter((word) => !one.words.includes(word)), ...one.words.filter((word) => !words.includes(word))];
    return (2 * common) / (words.length + one.words.length) >= NEARLY && !apart.some((word) => NEGATIONS.has(word) || /^\d+$/.test(word));
  });
  return near.length === 0 ? null : only(near, 'near');
}

/** Returns the texts that a heading may be read as: as it stands, without marks and numbers, what stands in its brackets, the last step of its path, its parts in two languages. */
function readingsOf(heading: string): string[] {
  const text = heading
    .replace(/<[^<>]{0,40}>/g, ' ')
    .replace(/\s*(?:\*|\((?:required|obligatoire|obligatorio|obligatorio\/a|obrigatorio|obrigatório)\))\s*$/iu, '')
    .replace(/(?:\.{3}|…)\s*$/u, '')
    .trim();
  const brackets = [...text.matchAll(/\[([^[\]]+)\]/g)].map((match) => match[1]!);
  const [inside, outside] = [/\(([^()]+)\)/.exec(text)?.[1], text.replace(/\([^()]*\)|\[[^[\]]*\]/g, ' ')];
  const parts = text.split(/\s*(?:->|>|\n|\||::)\s*|\s+[/–—]\s+|(?<=\S)\/(?=\S)|\s*:\s+/u);
  const all = [text, ...brackets, outside, ...(inside === undefined ? [] : [inside]), ...parts];
  return [...new Set(all.flatMap((one) => [one.trim(), unnumbered(one.trim())]))].filter((one) => one !== '');
}

/** `3. Les supports …`, `Q03 - …`, `(3) …`, `S3_…`. */
function unnumbered(text: string): string {
  return text.replace(
    /^[([]?(?:[A-Za-z]{1,2}|question|pregunta|pergunta)?[\s_.]*\d{1,3}(?:\.\d{1,2})*[)\]]?\s*[.):_\-–—]*\s*(?=[¿¡"“«\p{L}])/iu,
    '',
  );
}

/** The id that a text begins with or is: `S1`, `s01 …`, `Q 3`, and *Question 3*, *Response 3* for `q3`. */
function idIn(text: string, letters: ReadonlySet<string>): string | null {
  const folded = fold(text);
  const short = /^[([]?([a-z]{1,2})[\s._-]?0*(\d{1,3})(?![a-z\d])/.exec(folded) ?? /[_/.:]([a-z]{1,2})0*(\d{1,3})$/.exec(folded);
  if (short && letters.has(short[1]!)) return `${short[1]}${short[2]}`;
  const long = /^(?:question|pregunta|pergunta|questao|response|reponse|respuesta|resposta|answer)\s*(?:n[o°.]*\s*)?0*(\d{1,3})$/.exec(
    folded,
  );
  return long && letters.has('q') ? `q${long[1]}` : null;
}

function keyOf(text: string): string {
  return fold(text).replace(/[^\p{L}\p{N}]+/gu, '');
}

function droppedKey(text: string): string {
  return text
    .normalize('NFC')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '');
}

function wordsOf(text: string): string[] {
  return [...new Set(fold(text).match(/[\p{L}\p{N}]+/gu) ?? [])];
}
