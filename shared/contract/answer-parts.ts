/** Items of a list per message: longer lists travel in parts, so that the window draws between them. */
export const MOST_ITEMS = 250;

/** A part of a long list of an answer, sent ahead of the answer itself. `list`: its key in the answer; '' where the answer is the list. */
export interface AnswerPart {
  readonly list: string;
  readonly items: readonly unknown[];
}

/** Takes the long lists out of an answer: what goes ahead, in order, and what is left, in which they are empty. */
export function partsOf(result: unknown): { readonly parts: readonly AnswerPart[]; readonly rest: unknown } {
  if (Array.isArray(result)) return isLong(result) ? { parts: cut('', result), rest: [] } : { parts: [], rest: result };
  if (typeof result !== 'object' || result === null) return { parts: [], rest: result };
  const long = Object.entries(result).filter((entry): entry is [string, unknown[]] => isLong(entry[1]));
  if (long.length === 0) return { parts: [], rest: result };
  return {
    parts: long.flatMap(([list, items]) => cut(list, items)),
    rest: { ...result, ...Object.fromEntries(long.map(([list]) => [list, []])) },
  };
}

/** Returns the answer with the parts of its lists put back: the inverse of `partsOf`. */
export function joinParts(rest: unknown, parts: readonly AnswerPart[]): unknown {
  if (parts.length === 0) return rest;
  const lists = new Map<string, unknown[]>();
  for (const { list, items } of parts) {
    const before = lists.get(list);
    if (before) before.push(...items);
    else lists.set(list, [...items]);
  }
  return lists.get('') ?? { ...(rest as object), ...Object.fromEntries(lists) };
}

function isLong(value: unknown): value is unknown[] {
  return Array.isArray(value) && value.length > MOST_ITEMS;
}

function cut(list: string, items: readonly unknown[]): AnswerPart[] {
  const parts: AnswerPart[] = [];
  for (let from = 0; from < items.length; from += MOST_ITEMS) parts.push({ list, items: items.slice(from, from + MOST_ITEMS) });
  return parts;
}
