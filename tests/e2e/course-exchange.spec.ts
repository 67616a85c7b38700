import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import { readSource } from '../../shared/node/tables/read-source.ts';
import { writeWorkbook } from '../../shared/node/tables/write-workbook.ts';
import { axeFaults } from './support/axe.ts';
import { atRest, goWithTab } from './support/hands.ts';
import { openAs, type Trainer } from './support/trainer.ts';

/** A course that leaves one laptop as a file, by keyboard in the smallest window. */

test.describe.configure({ mode: 'serial' });

let folder: string;
let trainer: Trainer;
const file = (name: string) => path.join(folder, name);

test.beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'itinera-exchange-'));
  trainer = await openAs({
    data: file('here'),
    language: 'en',
    before: async (terminal) => {
      const { id } = await terminal.call<{ readonly id: string }>('course.create', {
        space: 'library',
        title: { en: 'National law', pt: 'Direito nacional' },
        days: 1,
      });
      await terminal.call('course.addModule', { courseId: id, title: { en: 'Evidence' } });
    },
  });
  await trainer.app.evaluate(({ BrowserWindow, shell }) => {
    BrowserWindow.getAllWindows()[0]!.setContentSize(1024, 640);
    shell.showItemInFolder = (shown) => void Object.assign(globalThis, { shown });
  });
  await trainer.goTo('library');
});

test.afterAll(async () => {
  await trainer.close();
  rmSync(folder, { recursive: true, force: true });
});

const course = () => trainer.page.getByRole('main').getByRole('button', { name: 'National law' });
const press = async (button: string) => {
  await goWithTab(trainer, trainer.button(button));
  await trainer.page.keyboard.press('Enter');
};

test('the library says how much of a course is written in each language', async () => {
  await expect(course()).toContainText(`English, ${trainer.t('course:writtenIn', { language: 'Português', share: '50%' })}`);
});

test('a course is written as one file, its texts as a workbook, and in one language for other platforms, and each is shown in its folder', async () => {
  const { page, t } = trainer;
  await course().press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: 'National law' })).toBeVisible();
  await press('exchange:export.open');
  const dialog = page.getByRole('dialog');
  await atRest(page);
  expect(await axeFaults(page)).toEqual([]);
  await trainer.answerDialogs(file('course.zip'), file('texts.xlsx'), file('course.imscc'));
  await press('exchange:export.savePack');
  await expect(dialog.getByRole('status')).toContainText('course.zip');
  expect(existsSync(file('course.zip'))).toBe(true);
  await press('exchange:export.show');
  await expect.poll(() => trainer.app.evaluate(() => (globalThis as { shown?: string }).shown)).toBe(file('course.zip'));
  await press('exchange:export.saveTexts');
  await expect(dialog.getByRole('status')).toContainText(t('exchange:export.textsDone', { name: 'texts.xlsx', count: 3 }));
  expect(existsSync(file('texts.xlsx'))).toBe(true);
  await goWithTab(trainer, dialog.getByRole('combobox', { name: t('exchange:export.cartridgeLanguage') }));
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await press('exchange:export.saveCartridge');
  // One text of three is in English alone.
  await expect(dialog.getByRole('status')).toContainText(t('exchange:export.inOther', { count: 1 }));
  expect(existsSync(file('course.imscc'))).toBe(true);
  expect(await page.evaluate((other) => window.shell.showSaved(other), file('here'))).toEqual({ ok: false, code: 'shell.savedGone' });
  expect(await axeFaults(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
  await expect(trainer.button('exchange:export.open')).toBeFocused();
});

test('a course pack is seen before it is taken on another laptop, and taken back', async () => {
  const there = await openAs({ data: file('there'), language: 'pt' });
  try {
    const { page, t } = there;
    await there.goTo('library');
    await there.answerDialogs(file('course.zip'), file('course.zip'));
    await goWithTab(there, there.button('exchange:import.open'));
    await page.keyboard.press('Enter');
    await goWithTab(there, there.button('exchange:import.choose'));
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog');
    await expect(dialog.getByRole('heading', { name: 'Direito nacional' })).toBeVisible();
    await expect(dialog).toContainText(t('exchange:import.signedByNobody'));
    await expect(dialog).toContainText(t('exchange:import.isNew'));
    await atRest(page);
    expect(await axeFaults(page)).toEqual([]);
    await goWithTab(there, there.button('exchange:import.takePack'));
    await page.keyboard.press('Enter');
    await expect(page.getByRole('heading', { level: 1, name: 'Direito nacional' })).toBeVisible();
    await page.keyboard.press('Control+z');
    await expect(there.button('exchange:import.open')).toBeVisible();
    await expect(page.getByRole('main').getByRole('button', { name: 'Direito nacional' })).toHaveCount(0);
  } finally {
    await there.close();
  }
});

test('of a workbook each text is seen; one that was written here as well stays unless the other is chosen', async () => {
  const { page, t } = trainer;
  const source = await readSource(file('texts.xlsx'), { whole: true });
  if (!source.ok) throw new Error(source.refusal.code);
  const rows = source.value.sheets[0]!.rows.map(({ cells }) => [...cells]);
  const [headings, ...rest] = rows as [string[], ...string[][]];
  const pt = headings.findIndex((heading) => heading.endsWith('(pt)'));
  rest[0]![pt] = 'Lei nacional';
  rest.find((cells) => cells.includes('Evidence'))![pt] = 'Prova';
  writeFileSync(file('back.xlsx'), await writeWorkbook([{ name: 'Texts', headings, rows: rest }]));
  // Written here meanwhile, in the window.
  await trainer.button('editor:open').click();
  await trainer.button('editor:course').click();
  await page.locator('textarea[lang="pt"], input[lang="pt"]').first().fill('Direito do país');
  await trainer.button('app:save.button').click();
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await trainer.goTo('library');
  await trainer.answerDialogs(file('back.xlsx'));
  await press('exchange:import.open');
  await press('exchange:import.choose');
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByRole('heading', { name: t('exchange:import.conflicts', { count: 1 }) })).toBeVisible();
  await expect(dialog).toContainText('Direito nacional');
  await expect(dialog).toContainText('Direito do país');
  await expect(trainer.button('exchange:import.takeTexts', { count: 1 })).toBeVisible();
  await atRest(page);
  expect(await axeFaults(page)).toEqual([]);
  await goWithTab(trainer, dialog.getByRole('radio', { name: t('exchange:import.keep') }));
  await page.keyboard.press('ArrowDown');
  await goWithTab(trainer, trainer.button('exchange:import.takeTexts', { count: 2 }));
  await page.keyboard.press('Enter');
  await expect(dialog).toHaveCount(0);
  await page.getByText('Português', { exact: true }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Lei nacional' })).toBeVisible();
  await page.keyboard.press('Control+z');
  await expect(page.getByRole('heading', { level: 1, name: 'Direito do país' })).toBeVisible();
});
