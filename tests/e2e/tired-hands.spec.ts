import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test, type Locator } from '@playwright/test';
import followUp from '../../resources/questionnaires/followup6m.json' with { type: 'json' };
import network from '../../resources/questionnaires/q247.json' with { type: 'json' };
import { pasteText, pressKeys } from './support/hands.ts';
import { runRepository, type RunningRepository } from './support/repository.ts';
import { openTerminal, type Terminal } from './support/terminal.ts';
import { openAs, type Trainer } from './support/trainer.ts';
import { makeWorkshopA, PLAN } from './support/workshop-a.ts';

/**
 * What tired hands rely on. Every list that is searched by typing is under one rule: what means one is taken with Tab or Enter, what means none stays and says so, and nothing is sent over it. Every dialog
 * gives the keyboard back to where it came from, and loses nothing that was written.
 */

const EARLIER = 'Atelier de Thiès';
const NONSENSE = 'qqzz';

let folder: string;
let repository: RunningRepository;
let awa: Trainer;
let activityId: string;

test.beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'itinera-'));
  repository = await runRepository(path.join(folder, 'repository'));
  const enrol = async (terminal: Terminal, name: string) => {
    await terminal.call('sync.enrol', { url: repository.url, code: await repository.invite('trainer', 'all'), name });
    await terminal.call('sync.setSchedule', { when: 'asked' });
    await terminal.call('sync.run');
  };
  const bento = openTerminal(path.join(folder, 'bento'));
  awa = await openAs({
    data: path.join(folder, 'awa'),
    language: 'fr',
    name: 'Awa Diop',
    before: async (terminal) => {
      activityId = await makeWorkshopA(terminal, ['people']);
      const earlier = { title: EARLIER, countries: ['SN'], start: '2021-03-01', end: '2021-03-01' };
      const { id } = await terminal.call<{ id: string }>('activity.create', earlier);
      await terminal.call('people.add', { activityId: id, familyName: 'SOW', givenName: 'Aminata' });
      // More countries than a list shows at once.
      const far = {
        title: 'Atelier de Suva',
        countries: ['FJ', 'TO', 'WS', 'VU', 'KI', 'TV', 'PW', 'NR'],
        start: '2021-02-01',
        end: '2021-02-01',
      };
      await terminal.call('activity.create', far);
      await enrol(terminal, 'Awa Diop');
      await enrol(bento, 'Bento Lima');
      const people = await terminal.call<{ id: string }[]>('people.list', { activityId });
      await terminal.call('activity.reschedule', { id: activityId, start: '2021-07-19', end: '2021-07-22' });
      const marks = [{ personId: people[0]!.id, status: 'late' }];
      await bento.call('attendance.mark', { activityId, halfDay: '2021-07-12-AM', marks });
      await bento.call('sync.run');
      await terminal.call('sync.run');
    },
  });
  await bento.close();
  await repository.stop();
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

