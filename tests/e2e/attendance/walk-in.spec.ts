import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import { axeFaults } from '../support/axe.ts';
import { openAs, type Trainer } from '../support/trainer.ts';

/** People who come in while attendance is taken, and people who were in an earlier workshop, by keyboard. */

test.describe.configure({ mode: 'serial' });

const [EARLIER, TITLE] = ['Atelier de mars', 'Atelier de juin'];

let folder: string;
let trainer: Trainer;

test.beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'itinera-'));
  trainer = await openAs({
    data: path.join(folder, 'data'),
    language: 'fr',
    async before(terminal) {
      const create = async (title: string, day: string): Promise<string> =>
        (await terminal.call<{ id: string }>('activity.create', { title, countries: ['SN'], start: day, end: day })).id;
      const [earlier, activityId] = [await create(EARLIER, '2026-03-02'), await create(TITLE, '2026-06-01')];
      const add = async (to: string, familyName: string, givenName: string, more: object = {}): Promise<string> =>
        (await terminal.call<{ id: string }>('people.add', { activityId: to, familyName, givenName, country: 'SN', ...more })).id;
      const binta = await add(earlier, 'SARR', 'Binta', { profession: 'judge' });
      await add(earlier, 'FAYE', 'Ousmane');
      await add(earlier, 'DIOP', 'Moussa', { institution: 'Tribunal de Thiès' });
      const marks = [{ personId: binta, status: 'present' }];
      await terminal.call('attendance.mark', { activityId: earlier, halfDay: '2026-03-02-AM', marks });
      await add(activityId, 'DIOP', 'Moussa', { institution: 'Parquet de Dakar' });
      await add(activityId, 'KONÉ', 'Awa', { institution: 'Parquet de Ziguinchor' });
    },
  });
  await trainer.openWorkshop(TITLE);
});

test.afterAll(async () => {
  await trainer.close();
  await rm(folder, { recursive: true });
});

const press = (...keys: readonly string[]) =>
  keys.reduce((before, key) => before.then(() => trainer.page.keyboard.press(key)), Promise.resolve());
const count = () => trainer.page.getByTestId('attendance-count');

test('a name and Enter: somebody new is in the list and present', async () => {
  const { page, t } = trainer;
  await trainer.openTab('attendance');
  const cell = page.getByRole('gridcell').first();
  await cell.focus();
  await press('+');
  const dialog = page.getByRole('dialog', { name: t('attendance:walkIn.title') });
  const name = dialog.getByRole('textbox', { name: t('attendance:walkIn.name') });
  await expect(name).toBeFocused();
  const country = dialog.getByRole('combobox', { name: t('people:field.country') });
  await expect(country).toHaveValue('Sénégal');
  await page.keyboard.type('Fatou NDIAYE');
  await expect(dialog).toContainText(t('attendance:walkIn.parts', { familyName: 'NDIAYE', givenName: 'Fatou' }));
  expect(await axeFaults(trainer.page)).toEqual([]);
  await press('Enter');
  await expect(dialog.getByRole('status')).toContainText('NDIAYE Fatou');
  await expect(name).toHaveValue('');
  await expect(name).toBeFocused();
  // A country that was typed is theirs, without a choice from the list.
  await page.keyboard.type('Mme Aminata SOW');
  await country.fill('cote d');
  await press('Enter');
  await expect(country).toHaveValue('Côte d’Ivoire');
  await name.press('Enter');
  await expect(dialog.getByRole('status')).toContainText('SOW Aminata');

  // Whoever is in the list is proposed before anybody is added.
  await page.keyboard.type('kone awa');
  await press('Enter');
  const here = dialog
    .getByRole('group', { name: t('attendance:walkIn.perhaps') })
    .getByRole('button')
    .first();
  await expect(here).toBeFocused();
  await expect(here).toContainText('KONÉ Awa');
  expect(await axeFaults(trainer.page)).toEqual([]);
  await press('Enter');
  await expect(dialog.getByRole('status')).toContainText('KONÉ Awa');
  await press('Escape');
  await expect(dialog).toBeHidden();
  await expect(page.getByRole('rowheader', { name: /NDIAYE Fatou/ })).toBeVisible();
  await expect(page.getByRole('gridcell', { name: /SOW Aminata.*présent/i }).first()).toBeVisible();
  await expect(count()).toContainText('3');
});

test('who is looked for and not found is added from there, and taken back', async () => {
  const { page, t } = trainer;
  const find = page.getByRole('searchbox', { name: t('attendance:bar.find') });
  await find.fill('Binta SARR');
  await press('Enter');
  const dialog = page.getByRole('dialog', { name: t('attendance:walkIn.title') });
  await expect(dialog.getByRole('textbox', { name: t('attendance:walkIn.name') })).toHaveValue('Binta SARR');
  await press('Enter');
  await expect(dialog.getByRole('status')).toContainText('SARR Binta');
  await press('Escape');
  await expect(page.getByRole('rowheader', { name: /SARR Binta/ })).toBeVisible();
  const notice = page.getByRole('alert').filter({ hasText: 'SARR Binta' });
  await notice.getByRole('button', { name: t('app:undo'), exact: true }).click();
  await expect(page.getByRole('rowheader', { name: /SARR Binta/ })).toBeHidden();
});

