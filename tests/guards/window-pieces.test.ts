import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';

/** What every part of the window does alike is done by one piece of `renderer/ui`: nobody else takes it from the library, where it behaves otherwise. */

const ROOT = path.resolve(import.meta.dirname, '../..');
const PIECES = [
  {
    piece: 'renderer/ui/fields/SearchSelect.tsx',
    what: /\bsearchable\b|\b(MultiSelect|Autocomplete|TagsInput|Combobox|useCombobox)\b.*@mantine/,
  },
  { piece: 'renderer/ui/dialog/Dialog.tsx', what: /<(Modal|Drawer|Dialog\.\w+)\b|\b(Modal|Drawer)\b.*@mantine|useModalsStack/ },
  { piece: 'renderer/ui/fields/DateField.tsx', what: /@mantine\/dates/ },
  { piece: 'renderer/ui/dialog/Form.tsx', what: /<form\b/ },
] as const;

/** The files of the window, each import on one line. */
const sources = execFileSync('git', ['ls-files', '-co', '--exclude-standard', 'renderer/**/*.ts*'], { cwd: ROOT, encoding: 'utf8' })
  .split('\n')
  .filter((file) => file !== '')
  .map((file) => ({
    file,
    text: readFileSync(path.join(ROOT, file), 'utf8').replaceAll(/import (type )?\{[^}]*\}/g, (names) => names.replaceAll('\n', ' ')),
  }));

for (const { piece, what } of PIECES)
  it(`${piece} alone has it`, () => {
    const having = sources.filter(({ text }) => what.test(text)).map(({ file }) => file);
    expect(having).toEqual([piece]);
  });
