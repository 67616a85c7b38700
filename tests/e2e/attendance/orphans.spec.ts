import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import { lettersOf } from '../../../shared/features/attendance/letters.ts';
import { axeFaults } from '../support/axe.ts';
import { putAwayNotices } from '../support/hands.ts';
import { runRepository, type RunningRepository } from '../support/repository.ts';
import { openTerminal, type Terminal } from '../support/terminal.ts';
import { openAs, type Trainer } from '../support/trainer.ts';
import { makeWorkshopA, PLAN } from '../support/workshop-a.ts';

/** Awa, at a window, shortens and moves things while Bento, apart, takes attendance: nothing of his is lost from sight, and she decides. */

test.describe.configure({ mode: 'serial' });

interface Person {
  readonly id: string;
  readonly familyName: string;
  readonly givenName: string;
}

let folder: string;
let repository: RunningRepository;
let awa: Trainer;
let bento: Terminal;
let activityId: string;
let people: Person[];

test.beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'itinera-'));
  repository = await runRepository(path.join(folder, 'repository'));
  const enrol = async (terminal: Terminal, name: string) => {
    await terminal.call('sync.enrol', { url: repository.url, code: await repository.invite('trainer', 'all'), name });
    await terminal.call('sync.setSchedule', { when: 'asked' });
    await terminal.call('sync.run');
  };
  bento = openTerminal(path.join(folder, 'bento'));
  awa = await openAs({
    data: path.join(folder, 'awa'),
    language: 'fr',
    name: 'Awa Diop',
    before: async (terminal) => {
      activityId = await makeWorkshopA(terminal, ['people']);
      await enrol(terminal, 'Awa Diop');
      await enrol(bento, 'Bento Lima');
      people = await terminal.call<Person[]>('people.list', { activityId });
      await terminal.call('activity.reschedule', { id: activityId, start: '2021-07-19', end: '2021-07-22' });
      await terminal.call('people.remove', { id: people[3]!.id });
      for (const [index, halfDay] of ['2021-07-12-AM', '2021-07-12-AM', '2021-07-13-PM', '2021-07-12-AM'].entries()) {
        await bento.call('attendance.mark', { activityId, halfDay, marks: [{ personId: people[index]!.id, status: 'late' }] });
      }
      await bento.call('sync.run');
      await terminal.call('sync.run');
    },
  });
});

test.afterAll(async () => {
  await awa.close();
  await bento.close();
  await repository.stop();
  await rm(folder, { recursive: true });
});

const gone = () => awa.page.getByTestId('orphans-halfDayGone');

test('Today says that marks wait, and leads to them', async () => {
  const { page, t } = awa;
  await awa.goTo('today');
  await page.getByRole('button', { name: t('activity:today.orphans', { count: 4 }) }).click();
  await expect(gone().getByRole('heading')).toHaveText(t('attendance:orphans.halfDayGone', { count: 3 }));
  await gone()
    .getByRole('button', { name: t('attendance:orphans.open') })
    .click();
  await expect(gone().getByRole('listitem')).toHaveCount(3);
  for (const theme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme: theme });
    expect.soft(await axeFaults(awa.page), theme).toEqual([]);
    await page.screenshot({ path: test.info().outputPath(`orphans-${theme}.png`) });
  }
});

test('they move to the new days in order, all at once, and the sheet has them', async () => {
  const { page, t } = awa;
  await gone()
    .getByRole('button', { name: t('attendance:orphans.moveAll', { count: 3 }) })
    .click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByRole('listitem')).toHaveCount(3);
  await page.screenshot({ path: test.info().outputPath('move.png') });
  expect.soft(await axeFaults(awa.page)).toEqual([]);
  await dialog.getByRole('button', { name: t('attendance:orphans.moveSubmit', { count: 3 }) }).click();
  await expect(gone()).toHaveCount(0);
  await expect(page.getByTestId('total-2021-07-19-AM')).toContainText('2');
});