test('people of an earlier workshop are copied, those who are here are not doubled, and it is undone', async () => {
  const { page, t } = trainer;
  await trainer.openTab('people');
  const rows = page.getByRole('table', { name: t('people:label') }).getByRole('row');
  await expect(rows).toHaveCount(5);
  await trainer.button('people:copy.open').click();
  const dialog = page.getByRole('dialog', { name: t('people:copy.title') });
  await dialog.getByRole('combobox', { name: t('people:copy.from') }).fill('mars');
  await press('ArrowDown', 'Enter');
  const plan = dialog.getByRole('grid');
  const rowOf = (name: string) => plan.getByRole('row').filter({ hasText: name });
  await expect(rowOf('SARR Binta')).toContainText(t('intake:does.people.new'));
  await expect(rowOf('DIOP Moussa')).toContainText(t('intake:does.people.ask'));
  expect(await axeFaults(trainer.page)).toEqual([]);

  await dialog.getByText(t('people:copy.attended'), { exact: true }).click();
  await expect(rowOf('FAYE Ousmane')).toHaveCount(0);
  await expect(rowOf('SARR Binta')).toHaveCount(1);
  await dialog.getByText(t('people:copy.all'), { exact: true }).click();
  await rowOf('DIOP Moussa').click();
  await rowOf('DIOP Moussa').focus();
  await press('1');
  await expect(dialog).toContainText(t('people:copy.would', { count: 2, here: 1 }));
  await dialog.getByRole('button', { name: t('people:copy.button', { count: 2 }) }).click();
  await expect(dialog).toBeHidden();
  await expect(rows).toHaveCount(7);
  await trainer.button('intake:undo').last().click();
  await expect(rows).toHaveCount(5);
});

/** Opens a dialog and writes on at once: each key is a task of its own, as of a keyboard, and the field has not got it yet. */
async function openAndType(open: { readonly key: string } | { readonly button: string }, keys: readonly string[]): Promise<void> {
  await trainer.page.evaluate(
    async ([opened, all]) => {
      const press = (key: string) =>
        document.activeElement!.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
      if ('key' in opened) press(opened.key);
      else [...document.querySelectorAll<HTMLElement>('#work button')].find(({ textContent }) => textContent === opened.button)!.click();
      await Promise.resolve();
      for (const key of all) {
        press(key);
        await Promise.resolve();
      }
    },
    [open, keys] as const,
  );
}

test('whoever writes on behind the key that opens a dialog loses no letter, and none marks the person beneath', async () => {
  const { page, t } = trainer;
  await trainer.openWorkshop(TITLE);
  await trainer.openTab('attendance');
  const dialog = page.getByRole('dialog');
  const name = dialog.getByRole('textbox', { name: t('attendance:walkIn.name') });
  await page.getByRole('gridcell').first().focus();
  const before = await count().textContent();
  await openAndType({ key: '+' }, ['p', 'r', 'x', 'Backspace']);
  await expect(name).toBeFocused();
  await expect(name).toHaveValue('pr');
  await page.keyboard.type('osper');
  await expect(name).toHaveValue('prosper');
  await name.fill('');
  await press('Escape');
  await expect(dialog).toBeHidden();
  expect(await count().textContent()).toBe(before);
  // Behind what was looked for already.
  await page.getByRole('searchbox', { name: t('attendance:bar.find') }).fill('Prosper Z');
  await openAndType({ key: 'Enter' }, ['o', 'u']);
  await expect(name).toHaveValue('Prosper Zou');
  await name.fill('');
  await press('Escape');
  await expect(dialog).toBeHidden();

  await trainer.openTab('people');
  const add = trainer.button('people:addPerson');
  await add.focus();
  await openAndType({ button: await add.innerText() }, ['?', 'Z', 'o', 'ù']);
  const family = dialog.getByLabel(t('people:field.familyName'));
  await expect(family).toBeFocused();
  await expect(family).toHaveValue('?Zoù');
  await family.fill('');
  await press('Escape');
  await expect(dialog).toBeHidden();
});

test('Escape that comes with the word that somebody was added closes: nothing is left to ask about', async () => {
  const { page, t } = trainer;
  await trainer.openWorkshop(TITLE);
  await trainer.openTab('attendance');
  await page.getByRole('gridcell').first().focus();
  await press('+');
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByRole('textbox', { name: t('attendance:walkIn.name') })).toBeFocused();
  await page.keyboard.type('Zeynabou LY');
  // As soon as it is in the document, before anything is painted.
  await page.evaluate(() => {
    const status = document.querySelector('[role="dialog"] [role="status"]')!;
    const seen = new MutationObserver(() => {
      seen.disconnect();
      document.activeElement!.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true, cancelable: true }));
    });
    seen.observe(status, { characterData: true, childList: true, subtree: true });
  });
  await press('Enter');
  await expect(dialog).toBeHidden();
  await expect(page.getByRole('rowheader', { name: /LY Zeynabou/ })).toBeVisible();
});

test('what cannot be looked up is said, and the name stays in its field', async () => {
  const { page, t } = trainer;
  await trainer.openWorkshop(TITLE);
  await trainer.openTab('attendance');
  // As when the workshop was removed meanwhile from another window of the same laptop.
  await page.evaluate(() => {
    const post = Object.getOwnPropertyDescriptor(MessagePort.prototype, 'postMessage')!.value as (message: unknown) => void;
    MessagePort.prototype.postMessage = function (message: { name?: string; args?: object } | null) {
      const isAsked = message?.name === 'attendance.recognise';
      post.call(this, isAsked ? { ...message, args: { ...message.args, activityId: '00000000-0000-4000-8000-000000000000' } } : message);
    };
  });
  await page.getByRole('gridcell').first().focus();
  await press('+');
  await page.keyboard.type('Pape GUEYE');
  await press('Enter');
  const dialog = page.getByRole('dialog', { name: t('attendance:walkIn.title') });
  await expect(dialog).toContainText(t('errors:activity.unknown'));
  const name = dialog.getByRole('textbox', { name: t('attendance:walkIn.name') });
  await expect(name).toHaveValue('Pape GUEYE');
});
