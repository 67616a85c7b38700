import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import { formats } from '../../../shared/kernel/formats.ts';
import { runRepository, type RunningRepository } from '../support/repository.ts';
import { openAs, type Trainer } from '../support/trainer.ts';
import { makeWorkshopA, PLAN } from '../support/workshop-a.ts';

/** The sync page: a connection that is paid for, a pause, its tabs by keyboard, and the room on the disk. */

test.describe.configure({ mode: 'serial' });

let folder: string;
let repository: RunningRepository;
let awa: Trainer;

test.beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'itinera-'));
  repository = await runRepository(path.join(folder, 'repository'));
  awa = await openAs({
    data: path.join(folder, 'awa'),
    language: 'fr',
    name: 'Awa Diop',
    before: async (terminal) => {
      const activityId = await makeWorkshopA(terminal, []);
      const material = path.join(folder, 'Convention.pdf');
      await writeFile(material, `%PDF-1.7\n${'Budapest '.repeat(5_000)}`);
      await terminal.call('material.add', { activityId, path: material, title: 'Convention', language: 'fr', kind: 'slides' });
      const code = await repository.invite('trainer', 'all');
      await terminal.call('sync.enrol', { url: repository.url, code, name: 'Awa Diop' });
      await terminal.call('sync.setSchedule', { when: 'asked' });
    },
  });
});

test.afterAll(async () => {
  await awa.close();
  await repository.stop();
  await rm(folder, { recursive: true });
});

const standing = () => awa.page.getByRole('region', { name: awa.t('app:standing.label') });
const chosen = (when: string) => awa.page.getByRole('radio', { name: awa.t(`sync:schedule.${when}`) });
const waiting = () => awa.page.getByTestId('sync-waiting');

test('a connection that is paid for carries records, and files when they are asked for', async () => {
  const { page, t } = awa;
  await awa.openSync('waiting');
  await expect(page.getByRole('heading', { name: t('sync:waiting.next') })).toBeVisible();
  await chosen('records').click();
  await expect(chosen('records')).toBeChecked();
  await awa.button('sync:now').click();
  await expect(page.getByRole('heading', { name: t('sync:waiting.next') })).toHaveCount(0);
  await expect(waiting()).toContainText(t('sync:ran.files', { count: 1 }));
  await page.getByRole('button', { name: t('sync:schedule.files', { size: '' }).replace(/\(.*/, '').trim() }).click();
  await expect(waiting()).toHaveText(t('sync:waiting.nothing'));
});

test('a pause is said at the foot of the rail, and ends when something else is chosen, by the arrows too', async () => {
  const { page, t } = awa;
  await expect(chosen('tomorrow')).toHaveAccessibleDescription(t('sync:schedule.about.tomorrowRecords'));
  await chosen('tomorrow').click();
  await expect(standing()).toContainText(t('app:standing.paused'));
  await page.keyboard.press('ArrowDown');
  await expect(chosen('asked')).toBeChecked();
  await expect(standing()).not.toContainText(t('app:standing.paused'));
});

test('there is one choice of when to sync, and a limit for the day that says what was used', async () => {
  const { page, t } = awa;
  const group = page.getByRole('region', { name: t('sync:schedule.title') });
  await expect(group.getByRole('radiogroup')).toHaveCount(1);
  await expect(group.getByRole('radio')).toHaveCount(4);
  await expect(group.getByRole('switch')).toHaveCount(0);
  await group.getByRole('combobox', { name: t('sync:schedule.cap') }).click();
  await page.getByRole('option', { name: formats('fr', '?').bytes(20_000_000) }).click();
  await expect(group.getByRole('combobox', { name: t('sync:schedule.cap') })).toHaveValue(formats('fr', '?').bytes(20_000_000));
  await page.screenshot({ path: test.info().outputPath('schedule.png') });
});

test('its tabs are reached by keyboard, and each says what it is when it is empty', async () => {
  const { page, t } = awa;
  const tab = (name: string) => page.getByRole('tab', { name: t(`sync:tab.${name}`) });
  await tab('waiting').focus();
  await page.keyboard.press('ArrowRight');
  await expect(tab('conflicts')).toHaveAttribute('aria-selected', 'true');
  await expect(page.getByText(t('sync:conflicts.none'))).toBeVisible();
  await page.keyboard.press('ArrowRight');
  await expect(page.getByText(t('sync:setAside.none'))).toBeVisible();
  for (let i = 0; i < 4; i++) await page.keyboard.press('ArrowRight');
  await expect(page.getByRole('heading', { name: t('sync:storage.title') })).toBeVisible();
});

test('a file that the repository holds is let go, and nothing waits because of it', async () => {
  const { page, t } = awa;
  await awa.openSync('laptop');
  const free = page.getByRole('button', { name: t('sync:storage.free', { size: formats('fr', '?').bytes(45_009) }) });
  await free.click();
  await expect(page.getByText(t('sync:storage.freed', { size: formats('fr', '?').bytes(45_009) }))).toBeVisible();
  await expect(free).toHaveCount(0);
  await expect(waiting()).toHaveText(t('sync:waiting.nothing'));
});

test('an earlier place of a workshop is written again from its history', async () => {
  const { page, t } = awa;
  await awa.openWorkshop(PLAN.title);
  const openDetails = async () => {
    await awa.button('activity:more').click();
    await page.getByRole('menuitem', { name: t('activity:details.open') }).click();
  };
  for (const place of ['Dakar', 'Thiès']) {
    await openDetails();
    await awa.field('activity:field.place').fill(place);
    await awa.button('app:save.button').click();
    await expect(page.getByRole('dialog')).toHaveCount(0);
  }
  await openDetails();
  await awa.button('sync:history.open').click();
  const dialog = page.getByRole('dialog', { name: t('sync:history.title') });
  await dialog.getByRole('combobox', { name: t('sync:history.of') }).click();
  await page.getByRole('option', { name: t('activity:field.place'), exact: true }).click();
  await dialog
    .getByRole('listitem')
    .filter({ hasText: 'Dakar' })
    .getByRole('button', { name: t('sync:history.restore') })
    .click();
  await expect(dialog.getByRole('listitem').first()).toContainText('Dakar');
  await expect(dialog.getByRole('listitem').first()).toContainText(t('sync:history.current'));
});
