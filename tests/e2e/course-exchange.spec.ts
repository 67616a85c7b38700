import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from '@playwright/test';
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

test('a course is written as one file and its texts as a workbook, and each is shown in its folder', async () => {
  const { page, t } = trainer;
  await course().press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: 'National law' })).toBeVisible();
  await press('exchange:export.open');
  const dialog = page.getByRole('dialog');
  await atRest(page);
  expect(await axeFaults(page)).toEqual([]);
  await trainer.answerDialogs(file('course.zip'), file('texts.xlsx'));
  await press('exchange:export.savePack');
  await expect(dialog.getByRole('status')).toContainText('course.zip');
  expect(existsSync(file('course.zip'))).toBe(true);
  await press('exchange:export.show');
  await expect.poll(() => trainer.app.evaluate(() => (globalThis as { shown?: string }).shown)).toBe(file('course.zip'));
  await press('exchange:export.saveTexts');
  await expect(dialog.getByRole('status')).toContainText(t('exchange:export.textsDone', { name: 'texts.xlsx', count: 3 }));
  expect(existsSync(file('texts.xlsx'))).toBe(true);
  expect(await page.evaluate((other) => window.shell.showSaved(other), file('here'))).toEqual({ ok: false, code: 'shell.savedGone' });
  expect(await axeFaults(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
  await expect(trainer.button('exchange:export.open')).toBeFocused();
});
