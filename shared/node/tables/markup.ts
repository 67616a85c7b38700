import { Parser } from 'htmlparser2';

/** Elements within elements; no program writes more. */
const DEEPEST = 256;
const LONGEST_TAG = 64 * 1024;
const CHUNK = 64 * 1024;

export interface MarkupEvents {
  /** `name` without its prefix in XML, in small letters in HTML; attributes as they are written. */
  open(name: string, attributes: Readonly<Record<string, string>>): void;
  close(name: string): void;
  text(text: string): void;
  /** Asked now and then: true ends the walk. */
  stopped?(): boolean;
}

/**
 * Walks through a text of XML or HTML, entities of the standard replaced and others left as they are. False where it was given up: elements deeper than any
 * program nests them, or in XML a tag longer than any program writes.
 */
export function walkMarkup(markup: string, kind: 'xml' | 'html', events: MarkupEvents): boolean {
  if (kind === 'xml' && hasLongTag(markup)) return false;
  let depth = 0;
  let tooDeep = false;
  const local = kind === 'xml' ? withoutPrefix() : (name: string) => name;
  const parser = new Parser(
    {
      onopentag: (name, attributes) => {
        if (++depth > DEEPEST) tooDeep = true;
        if (!tooDeep) events.open(local(name), attributes);
      },
      onclosetag: (name) => {
        depth--;
        if (!tooDeep) events.close(local(name));
      },
      ontext: (text) => {
        if (!tooDeep) events.text(text);
      },
    },
    { xmlMode: kind === 'xml' },
  );
  for (let at = 0; at < markup.length; at += CHUNK) {
    parser.write(markup.slice(at, at + CHUNK));
    if (tooDeep) return false;
    if (events.stopped?.()) return true;
  }
  parser.end();
  return !tooDeep;
}

/** An attribute by its name without prefix, as writers choose their prefixes. */
export function attributeOf(attributes: Readonly<Record<string, string>>, name: string): string | undefined {
  if (name in attributes) return attributes[name];
  for (const key of Object.keys(attributes))
    if (key.endsWith(name) && key.charAt(key.length - name.length - 1) === ':') return attributes[key];
  return undefined;
}

/** Names come again and again: each is cut once. */
function withoutPrefix(): (name: string) => string {
  const known = new Map<string, string>();
  return (name) => {
    const cut = known.get(name);
    if (cut !== undefined) return cut;
    const local = name.slice(name.indexOf(':') + 1);
    if (known.size < 1_000) known.set(name, local);
    return local;
  };
}

function hasLongTag(markup: string): boolean {
  for (let open = markup.indexOf('<'); open >= 0;) {
    const close = markup.indexOf('>', open);
    // A comment, or a section of plain text, may be long.
    if ((close < 0 ? markup.length : close) - open > LONGEST_TAG && markup[open + 1] !== '!') return true;
    if (close < 0) return false;
    open = markup.indexOf('<', close);
  }
  return false;
}

/** The text of an XML part: UTF-8 but where a mark says UTF-16. Bytes that are none become U+FFFD. */
export function xmlText(bytes: Uint8Array): string {
  const encoding = bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : 'utf-8';
  return new TextDecoder(encoding).decode(bytes);
}
