import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import { runRepository, type RunningRepository } from '../support/repository.ts';
import { atTerminal, openTerminal, type Terminal } from '../support/terminal.ts';
import { openAs, type Trainer } from '../support/trainer.ts';
import { makeWorkshopA, PLAN } from '../support/workshop-a.ts';

/** A stick between two laptops without a network: Awa saves at a window, Bento reads at a terminal and answers, Awa reads at the window. */

test.describe.configure({ mode: 'serial' });

let folder: string;
let stick: string;
let repository: RunningRepository;
let awa: Trainer;
let bento: Terminal;
let activityId: string;

test.beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'itinera-'));
  stick = path.join(folder, 'KINGSTON');
  await mkdir(stick);
  repository = await runRepository(path.join(folder, 'repository'));
  const enrol = async (terminal: Terminal, name: string) => {
    await terminal.call('sync.enrol', { url: repository.url, code: await repository.invite('trainer', 'all'), name });
    await terminal.call('sync.setSchedule', { when: 'asked' });
  };
  bento = openTerminal(path.join(folder, 'bento'));
  await enrol(bento, 'Bento Lima');
  awa = await openAs({
    data: path.join(folder, 'awa'),
    language: 'fr',
    name: 'Awa Diop',
    before: async (terminal) => {
      activityId = await makeWorkshopA(terminal, ['people']);
      await enrol(terminal, 'Awa Diop');
    },
  });
  await repository.stop();
});

test.afterAll(async () => {
  await awa.close();
  await bento.close();
  await rm(folder, { recursive: true });
});

const section = () => awa.page.getByRole('region', { name: awa.t('usb:title') });
const result = () => section().getByRole('status');

test('says how much it is before it is written, and writes it', async () => {
  const { page, t } = awa;
  await awa.openSync('stick');
  await awa.button('usb:save.button').click();
  const dialog = page.getByRole('dialog', { name: t('usb:save.title') });
  await expect(dialog.getByRole('checkbox', { name: PLAN.title })).toBeChecked();
  await expect(dialog.getByText(t('usb:save.recipientsNone'))).toBeVisible();
  await expect(dialog.getByRole('status')).toContainText(/\d+\smodifications\s: \d+\sko/);
  await dialog.getByLabel(t('usb:save.to')).fill('Clé bleue');
  const file = path.join(stick, 'ateliers.itinera');
  await awa.answerDialogs(null, file);
  // Nobody leaves names open on a stick without having said so.
  await dialog.getByRole('button', { name: t('usb:save.submit'), exact: true }).click();
  await expect(dialog.getByRole('alert')).toHaveText(t('usb:save.open'));
  await dialog.screenshot({ path: test.info().outputPath('open-stick.png') });
  const submit = dialog.getByRole('button', { name: t('usb:save.submitOpen') });
  await submit.click();
  await expect(dialog).toBeVisible();
  await submit.click();
  await expect(dialog).toHaveCount(0);
  expect(await readdir(stick)).toEqual(['ateliers.itinera']);
  await expect(section()).toContainText('Clé bleue');
  const read = await bento.call<{ applied: number; from: { author: string } }>('sync.import', { path: file });
  expect(read.applied).toBeGreaterThan(3);
  expect(read.from.author).toBe('Awa Diop');
  expect(await bento.call<unknown[]>('people.list', { activityId })).toHaveLength(25);
});

test('reads what another laptop wrote, and says what became of it', async () => {
  const people = await bento.call<{ id: string }[]>('people.list', { activityId });
  const marks = [{ personId: people[0]!.id, status: 'late' }];
  const [first, second] = [path.join(stick, '1.itinera'), path.join(stick, '2.itinera')];
  await bento.call('sync.export', { path: first });
  await bento.call('attendance.mark', { activityId, halfDay: '2021-07-12-AM', marks });
  await bento.call('sync.export', { path: second, since: 'last' });
  await bento.call('attendance.mark', { activityId, halfDay: '2021-07-12-PM', marks });
  const third = path.join(stick, '3.itinera');
  await bento.call('sync.export', { path: third, since: 'last' });
  const { t } = awa;
  const read = async (file: string) => {
    await awa.answerDialogs(file);
    await awa.button('usb:read.button').click();
  };
  await read(third);
  await expect(result()).toContainText(t('usb:read.held', { count: 1 }));
  await expect(section().getByRole('heading', { name: t('usb:waiting.title', { count: 1 }) })).toBeVisible();
  await expect(section()).toContainText(PLAN.title);
  await read(second);
  await expect(result()).toContainText(t('usb:read.released', { count: 1 }));
  await expect(section().getByRole('heading', { name: t('usb:waiting.title', { count: 1 }) })).toHaveCount(0);
  await read(second);
  await expect(result()).toContainText(t('usb:read.again'));
  await expect(result()).toContainText('Bento Lima');
});

test('refuses what is none, in words, and what is cut short', async () => {
  const { t } = awa;
  const file = path.join(stick, 'cut.itinera');
  await writeFile(file, 'ITINUSB');
  await awa.answerDialogs(file);
  await awa.button('usb:read.button').click();
  await expect(section().getByRole('alert')).toHaveText(t('errors:usb.cut'));
  await expect(section()).toContainText(t('usb:history.refused', { name: 'cut.itinera', reason: t('errors:usb.cut') }));
});

test('locks a file for those who are chosen, by keyboard', async () => {
  const { page, t } = awa;
  await awa.button('usb:save.button').focus();
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: t('usb:save.title') });
  await dialog
    .getByRole('combobox', { name: t('usb:save.recipients') })
    .or(dialog.getByLabel(t('usb:save.recipients')))
    .first()
    .focus();
  await page.keyboard.type('Bento');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(dialog.getByText(t('usb:save.recipientsHint'))).toBeVisible();
  await page.keyboard.press('Escape');
  const file = path.join(stick, 'locked.itinera');
  await awa.answerDialogs(file);
  await dialog.getByRole('button', { name: t('usb:save.submit') }).click();
  await expect(dialog).toHaveCount(0);
  await expect(section()).toContainText(`(${t('usb:history.locked')})`);
  expect(await bento.call('sync.import', { path: file })).toMatchObject({ refused: 0 });
  await awa.app.close();
  const digest = await atTerminal(awa.data, (terminal) => terminal.call('store.digest'));
  expect(await bento.call('store.digest')).toEqual(digest);
});
