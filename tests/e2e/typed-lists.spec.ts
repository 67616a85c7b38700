import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test, type Locator } from '@playwright/test';
import followUp from '../../resources/questionnaires/followup6m.json' with { type: 'json' };
import network from '../../resources/questionnaires/q247.json' with { type: 'json' };
import { pasteText, pressKeys, putAwayNotices } from './support/hands.ts';
import { EARLIER, openLaptopOfLists } from './support/laptop-of-lists.ts';
import type { Trainer } from './support/trainer.ts';
import { PLAN } from './support/workshop-a.ts';

/** Every list that is searched by typing is under one rule: what means one is taken with Tab or Enter, what means none stays and says so, and nothing is sent over it. */

test.describe.configure({ mode: 'serial' });

const NONSENSE = 'qqzz';

let folder: string;
let awa: Trainer;

test.beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'itinera-'));
  awa = await openLaptopOfLists(folder);
});

test.afterAll(async () => {
  await awa.close();
  await rm(folder, { recursive: true });
});

const press = (...keys: readonly string[]) => pressKeys(awa, keys);
const list = (name: string, within: Locator = awa.page.locator('body')) => within.getByRole('combobox', { name, exact: true });

interface Texts {
  /** What may mean several, where there is such a text. */
  readonly several?: string;
  /** What means one, and how its field shows it afterwards: by its text, or with a pill, or elsewhere. */
  readonly one: string;
  shown(): Promise<unknown>;
}

/** Types what means nothing, several and one into a list, with Enter and with Tab; it stands in what must not close or be sent meanwhile. */
async function tryOut(field: Locator, around: Locator, { several, one, shown }: Texts): Promise<void> {
  const { page, t } = awa;
  const type = async (text: string) => {
    await field.press('Control+A');
    await page.keyboard.type(text);
  };
  for (const key of ['Enter', 'Tab']) {
    await type(NONSENSE);
    await press(key);
    await expect(field, key).toHaveValue(NONSENSE);
    await expect(around.getByRole('alert').filter({ hasText: t('app:choice.none', { typed: NONSENSE }) })).toBeVisible();
    await expect(around).toBeVisible();
  }
  if (several !== undefined) {
    await type(several);
    await press('Enter');
    await expect(field).toHaveValue(several);
    await expect(around.getByRole('alert').filter({ hasText: several })).toBeVisible();
    await press('Tab');
    await expect(field).toHaveValue(several);
  }
  await type(one);
  await press('Tab');
  await shown();
  await expect(around.getByRole('alert')).toHaveCount(0);
}

test('a sheet is never one of the person before: it waits until the name is settled', async () => {
  const { page, t } = awa;
  await awa.openWorkshop(PLAN.title);
  await awa.openTab('evaluation');
  const person = list(t('evaluation:enter.person'));
  const strip = page.getByRole('group', { name: t('evaluation:strip.label') });
  const tab = page.getByRole('tabpanel').first();
  await expect(strip).toBeVisible();
  await tryOut(person, tab, { several: 'traore moussa', one: 'ndiaye cheikh', shown: () => expect(person).toHaveValue('NDIAYE Cheikh') });
  await expect(strip.getByRole('button').first()).toBeFocused();
  await person.fill('traore');
  await expect(strip).toBeHidden();
  await expect(awa.button('evaluation:enter.keep')).toBeHidden();
  await expect(tab).toContainText(t('evaluation:enter.whose'));
  await press('Tab');
  await expect(awa.button('evaluation:enter.backTo', { name: 'NDIAYE Cheikh' })).toBeFocused();
  await press('Enter');
  await expect(person).toHaveValue('NDIAYE Cheikh');
  await person.fill('sar');
  await press('Enter');
  await expect(person).toHaveValue('SARR Mamadou Lamine');
  await page.keyboard.type('aaa');
  // The second time it is meant: not all is answered.
  await press('Enter', 'Enter');
  await expect(page.getByText(t('evaluation:enter.in', { count: 1, of: 25 }))).toBeVisible();
  await expect(page.getByTestId('kept-notice')).toContainText('SARR Mamadou Lamine');
});

