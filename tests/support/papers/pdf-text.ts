import { inflateSync } from 'node:zlib';

/** What a PDF of ours says: enough of PDF 1.7 to read what the typesetter writes, and no more. */
export interface ReadPdf {
  /** The words of each page as a reader finds them, runs of text parted by one space. */
  readonly pages: readonly string[];
  readonly title: string;
  readonly language: string;
  /** Whether its parts are named in order for a screen reader. */
  readonly tagged: boolean;
  /** The standards that its metadata claim: *ua-1*. */
  readonly claims: readonly string[];
  /** What its pictures say to who does not see them. */
  readonly alternatives: readonly string[];
  /** The names of its fonts, without the mark of a subset. */
  readonly fonts: readonly string[];
}

/** What each page of a PDF draws, as its operators stand in it. */
export function pageContents(bytes: Uint8Array): string[] {
  const { objects, streams } = objectsIn(Buffer.from(bytes).toString('latin1'));
  const catalog = [...objects.values()].find((object) => /\/Type\s*\/Catalog/.test(object))!;
  return pagesUnder(objects, Number(/\/Pages\s+(\d+) 0 R/.exec(catalog)![1])).map((page) => contentOf(page, streams));
}

type Objects = ReadonlyMap<number, string>;

/** Reads a PDF; throws where it is none. */
export function readPdf(bytes: Uint8Array): ReadPdf {
  const raw = Buffer.from(bytes).toString('latin1');
  const { objects, streams } = objectsIn(raw);
  const catalog = [...objects.values()].find((object) => /\/Type\s*\/Catalog/.test(object));
  if (catalog === undefined) throw new Error('a PDF without a catalogue');
  const metadata = streamsText(streams, objects, /\/Metadata\s+(\d+) 0 R/.exec(catalog)?.[1]);
  return {
    pages: pagesUnder(objects, Number(/\/Pages\s+(\d+) 0 R/.exec(catalog)![1])).map((page) => textOf(page, objects, streams)),
    title: decoded(/<dc:title>.*?<rdf:li[^>]*>(.*?)<\/rdf:li>/s.exec(metadata)?.[1] ?? ''),
    language: /\/Lang\s*\(([^)]*)\)/.exec(catalog)?.[1] ?? '',
    tagged: /\/StructTreeRoot\s/.test(catalog) && /\/Marked true/.test(catalog),
    claims: [...metadata.matchAll(/<pdf(ua|a)id:part>(\d)/g)].map(([, kind, part]) => `${kind}-${part}`),
    alternatives: [...objects.values()].flatMap((object) => /\/Alt\s*\(([^)]*)\)/.exec(object)?.[1] ?? []),
    fonts: [...new Set([...objects.values()].flatMap((object) => /\/Type\s*\/Font\b.*\/BaseFont\s*\/([^\s/>]+)/s.exec(object)?.[1] ?? []))]
      .map((name) => name.replace(/^[A-Z]{6}\+/, '').replace(/-Identity-H$/, ''))
      .sort(),
  };
}

/** The text of every object, and what the streams among them hold. */
function objectsIn(raw: string): { objects: Map<number, string>; streams: Map<number, Buffer> } {
  const objects = new Map<number, string>();
  const streams = new Map<number, Buffer>();
  for (const { 1: number, 2: body } of raw.matchAll(/(?:^|[\r\n])(\d+) 0 obj\s(.*?)\sendobj/gs)) {
    const at = body!.search(/\bstream\r?\n/);
    objects.set(Number(number), at < 0 ? body! : body!.slice(0, at));
    if (at < 0) continue;
    const held = Buffer.from(body!.slice(at).replace(/^stream\r?\n/, ''), 'latin1');
    const length = Number(/\/Length\s+(\d+)/.exec(body!.slice(0, at))?.[1] ?? held.length);
    const plain = held.subarray(0, length);
    streams.set(Number(number), /\/FlateDecode/.test(body!.slice(0, at)) ? inflateSync(plain) : plain);
  }
  for (const [number, object] of [...objects]) {
    if (!/\/Type\s*\/ObjStm/.test(object)) continue;
    const held = streams.get(number)!.toString('latin1');
    const first = Number(/\/First\s+(\d+)/.exec(object)![1]);
    const places = held.slice(0, first).trim().split(/\s+/).map(Number);
    for (let i = 0; i < places.length; i += 2)
      objects.set(places[i]!, held.slice(first + places[i + 1]!, first + (places[i + 3] ?? held.length)));
  }
  return { objects, streams };
}

function streamsText(streams: ReadonlyMap<number, Buffer>, objects: Objects, number: string | undefined): string {
  return number === undefined ? '' : (streams.get(Number(number))?.toString('utf8') ?? objects.get(Number(number)) ?? '');
}

