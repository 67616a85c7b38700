import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import { helpIn } from '../../scripts/locale-help.ts';
import { axeFaults } from './support/axe.ts';
import { runRepository } from './support/repository.ts';
import { openAs, type Trainer } from './support/trainer.ts';

/** Sessions, settings, materials, commands and pages of the help are found from anywhere, each with where it is, and the very place opens. */

test.describe.configure({ mode: 'serial' });

const TITLE = 'Atelier de Praia';
const SESSION = 'Saisie des données à l’étranger';

let folder: string;
let trainer: Trainer;

test.beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'itinera-'));
  const repository = await runRepository(path.join(folder, 'repository'));
  const slides = path.join(folder, 'Diapositives.pdf');
  await writeFile(slides, '%PDF-1.7\nsaisie');
  trainer = await openAs({
    data: path.join(folder, 'data'),
    language: 'fr',
    name: 'Awa Diop',
    async before(terminal) {
      const plan = { title: TITLE, languages: ['fr'], countries: ['CV'], start: '2026-03-02', end: '2026-03-06' };
      const { id } = await terminal.call<{ id: string }>('activity.create', plan);
      for (const [day, title] of [
        ['2026-03-02', 'Ouverture'],
        ['2026-03-06', SESSION],
      ])
        await terminal.call('activity.addItem', {
          activityId: id,
          halfDay: `${day}-PM`,
          title,
          start: '14:00',
          end: '15:00',
          trainers: 'Bento Lima',
        });
      await terminal.call('material.add', {
        activityId: id,
        path: slides,
        title: 'Le transfert transfrontière',
        language: 'fr',
        kind: 'slides',
      });
      await terminal.call('sync.enrol', { url: repository.url, code: await repository.invite('trainer', 'all'), name: 'Awa Diop' });
      await terminal.call('sync.setSchedule', { when: 'asked' });
      await terminal.call('sync.run');
    },
  });
  await repository.stop();
});

test.afterAll(async () => {
  await trainer.close();
  await rm(folder, { recursive: true });
});

/** Looks for something from anywhere; gives the results that say `where`. */
async function look(text: string, where: string | RegExp) {
  await trainer.page.keyboard.press('Control+k');
  const field = trainer.page
    .getByRole('dialog')
    .getByRole('searchbox', { name: trainer.t('app:find.open') })
    .or(trainer.page.getByRole('dialog').getByRole('textbox'));
  await field.first().fill(text);
  const results = trainer.page.getByRole('dialog').getByRole('button').filter({ hasText: where });
  await expect(results.first()).toBeVisible();
  return results;
}

test('a session by its title or who gives it; the agenda opens with the keyboard on it', async () => {
  const { page } = trainer;
  const found = await look('bento', TITLE);
  await expect(found).toHaveCount(2);
  await expect(found.first()).toContainText(SESSION);
  await page.keyboard.press('Escape');
  const one = await look('saisie etrang', TITLE);
  await expect(one).toContainText('14:00');
  await page.screenshot({ path: test.info().outputPath('session.png') });
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: TITLE })).toBeVisible();
  await expect(page.getByRole('main').getByRole('button', { name: SESSION })).toBeFocused();
});

test('a setting by what it is about; its page opens with the keyboard on it', async () => {
  const { page, t } = trainer;
  for (const [text, label, control] of [
    ['langue', 'settings:language', page.getByRole('combobox', { name: t('settings:language') })],
    ['sombre', 'settings:theme', page.getByRole('radiogroup', { name: t('settings:theme') }).locator('input:checked')],
    ['clé usb', 'settings:backup.now', page.getByRole('button', { name: t('settings:backup.now') })],
    ['volume', 'sync:schedule.title', page.getByRole('radio', { name: t('sync:schedule.asked') })],
    ['reseau salle', 'lan:on.label', page.getByRole('switch', { name: t('lan:on.label') })],
    ['libérer', 'sync:storage.title', page.getByRole('heading', { name: t('sync:storage.title') })],
  ] as const) {
    const found = (await look(text, t(label))).filter({ hasText: / · / });
    await found.first().click();
    await expect(control, text).toBeFocused();
    await expect(control, text).toBeInViewport();
  }
});

test('a material with where it lies, a command that is done at once, a page of the help', async () => {
  const { page, t } = trainer;
  const material = await look('transfrontiere', t('material:kind.slides'));
  await expect(material).toContainText(TITLE);
  await page.keyboard.press('Escape');
  await (await look('couleurs sombres', t('app:find.command.of'))).click();
  await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', 'dark');
  expect(await axeFaults(trainer.page)).toEqual([]);
  await (await look('quinze minutes', helpIn(path.resolve(import.meta.dirname, '../..'), 'fr').get('enrol')!.title)).click();
  await expect(page.getByRole('dialog', { name: t('help:title'), exact: true }).locator('article h3')).toHaveText(
    'Inscrire cet ordinateur',
  );
  await page.keyboard.press('Escape');
  await (await look('raccourcis', t('app:find.command.of'))).click();
  await expect(page.getByRole('dialog', { name: t('app:keys.title') })).toBeVisible();
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+k');
  await page.keyboard.type('s');
  await page.screenshot({ path: test.info().outputPath('all.png') });
  expect(await axeFaults(trainer.page)).toEqual([]);
  await page.keyboard.press('Escape');
});
