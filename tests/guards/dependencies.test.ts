import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { crowdedFolders, violations, violationsIn } from '../../scripts/dependency-rule.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');
const OPENING = '../../../shared/node/store/sqlite/opening';
const FILES = '../../shared/node/files/file-room.ts';
const reasonsOf = (file: string, text: string) => violationsIn(file, text).map(({ line, imported }) => `${line} ${imported}`);

it('holds the dependency rule in every file', () => {
  expect(violations(ROOT).map(({ file, line, imported, reason }) => `${file}:${line} ${imported} (${reason})`)).toEqual([]);
});

it.each([
  ['shared/sync/merge.ts', "import { db } from 'better-sqlite3';", '1 better-sqlite3'],
  ['shared/kernel/dates.ts', "\nimport { readFile } from 'node:fs/promises';", '2 node:fs/promises'],
  ['shared/sync/merge.ts', "import type {\n  Store,\n} from '../node/store/store.ts';", '3 ../node/store/store.ts'],
  ['shared/model/people.ts', "export { x } from '../features/people/rules.ts';", '1 ../features/people/rules.ts'],
  ['shared/features/document/csv.ts', "import type { Count } from '../report/figures.ts';", '1 ../report/figures.ts'],
  ['renderer/desktop/app/App.tsx', "const a = await import('../../../shared/node/crypto.ts');", '1 ../../../shared/node/crypto.ts'],
  ['renderer/desktop/app/App.tsx', "import fs from 'node:fs';", '1 node:fs'],
  ['renderer/ui/Figure.tsx', "import '../desktop/app/view.ts';", '1 ../desktop/app/view.ts'],
  ['electron/engine/engine.ts', "import { app } from 'electron';", '1 electron'],
  ['electron/main/main.ts', "import { openEngine } from '../engine/engine.ts';", '1 ../engine/engine.ts'],
  ['server/main.ts', "import { x } from '../electron/engine/engine.ts';", '1 ../electron/engine/engine.ts'],
  ['server/main.ts', "import { x } from './routes';", '1 ./routes'],
  ['server/registry.ts', "import Database from 'better-sqlite3';", '1 better-sqlite3'],
  ['shared/node/store/sqlite/backup/backup.ts', "import Database from 'better-sqlite3';", '1 better-sqlite3'],
  [
    'electron/engine/backup/restore.ts',
    `import { type Db, openDatabase } from '${OPENING}/open-database.ts';`,
    `1 ${OPENING}/open-database.ts`,
  ],
  ['electron/engine/sync/usb.ts', `const x = await import('${OPENING}/open-database.ts');`, `1 ${OPENING}/open-database.ts`],
  ['electron/engine/backup/restore.ts', `import * as key from '${OPENING}/replica-key.ts';`, `1 ${OPENING}/replica-key.ts`],
  ['electron/cli/terminal.ts', `import { lockFolder } from '${OPENING}/folder-lock.ts';`, `1 ${OPENING}/folder-lock.ts`],
  ['electron/engine/session.ts', "import { nodeClock, signerOf } from '../../shared/node/crypto.ts';", '1 ../../shared/node/crypto.ts'],
  ['electron/engine/session.ts', `import { openFileRoom } from '${FILES}';`, `1 ${FILES}`],
  ['electron/engine/engine.ts', "const addon = process.env['APP_SQLITE_BINDING'];", '1 '],
  ['shared/kernel/dates.ts', 'const a = 1;\n/** What a day is. */\nconst b = 2;', '2 '],
  ['shared/kernel/dates.ts', '/**\n * What a day is.\n */', '1 '],
])('finds what breaks it: %s %s', (file, text, found) => {
  expect(reasonsOf(file, text)).toContain(found);
});

it.each([
  ['electron/engine/engine.ts', "\nconst folder = path.join(data, 'files');", '2 '],
  ['electron/main/opened-copies.ts', "realpath(path.join(dataFolder, 'files'))", '1 '],
  ['electron/engine/features/store.ts', "path.resolve(context.folder, 'files', sha256.slice(0, 2), sha256)", '1 '],
  ['server/folder/folder.ts', "const files = at('files');", '1 '],
  ['electron/engine/backup/restore.ts', 'const file = `${folder}/files/${sha256}`;', '1 '],
  ['server/verify.ts', "db.all(`select sha256 from ${tableOf('materialVersion')}`)", '1 '],
  ['electron/engine/sync/lan/files.ts', "reader.all('select distinct sha256, size from materialVersion where live = 1')", '1 '],
])('finds who knows where files lie, or asks for them by a text of their own: %s %s', (file, text, found) => {
  expect(reasonsOf(file, text)).toEqual([found]);
});

it('lets the room of files say it', () => {
  expect(violationsIn('shared/node/files/open-blob-store.ts', "path.join(data, 'files')")).toEqual([]);
  expect(violationsIn('electron/engine/files/needs.ts', "'select sha256 from materialVersion'")).toEqual([]);
  expect(violationsIn('electron/engine/sync/repository/remote.ts', 'const path = `/v1/files/${sha256}`;')).toEqual([]);
});

it.each([
  ['electron/engine/vault/vault.ts', `import { openDatabase } from '${OPENING}/open-database.ts';`],
  ['electron/engine/backup/restore.ts', `import type { Db, OpenDatabase } from '${OPENING}/open-database.ts';`],
  ['electron/engine/backup/restore.ts', `import { DATABASE_FILE } from '${OPENING}/open-store.ts';`],
  ['shared/node/store/sqlite/opening/open-database.ts', "import Database from 'better-sqlite3';"],
  ['tests/features/x.test.ts', `import { openDatabase } from '${OPENING}/open-database.ts';`],
])('leaves alone what may: %s %s', (file, text) => {
  expect(reasonsOf(file, text)).toEqual([]);
});

it.each(['shared/features/people/utils.ts', 'renderer/ui/form-helpers.tsx', 'server/index.ts', 'lib/x.ts'])(
  'refuses the name %s',
  (file) => {
    expect(violationsIn(file, '')).toHaveLength(1);
  },
);

it('finds a file of more lines than are read at once, but for tables of data', () => {
  const lines = (count: number) => '// a line\n'.repeat(count);
  expect(violationsIn('server/push/push.ts', lines(400))).toEqual([]);
  expect(violationsIn('server/push/push.ts', lines(401)).map(({ line }) => line)).toEqual([401]);
  expect(violationsIn('tests/sync/merge.test.ts', lines(401))).toHaveLength(1);
  expect(violationsIn('shared/kernel/country-aliases.ts', lines(401))).toEqual([]);
});

it('finds a folder of more files than can be taken in at a glance', () => {
  const files = Array.from({ length: 26 }, (_, index) => `server/push/part-${index}.ts`);
  expect(crowdedFolders(files.slice(1))).toEqual([]);
  expect(crowdedFolders(files).map(({ file }) => file)).toEqual(['server/push']);
});

it('names no registry in the lock file', () => {
  expect(readFileSync(path.join(ROOT, 'package-lock.json'), 'utf8')).not.toMatch(/"resolved"/);
});