test('every dialog gives the keyboard back to what opened it, however it closes', async () => {
  const { page, t } = awa;
  const dialog = page.getByRole('dialog');
  const isIn = () => expect.poll(() => page.evaluate(() => document.activeElement?.closest('[role="dialog"]') !== null)).toBe(true);
  const button = (key: string, values?: object) => awa.button(key, values as Record<string, unknown>).first();
  const notices = page.getByRole('alert').getByRole('button', { name: t('app:close'), exact: true });
  /** Opens it from the keyboard and leaves it by Escape, then with the mouse and by its cross. */
  const openAndClose = async (opener: Locator, { by = opener, back = opener }: { readonly by?: Locator; readonly back?: Locator } = {}) => {
    for (const way of ['keyboard', 'mouse'] as const) {
      // A notice of what was done before may lie over the cross; one that is going by itself cannot be clicked.
      while ((await notices.count()) > 0)
        await notices
          .first()
          .click({ timeout: 2_000 })
          .catch(() => undefined);
      if (way === 'keyboard') {
        await opener.focus();
        await press('Enter');
      } else await opener.click();
      if (by !== opener) await by.click();
      await expect(dialog).toBeVisible();
      await isIn();
      // A list that opens with its dialog closes first.
      if (await page.getByRole('listbox').isVisible()) await press('Escape');
      if (way === 'keyboard') await press('Escape');
      else
        await dialog
          .getByRole('button', { name: t('app:close'), exact: true })
          .first()
          .click();
      await expect(dialog).toBeHidden();
      await expect(back).toBeFocused();
    }
  };
  await openAndClose(button('app:keys.open'));
  const find = page.getByRole('button', { name: t('app:find.open') }).first();
  await find.focus();
  await press('Enter');
  await isIn();
  await press('Escape');
  await expect(find).toBeFocused();

  await awa.goTo('workshops');
  await openAndClose(button('activity:create.open'));
  await awa.openWorkshop(PLAN.title);
  const more = button('activity:more');
  const item = (key: string) => page.getByRole('menuitem', { name: t(key) });
  await openAndClose(more, { by: item('activity:dates.open') });
  await openAndClose(more, { by: item('activity:details.open') });
  await openAndClose(button('activity:offline'));
  await openAndClose(page.getByRole('button', { name: t('activity:agenda.add') }).first());
  const session = page
    .getByRole('button')
    .filter({ has: page.locator('time') })
    .first();
  await openAndClose(session);
  // What stands in a dialog's place gives back to it, with what was written.
  await session.click();
  const title = dialog.getByRole('textbox', { name: t('activity:agenda.title') });
  await title.fill('Ouverture, revue');
  const history = button('sync:history.open');
  await history.click();
  await expect(dialog.getByRole('textbox', { name: t('activity:agenda.title') })).toBeHidden();
  await press('Escape');
  await expect(title).toHaveValue('Ouverture, revue');
  await expect(history).toBeFocused();
  await press('Escape');
  await awa.button('app:unsaved.drop').click();
  await expect(session).toBeFocused();

  await awa.openTab('people');
  for (const key of ['people:importList', 'people:addPerson', 'people:save.button', 'people:copy.open']) await openAndClose(button(key));
  const pairs = page.getByRole('main').getByRole('button', { name: t('people:figures.pairs', { count: 1 }) });
  if (await pairs.isVisible()) await openAndClose(pairs);
  await openAndClose(page.getByRole('button', { name: 'ADJOVI Clarisse' }));
  await page.getByRole('button', { name: 'ADJOVI Clarisse' }).click();
  for (const key of ['people:panel.history', 'people:erase.button']) {
    await button(key).click();
    await expect(button(key)).toBeHidden();
    await press('Escape');
    await expect(button(key)).toBeFocused();
  }
  // Where what opened it goes with it, what stands beside it has the keyboard.
  await button('people:panel.remove').click();
  await expect(dialog).toBeHidden();
  await expect.poll(() => page.evaluate(() => document.activeElement?.closest('main')?.id)).toBe('work');
  await page
    .getByRole('alert')
    .getByRole('button', { name: t('app:undo'), exact: true })
    .last()
    .click();

  await awa.openTab('attendance');
  for (const key of ['attendance:letters.title', 'attendance:import.title', 'attendance:save.button']) await openAndClose(button(key));
  await openAndClose(page.getByRole('button', { name: t('attendance:walkIn.open') }));
  const cell = page.getByRole('gridcell').first();
  await cell.focus();
  await press('Space');
  await isIn();
  await press('Escape');
  await expect(cell).toBeFocused();
  const gone = page.getByTestId('orphans-halfDayGone');
  const show = gone.getByRole('button', { name: t('attendance:orphans.open') });
  if (await show.isVisible()) await show.click();
  await openAndClose(gone.getByText(t('attendance:orphans.move'), { exact: true }).locator('xpath=ancestor::button'));

  await awa.openTab('evaluation');
  await openAndClose(button('evaluation:import.open'));
  await awa.goTo('library');
  await openAndClose(button('material:add'));
  await awa.openSync('stick');
  await openAndClose(button('usb:save.button'));
  await awa.goTo('settings');
  const restore = button('settings:restore.open');
  await awa.answerDialogs(path.join(folder, 'yesterday.itinera'), path.join(folder, 'yesterday.itinera'));
  await openAndClose(restore);
});