test('countries: of somebody new, at the door, in their panel, of a workshop and over the list of workshops', async () => {
  const { page, t } = awa;
  const dialog = page.getByRole('dialog');
  await awa.openWorkshop(PLAN.title);
  const country = list(t('people:field.country'), dialog);
  await awa.openTab('people');
  await awa.button('people:addPerson').click();
  await dialog.getByRole('textbox', { name: t('people:field.familyName') }).fill('SY');
  await country.focus();
  // The workshop's own come first.
  await expect(page.getByRole('option').first()).toHaveText('Bénin');
  await tryOut(country, dialog, { several: 'guin', one: 'cote d', shown: () => expect(country).toHaveValue('Côte d’Ivoire') });
  for (const button of ['people:add.button', 'people:add.another']) {
    await country.fill(NONSENSE);
    await awa.button(button).click();
    await expect(country).toBeFocused();
    await expect(country).toHaveValue(NONSENSE);
  }
  await country.fill('senegal');
  await press('Enter');
  await expect(country).toHaveValue('Sénégal');
  await press('Enter');
  await expect(dialog).toBeHidden();

  await page.getByRole('button', { name: 'ADJOVI Clarisse' }).click();
  await tryOut(country, dialog, { one: 'MALI', shown: () => expect(country).toHaveValue('Mali') });
  const same = list(t('people:linked.sameAs'), dialog);
  const linked = page.getByRole('alert').filter({ hasText: t('people:linked.done.one', { name: 'ADJOVI Clarisse' }) });
  await tryOut(same, dialog, { several: 'traore moussa', one: 'keita ibrahim', shown: () => expect(linked).toBeVisible() });
  await linked.getByRole('button', { name: t('app:undo'), exact: true }).click();
  await press('Escape');
  await expect(dialog).toBeHidden();

  await awa.openTab('attendance');
  await page.getByRole('gridcell').first().focus();
  await press('+');
  await tryOut(country, dialog, { several: 'guin', one: 'benin', shown: () => expect(country).toHaveValue('Bénin') });
  await dialog
    .getByRole('button', { name: t('app:close'), exact: true })
    .last()
    .click();

  await awa.goTo('workshops');
  const filter = list(t('activity:list.country'), page.getByRole('main'));
  await tryOut(filter, page.getByRole('main'), { one: 'burk', shown: () => expect(filter).toHaveValue('Burkina Faso') });
  await expect(page.getByRole('button', { name: EARLIER })).toBeHidden();
  await filter.fill('');
  await press('Tab');
  await expect(page.getByRole('button', { name: EARLIER })).toBeVisible();

  await awa.button('activity:create.open').click();
  const countries = list(t('activity:field.countries'), dialog);
  await tryOut(countries, dialog, {
    several: 'guin',
    one: 'tog',
    shown: () => expect(dialog.getByText('Togo', { exact: true })).toBeVisible(),
  });
  const projects = list(t('activity:field.projects'), dialog);
  await projects.fill('octopus');
  await press('Tab');
  await expect(dialog.getByText('Octopus', { exact: true })).toBeVisible();
  const partners = list(t('activity:field.partners'), dialog);
  await partners.fill('ocwar-c');
  await press('Enter');
  await expect(dialog.getByText('OCWAR-C', { exact: true })).toBeVisible();
  await dialog.getByRole('textbox', { name: t('activity:field.title') }).fill('Atelier de Praia');
  await countries.fill(NONSENSE);
  await awa.button('activity:create.submit').click();
  await expect(countries).toBeFocused();
  await expect(countries).toHaveValue(NONSENSE);
  await countries.fill('');
  await press('Tab');
  await dialog.getByRole('button', { name: t('app:cancel') }).click();
  await expect(dialog).toBeHidden();
});

test('people: of a list that is read in, of a mark without a place, of another workshop; and laptops that may read a stick', async () => {
  const { page, t } = awa;
  const dialog = page.getByRole('dialog');
  await awa.openWorkshop(PLAN.title);
  await awa.openTab('people');
  await expect(awa.button('people:importList')).toBeVisible();
  await pasteText(awa, 'Nom\tPrénom\tPays\nNDOYE\tKhady\tSénégal\n');
  const row = dialog.getByRole('grid').getByRole('row').filter({ hasText: 'NDOYE' });
  await row.click();
  const other = list(t('intake:someoneElse'), dialog);
  await tryOut(other, dialog, {
    several: 'traore moussa',
    one: 'keita ibrahim',
    shown: () => expect(row).toContainText(t('intake:does.people.same')),
  });
  await other.fill(NONSENSE);
  await press('Escape');
  await expect(dialog).toBeVisible();
  await dialog
    .getByRole('button', { name: t('app:close'), exact: true })
    .first()
    .click();
  await awa.button('app:unsaved.drop').click();
  await expect(dialog).toBeHidden();

  await awa.button('people:copy.open').click();
  const from = list(t('people:copy.from'), dialog);
  await tryOut(from, dialog, { one: 'thies', shown: () => expect(dialog.getByRole('grid')).toContainText('SOW Aminata') });
  await from.fill(NONSENSE);
  await expect(dialog.getByRole('grid')).toBeHidden();
  await dialog
    .getByRole('button', { name: t('app:close'), exact: true })
    .first()
    .click();
  await awa.button('app:unsaved.drop').click();

  await awa.openTab('attendance');
  const gone = page.getByTestId('orphans-halfDayGone');
  await gone.getByRole('button', { name: t('attendance:orphans.open') }).click();
  await gone.getByText(t('attendance:orphans.move'), { exact: true }).click();
  const person = list(t('attendance:orphans.person'), dialog);
  await tryOut(person, dialog, { several: 'traore moussa', one: 'diop awa', shown: () => expect(person).toHaveValue('DIOP Awa') });
  await person.fill(NONSENSE);
  await dialog.getByRole('button', { name: t('attendance:orphans.moveSubmit', { count: 1 }) }).click();
  await expect(person).toBeFocused();
  await expect(gone.getByRole('listitem')).toHaveCount(1);
  await dialog.getByRole('button', { name: t('app:cancel') }).click();

  await awa.openSync('stick');
  await awa.button('usb:save.button').click();
  const recipients = list(t('usb:save.recipients'), dialog);
  await tryOut(recipients, dialog, { one: 'bento', shown: () => expect(dialog.getByText(/Bento Lima/).first()).toBeVisible() });
  await recipients.fill(NONSENSE);
  await dialog.getByRole('button', { name: t('usb:save.submit') }).click();
  await expect(recipients).toBeFocused();
  await dialog.getByRole('button', { name: t('app:cancel') }).click();
});

