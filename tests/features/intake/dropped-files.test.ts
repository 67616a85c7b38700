import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { droppedFiles } from '../../../electron/main/dropped-files.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'itinera-dropped-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const put = (...names: string[]): void => {
  for (const name of names) {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    writeFileSync(path.join(folder, name), 'x');
  }
};
const dropped = (...names: string[]) => {
  const { tables, others } = droppedFiles(names.map((name) => path.join(folder, name)));
  expect(tables.every(({ path: at }) => path.isAbsolute(at))).toBe(true);
  return { tables: tables.map(({ name }) => name), others };
};

it('are the tables, in the order of their names, and the names of all else', () => {
  put('b.csv', 'a.XLSX', 'photo.jpg');
  expect(dropped('b.csv', 'photo.jpg', 'a.XLSX', 'gone.csv')).toEqual({ tables: ['b.csv', 'a.XLSX'], others: ['photo.jpg', 'gone.csv'] });
});

it('of a folder are all that lie in it, but for what the system puts there', () => {
  put('lists/10.csv', 'lists/9.csv', 'lists/notes.pdf', 'lists/Mali/bamako.ods', 'lists/.DS_Store', 'lists/~$9.xlsx', 'lists/Thumbs.db');
  mkdirSync(path.join(folder, 'lists/empty'));
  expect(dropped('lists')).toEqual({
    tables: ['lists/9.csv', 'lists/10.csv', 'lists/Mali/bamako.ods'].map(path.normalize),
    others: ['lists/empty', 'lists/notes.pdf'].map(path.normalize),
  });
});

it('that are too deep or too many are named and not read', () => {
  put('a/b/c/d/deep.csv', 'a/b/c/near.csv');
  expect(dropped('a')).toEqual({ tables: [path.normalize('a/b/c/near.csv')], others: [path.normalize('a/b/c/d')] });
  put(...Array.from({ length: 102 }, (_, at) => `many/${at}.csv`));
  const many = dropped('many');
  expect(many.tables).toHaveLength(100);
  expect(many.others).toEqual(['many/100.csv', 'many/101.csv'].map(path.normalize));
});