/** The pages under a node of the tree, in order. */
function pagesUnder(objects: Objects, number: number): string[] {
  const node = objects.get(number)!;
  const kids = /\/Kids\s*\[([^\]]*)\]/.exec(node);
  return kids ? [...kids[1]!.matchAll(/(\d+) 0 R/g)].flatMap(([, kid]) => pagesUnder(objects, Number(kid))) : [node];
}

function textOf(page: string, objects: Objects, streams: ReadonlyMap<number, Buffer>): string {
  const fonts = new Map<string, (code: number) => string>();
  for (const [, name, number] of dictionary(page, 'Font', objects).matchAll(/\/([^\s/]+)\s+(\d+) 0 R/g)) {
    const map = /\/ToUnicode\s+(\d+) 0 R/.exec(objects.get(Number(number))!)?.[1];
    if (map !== undefined) fonts.set(name!, signsIn(streams.get(Number(map))!.toString('latin1')));
  }
  let sign: (code: number) => string = () => '';
  const runs: string[] = [];
  for (const { 0: token, 1: font, 2: shown } of contentOf(page, streams).matchAll(SHOWS)) {
    if (font !== undefined) sign = fonts.get(font) ?? (() => '');
    else if (shown !== undefined) runs.push([...codesIn(shown)].map(sign).join(''));
    else if (token === 'ET') runs.push(' ');
  }
  return runs.join('').replaceAll(/\s+/g, ' ').trim();
}

function contentOf(page: string, streams: ReadonlyMap<number, Buffer>): string {
  const contents = /\/Contents\s*(\[[^\]]*\]|\d+ 0 R)/.exec(page)![1]!;
  return [...contents.matchAll(/(\d+) 0 R/g)].map(([, one]) => streams.get(Number(one))!.toString('latin1')).join('\n');
}

/** A text in parentheses: those that close each other stand in it as they are. */
const LITERAL = [1, 2, 3].reduce((inner) => String.raw`\((?:\\.|[^\\()]${inner === '' ? '' : `|${inner}`})*\)`, '');
const HEX = '<[0-9A-Fa-f\\s]*>';
/** `/F1 9 Tf`, `[...] TJ` or `(...) Tj`, the end of a text. */
const SHOWS = new RegExp(
  String.raw`/([^\s/]+)\s+[\d.]+\s+Tf|((?:\[(?:${LITERAL}|${HEX}|[^\]()<>])*\]|${LITERAL}|${HEX})\s*T[jJ])|\bET\b`,
  'gs',
);
const OPERAND = new RegExp(`${LITERAL}|${HEX}`, 'gs');

/** The glyphs of two bytes that an operand shows. */
function* codesIn(operand: string): Generator<number> {
  for (const [part] of operand.matchAll(OPERAND)) {
    const bytes = part.startsWith('<')
      ? Buffer.from(part.replaceAll(/[^0-9A-Fa-f]/g, ''), 'hex')
      : Buffer.from(literal(part.slice(1, -1)), 'latin1');
    for (let i = 0; i + 1 < bytes.length; i += 2) yield bytes.readUInt16BE(i);
  }
}

const ESCAPED: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' };

function literal(text: string): string {
  return text.replaceAll(/\\([0-7]{1,3}|.)/gs, (_all, escaped: string) =>
    /^[0-7]/.test(escaped) ? String.fromCharCode(Number.parseInt(escaped, 8)) : (ESCAPED[escaped] ?? escaped),
  );
}

/** A dictionary of a page's resources, which stand in the page or are named by it. */
function dictionary(page: string, name: string, objects: Objects): string {
  const named = /\/Resources\s+(\d+) 0 R/.exec(page)?.[1];
  const resources = named === undefined ? page : objects.get(Number(named))!;
  const inner = new RegExp(`/${name}\\s*(?:<<([^>]*)>>|(\\d+) 0 R)`).exec(resources);
  return inner?.[1] ?? (inner?.[2] === undefined ? '' : objects.get(Number(inner[2]))!);
}

/** What a font's glyphs say, by its table to Unicode. */
function signsIn(map: string): (code: number) => string {
  const signs = new Map<number, string>();
  const said = (hex: string): string => Buffer.from(hex, 'hex').swap16().toString('utf16le');
  for (const [, block] of map.matchAll(/beginbfchar(.*?)endbfchar/gs))
    for (const [, code, hex] of block!.matchAll(/<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>/g)) signs.set(Number.parseInt(code!, 16), said(hex!));
  for (const [, block] of map.matchAll(/beginbfrange(.*?)endbfrange/gs))
    for (const [, from, to, hex] of block!.matchAll(/<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>/g))
      for (let code = Number.parseInt(from!, 16), at = 0; code <= Number.parseInt(to!, 16); code++, at++) {
        const first = said(hex!);
        signs.set(code, first.slice(0, -1) + String.fromCharCode(first.charCodeAt(first.length - 1) + at));
      }
  return (code) => signs.get(code) ?? '';
}

function decoded(xml: string): string {
  return xml.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&apos;', "'").replaceAll('&amp;', '&');
}
