import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import { lettersOf } from '../../../shared/features/attendance/letters.ts';
import { formats } from '../../../shared/kernel/formats.ts';
import { runRepository, type RunningRepository } from '../support/repository.ts';
import { atTerminal, openTerminal, type Terminal } from '../support/terminal.ts';
import { openAs, type Trainer } from '../support/trainer.ts';
import { makeWorkshopA, PLAN } from '../support/workshop-a.ts';

/** Journey 8: two laptops offline mark one cell differently. One conflict, the same on both; a person settles it. */

test.describe.configure({ mode: 'serial' });

const HALF_DAY = '2021-07-12-AM';
const PERSON = 'HOUNKPE Sègla';

interface Grid {
  readonly marks: readonly { readonly personId: string; readonly halfDay: string; readonly status: string; readonly conflict: boolean }[];
}

let folder: string;
let repository: RunningRepository;
/** Awa is at a window, Bento's laptop is a terminal. */
let awa: Trainer;
let bento: Terminal;
let activityId: string;
let personId: string;

test.beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'itinera-'));
  repository = await runRepository(path.join(folder, 'repository'));
  const enrol = async (terminal: Terminal, name: string) => {
    await terminal.call('sync.enrol', { url: repository.url, code: await repository.invite('trainer', 'all'), name });
    await terminal.call('sync.setSchedule', { when: 'asked' });
  };
  awa = await openAs({
    data: path.join(folder, 'awa'),
    language: 'fr',
    name: 'Awa Diop',
    before: async (terminal) => {
      activityId = await makeWorkshopA(terminal, ['people']);
      await enrol(terminal, 'Awa Diop');
      await terminal.call('sync.run');
    },
  });
  bento = openTerminal(path.join(folder, 'bento'));
  await enrol(bento, 'Bento Lima');
  await bento.call('sync.run');
  const people = await bento.call<{ id: string; familyName: string; givenName: string }[]>('people.list', { activityId });
  personId = people.find((person) => `${person.familyName} ${person.givenName}` === PERSON)!.id;
});

test.afterAll(async () => {
  await awa.close();
  await bento.close();
  await repository.stop();
  await rm(folder, { recursive: true });
});

const standing = () => awa.page.getByRole('region', { name: awa.t('app:standing.label') });

async function awaSyncs(): Promise<void> {
  await awa.goTo('sync');
  const now = awa.button('sync:now');
  await now.click();
  await expect(now).toBeEnabled();
}

async function shownToBento() {
  const { marks } = await bento.call<Grid>('attendance.grid', { activityId });
  return marks.find((mark) => mark.personId === personId && mark.halfDay === HALF_DAY)!;
}

/** The cell as it is read out to Awa, once the sheet has asked for what the sync brought. */
async function expectShownToAwa(name: string): Promise<void> {
  await awa.openWorkshop(PLAN.title);
  await awa.openTab('attendance');
  const shown = awa.page.getByRole('gridcell', { name: new RegExp(`^${PERSON}, `) }).first();
  await expect(shown).toHaveAttribute('aria-label', name);
}

const words = (status: string) => awa.t(`attendance:status.${status}`);

/** How a cell is read out that shows `status`. */
function cell(key: 'cell' | 'cellConflict', status: string): string {
  const halfDay = awa.t('attendance:grid.halfDay', { day: formats('fr', '?').weekday(HALF_DAY.slice(0, 10)), half: awa.t('app:half.AM') });
  return awa.t(`attendance:grid.${key}`, { name: PERSON, halfDay, status: words(status) });
}

test('both mark the same cell while there is no network', async () => {
  const { page, t } = awa;
  await repository.stop();
  await awa.openWorkshop(PLAN.title);
  await awa.openTab('attendance');
  const search = page.getByRole('searchbox', { name: t('attendance:bar.find') });
  await search.fill('hounkpe');
  await search.press('Enter');
  await page.keyboard.press(lettersOf('fr').late);
  await expect(page.getByText(t('app:save.saved'))).toBeVisible();
  await bento.call('attendance.mark', { activityId, halfDay: HALF_DAY, marks: [{ personId, status: 'absent' }] });
  await expect(standing()).toContainText(t('app:standing.waiting', { count: 1 }));
  // A sync that reaches nobody says so and loses nothing.
  await awaSyncs();
  await expect(page.getByRole('main').getByRole('alert')).toHaveText(t('errors:sync.unreachable'));
  await expect(standing()).toContainText(t('app:standing.waiting', { count: 1 }));
});

test('after both have synced, both show the same value and one conflict', async () => {
  const { page, t } = awa;
  repository = await runRepository(path.join(folder, 'repository'), Number(new URL(repository.url).port));
  await bento.call('sync.run');
  await awaSyncs();
  await expect(standing()).toContainText(t('app:standing.conflicts', { count: 1 }));
  await awa.openSync('conflicts');
  await expect(page.getByRole('heading', { name: t('sync:conflicts.title', { count: 1 }) })).toBeVisible();
  const { conflicts } = await bento.call<{ conflicts: number }>('sync.run');
  expect(conflicts).toBe(1);
  const shown = await shownToBento();
  expect(shown.conflict).toBe(true);
  await expectShownToAwa(cell('cellConflict', shown.status));
});

test('shows both values with authors and times, and a person settles it', async () => {
  const { page, t } = awa;
  await standing()
    .getByRole('button', { name: t('app:standing.conflicts', { count: 1 }) })
    .click();
  const cards = page.getByRole('main').getByRole('button', { name: t('sync:conflicts.keep', { value: '' }).trim() });
  await expect(cards).toHaveCount(2);
  await expect(page.getByRole('heading', { name: PERSON })).toBeVisible();
  const today = formats('fr', '?').day(new Date().toISOString().slice(0, 10));
  for (const [author, status] of [
    ['Awa Diop', 'late'],
    ['Bento Lima', 'absent'],
  ] as const) {
    const card = cards.filter({ hasText: author });
    await expect(card).toContainText(words(status));
    await expect(card).toContainText(today);
    await expect(card).toContainText(/\d\d:\d\d/);
  }
  const bentos = cards.filter({ hasText: words('absent') });
  await expect(bentos).toContainText(t('sync:meaning.mark', { value: words('absent') }));
  await bentos.click();
  await expect(cards).toHaveCount(0);
  // Taken back, the question stands again with both values; then it is settled for good.
  await awa.button('app:undo').click();
  await expect(cards).toHaveCount(2);
  await expect(cards.filter({ hasText: words('late') })).toHaveCount(1);
  await bentos.click();
  await expect(cards).toHaveCount(0);
  await expect(standing()).not.toContainText(t('app:standing.conflicts', { count: 1 }));
});

test('after that both agree, and a further sync changes nothing', async () => {
  const { page, t } = awa;
  await awaSyncs();
  expect(await bento.call('sync.run')).toMatchObject({ conflicts: 0, refused: 0 });
  expect(await shownToBento()).toMatchObject({ status: 'absent', conflict: false });
  await expectShownToAwa(cell('cell', 'absent'));
  const before = await bento.call('store.digest');
  await awaSyncs();
  await expect(page.getByRole('main').getByRole('status')).toHaveText(t('sync:ran.nothing'));
  expect(await bento.call('sync.run')).toMatchObject({ pushed: 0, pulled: 0, conflicts: 0 });
  expect(await bento.call('store.digest')).toEqual(before);
  await awa.app.close();
  expect(await atTerminal(awa.data, (terminal) => terminal.call('store.digest'))).toEqual(before);
});