test('a questionnaire with a name that is no test is typed in, and each says the keys that it takes', async () => {
  const { page, t } = awa;
  await awa.openWorkshop(PLAN.title);
  await awa.openTab('evaluation');
  const form = (title: string) => page.getByRole('navigation', { name: t('evaluation:forms') }).getByRole('button', { name: title });
  await form(network.title.fr).click();
  await awa.choose('evaluation:view.label', 'evaluation:view.enter');
  await expect(page.getByRole('radiogroup', { name: t('evaluation:enter.wave') })).toHaveCount(0);
  const tab = page.getByRole('tabpanel');
  const answers = tab.getByRole('textbox');
  await expect(answers).toHaveCount(network.items.length);
  await answers.first().fill('Le point de contact');
  await press('Control+Enter');
  const notice = page.getByTestId('kept-notice');
  await expect(notice).toContainText(t('evaluation:enter.kept', { name: 'ADJOVI Clarisse', count: 1, of: 5 }));
  // Taken back, it is hers again and not written yet.
  await notice.getByRole('button', { name: t('evaluation:enter.takeBack') }).click();
  await expect(page.getByText(t('evaluation:enter.in', { count: 0, of: 26 }))).toBeVisible();
  await expect(answers.first()).toHaveValue('Le point de contact');
  await answers.first().focus();
  await press('Control+Enter');
  await expect(notice).toContainText(t('evaluation:enter.kept', { name: 'ADJOVI Clarisse', count: 1, of: 5 }));
  // The next one comes by itself, and the keyboard is where it is written.
  await expect(answers.first()).toHaveValue('');
  await expect(answers.first()).toBeFocused();
  const person = list(t('evaluation:enter.person'));
  await person.fill('adjovi clarisse');
  await press('Enter');
  await expect(page.getByText(t('evaluation:enter.correcting'))).toBeVisible();
  await expect(answers.first()).toHaveValue('Le point de contact');
  await person.fill(NONSENSE);
  await press('Tab');
  await expect(answers).toHaveCount(0);
  await expect(awa.button('evaluation:enter.correct')).toHaveCount(0);
  await form(followUp.title.fr).click();
  await expect(page.getByText(t('evaluation:enter.hintLettersComments'))).toBeVisible();
});

test('a list that is open is no stop of the keyboard: Tab goes on behind its field, also from the last one', async () => {
  const { page } = awa;
  await awa.goTo('workshops');
  await page.getByRole('main').getByRole('searchbox').fill(NONSENSE);
  const fields = page.getByRole('main').getByRole('combobox');
  const names = await fields.evaluateAll((all) => all.map((field) => field.getAttribute('aria-label')));
  expect(names.length).toBeGreaterThan(2);
  for (const [place, name] of names.entries()) {
    const field = fields.nth(place);
    await field.click();
    await page.getByRole('option').last().click();
    await press('ArrowDown', 'Tab');
    const next = place + 1 < names.length ? fields.nth(place + 1) : awa.button('activity:list.showAll');
    await expect(next, `after ${name}`).toBeFocused();
  }
  // The last control of a page: behind it the window begins anew, unless a notice of what was typed in before still has its button there.
  await awa.openSync('waiting');
  await putAwayNotices(awa);
  const last = page.getByRole('main').getByRole('combobox', { name: awa.t('sync:schedule.cap') });
  await last.click();
  await page.getByRole('option').last().click();
  await press('ArrowDown', 'Tab');
  await expect(page.getByRole('link', { name: awa.t('app:skip') })).toBeFocused();
});
