import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import { dayInRoom } from '../../../shared/kernel/dates.ts';
import { fold } from '../../../shared/kernel/text.ts';
import { openAs, type Trainer } from '../support/trainer.ts';

/** Years of workshops: one list, by what is now, ahead and behind and the year, narrowed by keyboard alone. */

test.describe.configure({ mode: 'serial' });

const TODAY = dayInRoom(Date.now());
const YEAR = Number(TODAY.slice(0, 4));
const COUNTRIES = ['SN', 'CV', 'TG'];
/** In each of four years that are over. */
const A_YEAR = 80;

let folder: string;
let trainer: Trainer;

test.beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'itinera-'));
  trainer = await openAs({
    data: path.join(folder, 'data'),
    language: 'fr',
    async before(terminal) {
      await terminal.call('activity.loadSample', {});
      await terminal.call('activity.create', {
        title: 'Atelier des juges',
        languages: ['fr'],
        countries: ['SN'],
        start: TODAY,
        end: TODAY,
      });
      await terminal.call('activity.create', {
        ...{ title: 'Atelier des procureurs', languages: ['fr'], countries: ['CV'] },
        ...{ start: `${YEAR + 1}-06-07`, end: `${YEAR + 1}-06-08` },
      });
      const days = Array.from({ length: 4 * A_YEAR }, (_, at) => ({
        year: YEAR - 1 - (at % 4),
        day: `${String(1 + (at % 12)).padStart(2, '0')}-${String(1 + (at % 28)).padStart(2, '0')}`,
      }));
      await Promise.all(
        days.map(({ year, day }, at) =>
          terminal.call('activity.create', {
            ...{
              title: `Atelier ${at}`,
              languages: ['fr'],
              countries: [COUNTRIES[at % 3]],
              projects: [at % 2 === 0 ? 'GLACY+' : 'OCWAR-C'],
            },
            ...{ start: `${year}-${day}`, end: `${year}-${day}` },
          }),
        ),
      );
    },
  });
  await trainer.goTo('workshops');
});

test.afterAll(async () => {
  await trainer.close();
  await rm(folder, { recursive: true, force: true });
});

const headings = () => trainer.page.getByRole('main').getByRole('heading', { level: 2 });
const status = () => trainer.page.getByRole('search').getByRole('status');

test('past workshops stand by year, the sample behind them', async () => {
  const { t } = trainer;
  const past = [1, 2, 3, 4].map((back) => `${t('activity:list.pastIn', { year: String(YEAR - back) })}${A_YEAR}`);
  await expect(headings()).toHaveText([
    t('activity:list.states.running'),
    t('activity:list.states.planned'),
    ...past,
    t('activity:list.states.sample'),
  ]);
  await expect(status()).toHaveText(t('activity:list.all', { count: 4 * A_YEAR + 3 }));
});

test('a text, a year, a country and a state narrow it, and all of it comes back', async () => {
  const { page, t, button } = trainer;
  await page.keyboard.press('/');
  await page.keyboard.type(fold('Sénégal'));
  await expect(headings().first()).toHaveText(t('activity:list.states.running'));
  await expect(page.getByRole('button', { name: 'Atelier des procureurs' })).toHaveCount(0);
  // From the field the first row is one step down.
  await page.keyboard.press('ArrowDown');
  await expect(page.getByRole('button', { name: 'Atelier des juges' })).toBeFocused();
  await page.keyboard.press('/');
  await page.keyboard.press('Escape');
  await expect(status()).toHaveText(t('activity:list.all', { count: 4 * A_YEAR + 3 }));

  await page.getByRole('combobox', { name: t('activity:list.year') }).click();
  await page.getByRole('option', { name: String(YEAR - 2), exact: true }).click();
  await expect(headings()).toHaveText([`${t('activity:list.pastIn', { year: String(YEAR - 2) })}${A_YEAR}`]);
  await page.getByRole('combobox', { name: t('activity:list.state') }).click();
  await page.getByRole('option', { name: t('activity:list.states.planned') }).click();
  await expect(page.getByText(t('activity:list.noneFound'))).toBeVisible();
  await button('activity:list.showAll').click();
  await expect(headings()).toHaveCount(7);
  // The button went with what it took away; the keyboard is still somewhere.
  await expect(page.locator('body')).not.toBeFocused();
});

test('the choice is there again after another page', async () => {
  const { page, t } = trainer;
  const country = page.getByRole('combobox', { name: t('activity:list.country') });
  await country.fill('cap-v');
  await country.press('Enter');
  await expect(headings().nth(1)).toContainText(String(YEAR - 1));
  const before = await status().textContent();
  await page.getByRole('button', { name: 'Atelier des procureurs' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Atelier des procureurs' })).toBeVisible();
  await trainer.goTo('today');
  await trainer.goTo('workshops');
  await expect(status()).toHaveText(before!);
  await expect(country).toHaveValue(/Cap-Vert|Cabo Verde/);
});
