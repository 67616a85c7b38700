import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import { dayInRoom } from '../../../shared/kernel/dates.ts';
import { openAs, type Trainer } from '../support/trainer.ts';

/** An institution that has always written N for those who did not come, and T for those who came late. */

test.describe.configure({ mode: 'serial' });

const TODAY = dayInRoom(Date.now());
const TITLE = 'Atelier de Dakar';

let folder: string;
let trainer: Trainer;

test.beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'itinera-'));
  trainer = await openAs({
    data: path.join(folder, 'data'),
    language: 'fr',
    async before(terminal) {
      const { id: activityId } = await terminal.call<{ id: string }>('activity.create', {
        ...{ title: TITLE, languages: ['fr'], countries: ['SN'], start: TODAY, end: TODAY },
      });
      for (const familyName of ['DIOP', 'FALL', 'KONÉ'])
        await terminal.call('people.add', { activityId, familyName, givenName: 'Awa', country: 'SN' });
    },
  });
  await trainer.openWorkshop(TITLE);
  await trainer.openTab('attendance');
});

test.afterAll(async () => {
  await trainer.close();
  await rm(folder, { recursive: true, force: true });
});

const sheet = () => trainer.page.getByRole('grid');
const glyphs = (status: string) => sheet().locator(`[role="gridcell"] [data-status="${status}"]`);
const letterField = (status: string) =>
  trainer.page.getByRole('dialog').getByLabel(trainer.t(`attendance:status.${status}`), { exact: true });

test('they are chosen from the legend, each for one mark alone', async () => {
  const { page, t, button } = trainer;
  await sheet().getByRole('gridcell').first().focus();
  await page.keyboard.press('?');
  await button('attendance:letters.choose.open').press('Enter');
  await expect(letterField('present')).toBeFocused();
  // What was there is written over; a letter that stands for something else already is said at once.
  await letterField('absent').focus();
  await page.keyboard.type('r');
  await expect(letterField('absent')).toHaveValue('R');
  await expect(page.getByRole('alert').filter({ hasText: t('errors:attendance.letterTwice', { letter: 'R' }) })).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog')).toBeVisible();
  await letterField('absent').focus();
  await page.keyboard.type('m');
  await expect(page.getByRole('alert').filter({ hasText: t('errors:attendance.letterOfKey', { letter: 'M' }) })).toBeVisible();
  await letterField('absent').focus();
  await page.keyboard.type('n');
  await letterField('late').focus();
  await page.keyboard.type('t');
  await page.keyboard.press('Enter');
  await expect(page.getByText(t('attendance:letters.choose.done', { letters: 'P T D E N X' }))).toBeVisible();
  await expect(page.getByRole('dialog')).toHaveCount(0);
});

test('once they are said to be chosen, they and no others are in effect, however late the engine answers', async () => {
  const { page, t, button } = trainer;
  await page.evaluate(() => {
    const post = Object.getOwnPropertyDescriptor(MessagePort.prototype, 'postMessage')!.value as (message: unknown) => void;
    MessagePort.prototype.postMessage = function (message: { name?: string } | null) {
      if (message?.name === 'activity.get') setTimeout(() => post.call(this, message), 1_000);
      else post.call(this, message);
    };
    Object.assign(window, { atOnce: () => (MessagePort.prototype.postMessage = post) });
  });
  /** The letters that the sheet shows in the moment in which the dialog goes. */
  const shownThen = () =>
    page.evaluate(
      () =>
        new Promise<string>((resolve) => {
          const drawn = new MutationObserver(() => {
            if (document.querySelector('[role="dialog"]')) return;
            drawn.disconnect();
            const cell = document.querySelector('[role="gridcell"][data-open][data-status="notTaken"]');
            resolve([...(cell?.querySelectorAll('[data-letter]') ?? [])].map((one) => (one as HTMLElement).dataset['letter']).join(' '));
          });
          drawn.observe(document.body, { childList: true, subtree: true });
        }),
    );
  await sheet().getByRole('gridcell').first().focus();
  for (const [letter, shown] of [
    ['q', 'P T D E Q X'],
    ['n', 'P T D E N X'],
  ] as const) {
    await page.keyboard.press('?');
    await button('attendance:letters.choose.open').press('Enter');
    await letterField('absent').focus();
    await page.keyboard.type(letter);
    const then = shownThen();
    await page.keyboard.press('Enter');
    expect(await then).toBe(shown);
    await expect(page.getByText(t('attendance:letters.choose.done', { letters: shown })).last()).toBeVisible();
  }
  await page.evaluate(() => (window as unknown as { atOnce(): void }).atOnce());
});

test('they mark, stand in the cells and in every legend; those of the language do nothing any more', async () => {
  const { page, t } = trainer;
  const cells = sheet().getByRole('gridcell');
  await cells.first().focus();
  await page.keyboard.press('a');
  await expect(glyphs('absent')).toHaveCount(0);
  await page.keyboard.press('n');
  await expect(glyphs('absent')).toHaveText(['N']);
  await page.keyboard.press('t');
  await expect(glyphs('late')).toHaveText(['T']);
  await page.keyboard.press('?');
  await expect(page.getByTestId('keys-sheet')).toContainText('P T D E N X');
  await page.keyboard.press('Escape');
  // The help that is opened here speaks of them too, in its steps and in its list of keys.
  await page.keyboard.press('F1');
  const help = page.getByRole('dialog', { name: t('help:title'), exact: true });
  await expect(help.locator('[data-key="attendance.marks"] kbd')).toHaveText('P T D E N X');
  await expect(help.locator('ol kbd').filter({ hasText: 'P T D E N X' })).toHaveCount(1);
  await page.keyboard.press('Escape');
  await cells.first().focus();
  await page.keyboard.press(' ');
  await expect(
    page
      .getByRole('dialog')
      .getByRole('button', { name: t('attendance:status.absent') })
      .locator('[data-status]'),
  ).toHaveText('N');
  await page.keyboard.press('Escape');
});

test('another page shows those of the language, and what was chosen is taken back from the menu', async () => {
  const { page, t, button } = trainer;
  await trainer.goTo('today');
  await page.keyboard.press('?');
  await expect(page.getByTestId('keys-sheet')).toContainText('P R D E A X');
  await page.keyboard.press('Escape');
  await trainer.openWorkshop(TITLE);
  await trainer.openTab('attendance');
  await button('activity:more').click();
  await page.getByRole('menuitem', { name: t('attendance:letters.choose.open') }).click();
  await button('attendance:letters.choose.usual', { letters: 'P R D E A X' }).click();
  await button('app:save.button').click();
  await expect(glyphs('absent')).toHaveText(['A']);
  await page.keyboard.press('Control+z');
  await expect(glyphs('absent')).toHaveText(['N']);
});