test('what was taken out is listed with who did it, can be put back, and let go again', async () => {
  const { page, t } = awa;
  const taken = page.getByTestId('gone-marks');
  const heading = taken.getByRole('heading');
  await expect(heading).toHaveText(t('attendance:gone.title', { count: 3 }));
  await putAwayNotices(awa);
  await taken.getByRole('button', { name: t('attendance:gone.open') }).click();
  await expect(taken.getByRole('listitem')).toHaveCount(3);
  await expect(taken.getByRole('listitem').first()).toContainText('Awa Diop');
  for (const theme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme: theme });
    expect.soft(await axeFaults(awa.page), theme).toEqual([]);
    await page.screenshot({ path: test.info().outputPath(`gone-${theme}.png`) });
  }
  const rowTop = () =>
    page
      .getByRole('row')
      .nth(1)
      .evaluate((row) => row.getBoundingClientRect().top + row.closest('main')!.scrollTop);
  const top = await rowTop();
  await taken
    .getByRole('listitem')
    .first()
    .getByRole('button', { name: t('attendance:gone.putBack') })
    .click();
  await expect(heading).toHaveText(t('attendance:gone.title', { count: 2 }));
  await expect(gone().getByRole('heading')).toHaveText(t('attendance:orphans.halfDayGone', { count: 1 }));
  expect(await rowTop(), 'a notice that comes moves no row').toBe(top);
  await gone()
    .getByRole('button', { name: t('attendance:orphans.open') })
    .click();
  await gone()
    .getByRole('button', { name: t('attendance:orphans.letGo', { count: 1 }) })
    .click();
  await expect(gone()).toHaveCount(0);
  await expect(heading).toHaveText(t('attendance:gone.title', { count: 3 }));
});

test('who was removed and marked since is on the list, flagged, and stays when Awa says so', async () => {
  const { page, t } = awa;
  const person = people[3]!;
  await awa.openTab('people');
  await page.getByRole('button', { name: `${person.familyName} ${person.givenName}` }).click();
  const notice = page.getByRole('dialog').getByTestId('removed-notice');
  await expect(notice).toContainText('Bento Lima');
  await page.screenshot({ path: test.info().outputPath('person.png') });
  expect.soft(await axeFaults(awa.page)).toEqual([]);
  await notice.getByRole('button', { name: t('sync:inSight.keep') }).click();
  await expect(notice).toHaveCount(0);
});

test('a workshop removed while Bento marks stays in sight, and is removed after all', async () => {
  const { page, t } = awa;
  await page.keyboard.press('Escape');
  await bento.call('sync.run');
  await bento.call('activity.remove', { id: activityId });
  await bento.call('sync.run');
  await awa.openTab('attendance');
  const search = page.getByRole('searchbox', { name: t('attendance:bar.find') });
  await search.fill(people[5]!.familyName);
  await search.press('Enter');
  await page.keyboard.press(lettersOf('fr').late);
  await expect(page.getByText(t('app:save.saved'))).toBeVisible();
  await awa.goTo('sync');
  await awa.button('sync:now').click();
  await expect(awa.button('sync:now')).toBeEnabled();
  await awa.goTo('workshops');
  await expect(page.getByRole('main')).toContainText(t('sync:inSight.flag'));
  await page.screenshot({ path: test.info().outputPath('workshops.png') });
  await awa.openWorkshop(PLAN.title);
  const notice = page.getByTestId('removed-notice');
  await expect(notice).toContainText('Bento Lima');
  await page.screenshot({ path: test.info().outputPath('workshop.png') });
  expect.soft(await axeFaults(awa.page)).toEqual([]);
  await notice.getByRole('button', { name: t('sync:inSight.remove') }).click();
  await expect(page.getByText(t('activity:removed', { title: PLAN.title }))).toBeVisible();
  await expect(page.getByRole('main').getByRole('button', { name: PLAN.title })).toHaveCount(0);
});
