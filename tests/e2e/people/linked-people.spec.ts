import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test, type Locator } from '@playwright/test';
import { axeFaults } from '../support/axe.ts';
import { putAwayNotices, underNotices } from '../support/hands.ts';
import { openAs, type Trainer } from '../support/trainer.ts';

/** Somebody who is in the list twice: found, compared, said to be one, settled and taken apart again. */

test.describe.configure({ mode: 'serial' });

const TITLE = 'Atelier de Dakar';
const TEST = 'intro-prepost-v1';

let folder: string;
let trainer: Trainer;

test.beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'itinera-'));
  trainer = await openAs({
    data: path.join(folder, 'data'),
    language: 'fr',
    async before(terminal) {
      const days = { start: '2026-03-02', end: '2026-03-02' };
      const { id: activityId } = await terminal.call<{ id: string }>('activity.create', { title: TITLE, countries: ['SN', 'CI'], ...days });
      const add = async (person: object): Promise<string> =>
        (await terminal.call<{ id: string }>('people.add', { activityId, ...person })).id;
      const listed = await add({ familyName: 'KONÉ', givenName: 'Awa', country: 'CI', institution: 'Parquet d’Abidjan' });
      const walkIn = await add({ familyName: 'KONE', givenName: 'Awa', profession: 'judge', email: 'awa.kone@example.org' });
      await add({ familyName: 'DIOP', givenName: 'Moussa', country: 'SN', institution: 'Tribunal de Thiès', email: 'm.diop@example.org' });
      await add({ familyName: 'DIOP', givenName: 'Moussa', country: 'SN', institution: 'Parquet de Dakar' });
      for (const [personId, answer] of [
        [listed, 'a'],
        [walkIn, 'b'],
      ])
        await terminal.call('evaluation.enter', { activityId, formId: TEST, wave: 'pre', personId, answers: { Q1: answer } });
    },
  });
  await trainer.openWorkshop(TITLE);
  await trainer.openTab('people');
});

test.afterAll(async () => {
  await trainer.close();
  await rm(folder, { recursive: true });
});

const list = () => trainer.page.getByRole('table', { name: trainer.t('people:label') });
const rows = (name: string) => list().getByRole('row').filter({ hasText: name });
const pairsButton = (count: number) => trainer.button('people:figures.pairs', { count });
/** Takes back what a notice says. */
const undo = (notice: string) =>
  trainer.page
    .getByRole('alert')
    .filter({ hasText: notice })
    .getByRole('button', { name: trainer.t('app:undo'), exact: true })
    .click();
const dialogOf = (key: string) => trainer.page.getByRole('dialog', { name: trainer.t(key) });

/** Goes with Tab until something has the focus. */
async function tabTo(wanted: Locator): Promise<void> {
  for (let presses = 0; presses < 60; presses++) {
    if (await wanted.evaluate((element) => element === document.activeElement)) return;
    await trainer.page.keyboard.press('Tab');
  }
  throw new Error('nothing but the mouse reaches it');
}

test('who is perhaps one person is gone through by keyboard alone, with what agrees and what differs', async () => {
  const { page, t } = trainer;
  await expect(list().getByRole('row')).toHaveCount(5);
  await tabTo(pairsButton(2));
  await page.keyboard.press('Enter');
  const dialog = dialogOf('people:pairs.title');
  await expect(dialog).toContainText(t('people:pairs.place', { place: 1, total: 2 }));
  await expect(dialog).toContainText(t('people:pairs.why', { why: t('intake:why.names.itself') }));
  await expect(dialog.getByRole('row').filter({ hasText: 'awa.kone@example.org' })).toContainText(t('people:pairs.relation.oneSays'));
  expect(await axeFaults(trainer.page)).toEqual([]);

  await page.keyboard.press('3');
  await expect(dialog).toContainText(t('people:pairs.place', { place: 2, total: 2 }));
  await expect(dialog.getByRole('row').filter({ hasText: 'Tribunal de Thiès' })).toContainText(t('people:pairs.relation.different'));
  // What is said of a pair leaves the buttons for the next one in sight, on the smallest screen too.
  await trainer.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]!.setContentSize(1024, 640));
  await expect.poll(() => page.evaluate(() => window.innerHeight)).toBe(640);
  await page.keyboard.press('2');
  await expect(dialog).toContainText(t('people:pairs.place', { place: 1, total: 1 }));
  const notice = page.getByRole('alert').filter({ has: trainer.button('app:undo') });
  await expect(notice).toHaveCount(1);
  expect(await underNotices(trainer, true)).toEqual([]);
  await page.keyboard.press('1');
  await expect(dialog).toContainText(t('people:pairs.none'));
  await expect(dialog.getByRole('button', { name: t('app:close') }).last()).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(dialog).toBeHidden();

  await expect(list().getByRole('row')).toHaveCount(4);
  await expect(rows('KONÉ')).toContainText('awa.kone@example.org');
  await expect(rows('KONÉ')).toContainText(t('people:records', { count: 2 }));
  await expect(rows('KONÉ')).toContainText(t('people:differ'));
});

