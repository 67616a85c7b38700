import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { ON_REPOSITORY, ON_RESTORE, ON_WIPE } from '../../electron/engine/local-state/declaration.ts';
import { DECLARED, declarationOf } from '../../electron/engine/local-state/every-declaration.ts';
import { FILE_FLAGS } from '../../electron/engine/local-state/of-files.ts';
import { toHex } from '../../shared/kernel/hex.ts';
import { nodeHasher } from '../../shared/node/crypto.ts';
import { SECRETS } from '../../shared/node/store/sqlite/opening/local-secrets.ts';
import { SAMPLES, type Side } from '../support/local-samples.ts';
import { SHAPES } from '../support/local-shapes.ts';

/** Local state is declared once (electron/engine/local-state): nobody reads or writes a key of it by a text of their own. */

const ROOT = path.resolve(import.meta.dirname, '../..');
const MODULE = 'electron/engine/local-state/';
const every = Object.entries(DECLARED).toSorted(([, a], [, b]) => (a.key < b.key ? -1 : 1));
const sources = execFileSync('git', ['ls-files', '-co', '--exclude-standard', 'electron/**/*.ts', 'shared/**/*.ts', 'server/**/*.ts'], {
  cwd: ROOT,
  encoding: 'utf8',
})
  .split('\n')
  .filter((file) => file !== '' && existsSync(path.join(ROOT, file)))
  .map((file) => ({ file, text: readFileSync(path.join(ROOT, file), 'utf8') }));

/** Files that something is found in, outside of the module. */
const filesWith = (pattern: RegExp): string[] =>
  sources.filter(({ file, text }) => !file.startsWith(MODULE) && pattern.test(text)).map(({ file }) => file);

const BARE = /\b(settings|local)\??\.(get|set|list)(<[^()]*>)?\(/;
const TABLE = /\b(from|into|update|join)\s+local\b/;
const FLAG_TABLE = /\b(from|into|update|join|table)\s+file_flag\b/;

describe('nobody but the module', () => {
  it('reads or writes a value by a text of their own', () => {
    expect(sources.length).toBeGreaterThan(500);
    // The local rows of a backup are a map of texts.
    expect(filesWith(BARE).filter((file) => file !== 'shared/node/store/sqlite/backup/rows-of-backup.ts')).toEqual([]);
    for (const bare of [`settings.get<string>('name')`, 'ports.settings.list(PREFIX)', "context.settings?.set('x', 1)"])
      expect(BARE.test(bare)).toBe(true);
    expect(BARE.test("'settings.get': () =>")).toBe(false);
  });

  it('writes the text of a key', () => {
    const named = every.map(([, { key }]) => key).filter((key) => key.includes('/'));
    const written = new RegExp(`['"\`](${named.join('|')})`);
    // What no copy of a store carries is taken out below the engine.
    expect(filesWith(written)).toEqual(['shared/node/store/sqlite/opening/local-secrets.ts']);
  });

  it('reads the table itself, but for the store that keeps it and what carries whole stores over', () => {
    expect(filesWith(TABLE)).toEqual([
      'electron/engine/backup/take-backup.ts',
      // This and the migration: what was kept of files in earlier stores.
      'shared/node/files/file-flags.ts',
      'shared/node/store/sqlite/backup/rows-of-backup.ts',
      'shared/node/store/sqlite/local.ts',
      'shared/node/store/sqlite/migrations/007-file-flags.ts',
      'shared/node/store/sqlite/opening/local-secrets.ts',
    ]);
  });
});

it('nobody but the room of files reads or writes what is noted of files, but for the migration that makes the table', () => {
  expect(filesWith(FLAG_TABLE)).toEqual(['shared/node/files/file-flags.ts', 'shared/node/store/sqlite/migrations/007-file-flags.ts']);
});

describe('every declaration', () => {
  it('has a key that no other one stands for, and all its words', () => {
    expect(every.length).toBeGreaterThan(40);
    expect(new Set(every.map(([, { key }]) => key)).size).toBe(every.length);
    for (const [name, { key, ...one }] of every) {
      expect(declarationOf(key.endsWith('/') ? `${key}id` : key), name).toBe(DECLARED[name]);
      expect(one.says.length, name).toBeGreaterThan(10);
      for (const [words, fate] of [
        [ON_RESTORE, one.restore],
        [ON_REPOSITORY, one.repository],
        [ON_WIPE, one.wipe],
      ] as const)
        expect(Object.keys(words), name).toContain(fate);
      // What goes with a file is named by it, and what delays a wipe by its workshop.
      if (one.wipe === 'file' || one.wipe === 'delays') expect(key, name).toMatch(/\/$/);
    }
    expect(declarationOf('of/another/program')).toBeUndefined();
  });

  it('names the files that write it', () => {
    for (const [name, { writers }] of every) {
      const found = sources.filter(
        ({ file, text }) => !file.startsWith(MODULE) && new RegExp(`\\b${name}\\.(write|remove|row)\\(`).test(text),
      );
      expect(
        found.map(({ file }) => file),
        name,
      ).toEqual(writers.map((file) => `electron/engine/${file}`).sort());
    }
  });

  it('says of every secret that no copy carries it, and of nothing else', () => {
    const secrets = every.flatMap(([, { key, secret }]) => (secret === undefined ? [] : [{ key, field: secret }]));
    expect(secrets).toEqual(SECRETS);
  });

  it('takes its sample and gives it back whole', () => {
    expect(Object.keys(SAMPLES).sort()).toEqual(Object.keys(DECLARED).sort());
    for (const [name, { schema }] of every)
      for (const side of ['here', 'theirs'] satisfies Side[])
        expect(schema.parse(SAMPLES[name]!(side)), name).toEqual(SAMPLES[name]!(side));
  });

  it('with another shape is another version', () => {
    const now = every.map(([, { key, version, schema }]) => {
      const shape = JSON.stringify(z.toJSONSchema(schema, { unrepresentable: 'any', io: 'input' }));
      return [`${key} ${version}`, toHex(nodeHasher.sha256(new TextEncoder().encode(shape))).slice(0, 12)] as const;
    });
    expect(Object.fromEntries(now), 'raise the version of the key, and write its shape down in tests/support/local-shapes.ts').toEqual(
      Object.fromEntries(now.map(([key]) => [key, SHAPES[key]])),
    );
  });
});

it('docs/local-state.md says of every key and of every word what the declarations say', () => {
  const text = readFileSync(path.join(ROOT, 'docs/local-state.md'), 'utf8');
  const rows = text.split('\n').filter((line) => line.startsWith('| `'));
  const cells = rows.map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
  const words = [ON_RESTORE, ON_REPOSITORY, ON_WIPE].flatMap((ones) => Object.entries(ones).map(([word, says]) => [`\`${word}\``, says]));
  const keys = every.map(([, { key, says, version, restore, repository, wipe }]) => {
    const shown = key.endsWith('/') ? `\`${key}…\`` : `\`${key}\``;
    return [shown, says, String(version), restore, repository, wipe];
  });
  const flags = Object.entries(FILE_FLAGS).map(([flag, { says, restore, repository, wipe }]) => [
    ...[`\`${flag}\``, says, restore, repository, wipe],
  ]);
  expect(cells).toEqual([...words, ...keys, ...flags]);
});
