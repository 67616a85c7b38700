import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import { openAs, reopenAs, type Trainer } from './support/trainer.ts';

/** A material that was opened in another program leaves nothing behind: not at closing, and not after a power cut. */

let folder: string;
let data: string;
let trainer: Trainer;
const files: Record<string, { readonly sha256: string; readonly name: string }> = {};

test.beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'itinera-opened-'));
  data = path.join(folder, 'data');
  trainer = await openAs({
    data,
    language: 'en',
    name: 'Awa Diop',
    before: async (terminal) => {
      for (const extension of ['txt', 'doc']) {
        const file = path.join(folder, `deck.${extension}`);
        writeFileSync(file, extension === 'doc' ? Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]) : 'A CASE FILE');
        const { sha256 } = await terminal.call<{ sha256: string }>('material.add', {
          path: file,
          title: `Deck ${extension}`,
          language: 'en',
          kind: 'handout',
        });
        files[extension] = { sha256, name: `Deck.${extension}` };
      }
    },
  });
  await withoutPrograms();
});

test.afterAll(async () => {
  await trainer.close();
  rmSync(folder, { recursive: true, force: true });
});

/** No program of the machine's opens anything; the shell hears that one did. */
const withoutPrograms = () => trainer.app.evaluate(({ shell }) => void (shell.openPath = () => Promise.resolve('')));
const open = (extension: string) => trainer.page.evaluate((file) => window.shell.openMaterial(file.sha256, file.name), files[extension]!);
const copies = () =>
  existsSync(path.join(data, 'window', 'opened'))
    ? readdirSync(path.join(data, 'window', 'opened'), { recursive: true, encoding: 'utf8' })
    : [];

test('a kind that may hold macros is asked about first', async () => {
  await trainer.answerQuestions(false);
  expect(await open('doc')).toEqual({ ok: false, code: 'shell.cancelled' });
  expect((await trainer.questions()).at(-1)!.message).toBe('Open Deck.doc?');
  expect(copies()).toEqual([]);
  await trainer.answerQuestions(true);
  expect(await open('doc')).toEqual({ ok: true });
  const asked = (await trainer.questions()).length;
  expect(await open('txt')).toEqual({ ok: true });
  expect((await trainer.questions()).length).toBe(asked);
  expect(copies().filter((name) => /Deck\.(doc|txt)$/.test(name)).length).toBe(2);
});

test('killed with everything open, the next start removes the copies; a closing too', async () => {
  const pid = trainer.app.process().pid!;
  const children = await trainer.app.evaluate(({ app }) => app.getAppMetrics().map((metric) => metric.pid));
  for (const one of [...children, pid]) {
    try {
      process.kill(one, 'SIGKILL');
    } catch {
      // It went with the one before.
    }
  }
  await expect.poll(() => copies().length).toBeGreaterThan(0);
  trainer = await reopenAs({ data, language: 'en' });
  await expect.poll(copies).toEqual([]);
  await withoutPrograms();
  expect(await open('txt')).toEqual({ ok: true });
  expect(copies().length).toBeGreaterThan(0);
  await trainer.close();
  expect(copies()).toEqual([]);
  trainer = await reopenAs({ data, language: 'en' });
});
