import { escapedXml } from '../../../kernel/xml.ts';
import type { Language } from '../../../kernel/text.ts';

/** A page of HTML for tools that show nothing else. */

export interface PageSection {
  readonly heading: string;
  /** In the Markdown of courses. */
  readonly text: string;
}

/** Returns a whole page. Sections without a text are left out. */
export function textPage(title: string, language: Language, lead: string, sections: readonly PageSection[]): string {
  const told = sections
    .filter(({ text }) => text.trim() !== '')
    .map(({ heading, text }) => `<h2>${escapedXml(heading)}</h2>\n${htmlOfMarkdown(text)}\n`);
  return `<!DOCTYPE html>
<html lang="${language}">
<head><meta charset="utf-8"><title>${escapedXml(title)}</title></head>
<body>
<h1>${escapedXml(title)}</h1>
${lead === '' ? '' : `<p>${escapedXml(lead)}</p>\n`}${told.join('')}</body>
</html>
`;
}

const ITEM = /^\s*(?:([-*+])|\d+[.)])\s+(.*)$/;
const HEADING = /^(#{1,4})\s+(.*)$/;

/** Returns what a text in Markdown says as HTML: headings, lists of one level, emphasis, and links to https and mail. Everything else stands as it is written; no tag of the text is one. */
export function htmlOfMarkdown(text: string): string {
  const blocks: string[] = [];
  let list: 'ol' | 'ul' | null = null;
  let lines: string[] = [];
  const close = (): void => {
    if (lines.length > 0) blocks.push(list === null ? `<p>${lines.join('<br>')}</p>` : `<${list}>${lines.join('')}</${list}>`);
    [list, lines] = [null, []];
  };
  for (const line of text.split(/\r\n|\r|\n/)) {
    const [item, heading] = [ITEM.exec(line), HEADING.exec(line)];
    const kind = item === null ? null : item[1] === undefined ? 'ol' : 'ul';
    if (line.trim() === '' || heading || kind !== list) close();
    if (heading) {
      // The page has its own two levels above.
      const level = Math.min(6, heading[1]!.length + 2);
      blocks.push(`<h${level}>${inline(heading[2]!)}</h${level}>`);
    } else if (item) {
      list = kind;
      lines.push(`<li>${inline(item[2]!)}</li>`);
    } else if (line.trim() !== '') lines.push(inline(line.trim()));
  }
  close();
  return blocks.join('\n');
}

const LINK = /\[([^[\]]*)\]\(((?:https:\/\/|mailto:)[^\s()"<>]*)\)/g;
const SIGN = /\\([!-/:-@[-`{-~])/g;
const SET_ASIDE = /\ue000(\d+)\ue000/g;

function inline(text: string): string {
  // Signs that stand for themselves, and addresses, are none of Markdown's: they go out of the way, and come back when the rest is read.
  const aside: string[] = [];
  const setAside = (html: string): string => `\ue000${aside.push(html) - 1}\ue000`;
  const set = text
    .replaceAll('\ue000', '')
    .replace(SIGN, (_, sign: string) => setAside(escapedXml(sign)))
    .replace(LINK, (_, words: string, address: string) => `${setAside(`<a href="${escapedXml(address)}">`)}${words}${setAside('</a>')}`);
  // Every other piece is what stands between two of them.
  return set
    .split('\ue000')
    .map((piece, at) => (at % 2 === 0 ? escapedXml(piece) : `\ue000${piece}\ue000`))
    .join('')
    .replace(/\*\*(?!\s)([^*]+)(?<!\s)\*\*/g, '<strong>$1</strong>')
    .replace(/(?<![*\w])\*(?!\s)([^*]+)(?<!\s)\*(?![*\w])/g, '<em>$1</em>')
    .replace(/(?<![_\w])_(?!\s)([^_]+)(?<!\s)_(?![_\w])/g, '<em>$1</em>')
    .replace(SET_ASIDE, (_, at: string) => aside[Number(at)]!);
}
