import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import type { Role } from '../../shared/features/sync/reading.ts';
import { runRepository, type RunningRepository } from './support/repository.ts';
import { atTerminal, type Terminal } from './support/terminal.ts';
import { openAs, type Trainer } from './support/trainer.ts';
import { makeWorkshopA, PLAN } from './support/workshop-a.ts';

/** What a role may not change is not offered at its window, which says why; what it may, is. */

let folder: string;
let repository: RunningRepository;

async function enrol(terminal: Terminal, role: Role, name: string): Promise<void> {
  await terminal.call('sync.enrol', { url: repository.url, code: await repository.invite(role, 'all'), name });
  await terminal.call('sync.setSchedule', { when: 'asked' });
  await terminal.call('sync.run');
}

test.beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'itinera-'));
  repository = await runRepository(path.join(folder, 'repository'));
  await atTerminal(path.join(folder, 'awa'), async (terminal) => {
    await makeWorkshopA(terminal, ['people', 'attendance', 'prePost']);
    await enrol(terminal, 'trainer', 'Awa Diop');
  });
});
test.afterAll(async () => {
  await repository.stop();
  await rm(folder, { recursive: true });
});

async function at(role: Role, work: (user: Trainer, why: (reason: string) => string) => Promise<void>): Promise<void> {
  const user = await openAs({
    data: path.join(folder, role),
    language: 'fr',
    name: 'Bento Lima',
    before: (terminal) => enrol(terminal, role, 'Bento Lima'),
  });
  try {
    await work(user, (reason) => user.t(`sync:rights.${reason}`, { role: user.t(`sync:laptop.role.${role}`) }));
  } finally {
    await user.close();
  }
}

test('an expert changes the agenda, sees nobody, and opens no workshop', async () => {
  await at('expert', async (ama, why) => {
    const { page, t } = ama;
    await ama.goTo('workshops');
    await expect(page.getByText(why('noWorkshops'))).toBeVisible();
    await expect(ama.button('activity:create.open')).toHaveCount(0);

    await ama.openWorkshop(PLAN.title);
    await ama.button('activity:more').click();
    await expect(page.getByRole('menu').getByText(why('notEntitled'))).toBeVisible();
    // A file of the agenda, and a look at what was removed, change nothing.
    await expect(page.getByRole('menuitem')).toHaveText([t('calendar:agenda.open'), t('activity:binOf')]);
    await page.screenshot({ path: test.info().outputPath('menu.png') });
    await page.keyboard.press('Escape');

    await page.getByRole('tabpanel').getByRole('listitem').first().getByRole('button').click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel(t('activity:agenda.room')).fill('Salle B');
    await dialog.getByRole('button', { name: t('app:save.button'), exact: true }).click();
    await expect(dialog).toHaveCount(0);
    await expect(page.getByText('Salle B')).toBeVisible();

    for (const tab of ['people', 'attendance', 'evaluation'] as const) {
      await ama.openTab(tab);
      await expect(page.getByRole('tabpanel')).toHaveText(why('spaceClosed'));
    }
    await page.screenshot({ path: test.info().outputPath('closed.png') });
  });
  await atTerminal(path.join(folder, 'expert'), async (terminal) => {
    await terminal.call('sync.run');
    expect(await terminal.call('sync.status')).toMatchObject({ pending: 0, refused: 0 });
  });
});

test('a project officer sees the people and marks, and changes the plan alone', () =>
  at('officer', async (fatou, why) => {
    const { page, t } = fatou;
    await fatou.openWorkshop(PLAN.title);
    await fatou.button('activity:more').click();
    await expect(page.getByRole('menuitem', { name: t('activity:details.open') })).toBeVisible();
    await page.keyboard.press('Escape');

    await fatou.openTab('people');
    await expect(page.getByText(why('notEntitled'))).toBeVisible();
    await expect(fatou.button('people:importList')).toHaveCount(0);
    await expect(fatou.button('people:addPerson')).toHaveCount(0);
    await page.getByRole('table').locator('[data-index] button').first().click();
    const panel = page.getByRole('dialog');
    await expect(panel.getByLabel(t('people:field.institution'))).toBeDisabled();
    await expect(panel.getByRole('button', { name: t('people:panel.remove') })).toHaveCount(0);
    await expect(panel.getByRole('button', { name: t('people:erase.button') })).toHaveCount(0);
    await page.screenshot({ path: test.info().outputPath('person.png') });
    await page.keyboard.press('Escape');

    await fatou.openTab('attendance');
    await expect(page.getByText(why('notEntitled'))).toBeVisible();
    const cell = page.getByRole('gridcell').first();
    const before = await cell.getAttribute('data-status');
    await cell.focus();
    await page.keyboard.press(before === 'absent' ? 'p' : 'a');
    await page.screenshot({ path: test.info().outputPath('attendance.png') });
    await expect(page.getByRole('gridcell').first()).toHaveAttribute('data-status', before!);
    await cell.click();
    await expect(page.getByRole('dialog').getByRole('group', { name: t('attendance:details.choose') })).toHaveCount(0);
    await page.keyboard.press('Escape');

    await fatou.openTab('evaluation');
    await expect(page.getByText(why('notEntitled'))).toBeVisible();
    await expect(fatou.button('evaluation:import.open')).toHaveCount(0);
    await expect(page.getByRole('radiogroup', { name: t('evaluation:view.label') })).toHaveCount(0);
    await page.screenshot({ path: test.info().outputPath('tests.png') });
  }));

