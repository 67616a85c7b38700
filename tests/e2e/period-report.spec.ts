import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import { axeFaults } from './support/axe.ts';
import { openAs, type Trainer } from './support/trainer.ts';

/** An officer reports to a steering committee: since a meeting, in every format, with the people decided of whom two lists leave open whether they are one. */

test.describe.configure({ mode: 'serial' });

let folder: string;
let trainer: Trainer;

test.beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'itinera-'));
  trainer = await openAs({
    data: path.join(folder, 'data'),
    language: 'fr',
    name: 'Awa Diop',
    async before(terminal) {
      const { year, month } = { year: new Date().getFullYear(), month: String(new Date().getMonth() + 1).padStart(2, '0') };
      for (const [title, day] of [
        ['Comité directeur', '01'],
        ['Journée du Sénégal', '02'],
        ['Plénière', '03'],
      ]) {
        const date = `${year}-${month}-${day}`;
        const { id: activityId } = await terminal.call<{ id: string }>('activity.create', {
          ...{ title, languages: ['fr'], countries: ['SN'], start: date, end: date },
        });
        if (day !== '01') await terminal.call('people.add', { activityId, familyName: 'KONÉ', givenName: 'Awa', country: 'SN' });
      }
    },
  });
});

test.afterAll(async () => {
  await trainer.close();
  await rm(folder, { recursive: true, force: true });
});

const dialog = () => trainer.page.getByRole('dialog').first();
const countOf = (label: string) => dialog().getByText(label, { exact: true });

test('who may be one person is decided from the report, which then has one number', async () => {
  const { page, t } = trainer;
  await page.keyboard.press('Alt+3');
  await trainer.button('calendar:report.open').click();
  await expect(countOf(t('report:document.period.figure.peopleAtLeast')).first()).toBeVisible();
  expect(await axeFaults(page)).toEqual([]);
  await trainer.button('calendar:report.doubles.open', { count: 1 }).click();
  const question = page.getByRole('dialog', { name: t('calendar:report.doubles.title') });
  await expect(question.getByRole('cell', { name: 'Plénière' })).toBeVisible();
  expect(await axeFaults(page)).toEqual([]);
  await question.getByRole('button', { name: t('people:pairs.one') }).click();
  await expect(question.getByText(t('people:pairs.none'))).toBeVisible();
  await question
    .getByRole('button', { name: t('app:close') })
    .last()
    .click();
  await expect(countOf(t('report:document.period.figure.people')).first()).toBeVisible();
  await expect(countOf(t('report:document.period.figure.peopleAtLeast'))).toHaveCount(0);
});

test('it is told since a meeting, and written in each format', async () => {
  const { page, t } = trainer;
  const since = page
    .getByRole('combobox', { name: t('calendar:report.since') })
    .or(page.getByRole('textbox', { name: t('calendar:report.since') }));
  await since.fill('Comité');
  await page.getByRole('option', { name: /Comité directeur/ }).click();
  await expect(dialog().getByText(/depuis «\s*Comité directeur\s*»/)).toBeVisible();
  for (const [format, begins] of [
    ['docx', 'PK'],
    ['pdf', '%PDF'],
    ['xlsx', 'PK'],
  ] as const) {
    const file = path.join(folder, `period.${format}`);
    await trainer.answerDialogs(file);
    await trainer.button(`report:save.${format}`).click();
    await expect
      .poll(() =>
        readFile(file, 'latin1').then(
          (text) => text.slice(0, begins.length),
          () => '',
        ),
      )
      .toBe(begins);
  }
  await page.keyboard.press('Escape');
});

test('a workshop is made a part of another one where it is changed', async () => {
  const { page, t } = trainer;
  await trainer.openWorkshop('Journée du Sénégal');
  await trainer.button('activity:more').click();
  await page.getByRole('menuitem', { name: t('activity:details.open') }).click();
  const partOf = page
    .getByRole('combobox', { name: t('activity:field.partOf') })
    .or(page.getByRole('textbox', { name: t('activity:field.partOf') }));
  await partOf.fill('Plénière');
  await page.getByRole('option', { name: /Plénière/ }).click();
  expect(await axeFaults(page)).toEqual([]);
  await trainer.button('app:save.button').click();
  await expect(dialog()).toHaveCount(0);
});
