import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import { LAST_DAYS_FILE } from '../../../shared/contract/last-days.ts';
import { dayInRoom } from '../../../shared/kernel/dates.ts';
import { openWindow } from '../../support/window.ts';
import { openAs, reopenAs, type Trainer } from '../support/trainer.ts';

/** Two workshops on one day, and the session that is meant: whatever the hour at which this is played, the morning's is over and the evening's is to come. */

test.describe.configure({ mode: 'serial' });

const [FIRST, SECOND] = ['Atelier des procureurs', 'Atelier des juges'];
const TODAY = dayInRoom(Date.now());

let folder: string;
let trainer: Trainer;

test.beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'itinera-'));
  trainer = await openAs({
    data: path.join(folder, 'data'),
    language: 'fr',
    async before(terminal) {
      await terminal.call('activity.loadSample', {});
      for (const title of [FIRST, SECOND]) {
        const { id: activityId } = await terminal.call<{ id: string }>('activity.create', {
          ...{ title, languages: ['fr'], countries: ['SN'], start: TODAY, end: TODAY },
        });
        await terminal.call('people.add', { activityId, familyName: 'KONÉ', givenName: 'Awa', country: 'SN' });
        for (const [half, start, end] of [
          ['AM', '00:00', '00:01'],
          ['PM', '23:57', '23:59'],
        ])
          await terminal.call('activity.addItem', { activityId, halfDay: `${TODAY}-${half}`, title: `Séance ${half}`, start, end });
      }
    },
  });
});

test.afterAll(async () => {
  await trainer.close();
  await rm(folder, { recursive: true, force: true });
});

test('both stand there with their sessions, before the sample', async () => {
  const { page, t } = trainer;
  const cards = page
    .getByRole('main')
    .getByRole('region')
    .filter({ has: page.getByRole('heading') })
    .filter({ hasNot: page.locator('[data-step]') });
  for (const title of [FIRST, SECOND]) {
    const card = page.getByRole('region', { name: t('activity:today.underWay', { title }) });
    await expect(card.getByRole('listitem')).toHaveCount(2);
    await expect(card.locator('[aria-current="time"]')).toContainText('Séance PM');
  }
  await expect(cards.last()).toContainText(t('activity:sampleFlag'));
});

test('the session that is meant opens its own half-day, at whatever hour', async () => {
  const { page, t } = trainer;
  const card = page.getByRole('region', { name: t('activity:today.underWay', { title: SECOND }) });
  await card.getByRole('button', { name: t('activity:today.start') }).click();
  await expect(page.getByRole('heading', { level: 1, name: SECOND })).toBeVisible();
  // The afternoon is the second half-day of the sheet.
  await expect(page.locator('[role="columnheader"][data-open]')).toHaveAttribute('aria-colindex', '3');
});

test('stands at the next start as it was left, before the engine has answered, and then as it is', async () => {
  await trainer.close();
  const file = path.join(folder, 'data', LAST_DAYS_FILE);
  const left = await readFile(file, 'utf8');
  expect(left).toContain(FIRST);
  // What the engine will not say: it can only come from there.
  await writeFile(file, left.replaceAll(FIRST, 'Atelier d’avant'));
  const again = await openWindow({
    data: path.join(folder, 'data'),
    script: path.join(import.meta.dirname, '../support/seen-titles.cjs'),
  });
  const seen = () => again.page.evaluate(() => (window as unknown as { seenTitles?: string[] }).seenTitles ?? []);
  await expect.poll(async () => (await seen()).at(-1) ?? '').toContain(FIRST);
  expect((await seen())[0]).toContain('Atelier d’avant');
  await expect(again.page.getByRole('main')).not.toContainText('Atelier d’avant');
  await expect.poll(() => existsSync(file)).toBe(false);
  await again.close();
  trainer = await reopenAs({ data: path.join(folder, 'data'), language: 'fr' });
});
