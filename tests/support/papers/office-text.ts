import { unzipCapped } from '../../../shared/node/tables/zip-entries.ts';

/** What a file for Word says, as far as ours say anything. */
export interface ReadWord {
  readonly language: string;
  readonly title: string;
  /** Paragraphs outside tables, each with its style ('' for none). */
  readonly paragraphs: readonly { readonly style: string; readonly text: string }[];
  readonly tables: readonly (readonly string[][])[];
  /** How many rows are repeated on each page. */
  readonly repeated: number;
  readonly footer: string;
  readonly charts: readonly ReadChart[];
}

export interface ReadChart {
  /** What the chart draws without asking its sheet. */
  readonly cached: readonly (readonly [string, number | null])[];
  /** What its sheet holds. */
  readonly sheet: readonly (readonly [string, number | null])[];
}

type Parts = ReadonlyMap<string, string>;

/** The files of an archive, as they are and as texts. */
export function partsOf(archive: Uint8Array): { texts: Parts; files: ReadonlyMap<string, Uint8Array> } {
  const entries = unzipCapped(Buffer.from(archive), () => true, { entries: 5_000, bytes: 500_000_000 });
  if (!entries) throw new Error('no archive');
  return {
    texts: new Map(entries.map(({ name, bytes }) => [name, Buffer.from(bytes).toString('utf8')])),
    files: new Map(entries.map(({ name, bytes }) => [name, bytes])),
  };
}

/** Reads a file for Word; throws where it is none. */
export function readWord(bytes: Uint8Array): ReadWord {
  const { texts, files } = partsOf(bytes);
  const body = texts.get('word/document.xml')!;
  const tables = [...body.matchAll(/<w:tbl>.*?<\/w:tbl>/gs)].map(([table]) => table);
  const outside = body.replaceAll(/<w:tbl>.*?<\/w:tbl>/gs, '');
  const charts = [...texts.keys()].filter((name) => /^word\/charts\/chart\d+\.xml$/.test(name));
  return {
    language: /<w:lang w:val="([^"]*)"/.exec(texts.get('word/styles.xml')!)?.[1] ?? '',
    title: plain(/<dc:title>(.*?)<\/dc:title>/s.exec(texts.get('docProps/core.xml')!)?.[1] ?? ''),
    paragraphs: paragraphsIn(outside),
    tables: tables.map((table) =>
      [...table.matchAll(/<w:tr\b.*?<\/w:tr>/gs)].map(([row]) => [...row.matchAll(/<w:tc>.*?<\/w:tc>/gs)].map(([cell]) => wordsIn(cell))),
    ),
    repeated: body.split('<w:tblHeader').length - 1,
    footer: [...texts].flatMap(([name, text]) => (/^word\/footer\d+\.xml$/.test(name) ? [wordsIn(text)] : [])).join(' '),
    charts: charts.toSorted((a, b) => Number(/\d+/.exec(a)![0]) - Number(/\d+/.exec(b)![0])).map((name) => chartIn(name, texts, files)),
  };
}

function paragraphsIn(xml: string): { style: string; text: string }[] {
  return [...xml.matchAll(/<w:p>.*?<\/w:p>|<w:p .*?<\/w:p>/gs)].map(([one]) => ({
    style: /<w:pStyle w:val="([^"]*)"/.exec(one)?.[1] ?? '',
    text: wordsIn(one),
  }));
}

/** The words of runs; a break is a blank, a field its name. */
function wordsIn(xml: string): string {
  const shown = xml.matchAll(/<w:t(?: [^>]*)?>(.*?)<\/w:t>|<w:instrText[^>]*>(.*?)<\/w:instrText>|<w:br\/>/gs);
  return [...shown].map(([, text, field]) => plain(text ?? (field === undefined ? ' ' : `{${field}}`))).join('');
}

function chartIn(name: string, texts: Parts, files: ReadonlyMap<string, Uint8Array>): ReadChart {
  const xml = texts.get(name)!;
  const cache = (part: string): Map<number, string> => {
    const inner = new RegExp(`<c:${part}>.*?</c:${part}>`, 's').exec(xml)![0];
    return new Map([...inner.matchAll(/<c:pt idx="(\d+)"><c:v>(.*?)<\/c:v>/gs)].map(([, at, value]) => [Number(at), plain(value!)]));
  };
  const [categories, values] = [cache('cat'), cache('val')];
  const relations = texts.get(name.replace('charts/', 'charts/_rels/').concat('.rels'))!;
  const workbook = files.get(`word/embeddings/${/embeddings\/([^"]*\.xlsx)/.exec(relations)![1]}`)!;
  const [, ...rows] = readSheets(workbook)[0]!.rows;
  return {
    cached: [...categories].map(([at, category]) => [category, values.has(at) ? Number(values.get(at)) : null]),
    sheet: rows.map(([category, value]) => [String(category), typeof value === 'number' ? value : null]),
  };
}

export interface ReadSheet {
  readonly name: string;
  readonly rows: readonly (readonly (string | number | null)[])[];
}

/** Reads a workbook: its sheets in order, numbers as numbers. */
export function readSheets(bytes: Uint8Array): ReadSheet[] {
  const { texts } = partsOf(bytes);
  const strings = [...(texts.get('xl/sharedStrings.xml') ?? '').matchAll(/<si>(.*?)<\/si>/gs)].map(([, one]) =>
    plain([...one!.matchAll(/<t(?: [^>]*)?>(.*?)<\/t>/gs)].map(([, text]) => text).join('')),
  );
  const names = [...texts.get('xl/workbook.xml')!.matchAll(/<sheet [^>]*?name="([^"]*)"/g)].map(([, name]) => plain(name!));
  return names.map((name, at) => ({ name, rows: rowsIn(texts.get(`xl/worksheets/sheet${at + 1}.xml`)!, strings) }));
}

function rowsIn(xml: string, strings: readonly string[]): (string | number | null)[][] {
  return [...xml.matchAll(/<row\b[^>]*?(?:\/>|>(.*?)<\/row>)/gs)].map(([, inner]) => {
    const row: (string | number | null)[] = [];
    for (const [, attributes, content] of (inner ?? '').matchAll(/<c ([^>]*?)(?:\/>|>(.*?)<\/c>)/gs)) {
      const column = columnOf(/r="([A-Z]+)/.exec(attributes!)![1]!);
      while (row.length < column) row.push(null);
      const value = /<v>(.*?)<\/v>/s.exec(content ?? '')?.[1];
      row[column] = value === undefined ? null : /t="s"/.test(attributes!) ? strings[Number(value)]! : Number(value);
    }
    return row;
  });
}

function columnOf(letters: string): number {
  return [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;
}

function plain(xml: string): string {
  return xml
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&apos;', "'")
    .replaceAll(/&#(\d+);/g, (_all, code: string) => String.fromCodePoint(Number(code)))
    .replaceAll('&amp;', '&');
}
