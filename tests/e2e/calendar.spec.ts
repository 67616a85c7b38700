import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import { axeFaults } from './support/axe.ts';
import { putAwayNotices, underNotices, zoomTo } from './support/hands.ts';
import { openAs, type Trainer } from './support/trainer.ts';

/** An officer takes a published inventory into the calendar by keyboard, looks at it in four ways, opens a workshop from it and writes it for others. */

test.describe.configure({ mode: 'serial' });

const INVENTORY = `Inventory of activities (July - September 2021)

JULY 2021

GLACY+	Workshop on cybercrime laws, Benin, 12-14 July (TBC), <i>Hybrid</i>
GLACY+, Octopus	Advisory mission on legislation, Niger, 15 July, <i>Online</i>
GLACY+	Tenth Steering Committee, 28 July - 3 August
NOVA-2	Working group, 20 July, <i>Online</i>
Octopus	Translation of a convention
GLACY+	Workshop on nothing, 31 June

AUGUST 2021

Octopus	Study on something, August-September, <i>Desk study</i>
`;

let folder: string;
let trainer: Trainer;

test.beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'itinera-'));
  trainer = await openAs({ data: path.join(folder, 'data'), language: 'fr', name: 'Awa Diop' });
});

test.afterAll(async () => {
  await trainer.close();
  await rm(folder, { recursive: true, force: true });
});

const main = () => trainer.page.getByRole('main');
const dialog = () => trainer.page.getByRole('dialog');

test('an inventory that is pasted shows what is understood and what is in doubt before anything is saved', async () => {
  const { page, t } = trainer;
  await page.keyboard.press('Alt+3');
  await expect(page.getByRole('heading', { level: 1, name: t('calendar:title') })).toBeVisible();
  await expect(page.getByRole('heading', { name: t('calendar:emptyTitle') })).toBeVisible();
  expect(await axeFaults(page)).toEqual([]);
  await main()
    .getByRole('button', { name: t('calendar:import.open') })
    .focus();
  await page.keyboard.press('Enter');
  await trainer.field('calendar:import.text').fill(INVENTORY);
  await expect(dialog().getByRole('status')).toContainText(t('calendar:import.understood', { count: 5 }));
  await expect(dialog().getByRole('status')).toContainText(t('calendar:import.doubtful', { count: 2 }));
  await expect(dialog().getByText(t('calendar:doubt.noSuchDay'))).toBeVisible();
  expect(await axeFaults(page)).toEqual([]);
  await dialog()
    .getByRole('button', { name: t('calendar:import.isProject', { name: 'NOVA-2' }) })
    .click();
  await expect(dialog().getByRole('status')).toContainText(t('calendar:import.understood', { count: 6 }));
  await trainer.button('calendar:import.add', { count: 6 }).click();
  await expect(page.getByText(t('calendar:import.done', { count: 6 }))).toBeVisible();
  await expect(dialog()).toHaveCount(0);
  // What closed the dialog is said where nothing of the page lies that was behind it.
  expect(await underNotices(trainer)).toEqual([]);
  await putAwayNotices(trainer);
});

test('it is looked at by the month, the quarter, the year and as a list', async () => {
  const { page, t } = trainer;
  await expect(main().getByRole('heading', { level: 2, name: 'juillet 2021' })).toBeVisible();
  await expect(main().getByRole('button', { name: /Tenth Steering Committee/ })).toHaveCount(1);
  await expect(main().getByRole('button', { name: /Translation of a convention/ })).toBeVisible();
  expect(await axeFaults(page)).toEqual([]);
  await trainer.button('calendar:later').click();
  // It goes on over two weeks.
  await expect(main().getByRole('button', { name: /Tenth Steering Committee/ })).toHaveCount(2);
  await expect(main().getByRole('button', { name: /Study on something/ })).toBeVisible();
  await trainer.button('calendar:earlier').click();
  for (const view of ['quarter', 'year', 'list'] as const) {
    await trainer.choose('calendar:view.label', `calendar:view.${view}`);
    await expect(main().getByRole('status')).toHaveText(t('calendar:count', { count: 6 }));
    expect(await axeFaults(page)).toEqual([]);
  }
  await page.keyboard.press('Escape');
  await page.getByRole('searchbox').fill('niger');
  await expect(main().getByRole('status')).toHaveText(t('calendar:count', { count: 1 }));
  await page.getByRole('searchbox').press('Escape');
  await trainer.choose('calendar:view.label', 'calendar:view.month');
});

test('with text twice as large its title is one line, beside none of its buttons', async () => {
  const { page } = trainer;
  await zoomTo(trainer, 2, [1366, 768]);
  const lines = () =>
    page
      .getByRole('heading', { level: 1 })
      .evaluate((title) => title.getBoundingClientRect().height / Number.parseFloat(getComputedStyle(title).lineHeight));
  await expect.poll(lines).toBeCloseTo(1, 1);
  await zoomTo(trainer, 1, [1366, 768]);
});

