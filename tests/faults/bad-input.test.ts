import { mkdirSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import writeXlsxFile from 'write-excel-file/node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LANGUAGES, type Language } from '../../shared/kernel/text.ts';
import { openTestEngine, type TestEngine } from '../support/laptops/engine.ts';
import { startRepository, type TestRepository } from '../support/repository/repository.ts';

/** Bad input of every kind: a coded refusal with a sentence in the user's language, nothing half-done, process alive. */
const folder = mkdtempSync(path.join(tmpdir(), 'itinera-bad-'));
let engine: TestEngine;
let repository: TestRepository;
let activityId: string;

beforeAll(async () => {
  engine = await openTestEngine(path.join(folder, 'data'));
  repository = await startRepository();
  ({ id: activityId } = await engine.call<{ id: string }>('activity.create', { title: 'Atelier', start: '2026-03-02', end: '2026-03-05' }));
  await engine.call('people.add', { activityId, familyName: 'N’DIAYE', country: 'SN' });
});

afterAll(async () => {
  await engine.close();
  await repository.stop();
  rmSync(folder, { recursive: true, force: true });
});

function file(name: string, content: string | Uint8Array): string {
  const at = path.join(folder, name);
  writeFileSync(at, content);
  return at;
}

interface Case {
  readonly what: string;
  readonly call: string;
  readonly args: () => unknown;
  readonly code: string;
}

const importing = (at: () => string) => (): unknown => ({ activityId, path: at(), apply: true });
const zipStart = new Uint8Array([0x50, 0x4b, 3, 4, ...Array.from({ length: 500 }, (_, i) => (i * 37) % 256)]);

const CASES: readonly Case[] = [
  { what: 'an unknown call', call: 'people.everything', args: () => ({}), code: 'call.unknown' },
  { what: 'a call named like a property of every object', call: 'constructor', args: () => ({}), code: 'call.unknown' },
  { what: 'arguments of another shape', call: 'people.list', args: () => ({ activityId: 7 }), code: 'call.arguments' },
  { what: 'an argument too many', call: 'people.list', args: () => ({ activityId, all: true }), code: 'call.arguments' },
  { what: 'arguments that are no object', call: 'people.list', args: () => 'x', code: 'call.arguments' },
  {
    what: 'a day that does not exist',
    call: 'activity.create',
    args: () => ({ title: 'A', start: '2026-02-30', end: '2026-03-01' }),
    code: 'call.arguments',
  },
  {
    what: 'an end before the start',
    call: 'activity.create',
    args: () => ({ title: 'A', start: '2026-03-05', end: '2026-03-01' }),
    code: 'activity.dates',
  },
  {
    what: 'a workshop that is not here',
    call: 'people.list',
    args: () => ({ activityId: '00000000-0000-7000-8000-000000000000' }),
    code: 'activity.unknown',
  },
  { what: 'a missing file', call: 'people.import', args: importing(() => path.join(folder, 'none.csv')), code: 'file.missing' },
  { what: 'an unreadable XLSX', call: 'people.import', args: importing(() => file('bad.xlsx', zipStart)), code: 'table.unreadable' },
  { what: 'an empty list', call: 'people.import', args: importing(() => file('empty.csv', '')), code: 'table.empty' },
  {
    what: 'a list of something else',
    call: 'people.import',
    args: importing(() => file('other.csv', 'colour,taste\nred,sweet\n')),
    code: 'people.headerUnknown',
  },
  {
    what: 'a material that is not there',
    call: 'material.add',
    args: () => ({ path: path.join(folder, 'no.pdf'), title: 'T', language: 'fr', kind: 'slides' }),
    code: 'file.missing',
  },
  {
    what: 'an empty material',
    call: 'material.add',
    args: () => ({ path: file('empty.pdf', ''), title: 'T', language: 'fr', kind: 'slides' }),
    code: 'material.empty',
  },
  {
    what: 'a backup that is none',
    call: 'store.restore',
    args: () => ({ path: file('not-a-backup.db', 'hello') }),
    code: 'store.notABackup',
  },
  {
    what: 'a wrong code',
    call: 'sync.enrol',
    args: () => ({ url: repository.url, code: 'AAAA-BBBB-CCCC-DDDD', name: 'Awa Diop' }),
    code: 'sync.codeWrong',
  },
];

describe.each(LANGUAGES)('bad input, told in %s', (language: Language) => {
  it.each(CASES)('$what: refused, nothing changed', async ({ call, args, code }) => {
    await engine.call('settings.set', { language });
    const before = await engine.call('store.digest');
    const answer = await engine.try(call, args());
    if (answer.ok) throw new Error('was taken');
    expect(answer.error.code).toBe(code);
    expect(answer.error.message.length).toBeGreaterThan(20);
    expect(answer.error.message).not.toMatch(/\{\{|undefined|\[object/);
    const english = await spoken('en', call, args);
    if (language !== 'en') expect(answer.error.message).not.toBe(english);
    expect(await engine.call('store.digest')).toEqual(before);
    expect(await engine.call<unknown[]>('people.list', { activityId })).toHaveLength(1);
  });

  async function spoken(other: Language, call: string, args: () => unknown): Promise<string> {
    await engine.call('settings.set', { language: other });
    const answer = await engine.try(call, args());
    await engine.call('settings.set', { language });
    return answer.ok ? '' : answer.error.message;
  }
});

describe('large and cut files', () => {
  it('a spreadsheet cut short anywhere is refused whole', async () => {
    const rows = Array.from({ length: 300 }, (_, i) => [{ value: `FAMILLE ${i}` }, { value: 'Mali' }]);
    const whole = path.join(folder, 'whole.xlsx');
    await writeXlsxFile([[{ value: 'Nom' }, { value: 'Pays' }], ...rows]).toFile(whole);
    const bytes = readFileSync(whole);
    for (const share of [0.1, 0.35, 0.6, 0.85, 0.99]) {
      const at = file(`cut-${share}.xlsx`, bytes);
      truncateSync(at, Math.floor(bytes.length * share));
      const answer = await engine.try('people.import', { activityId, path: at, apply: true });
      expect(answer.ok ? 'taken' : answer.error.code).toBe('table.unreadable');
    }
    expect(await engine.call<unknown[]>('people.list', { activityId })).toHaveLength(1);
  });

  it('a folder where a file is meant, and a list far too large', async () => {
    mkdirSync(path.join(folder, 'folder.csv'));
    const aFolder = await engine.try('people.import', { activityId, path: path.join(folder, 'folder.csv'), apply: true });
    expect(aFolder.ok ? 'taken' : aFolder.error.code).toMatch(/^file\.|^table\./);
    const huge = file('huge.csv', `family_name,country\n${'TRAORE,Mali\n'.repeat(9_000_000)}`);
    const tooLarge = await engine.try('people.import', { activityId, path: huge, apply: true });
    expect(tooLarge.ok ? 'taken' : tooLarge.error.code).toBe('table.tooLarge');
    rmSync(huge);
  });
});

describe('the repository', () => {
  it('refuses a body of 100 MB without reading it all, and goes on', { timeout: 60_000 }, async () => {
    const status = await send('/v1/push', 100 * 1024 * 1024);
    expect([400, 401, 413, 'closed']).toContain(status);
    expect(await send('/v1/enrol', 100 * 1024 * 1024, 'application/json')).toSatisfy((s) =>
      [400, 413, 'closed'].includes(s as number | string),
    );
    expect(repository.faults).toEqual([]);
    const hello = await fetch(`${repository.url}/v1/hello`, { method: 'POST' });
    expect(hello.status).toBeGreaterThanOrEqual(400);
    expect(hello.status).toBeLessThan(500);
  });

  it('answers an unknown route with a code', async () => {
    const answer = await fetch(`${repository.url}/v1/everything`);
    expect(answer.status).toBe(404);
    expect(JSON.stringify(await answer.json())).toContain('code');
  });

  /** Sends `bytes` bytes; the status of the answer, or 'closed' when the server hung up first. */
  function send(route: string, bytes: number, type = 'application/octet-stream'): Promise<number | 'closed'> {
    return new Promise((resolve) => {
      const call = request(`${repository.url}${route}`, { method: 'POST', headers: { 'content-type': type, 'content-length': bytes } });
      call.on('response', (response) => {
        response.resume();
        resolve(response.statusCode ?? 0);
        call.destroy();
      });
      call.on('error', () => resolve('closed'));
      const chunk = new Uint8Array(256 * 1024);
      let sent = 0;
      const more = (): void => {
        while (sent < bytes && !call.destroyed) {
          sent += chunk.length;
          if (!call.write(chunk)) {
            call.once('drain', more);
            return;
          }
        }
        if (!call.destroyed) call.end();
      };
      more();
    });
  }
});
