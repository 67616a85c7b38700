import { readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import type { ChosenPath, Dropped } from '../../shared/contract/shell.ts';
import { TABLES } from './file-names.ts';

/** A folder of lists is seldom deeper; whoever drops a whole disk gets its first folders and no more. */
const DEEPEST = 3;
const MOST = 100;

/**
 * The files of tables among files and folders that were dropped, those of a folder in the order of their names; the names of all else, folders that lie too deep and
 * tables beyond the first hundred included. What the system and offices put beside files (`.DS_Store`, `~$list.xlsx`) is nobody's and not named.
 */
export function droppedFiles(paths: readonly string[]): Dropped {
  const tables: ChosenPath[] = [];
  const others: string[] = [];
  const look = (at: string, name: string, depth: number): void => {
    if (depth > 0 && /^(\.|~\$)|^(Thumbs\.db|desktop\.ini)$/i.test(path.basename(at))) return;
    const found = path.isAbsolute(at) ? statSync(at, { throwIfNoEntry: false }) : undefined;
    const entries = found?.isDirectory() === true && depth < DEEPEST ? entriesOf(at) : [];
    if (entries.length > 0) for (const entry of entries) look(path.join(at, entry), path.join(name, entry), depth + 1);
    else if (found?.isFile() === true && isTable(at) && tables.length < MOST) tables.push({ path: at, name });
    else others.push(name);
  };
  for (const dropped of paths) look(dropped, path.basename(dropped), 0);
  return { tables, others };
}

function isTable(file: string): boolean {
  return TABLES.includes(path.extname(file).slice(1).toLowerCase());
}

/** A folder that may not be read has nothing in it. */
function entriesOf(folder: string): string[] {
  try {
    return readdirSync(folder).sort((a, b) => (numbered(a) < numbered(b) ? -1 : 1));
  } catch {
    return [];
  }
}

/** `9.csv` stands before `10.csv`. */
function numbered(name: string): string {
  return name.replace(/\d{1,12}/g, (digits) => digits.padStart(12, '0'));
}
