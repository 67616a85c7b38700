import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import { dayInRoom } from '../../../shared/kernel/dates.ts';
import { runRepository, type RunningRepository } from '../support/repository.ts';
import { openTerminal, type Terminal } from '../support/terminal.ts';
import { openAs, type Trainer } from '../support/trainer.ts';

/** Awa has two laptops, one at the office and one in her bag; Bento sees which of them she wrote on. */

test.describe.configure({ mode: 'serial' });

const TODAY = dayInRoom(Date.now());
const TITLE = 'Atelier de Dakar';
const [OFFICE, BAG] = ['Bureau de Thiès', 'Portable du sac'];

let folder: string;
let repository: RunningRepository;
/** Bento is at a window, both of Awa's laptops are terminals. */
let bento: Trainer;
let office: Terminal;
let bag: Terminal;
let activityId: string;
let personId: string;

async function enrol(terminal: Terminal, name: string): Promise<void> {
  await terminal.call('sync.enrol', { url: repository.url, code: await repository.invite('trainer', 'all'), name });
  await terminal.call('sync.setSchedule', { when: 'asked' });
  await terminal.call('sync.run');
}

test.beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'itinera-'));
  repository = await runRepository(path.join(folder, 'repository'));
  [office, bag] = [openTerminal(path.join(folder, 'office')), openTerminal(path.join(folder, 'bag'))];
  await office.call('settings.set', { laptopName: OFFICE });
  await bag.call('settings.set', { laptopName: BAG });
  ({ id: activityId } = await office.call<{ id: string }>('activity.create', {
    ...{ title: TITLE, languages: ['fr'], countries: ['SN'], start: TODAY, end: TODAY },
  }));
  ({ id: personId } = await office.call<{ id: string }>('people.add', { activityId, familyName: 'KONÉ', givenName: 'Awa', country: 'SN' }));
  await enrol(office, 'Awa Diop');
  await enrol(bag, 'Awa Diop');
  const marks = (status: string) => ({ activityId, halfDay: `${TODAY}-AM`, marks: [{ personId, status }] });
  await office.call('attendance.mark', marks('late'));
  await bag.call('attendance.mark', marks('absent'));
  for (const terminal of [office, bag]) await terminal.call('sync.run');
  bento = await openAs({ data: path.join(folder, 'bento'), language: 'fr', name: 'Bento Lima' });
});

test.afterAll(async () => {
  await bento.close();
  for (const terminal of [office, bag]) await terminal.close();
  await repository.stop();
  await rm(folder, { recursive: true, force: true });
});

test('a laptop gets its name where it is enrolled', async () => {
  const { page, t, button } = bento;
  await bento.goTo('sync');
  const asked = (key: string) => page.getByRole('textbox', { name: t(`sync:enrol.${key}`) });
  await asked('address').fill(repository.url);
  await asked('code').fill(await repository.invite('trainer', 'all'));
  await asked('laptop').fill('Salle 2');
  await button('sync:enrol.button').click();
  await expect(page.getByText(t('sync:enrol.done'))).toBeVisible();
  await button('sync:first.all').click();
  await expect(button('sync:now')).toBeEnabled();
  await bento.openSync('laptop');
  await expect(page.getByRole('region', { name: t('sync:laptop.title') })).toContainText('Salle 2');
});

test('both marks of a conflict say on which of her laptops they were made', async () => {
  const { page, t } = bento;
  await bento.openSync('conflicts');
  for (const name of [OFFICE, BAG]) await expect(page.getByRole('main').getByText(t('sync:device.named', { name })).first()).toBeVisible();
  await bento.openWorkshop(TITLE);
  await bento.openTab('attendance');
  await page.getByRole('gridcell').first().focus();
  await page.keyboard.press('h');
  for (const name of [OFFICE, BAG])
    await expect(page.getByRole('dialog').getByText(t('sync:device.named', { name })).first()).toBeVisible();
  await page.keyboard.press('Escape');
});

test('it is called otherwise in the settings, and the others see that after the next sync', async () => {
  const { page, t, field, button } = bento;
  await bento.openSync('laptop');
  await button('sync:laptop.rename').click();
  await field('settings:laptopName').fill('Salle 3');
  await page.keyboard.press('Enter');
  await expect(field('settings:laptopName')).toHaveValue('Salle 3');
  await bento.openWorkshop(TITLE);
  await bento.openTab('attendance');
  await page.getByRole('gridcell').first().focus();
  await page.keyboard.press('p');
  await expect(page.getByText(t('app:save.saved'))).toBeVisible();
  await bento.goTo('sync');
  await button('sync:now').click();
  await expect(button('sync:now')).toBeEnabled();
  const named = async () => {
    await office.call('sync.run');
    const { from } = await office.call<{ from: { author: string; laptop: string }[] }>('sync.arrived');
    return from.filter(({ author }) => author === 'Bento Lima').map(({ laptop }) => laptop);
  };
  await expect.poll(named).toContain('Salle 3');
});
