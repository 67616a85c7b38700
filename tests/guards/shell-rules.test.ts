import path from 'node:path';
import { expect, it } from 'vitest';
import { grantedPaths } from '../../electron/engine/granted-paths.ts';
import { contentPolicy, fileOf } from '../../electron/main/app-addresses.ts';
import { mayBeOpened, safeName } from '../../electron/main/file-names.ts';
import { SHELL_ARGUMENTS } from '../../electron/main/shell-arguments.ts';
import { SHELL_QUESTIONS } from '../../shared/contract/shell.ts';
import { quietCall } from '../support/quiet-call.ts';

const OUT = path.resolve('/app/out/renderer');

it.each([
  ['app://itinera/', 'index.html'],
  ['app://itinera/index.html', 'index.html'],
  ['app://itinera/assets/a%20b.js', 'assets/a b.js'],
  ['app://itinera/../../main/main.js', 'main/main.js'],
])('serves %s out of the built window only', (address, file) => {
  expect(fileOf(address, OUT)).toBe(path.join(OUT, file));
});

it.each([
  'app://itinera/%2e%2e%2fmain/main.js',
  'app://itinera/..%5c..%5cmain.js%00',
  'app://itinera/a%2f..%2f..%2f..%2fetc/passwd',
  'app://itinera/%00',
  'app://itinera/%zz',
  'app://other/index.html',
  'file:///etc/passwd',
  'https://example.org/',
  'nonsense',
])('serves nothing for %s', (address) => {
  expect(fileOf(address, OUT)).toBeNull();
});

it('allows no remote origin, no eval and no inline script', () => {
  const policy = contentPolicy('abc');
  expect(policy).toContain("default-src 'none'");
  expect(policy).toContain("script-src 'self';");
  expect(policy).toContain("style-src 'self' 'nonce-abc'");
  expect(policy).not.toMatch(/unsafe|https?:|ws:|\*/);
});

it.each([
  ['../../etc/passwd', 'passwd'],
  ['C:\\Users\\x\\slides.pptx', 'slides.pptx'],
  ['.hidden.pdf', 'hidden.pdf'],
  ['a\u202efdp.exe', 'a_fdp.exe'],
  ['con.pdf', '_con.pdf'],
  ['séance 1 : l’enquête?.pdf', 'séance 1 _ l’enquête_.pdf'],
  ['', '_'],
  ['---rm -rf.pdf', 'rm -rf.pdf'],
])('gives %j the safe name %j', (name, safe) => {
  expect(safeName(name)).toBe(safe);
});

it('opens documents and nothing that runs', () => {
  expect(['a.pdf', 'A.PPTX', 'b.mp4'].map(mayBeOpened)).toEqual([true, true, true]);
  for (const extension of ['sh', 'exe', 'desktop', 'docm', 'pptm', 'html', 'svg', 'js', 'lnk', 'zip', 'jar', 'AppImage', '']) {
    expect(mayBeOpened(`a.${extension}`), extension).toBe(false);
  }
});

it('parses the arguments of every question that the bridge passes on', () => {
  expect(Object.keys(SHELL_ARGUMENTS).sort()).toEqual([...SHELL_QUESTIONS].sort());
  expect(SHELL_ARGUMENTS.chooseFile.safeParse(['people']).success).toBe(true);
  expect(SHELL_ARGUMENTS.chooseFile.safeParse(['other']).success).toBe(false);
  expect(SHELL_ARGUMENTS.chooseFile.safeParse(['people', 'more']).success).toBe(false);
  expect(SHELL_ARGUMENTS.openMaterial.safeParse([{}, 'x']).success).toBe(false);
  expect(SHELL_ARGUMENTS.takeDropped.safeParse([['']]).success).toBe(false);
});

it('lets a window name only paths that the user chose', async () => {
  const granted = grantedPaths('/data');
  const door = granted.guard({ dispatch: (name) => Promise.resolve({ ok: true, result: name }) }, ({ code }) => `said ${code}`);
  const context = quietCall();
  const answer = async (name: string, args: unknown) => {
    const given = await door.dispatch(name, args, context);
    return given.ok ? 'ok' : given.error.code;
  };
  granted.add('/home/list.csv');
  expect(await answer('people.import', { path: '/home/list.csv' })).toBe('ok');
  expect(await answer('people.list', { activityId: 'x' })).toBe('ok');
  expect(await answer('people.list', undefined)).toBe('ok');
  expect(await answer('people.import', { path: '/etc/passwd' })).toBe('path.notGranted');
  expect(await answer('people.import', { path: '/home/../home/list.csv' })).toBe('path.notGranted');
  expect(await answer('people.import', { path: 5 })).toBe('path.notGranted');
  expect(await answer('people.import', { list: [{ path: '/etc/passwd' }] })).toBe('path.notGranted');
  expect(await answer('store.restore', { path: '/data/backups/2026.db' })).toBe('ok');
  expect(await answer('store.restore', { path: '/data/backups/../itinera.db' })).toBe('path.notGranted');
  expect(await answer('store.backup', { path: '/data/backups/2026.db' })).toBe('path.notGranted');
});