test('a project officer reads what two people marked apart, and settles nothing', async () => {
  const HALF_DAY = '2021-07-12-AM';
  await atTerminal(path.join(folder, 'coordinator'), async (sow) => {
    await enrol(sow, 'coordinator', 'Omar Sow');
    const [activity] = await sow.call<{ id: string }[]>('activity.list');
    const [person] = await sow.call<{ id: string }[]>('people.list', { activityId: activity!.id });
    const marks = (status: string) => ({ activityId: activity!.id, halfDay: HALF_DAY, marks: [{ personId: person!.id, status }] });
    await atTerminal(path.join(folder, 'awa'), async (awa) => {
      await awa.call('sync.run');
      await awa.call('attendance.mark', marks('leftEarly'));
      await awa.call('sync.run');
    });
    await sow.call('attendance.mark', marks('excused'));
    await sow.call('sync.run');
  });
  await at('officer', async (fatou, why) => {
    const { page, t } = fatou;
    await fatou.goTo('sync');
    await page.getByRole('tab', { name: new RegExp(t('sync:tab.conflicts')) }).click();
    const panel = page.getByRole('tabpanel');
    await expect(panel.getByText('Omar Sow')).toBeVisible();
    await expect(panel.getByText(why('notEntitled'))).toBeVisible();
    await expect(panel.getByRole('heading', { name: t('sync:conflicts.titleToRead', { count: 1 }) })).toBeVisible();
    await expect(panel.getByText(t('sync:conflicts.textToRead'))).toBeVisible();
    await page.screenshot({ path: test.info().outputPath('conflict.png') });
    await expect(panel.getByRole('button')).toHaveCount(0);
  });
});

test('a project officer sees who is perhaps one person and where linked records differ, and says nothing of it', async () => {
  await atTerminal(path.join(folder, 'awa'), async (awa) => {
    const [activity] = await awa.call<{ id: string }[]>('activity.list');
    const activityId = activity!.id;
    const people = await awa.call<{ id: string; familyName: string }[]>('people.list', { activityId });
    const add = async (familyName: string, givenName: string): Promise<string> =>
      (await awa.call<{ id: string }>('people.add', { activityId, familyName, givenName, institution: 'Cour des comptes' })).id;
    const listed = people.find(({ familyName }) => familyName === 'HOUNKPE')!.id;
    await awa.call('people.link', { ids: [listed, await add('HOUNKPE', 'Segla')] });
    await add('ZINSOU', 'Aimé');
    await awa.call('people.add', { activityId, familyName: 'ZINSOU', givenName: 'Aime', country: 'BJ' });
    await awa.call('sync.run');
  });
  await at('officer', async (fatou, why) => {
    const { page, t } = fatou;
    await fatou.openWorkshop(PLAN.title);
    await fatou.openTab('people');
    await fatou.button('people:figures.pairs', { count: 1 }).click();
    const dialog = page.getByRole('dialog', { name: t('people:pairs.title') });
    await expect(dialog.getByRole('row').filter({ hasText: 'Cour des comptes' })).toBeVisible();
    await expect(dialog.getByText(why('notEntitled'))).toBeVisible();
    await expect(dialog.getByRole('button', { name: t('people:pairs.one') })).toHaveCount(0);
    await page.keyboard.press('1');
    await expect(dialog.getByRole('row').filter({ hasText: 'Cour des comptes' })).toBeVisible();
    await page.screenshot({ path: test.info().outputPath('pair.png') });
    await page.keyboard.press('Escape');

    await page.getByRole('button', { name: /HOUNKPE/ }).click();
    const records = page.getByRole('dialog').getByRole('region', { name: t('people:linked.label') });
    await expect(records.getByRole('group')).not.toHaveCount(0);
    await expect(records.getByRole('group').getByRole('button')).toHaveCount(0);
    await expect(fatou.button('people:linked.takeApart')).toHaveCount(0);
    await expect(page.getByLabel(t('people:linked.sameAs'), { exact: true })).toHaveCount(0);
    await page.screenshot({ path: test.info().outputPath('linked.png') });
  });
});