test('it is undone right after, and said again', async () => {
  const { page, t } = trainer;
  await page.keyboard.press('Control+z');
  await expect(list().getByRole('row')).toHaveCount(5);
  await pairsButton(1).click();
  const dialog = dialogOf('people:pairs.title');
  await dialog.getByRole('button', { name: t('people:pairs.one') }).click();
  await expect(dialog).toContainText(t('people:pairs.none'));
  await page.keyboard.press('Escape');
  await expect(rows('KON')).toHaveCount(1);
});

test('what the records disagree about is settled in the panel, and open again', async () => {
  const { page, t } = trainer;
  await rows('KONÉ').getByRole('button').click();
  const panel = page.getByRole('dialog');
  const records = panel.getByRole('region', { name: t('people:linked.label') });
  await expect(records).toContainText(t('people:linked.title', { count: 2 }));
  const differ = records.getByRole('group', { name: t('people:linked.differ', { field: t('people:field.familyName') }) });
  await expect(differ.getByRole('button')).toHaveCount(2);
  expect(await axeFaults(trainer.page)).toEqual([]);
  await differ.getByRole('button', { name: 'KONE' }).click();
  await expect(differ).toBeHidden();
  await expect(panel.getByRole('heading', { name: 'KONE Awa' })).toBeVisible();
  await undo(t('people:linked.done.chosen', { value: 'KONE' }));
  await expect(differ.getByRole('button')).toHaveCount(2);

  // What is typed holds over both.
  const name = panel.getByRole('textbox', { name: t('people:field.familyName') });
  await name.fill('KONÉ-TRAORÉ');
  await name.press('Enter');
  await expect(differ).toBeHidden();
  await page.keyboard.press('Escape');
  await expect(rows('KONÉ-TRAORÉ')).toContainText('Parquet d’Abidjan');
});

test('two sheets of one test show as such, and one is chosen', async () => {
  const { page, t } = trainer;
  await putAwayNotices(trainer);
  await trainer.openTab('evaluation');
  const apart = page.getByRole('group', { name: t('evaluation:apart.of', { name: 'KONÉ-TRAORÉ Awa', wave: t('evaluation:wave.pre') }) });
  await expect(apart.getByRole('button')).toHaveCount(2);
  expect(await axeFaults(trainer.page)).toEqual([]);
  await apart.getByRole('button').last().click();
  await expect(apart).toBeHidden();
  await undo(t('evaluation:apart.done', { name: t('evaluation:apart.of', { name: 'KONÉ-TRAORÉ Awa', wave: t('evaluation:wave.pre') }) }));
  await expect(apart.getByRole('button')).toHaveCount(2);
});

test('they are taken apart again, each as it was', async () => {
  const { page, t } = trainer;
  await putAwayNotices(trainer);
  await trainer.openTab('people');
  await rows('KONÉ-TRAORÉ').getByRole('button').click();
  await trainer.button('people:linked.takeApart').click();
  await expect(page.getByRole('dialog').getByRole('region', { name: t('people:linked.label') })).toContainText('KONE Awa');
  await page.keyboard.press('Escape');
  await expect(list().getByRole('row')).toHaveCount(5);
  await expect(rows('KONE')).toContainText('awa.kone@example.org');
});

test('two who are not proposed are said to be one by hand', async () => {
  const { page, t } = trainer;
  await putAwayNotices(trainer);
  await rows('Parquet de Dakar').getByRole('button').click();
  const panel = page.getByRole('dialog');
  await expect(panel).toContainText('Tribunal de Thiès');
  const sameAs = panel.getByRole('combobox', { name: t('people:linked.sameAs') });
  await sameAs.fill('kone');
  await page.getByRole('option', { name: /KONE Awa/ }).click();
  await expect(panel.getByRole('region', { name: t('people:linked.label') })).toContainText(t('people:linked.title', { count: 2 }));
  await page.keyboard.press('Escape');
  await expect(list().getByRole('row')).toHaveCount(4);
});
