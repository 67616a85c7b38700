import { readFile, stat } from 'node:fs/promises';
import type { Sheet, Source } from '../../kernel/source.ts';
import type { Result } from '../../kernel/result.ts';
import { ok, refuse } from '../../kernel/result.ts';
import { TABLE_LIMITS } from '../../kernel/table.ts';
import { readDelimited } from './read-delimited.ts';
import { readWorkbook } from './read-workbook.ts';
import { namedApart, tooLarge } from './sheet-builder.ts';
import { decodeText } from './text-encoding.ts';
import { unzipCapped } from './zip-entries.ts';

const UNPACKED = { entries: 2_000, bytes: 100 * 1024 * 1024 };

export interface SourceOptions {
  /** The encoding that somebody chose by hand. */
  readonly encoding?: string;
}

/**
 * Reads a file of tables as people have it; what it is shows in its bytes, never in its name. It is read in this thread, whatever it costs: see `readSource`.
 * Refuses `file.missing`, `file.unreadable`, `table.unreadable`, `table.empty` and `table.tooLarge`.
 */
export async function readSourceFile(path: string, options: SourceOptions = {}): Promise<Result<Source>> {
  const bytes = await readBytes(path);
  if (!bytes.ok) return bytes;
  if (bytes.value.length === 0) return refuse('table.empty');
  const source = isZip(bytes.value) ? zipSource(bytes.value) : textSource(bytes.value, options);
  if (!source.ok) return source;
  return source.value.sheets.some(({ rows }) => rows.length > 0) ? source : refuse('table.empty');
}

/** The tables of a text that was pasted: out of a spreadsheet with tabs between its cells, or with any delimiter. Refuses `table.empty` and `table.tooLarge`. */
export function sourceOfText(text: string): Result<Source> {
  const sheet = readDelimited(text);
  if (!sheet.ok) return sheet;
  return sheet.value.rows.length > 0 ? ok({ format: 'paste', encoding: null, sheets: [sheet.value] }) : refuse('table.empty');
}

async function readBytes(path: string): Promise<Result<Buffer>> {
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

function isZip(bytes: Buffer): boolean {
  return bytes.length > 4 && bytes.readUInt32LE(0) === 0x04034b50;
}

function zipSource(bytes: Buffer): Result<Source> {
  const parts = unzipCapped(bytes, (name) => /\.xml(\.rels)?$|^_rels\/\.rels$/i.test(name.replaceAll('\\', '/')), UNPACKED);
  const sheets: Result<Sheet[]> = (parts && readWorkbook(parts)) ?? refuse('table.unreadable');
  return sheets.ok ? ok({ format: 'xlsx', encoding: null, sheets: namedApart(sheets.value) }) : sheets;
}

function textSource(bytes: Buffer, _options: SourceOptions): Result<Source> {
  const text = decodeText(bytes);
  if (text === null) return refuse('table.unreadable');
  const sheet = readDelimited(text);
  const encoding = { name: 'UTF-8', sure: true, candidates: [] };
  return sheet.ok ? ok({ format: 'csv', encoding, sheets: [sheet.value] }) : sheet;
}
