import { wordsIn } from '../../kernel/text.ts';

/** A part of a line. `name`: what the window calls something, by the key of its words; `key`: a key by its name in the key tables; `page`: a way to another page of the help. */
export type Inline =
  | { readonly is: 'text' | 'strong'; readonly text: string }
  | { readonly is: 'name' | 'key'; readonly of: string }
  | { readonly is: 'page'; readonly page: string; readonly text: string };
export type Line = readonly Inline[];
export type Block =
  | { readonly is: 'heading'; readonly text: string }
  | { readonly is: 'paragraph'; readonly line: Line }
  | { readonly is: 'steps' | 'points'; readonly lines: readonly Line[] };

/** A page of the help as it is read from its Markdown. */
export interface HelpText {
  readonly title: string;
  readonly blocks: readonly Block[];
}

/**
 * Reads a page. Of Markdown it knows a title (`#`), headings (`##`), paragraphs of one line, steps (`1.`) and points (`-`); in a line `**strong**`, `` `attendance.undo` `` for a key,
 * `[words](conflicts)` for another page and `{{people:addPerson}}` for what the window calls something. Anything else stands as it is written.
 */
export function readHelp(markdown: string): HelpText {
  const blocks: Block[] = [];
  let title = '';
  let list = null as { is: 'steps' | 'points'; lines: Line[] } | null;
  for (const written of markdown.split('\n')) {
    const text = written.trim();
    const [, step, point] = /^(\d+\. )?(- )?/u.exec(text)!;
    const is = step ? 'steps' : point ? 'points' : null;
    if (is === null) list = null;
    if (text === '') continue;
    if (is !== null) {
      if (list?.is !== is) {
        list = { is, lines: [] };
        blocks.push(list);
      }
      list.lines.push(readLine(text.slice((step ?? point)!.length)));
    } else if (text.startsWith('## ')) blocks.push({ is: 'heading', text: text.slice(3) });
    else if (text.startsWith('# ')) title = text.slice(2);
    else blocks.push({ is: 'paragraph', line: readLine(text) });
  }
  return { title, blocks };
}

const MARKS = /\*\*(?<strong>[^*]+)\*\*|`(?<key>[^`]+)`|\[(?<words>[^\]]+)\]\((?<page>[^)]+)\)|\{\{(?<name>[^}]+)\}\}/gu;

function readLine(text: string): Line {
  const parts: Inline[] = [];
  let done = 0;
  for (const found of text.matchAll(MARKS)) {
    if (found.index > done) parts.push({ is: 'text', text: text.slice(done, found.index) });
    done = found.index + found[0].length;
    const { strong, key, words, page, name } = found.groups!;
    if (strong !== undefined) parts.push({ is: 'strong', text: strong });
    else if (key !== undefined) parts.push({ is: 'key', of: key });
    else if (name !== undefined) parts.push({ is: 'name', of: name });
    else parts.push({ is: 'page', page: page!, text: words! });
  }
  if (done < text.length) parts.push({ is: 'text', text: text.slice(done) });
  return parts;
}

/** Every line of a page, in order. */
export function linesOf({ blocks }: HelpText): Line[] {
  return blocks.flatMap((block) => (block.is === 'heading' ? [] : block.is === 'paragraph' ? [block.line] : block.lines));
}

/** The words of a line; `nameOf` says what the window calls something. */
export function wordsOfLine(line: Line, nameOf: (key: string) => string): string {
  return line.map((part) => ('text' in part ? part.text : part.is === 'name' ? nameOf(part.of) : '')).join('');
}

/** A page to look for: its words as they are shown. */
export interface Sought<P> {
  readonly page: P;
  readonly title: string;
  readonly lines: readonly string[];
}

/** The pages that have every word of `text`, by its beginning and without accents: those first whose title has them. `line`: the first line that has one, where the title has none. */
export function findHelp<P>(
  pages: readonly Sought<P>[],
  text: string,
): { readonly page: P; readonly title: string; readonly line: string | null }[] {
  const wanted = wordsIn(text);
  if (wanted.length === 0) return pages.map(({ page, title }) => ({ page, title, line: null }));
  return pages
    .flatMap(({ page, title, lines }) => {
      const inTitle = wordsIn(title);
      const inLines = lines.map(wordsIn);
      if (!wanted.every((word) => has(inTitle, word) || inLines.some((line) => has(line, word)))) return [];
      const rank = wanted.filter((word) => !has(inTitle, word)).length;
      const at = inLines.findIndex((line) => wanted.some((word) => !has(inTitle, word) && has(line, word)));
      return [{ rank, found: { page, title, line: at < 0 ? null : lines[at]! } }];
    })
    .sort((a, b) => a.rank - b.rank)
    .map(({ found }) => found);
}

function has(words: readonly string[], beginning: string): boolean {
  return words.some((word) => word.startsWith(beginning));
}