test('a second import of the same inventory has nothing to save', async () => {
  const { page, t } = trainer;
  const file = path.join(folder, 'inventory.txt');
  await writeFile(file, INVENTORY);
  await trainer.answerDialogs(file);
  await main()
    .getByRole('button', { name: t('calendar:import.open') })
    .click();
  await trainer.button('calendar:import.choose').click();
  await expect(dialog().getByText('inventory.txt')).toBeVisible();
  await expect(dialog().getByRole('cell', { name: t('calendar:does.there') })).toHaveCount(6);
  await expect(trainer.button('calendar:import.nothing')).toBeDisabled();
  await trainer.button('app:cancel').click();
  await expect(dialog()).toHaveCount(0);
  await expect(page.getByRole('heading', { level: 1, name: t('calendar:title') })).toBeVisible();
});

test('an entry is changed, and a workshop is opened from it, which then stands in its place', async () => {
  const { page, t } = trainer;
  await main()
    .getByRole('button', { name: /Workshop on cybercrime laws/ })
    .click();
  await expect(dialog().getByText('12-14 July (TBC)', { exact: false })).toBeVisible();
  expect(await axeFaults(page)).toEqual([]);
  await dialog().getByLabel(t('activity:field.dateTbc')).uncheck();
  await trainer.button('calendar:saveEntry').click();
  await expect(dialog()).toHaveCount(0);
  await main()
    .getByRole('button', { name: /Workshop on cybercrime laws/ })
    .click();
  await trainer.button('calendar:openWorkshop').click();
  await expect(page.getByRole('textbox', { name: t('activity:field.title') })).toHaveValue('Workshop on cybercrime laws, Benin');
  await trainer.button('activity:create.submit').click();
  await expect(page.getByRole('heading', { level: 1, name: 'Workshop on cybercrime laws, Benin' })).toBeVisible();
  await trainer.goTo('workshops');
  await expect(main().getByRole('listitem')).toHaveCount(1);
  await trainer.goTo('calendar');
  await expect(main().getByRole('button', { name: /Workshop on cybercrime laws/ })).toHaveCount(1);
});

test('the period is written for other calendars, and an entry that is removed comes back', async () => {
  const { page, t } = trainer;
  const file = path.join(folder, 'juillet.ics');
  await trainer.answerDialogs(file);
  await trainer.button('calendar:save.open').click();
  await trainer.button('calendar:save.ics').click();
  await expect(page.getByText(t('calendar:save.undated', { count: 1 }), { exact: false })).toBeVisible();
  expect(await readFile(file, 'utf8')).toContain('SUMMARY:Workshop on cybercrime laws\\, Benin');
  await main()
    .getByRole('button', { name: /Advisory mission/ })
    .click();
  await trainer.button('calendar:remove').click();
  await expect(main().getByRole('button', { name: /Advisory mission/ })).toHaveCount(0);
  await trainer.button('app:undo').click();
  await expect(main().getByRole('button', { name: /Advisory mission/ })).toBeVisible();
});

test('a report of the period is read in another language and written as a list', async () => {
  const { page, t } = trainer;
  await trainer.button('calendar:report.open').click();
  await expect(dialog().getByRole('heading', { name: t('report:document.period.title') })).toBeVisible();
  await expect(dialog().getByText(t('report:document.period.byProject'))).toBeVisible();
  expect(await axeFaults(page)).toEqual([]);
  await page
    .getByRole('combobox', { name: t('report:language') })
    .or(page.getByRole('textbox', { name: t('report:language') }))
    .click();
  await page.getByRole('option', { name: 'English' }).click();
  await expect(dialog().getByText('By project')).toBeVisible();
  const file = path.join(folder, 'period.csv');
  await trainer.answerDialogs(file);
  await trainer.button('report:save.csv').click();
  await expect.poll(() => readFile(file, 'utf8').catch(() => '')).toContain('By project');
  await page.keyboard.press('Escape');
  await expect(dialog()).toHaveCount(0);
});

test('the agenda of a workshop is written for calendars, in the zone of the room', async () => {
  const { page, t } = trainer;
  await trainer.openWorkshop('Workshop on cybercrime laws, Benin');
  await trainer.button('activity:more').click();
  await page.getByRole('menuitem', { name: t('calendar:agenda.open') }).click();
  await expect(dialog().getByText(t('calendar:agenda.ofRoom'))).toBeVisible();
  expect(await axeFaults(page)).toEqual([]);
  const file = path.join(folder, 'programme.ics');
  await trainer.answerDialogs(file);
  await trainer.button('calendar:agenda.save').click();
  await expect(dialog()).toHaveCount(0);
  expect(await readFile(file, 'utf8')).toContain('BEGIN:VCALENDAR');
});
