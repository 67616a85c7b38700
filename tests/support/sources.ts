import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Sheet, Source } from '../../shared/kernel/source.ts';
import { readSourceFile, type SourceOptions } from '../../shared/node/tables/read-source-file.ts';

/** Reads bytes as a file of tables, in this thread. `close` removes what it wrote. */
export function sourceFiles() {
  const folder = mkdtempSync(path.join(tmpdir(), 'itinera-sources-'));
  let files = 0;
  const fileOf = (bytes: Uint8Array | string, name = 'list'): string => {
    const file = path.join(folder, `${files++}-${name}`);
    writeFileSync(file, bytes);
    return file;
  };
  const read = async (bytes: Uint8Array | string, options?: SourceOptions): Promise<Source> => {
    const source = await readSourceFile(fileOf(bytes), options);
    if (!source.ok) throw new Error(source.refusal.code);
    return source.value;
  };
  return {
    fileOf,
    read,
    /** The cells of the only sheet. */
    cells: async (bytes: Uint8Array | string, options?: SourceOptions) => cellsOf((await read(bytes, options)).sheets[0]!),
    codeOf: async (bytes: Uint8Array | string, options?: SourceOptions): Promise<string> => {
      const source = await readSourceFile(fileOf(bytes), options);
      return source.ok ? 'ok' : source.refusal.code;
    },
    close: () => rmSync(folder, { recursive: true, force: true }),
  };
}

export function cellsOf(sheet: Sheet): (readonly string[])[] {
  return sheet.rows.map(({ cells }) => cells);
}
