import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { fileNotices, noticesOf, packageFolderOf } from '../../scripts/third-party.ts';

/** What of others is in the program is named with its licence, or the program is not built. That each package is there: tests/e2e/shell/about.spec.ts. */

const PAPER_FONTS = path.resolve(import.meta.dirname, '../../resources/papers/fonts');

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'itinera-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function made(name: string, more: object, files: Readonly<Record<string, string>> = {}): string {
  const made = path.join(folder, name);
  mkdirSync(made, { recursive: true });
  writeFileSync(path.join(made, 'package.json'), JSON.stringify({ name, version: '1.0.0', ...more }));
  for (const [file, text] of Object.entries(files)) writeFileSync(path.join(made, file), text);
  return made;
}

it.each([
  ['/app/node_modules/zod/v4/index.js', '/app/node_modules/zod'],
  ['/app/node_modules/@mantine/core/esm/x.mjs', '/app/node_modules/@mantine/core'],
  ['/app/node_modules/a/node_modules/b/c.js?commonjs-proxy', '/app/node_modules/a/node_modules/b'],
  ['\0/app/node_modules/react/index.js?commonjs-module', '/app/node_modules/react'],
  ['/app/renderer/desktop/main.tsx', null],
  ['\0vite/preload-helper.js', null],
])('finds the package of %j', (module, expected) => {
  expect(packageFolderOf(module)).toBe(expected);
});

it('gives each package once, by name, with the texts of its licence', () => {
  const [b, a] = [
    made('b', { license: 'ISC' }, { 'LICENSE.md': 'One.\n', NOTICE: 'Two.', 'license-header.js': 'x' }),
    made('a', { license: 'MIT' }),
  ];
  expect(noticesOf([b, a, b])).toEqual([
    { name: 'a', version: '1.0.0', licence: 'MIT', text: '' },
    { name: 'b', version: '1.0.0', licence: 'ISC', text: 'One.\n\nTwo.' },
  ]);
});

it('names each font that papers are set in, with its licence', () => {
  const notices = fileNotices(path.join(PAPER_FONTS, 'fonts.json'));
  for (const { licence, text } of notices) expect([licence, text]).toEqual(['OFL-1.1', expect.stringContaining('SIL OPEN FONT LICENSE')]);
  const named = (file: string) => notices.some(({ name }) => file.startsWith(`${name.replaceAll(' ', '')}-`));
  expect(readdirSync(PAPER_FONTS).filter((file) => file.endsWith('.ttf') && !named(file))).toEqual([]);
});

it('names each context of Open Badges, with its licence', () => {
  const notices = fileNotices(path.resolve(import.meta.dirname, '../../resources/open-badges/contexts.json'));
  expect(notices.map(({ name, version, licence, text }) => [name, version, licence, text.includes('unchanged')])).toEqual([
    ['Verifiable Credentials context', '2.0', 'W3C-20150513', true],
    ['Open Badges context', '3.0.3', 'Apache-2.0', true],
  ]);
});

it('builds nothing with a package that names no licence', () => {
  expect(() => noticesOf([made('c', {})])).toThrow('c 1.0.0 names no licence');
});