test('what was written in a form is asked about before it closes', async () => {
  const { page, t } = awa;
  const dialog = page.getByRole('dialog');
  const asks = page.getByRole('alertdialog');
  /** Writes into a field and tries to leave by Escape, beside it and by the cross; then goes on writing, and at last lets it go. */
  const writeAndLeave = async (opener: Locator, field: Locator) => {
    await opener.click();
    await field.fill('à moitié écrit');
    await press('Escape');
    await expect(asks).toBeVisible();
    await press('Escape');
    await expect(field).toBeFocused();
    await page.mouse.click(5, 5);
    await expect(asks).toBeVisible();
    await awa.button('app:unsaved.stay').click();
    await expect(asks).toBeHidden();
    await expect(field).toHaveValue('à moitié écrit');
    await dialog
      .getByRole('button', { name: t('app:close'), exact: true })
      .first()
      .click();
    await awa.button('app:unsaved.drop').click();
    await expect(dialog).toBeHidden();
    await expect(opener).toBeFocused();
  };
  const field = (key: string) => dialog.getByRole('textbox', { name: t(key) });
  await awa.goTo('workshops');
  await writeAndLeave(awa.button('activity:create.open'), field('activity:field.title'));
  await awa.openWorkshop(PLAN.title);
  await writeAndLeave(page.getByRole('button', { name: t('activity:agenda.add') }).first(), field('activity:agenda.title'));
  await awa.openTab('people');
  await writeAndLeave(awa.button('people:addPerson'), field('people:field.familyName'));
  await awa.goTo('library');
  await writeAndLeave(awa.button('material:add').first(), field('material:title'));
  await awa.openSync('stick');
  await writeAndLeave(awa.button('usb:save.button'), field('usb:save.to'));
});

test('a date is taken as it is shown and as people type it, and what is none stays and says why', async () => {
  const { page, t } = awa;
  const dialog = page.getByRole('dialog');
  await awa.goTo('workshops');
  await awa.button('activity:create.open').click();
  const [start, end] = [dialog.getByLabel(t('activity:field.start')), dialog.getByLabel(t('activity:field.end'))];
  await dialog.getByRole('textbox', { name: t('activity:field.title') }).fill('Atelier de Mindelo');
  await start.fill('31/02/2027');
  await press('Enter');
  await expect(start).toHaveValue('31/02/2027');
  await expect(dialog.getByRole('alert')).toContainText('31/02/2027');
  await awa.button('activity:create.submit').click();
  await expect(start).toBeFocused();
  for (const typed of ['1er décembre 2026', 'mardi 1 déc. 2026', '01122026', 'December 1, 2026']) {
    await start.fill(typed);
    await press('Tab');
    await expect(start).toHaveValue(/^1(er)? décembre 2026$/);
  }
  await expect(dialog.getByRole('alert')).toHaveCount(0);
  // As the field shows it.
  await end.fill('16 décembre 2026');
  await press('Enter');
  await expect(dialog).toContainText(t('activity:dayCount', { count: 16 }));
  await end.fill('lundi 16 décembre 2026');
  await press('Tab');
  await expect(end).toHaveValue('lundi 16 décembre 2026');
  await end.press('Escape');
  if ((await end.inputValue()) !== '16 décembre 2026') await end.press('Escape');
  await expect(end).toHaveValue('16 décembre 2026');
  await expect(dialog).toBeVisible();
  await end.fill('30/11/2026');
  await press('Tab');
  await expect(dialog.getByRole('alert')).toBeVisible();
  await end.fill('02122026');
  await press('Enter', 'Enter');
  await expect(dialog).toBeHidden();
  await expect(page.getByRole('heading', { level: 1, name: 'Atelier de Mindelo' })).toBeVisible();
});

test('a questionnaire with a name that is no test is typed in, and each says the keys that it takes', async () => {
  const { page, t } = awa;
  await awa.openWorkshop(PLAN.title);
  await awa.openTab('evaluation');
  const form = (title: string) => page.getByRole('navigation', { name: t('evaluation:forms') }).getByRole('button', { name: title });
  await form(network.title.fr).click();
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

test('the keyboard stays in the page when what it was on goes, and is back on a button that has worked', async () => {
  const { page, t } = awa;
  await awa.openWorkshop(PLAN.title);
  await page.getByRole('tab', { selected: true }).focus();
  await press('Alt+5');
  await expect(page.locator('main')).toBeFocused();
  // A button that goes with its page, by a click.
  await awa.goTo('today');
  await page.getByRole('main').getByRole('button', { name: PLAN.title }).first().click();
  await expect(page.getByRole('heading', { level: 1, name: PLAN.title })).toBeVisible();
  await expect(page.locator('main')).toBeFocused();
  await awa.openSync('waiting');
  // The repository is out of reach: it is off for a moment.
  const run = awa.button('sync:now');
  await run.focus();
  await press('Enter');
  await expect(page.getByText(t('app:standing.unreachable')).first()).toBeVisible();
  await expect(run).toBeFocused();
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
  // The last control of a page: behind it the window begins anew.
  await awa.openSync('waiting');
  const last = page.getByRole('main').getByRole('combobox', { name: awa.t('sync:schedule.cap') });
  await last.click();
  await page.getByRole('option').last().click();
  await press('ArrowDown', 'Tab');
  await expect(page.getByRole('link', { name: awa.t('app:skip') })).toBeFocused();
});
