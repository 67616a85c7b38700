import { spawnSync } from 'node:child_process';
import { chmodSync, lstatSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openTestEngine, ROOT } from '../../support/laptops/engine.ts';
import { startRepository } from '../../support/repository/repository.ts';

/** Whoever else uses the machine reads nothing of a data folder, of what is written for the user, and of the repository. */

let base: string;
let umaskBefore: number;

beforeEach(() => {
  base = mkdtempSync(path.join(tmpdir(), 'itinera-modes-'));
  // What a terminal has by default: others may read.
  umaskBefore = process.umask(0o022);
});

afterEach(() => {
  process.umask(umaskBefore);
  rmSync(base, { recursive: true, force: true });
});

const modeOf = (file: string): number => lstatSync(file).mode & 0o777;
/** Everything under a folder (itself included) that others could do something with. */
const openToOthers = (folder: string): string[] =>
  ['', ...readdirSync(folder, { recursive: true, encoding: 'utf8' })]
    .filter((name) => (modeOf(path.join(folder, name)) & 0o077) !== 0)
    .map((name) => `${name || '.'} ${modeOf(path.join(folder, name)).toString(8)}`);

/** A laptop that does whatever writes a file: its own, and those that it writes for the user into `out`. */
async function writeEverything(data: string, out: string, url: string, code: string): Promise<string[]> {
  const target = (name: string) => path.join(out, name);
  const deck = target('deck.txt');
  writeFileSync(deck, 'a handout');
  const engine = await openTestEngine(data, path.join(base, 'state'));
  await engine.call('sync.enrol', { url, code, name: 'Awa Diop' });
  const { id } = await engine.call<{ id: string }>('activity.create', {
    title: 'Atelier',
    courseId: 'C1',
    languages: ['fr'],
    countries: ['SN'],
    start: '2026-03-02',
    end: '2026-03-05',
  });
  const person = await engine.call<{ id: string }>('people.add', { activityId: id, givenName: 'Awa', familyName: 'Koné', country: 'SN' });
  await engine.call('attendance.mark', { activityId: id, halfDay: '2026-03-02-AM', marks: [{ personId: person.id, status: 'present' }] });
  await engine.call('material.add', { path: deck, title: 'Deck', language: 'fr', kind: 'handout', activityId: id });
  await engine.call('sync.run');
  await engine.call('sync.lanOpen', { host: '127.0.0.1', port: 0, visible: false });
  await engine.call('sync.lanClose');
  // Files for the user: what was there before, open to everybody, is replaced by what is not.
  writeFileSync(target('again.db'), 'older', { mode: 0o644 });
  await engine.call('store.backup', { path: target('backup.db') });
  await engine.call('store.backup', { path: target('again.db') });
  await engine.call('people.export', { id: person.id, path: target('person.json') });
  await engine.call('report.export', { activityId: id, language: 'fr', path: target('report.csv') });
  await engine.call('people.exportList', { activityId: id, language: 'fr', format: 'xlsx', path: target('people.xlsx') });
  await engine.call('people.template', { language: 'fr', path: target('template.xlsx') });
  await engine.call('attendance.export', { activityId: id, language: 'fr', format: 'csv', path: target('attendance.csv') });
  await engine.call('sync.export', { path: target('stick.itinera'), files: true, recipients: [] });
  await engine.call('people.erase', { id: person.id, reason: 'asked' });
  await engine.call('store.restore', { path: target('backup.db') });
  await engine.close();
  return ['backup.db', 'again.db', 'person.json', 'report.csv', 'people.xlsx', 'template.xlsx', 'attendance.csv', 'stick.itinera'].map(
    target,
  );
}

describe('every file that is written', () => {
  test('by a laptop and by a repository is their user’s alone, whatever the mask of the process was', async () => {
    const data = path.join(base, 'laptops', 'data');
    const out = path.join(base, 'out');
    mkdirSync(out);
    const server = await startRepository({ folder: path.join(base, 'repository') });
    try {
      process.umask(0o022);
      const written = await writeEverything(data, out, server.url, await server.invite('trainer', 'all'));
      expect(openToOthers(data)).toEqual([]);
      expect(written.map((file) => `${path.basename(file)} ${modeOf(file).toString(8)}`)).toEqual(
        written.map((file) => `${path.basename(file)} 600`),
      );
      expect(openToOthers(path.join(base, 'state'))).toEqual([]);
      expect(openToOthers(server.folder)).toEqual([]);
    } finally {
      await server.stop(true);
    }
    expect(openToOthers(server.folder)).toEqual([]);
  });

  test('from the command line, by each of its two programs', async () => {
    await (await startRepository({ folder: path.join(base, 'repository') })).stop(true);
    process.umask(0o022);
    const run = (bin: string, ...args: string[]) => {
      const ran = spawnSync(process.execPath, [path.join(ROOT, `scripts/bin/${bin}.mjs`), ...args], { encoding: 'utf8', cwd: base });
      expect(ran.stderr, args.join(' ')).not.toMatch(/Error/);
      expect(ran.status, `${args.join(' ')} ${ran.stderr}`).toBe(0);
    };
    run('itinera', '--data', 'laptop', 'settings.set', '{"name":"Awa Diop"}');
    run('itinera', '--data', 'laptop', 'store.backup', '{"path":"mine.db"}');
    run('itinera-repository', 'invite', '--data', 'repository', '--role', 'trainer', '--scope', 'all');
    run('itinera-repository', 'backup', '--data', 'repository', '--to', 'copy');
    expect(openToOthers(path.join(base, 'laptop'))).toEqual([]);
    expect(openToOthers(path.join(base, 'repository'))).toEqual([]);
    expect(openToOthers(path.join(base, 'copy'))).toEqual([]);
    expect(modeOf(path.join(base, 'mine.db'))).toBe(0o600);
  });
});

describe('what an earlier version left open', () => {
  test.each([0o755, 0o700])('is closed when the folder (%o) is opened again: laptop and repository', async (mode) => {
    const data = path.join(base, 'data');
    const repository = path.join(base, 'repository');
    await (await openTestEngine(data)).close();
    await (await startRepository({ folder: repository })).stop(true);
    for (const folder of [data, repository]) {
      mkdirSync(path.join(folder, 'files', 'ab'), { recursive: true });
      writeFileSync(path.join(folder, 'files', 'ab', 'ab12'), 'x');
      for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
        const file = path.join(folder, name);
        chmodSync(file, lstatSync(file).isDirectory() ? 0o755 : 0o644);
      }
      chmodSync(folder, mode);
    }
    await (await openTestEngine(data)).close();
    await (await startRepository({ folder: repository })).stop(true);
    expect(openToOthers(data)).toEqual([]);
    expect(openToOthers(repository)).toEqual([]);
  });
});
