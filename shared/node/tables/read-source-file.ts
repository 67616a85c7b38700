import { readFile, stat } from 'node:fs/promises';
import type { Sheet, Source, SourceEncoding, SourceFormat, SourceRefusal } from '../../kernel/source.ts';
import type { Result } from '../../kernel/result.ts';
import { ok, refuse } from '../../kernel/result.ts';
import { TABLE_LIMITS } from '../../kernel/table.ts';
import { xmlText } from './markup.ts';
import { readDelimited } from './read-delimited.ts';
import { readMail } from './mail-lines.ts';
import { readWorkbook } from './read-workbook.ts';
import { namedApart, tooLarge } from './sheet-builder.ts';
import { readHtml } from './read-html.ts';
import { readOds } from './read-ods.ts';
import { readSpreadsheetXml } from './read-spreadsheet-xml.ts';
import { decodeBytes, ENCODINGS } from './text-encoding.ts';
import { unzipCapped } from './zip-entries.ts';

const UNPACKED = { entries: 2_000, bytes: 100 * 1024 * 1024 };

export interface SourceOptions {
  /** The encoding that somebody chose by hand. */
  readonly encoding?: string;
  /** Whether the texts of a workbook are wanted as they stand, with their lines. */
  readonly whole?: boolean;
}

/**
 * Reads a file of tables as people have it; what it is shows in its bytes, never in its name. It is read in this thread, whatever it costs: see `readSource`.
 * Refuses `file.missing`, `file.unreadable`, `table.unreadable`, `table.encodingUnknown`, `table.empty` and `table.tooLarge`.
 */
export async function readSourceFile(path: string, options: SourceOptions = {}): Promise<Result<Source, SourceRefusal>> {
  const bytes = await readBytes(path);
  if (!bytes.ok) return bytes;
  if (bytes.value.length === 0) return refuse('table.empty');
  const source = isZip(bytes.value) ? zipSource(bytes.value, options) : textSource(bytes.value, options);
  if (!source.ok) return source;
  return source.value.sheets.some(({ rows }) => rows.length > 0) ? source : refuse('table.empty');
}

/** The tables of a text that was pasted: out of a spreadsheet with tabs between its cells, with any delimiter, or out of a mail. Refuses `table.empty` and `table.tooLarge`. */
export function sourceOfText(text: string): Result<Source, 'table.empty' | 'table.tooLarge'> {
  const mail = readMail(text);
  const sheet = mail ? ok(mail) : readDelimited(text);
  if (!sheet.ok) return sheet;
  return sheet.value.rows.length > 0 ? ok({ format: 'paste', encoding: null, sheets: [sheet.value] }) : refuse('table.empty');
}

/** The bytes of a file of tables. */
export async function readBytes(path: string): Promise<Result<Buffer, 'file.missing' | 'file.unreadable' | 'table.tooLarge'>> {
  try {
    const file = await stat(path);
    if (!file.isFile()) return refuse('file.unreadable');
    if (file.size > TABLE_LIMITS.bytes) return tooLarge();
    return ok(await readFile(path));
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    return refuse(code === 'ENOENT' || code === 'ENOTDIR' ? 'file.missing' : 'file.unreadable');
  }
}

/** Whether bytes are a package of files, as workbooks are. */
export function isZip(bytes: Buffer): boolean {
  return bytes.length > 4 && bytes.readUInt32LE(0) === 0x04034b50;
}

function zipSource(bytes: Buffer, { whole = false }: SourceOptions): Result<Source, 'table.tooLarge' | 'table.unreadable'> {
  const parts = unzipCapped(bytes, (name) => /\.xml(\.rels)?$|^_rels\/\.rels$/i.test(name.replaceAll('\\', '/')), UNPACKED);
  const content = parts?.find(({ name }) => name === 'content.xml');
  const format: SourceFormat = content ? 'ods' : 'xlsx';
  const sheets: Result<Sheet[], 'table.tooLarge' | 'table.unreadable'> | null = content
    ? readOds(xmlText(content.bytes))
    : parts && (whole ? readWorkbook(parts, (written) => written) : readWorkbook(parts));
  return sourceOf(format, null, sheets ?? refuse('table.unreadable'));
}

function textSource(
  bytes: Buffer,
  { encoding: chosen }: SourceOptions,
): Result<Source, 'table.encodingUnknown' | 'table.tooLarge' | 'table.unreadable'> {
  if (chosen !== undefined && !ENCODINGS.includes(chosen)) return refuse('table.encodingUnknown');
  const decoded = decodeBytes(bytes, { declared: declaredEncoding(bytes), chosen });
  if (decoded === null) return refuse('table.unreadable');
  const { text, encoding, repaired } = decoded;
  switch (markupOf(text)) {
    case 'spreadsheetXml':
      return sourceOf('spreadsheetXml', encoding, readSpreadsheetXml(text));
    case 'ods':
      return sourceOf('ods', encoding, readOds(text));
    case 'html':
      return sourceOf('html', encoding, readHtml(text));
    case 'none':
      return refuse('table.unreadable');
    default: {
      const sheet = readDelimited(text, repaired);
      return sourceOf('csv', encoding, sheet.ok ? ok([sheet.value]) : sheet);
    }
  }
}

function sourceOf(
  format: SourceFormat,
  encoding: SourceEncoding | null,
  sheets: Result<Sheet[], 'table.tooLarge' | 'table.unreadable'>,
): Result<Source, 'table.tooLarge' | 'table.unreadable'> {
  return sheets.ok ? ok({ format, encoding, sheets: namedApart(sheets.value) }) : sheets;
}

/** The encoding that a page or an XML file says it is in, in its first kilobytes. */
function declaredEncoding(bytes: Buffer): string | undefined {
  const start = bytes.toString('latin1', 0, 4_096);
  if (!start.trimStart().startsWith('<')) return undefined;
  return (/^\s*<\?xml[^>]*\bencoding=["']([\w-]+)/.exec(start) ?? /<meta[^>]*\bcharset=["']?([\w-]+)/i.exec(start))?.[1];
}

/** Returns the kind of a text of tags, by what it begins with: the tables of some programs are pages or XML under the name .xls. Null for a text without tags, `none` for mail. */
function markupOf(text: string): 'spreadsheetXml' | 'ods' | 'html' | 'none' | null {
  const start = text
    .slice(0, 4_096)
    .replace(/^\ufeff/, '')
    .trimStart();
  if (/^MIME-Version:/i.test(start)) return 'none';
  if (!start.startsWith('<')) return null;
  if (
    start.includes('urn:schemas-microsoft-com:office:spreadsheet') &&
    /<\?xml|<(?:\w+:)?Workbook\b/.test(start) &&
    !/<html\b/i.test(start)
  )
    return 'spreadsheetXml';
  if (/<office:document\b/.test(start)) return 'ods';
  if (/<table\b/i.test(text)) return 'html';
  return /^<(?:\?xml|!doctype|html)\b/i.test(start) ? 'none' : null;
}
