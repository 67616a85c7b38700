import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import { openAs, type Trainer } from '../support/trainer.ts';

/** Sessions of a programme by hand: one more at the end of a day, up to midnight; and the days that they come to stand on when the workshop moves. */

test.describe.configure({ mode: 'serial' });

const TITLE = 'Atelier de Dakar';
const [MONDAY, THURSDAY] = ['2026-03-02', '2026-03-05'];

let folder: string;
let trainer: Trainer;

test.beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'itinera-'));
  const before: Parameters<typeof openAs>[0]['before'] = (terminal) =>
    terminal.call('activity.create', {
      ...{ title: TITLE, courseId: 'C1', languages: ['fr'], countries: ['SN'], start: MONDAY, end: THURSDAY },
    });
  trainer = await openAs({ data: path.join(folder, 'data'), language: 'fr', before });
  await trainer.openWorkshop(TITLE);
});

test.afterAll(async () => {
  await trainer.close();
  await rm(folder, { recursive: true, force: true });
});

const dialog = () => trainer.page.getByRole('dialog');
/** The sessions of a day, first to last, with their times. */
const sessionsOf = (day: number) =>
  trainer.page
    .locator('#work section[aria-label]')
    .filter({ has: trainer.page.locator('h2 time') })
    .nth(day)
    .getByRole('listitem');

/** Opens the form of a session in a day's afternoon, from the keyboard. */
async function addTo(day: string): Promise<void> {
  const { page, t } = trainer;
  await page.getByRole('button', { name: t('activity:agenda.addTo', { day, half: t('app:half.PM') }) }).press('Enter');
  await expect(dialog().getByRole('textbox', { name: t('activity:agenda.title') })).toBeFocused();
}

const timeOf = (which: 'start' | 'end') => dialog().getByLabel(trainer.t(`activity:agenda.${which}`));

test('a session is added behind the last one of a day, and is its last', async () => {
  const { page } = trainer;
  await expect(sessionsOf(3)).not.toHaveCount(0);
  const before = await sessionsOf(3).count();
  await addTo('jeu. 5 mars');
  const begins = await timeOf('start').inputValue();
  await expect(sessionsOf(3).last()).toContainText(`–${begins}`);
  await page.keyboard.type('Dîner de clôture');
  await timeOf('end').fill('23:30');
  await page.keyboard.press('Enter');
  await expect(dialog()).toBeHidden();
  await expect(sessionsOf(3)).toHaveCount(before + 1);
  await expect(sessionsOf(3).last()).toContainText('Dîner de clôture');
  await expect(sessionsOf(3).last()).toContainText(`${begins}–23:30`);
});

test('one that would run past midnight ends with the day, and behind that nothing begins before it ends', async () => {
  const { page, t } = trainer;
  await addTo('jeu. 5 mars');
  await expect(timeOf('start')).toHaveValue('23:30');
  await expect(timeOf('end')).toHaveValue('23:59');
  await page.keyboard.type('Rangement');
  await page.keyboard.press('Enter');
  await expect(sessionsOf(3).last()).toContainText('23:30–23:59');
  await addTo('jeu. 5 mars');
  await page.keyboard.type('Trop tard');
  await page.keyboard.press('Enter');
  await expect(dialog()).toContainText(t('activity:agenda.endBeforeStart'));
  await timeOf('start').fill('22:00');
  await timeOf('end').fill('22:30');
  await page.keyboard.press('Enter');
  await expect(dialog()).toBeHidden();
  await expect(sessionsOf(3).filter({ hasText: 'Trop tard' })).toHaveCount(1);
});

test('a workshop that moves keeps its sessions on working days, or holds them on the weekend as is said', async () => {
  const { page, t, button } = trainer;
  const open = async () => {
    await button('activity:more').press('Enter');
    await page.getByRole('menuitem', { name: t('activity:dates.open') }).click();
  };
  const days = async () => {
    const counts = [];
    for (const section of await page
      .locator('#work section[aria-label]')
      .filter({ has: page.locator('h2 time') })
      .all())
      counts.push((await section.getByRole('listitem').count()) > 0);
    return counts;
  };
  const weekend = dialog().getByRole('checkbox', { name: t('activity:create.weekends', { days: 'sam. 7 mars et dim. 8 mars' }) });
  await open();
  await expect(weekend).toHaveCount(0);
  await dialog().getByLabel(t('activity:field.start')).fill('05/03/2026');
  await dialog().getByLabel(t('activity:field.end')).focus();
  // Four working days from a Thursday on.
  await expect(dialog().getByLabel(t('activity:field.end'))).toHaveValue('10 mars 2026');
  await expect(weekend).not.toBeChecked();
  await expect(dialog()).toContainText(t('activity:dates.weekendsHint'));
  await dialog()
    .getByRole('button', { name: t('activity:dates.submit') })
    .click();
  await expect(dialog()).toBeHidden();
  await expect.poll(days).toEqual([true, true, false, false, true, true]);

  await open();
  await dialog().getByLabel(t('activity:field.start')).fill('06/03/2026');
  await dialog().getByLabel(t('activity:field.end')).focus();
  await expect(dialog().getByLabel(t('activity:field.end'))).toHaveValue('11 mars 2026');
  await weekend.check();
  await dialog().getByLabel(t('activity:field.end')).fill('11/03/2026');
  await page.keyboard.press('Tab');
  await dialog()
    .getByRole('button', { name: t('activity:dates.submit') })
    .click();
  await expect(dialog()).toBeHidden();
  // As far apart as they stood.
  await expect.poll(days).toEqual([true, true, false, false, true, true]);
});
