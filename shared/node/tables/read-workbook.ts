import type { Sheet } from '../../kernel/source.ts';
import type { Result } from '../../kernel/result.ts';
import { ok, refuse } from '../../kernel/result.ts';
import { cellText } from './cell-text.ts';
import { attributeOf, walkMarkup, xmlText } from './markup.ts';
import { numberFormat, type NumberFormat } from './number-format.ts';
import { SheetBuilder } from './sheet-builder.ts';
import { isTrue, readWorksheet, unescaped } from './read-worksheet.ts';
import type { ZipEntry } from './zip-entries.ts';

/**
 * The sheets of an XLSX workbook, hidden ones too: dates as `YYYY-MM-DD`, a formula as the value last computed, an error (`#N/A`) as nothing said. Null when
 * this is no workbook. `textOf`: what becomes of a text as it is written. Refuses `table.unreadable` and `table.tooLarge`.
 */
export function readWorkbook(
  parts: readonly ZipEntry[],
  textOf: (written: string) => string = cellText,
): Result<Sheet[], 'table.tooLarge' | 'table.unreadable'> | null {
  const files = new Map(parts.map(({ name, bytes }) => [pathOf(name), bytes]));
  const root = relationshipsOf(files, '')?.find(({ type }) => type === 'officeDocument')?.target ?? 'xl/workbook.xml';
  const main = files.get(pathOf(root));
  const relationships = relationshipsOf(files, root);
  if (!main || !relationships) return null;
  const book = workbookOf(xmlText(main));
  if (!book) return refuse('table.unreadable');
  const part = (type: string): string => {
    const target = relationships.find((one) => one.type === type)?.target;
    const bytes = target === undefined ? undefined : files.get(pathOf(target));
    return bytes ? xmlText(bytes) : '';
  };
  const strings = stringsOf(part('sharedStrings'), textOf);
  const formats = formatsOf(part('styles'));
  if (!strings || !formats) return refuse('table.unreadable');
  const sheets: Sheet[] = [];
  for (const { name, hidden, id } of book.sheets) {
    const relationship = relationships.find((one) => one.id === id);
    // Sheets of charts and of macros hold no cells.
    if (relationship && relationship.type !== 'worksheet') continue;
    const bytes = files.get(pathOf(relationship?.target ?? ''));
    if (!bytes) return refuse('table.unreadable');
    const builder = new SheetBuilder(name, hidden);
    if (!readWorksheet(xmlText(bytes), builder, { strings, formats, from1904: book.from1904, textOf })) return refuse('table.unreadable');
    const sheet = builder.build();
    if (!sheet.ok) return sheet;
    sheets.push(sheet.value);
  }
  return ok(sheets);
}

/** Some writers begin their paths with `/`, some part them with `\`, and take no notice of case. */
function pathOf(name: string): string {
  return name.replaceAll('\\', '/').replace(/^\//, '').toLowerCase();
}

interface Relationship {
  readonly id: string;
  /** The last part of its address, which both editions of the standard share. */
  readonly type: string;
  readonly target: string;
}

function relationshipsOf(files: ReadonlyMap<string, Uint8Array>, of: string): Relationship[] | null {
  const folder = of.slice(0, of.lastIndexOf('/') + 1);
  const bytes = files.get(pathOf(`${folder}_rels/${of.slice(folder.length)}.rels`));
  if (!bytes) return null;
  const found: Relationship[] = [];
  const whole = walkMarkup(xmlText(bytes), 'xml', {
    open: (name, { Id = '', Type = '', Target = '' }) => {
      if (name !== 'Relationship') return;
      found.push({ id: Id, type: Type.slice(Type.lastIndexOf('/') + 1), target: Target.startsWith('/') ? Target : joined(folder, Target) });
    },
    close: () => undefined,
    text: () => undefined,
  });
  return whole ? found : null;
}

function joined(folder: string, target: string): string {
  const parts: string[] = [];
  for (const part of `${folder}${target}`.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '.') parts.push(part);
  }
  return parts.join('/');
}

function workbookOf(xml: string): { readonly sheets: { name: string; hidden: boolean; id: string }[]; readonly from1904: boolean } | null {
  const sheets: { name: string; hidden: boolean; id: string }[] = [];
  let from1904 = false;
  const whole = walkMarkup(xml, 'xml', {
    open: (name, attributes) => {
      if (name === 'workbookPr') from1904 = isTrue(attributes['date1904']);
      if (name !== 'sheet') return;
      const state = attributes['state'] ?? 'visible';
      sheets.push({ name: attributes['name'] ?? '', hidden: state !== 'visible', id: relationshipId(attributes) });
    },
    close: () => undefined,
    text: () => undefined,
  });
  return whole ? { sheets, from1904 } : null;
}

function relationshipId(attributes: Readonly<Record<string, string>>): string {
  const { id: _plain, ...prefixed } = attributes;
  return attributeOf(prefixed, 'id') ?? '';
}

/** The texts that cells share; what is written above them to say how they are pronounced is no part of them. */
function stringsOf(xml: string, textOf: (written: string) => string): string[] | null {
  const strings: string[] = [];
  let text = '';
  let [inText, spoken] = [false, false];
  const whole = walkMarkup(xml, 'xml', {
    open: (name) => {
      if (name === 'si') text = '';
      else if (name === 'rPh') spoken = true;
      else if (name === 't') inText = !spoken;
    },
    close: (name) => {
      if (name === 'si') strings.push(textOf(unescaped(text)));
      else if (name === 'rPh') spoken = false;
      else if (name === 't') inText = false;
    },
    text: (piece) => {
      if (inText) text += piece;
    },
  });
  return whole ? strings : null;
}

/** The number format of each style that a cell may name. */
function formatsOf(xml: string): NumberFormat[] | null {
  const codes = new Map<number, string>();
  const formats: NumberFormat[] = [];
  let inCells = false;
  const whole = walkMarkup(xml, 'xml', {
    open: (name, attributes) => {
      if (name === 'numFmt') codes.set(Number(attributes['numFmtId']), attributes['formatCode'] ?? '');
      else if (name === 'cellXfs') inCells = true;
      else if (name === 'xf' && inCells) {
        const id = Number(attributes['numFmtId'] ?? 0);
        formats.push(numberFormat(id, codes.get(id)));
      }
    },
    close: (name) => {
      if (name === 'cellXfs') inCells = false;
    },
    text: () => undefined,
  });
  return whole ? formats : null;
}
