import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import papaparse from 'papaparse';
import { lettersOf } from '../../../shared/features/attendance/letters.ts';
import { formats } from '../../../shared/kernel/formats.ts';
import type { Mark } from '../../../shared/model/vocabularies.ts';
import { openAs, reopenAs, type Trainer } from '../support/trainer.ts';
import { expected, files, makeWorkshopA, PLAN } from '../support/workshop-a.ts';

/** Journey 4: attendance by keyboard, a half-day at a time; the process is killed, and nothing confirmed is lost. */

test.describe.configure({ mode: 'serial' });

type Row = Readonly<Record<string, string>>;

const FIRST = '2021-07-12-AM';
const SECOND = '2021-07-12-PM';
/** By the letters of the sheet, which are the English ones. */
const STATUS: Readonly<Record<string, Mark>> = { P: 'present', L: 'late', A: 'absent', E: 'excused' };

let data: string;
let trainer: Trainer;
let people: readonly Row[];
let sheet: readonly Row[];

test.beforeAll(async () => {
  const read = async (file: string) => papaparse.parse<Row>(await readFile(file, 'utf8'), { header: true, skipEmptyLines: true }).data;
  [people, sheet] = await Promise.all([read(files.people), read(files.attendance)]);
  data = await mkdtemp(path.join(tmpdir(), 'itinera-'));
  trainer = await openAs({ data, language: 'fr', name: 'Awa Diop', before: (terminal) => makeWorkshopA(terminal, ['people']) });
  await trainer.openWorkshop(PLAN.title);
  await trainer.openTab('attendance');
});

test.afterAll(async () => {
  await trainer.close();
  await rm(data, { recursive: true });
});

/** What the person at the keyboard has before them: whose row it is, and the cell as it is read out. */
async function atHand(): Promise<{ readonly mark: Row; readonly label: string }> {
  const { row, label } = await trainer.page.evaluate(() => ({
    row: document.activeElement?.closest('[role="row"]')?.querySelector('[role="rowheader"]')?.textContent ?? '',
    label: document.activeElement?.getAttribute('aria-label') ?? '',
  }));
  const found = people.filter((person) => row.startsWith(`${person['family_name']} ${person['given_name']}`));
  // Two people of one name show their institution.
  const person = found.length > 1 ? found.find((one) => row.includes(one['institution']!)) : found[0];
  const mark = sheet.find((one) => one['participant_id'] === person?.['id']);
  if (!mark) throw new Error(`nobody on the sheet for ${row}`);
  return { mark, label };
}

/** From the search to the first person, by keyboard alone. */
async function toTheTop(): Promise<void> {
  const search = trainer.page.getByRole('searchbox', { name: trainer.t('attendance:bar.find') });
  await expect(search).toBeVisible();
  await trainer.page.keyboard.press('/');
  await expect(search).toBeFocused();
  await trainer.page.keyboard.press('Enter');
  await expect(trainer.page.locator('[role="gridcell"]:focus')).toBeVisible();
}

async function saved(): Promise<void> {
  await expect(trainer.page.getByText(trainer.t('app:save.saved'))).toBeVisible();
}

/** The sentence above the grid, for the half-day that is open. */
async function counted(halfDay: string): Promise<void> {
  const { t, page } = trainer;
  const of = (letter: string) => sheet.filter((row) => row[halfDay] === letter).length;
  const count = page.getByTestId('attendance-count');
  await expect(count).toContainText(t('attendance:bar.attended', { count: of('P') + of('L'), of: sheet.length }));
  for (const letter of ['L', 'A', 'E'].filter((one) => of(one) > 0)) {
    await expect(count).toContainText(t(`attendance:bar.${STATUS[letter]}`, { count: of(letter) }));
  }
}

async function openHalfDay(halfDay: string): Promise<void> {
  const { page, t } = trainer;
  const words = t('attendance:grid.halfDay', {
    day: formats('fr', '?').weekday(halfDay.slice(0, 10)),
    half: t(`app:half.${halfDay.slice(11)}`),
  });
  await page.getByRole('columnheader').getByRole('button', { name: words }).click();
  await expect(page.getByRole('heading', { level: 2, name: words })).toBeVisible();
}

/** Reads the open half-day from the first person to the last, as it stands on screen. */
async function readsAsOnPaper(halfDay: string): Promise<void> {
  const { page, t } = trainer;
  await openHalfDay(halfDay);
  await toTheTop();
  for (let i = 0; i < sheet.length; i++) {
    const { mark, label } = await atHand();
    expect(label, mark['participant_id']).toContain(t(`attendance:status.${STATUS[mark[halfDay]!]}`));
    await page.keyboard.press('ArrowDown');
  }
  await counted(halfDay);
}

test('marks 25 people for a half-day by keyboard in under a minute', async () => {
  const { page } = trainer;
  const began = performance.now();
  await toTheTop();
  for (let i = 0; i < sheet.length; i++) {
    const { mark } = await atHand();
    // The next person follows by itself.
    await page.keyboard.press(lettersOf('fr')[STATUS[mark[FIRST]!]!]);
  }
  await counted(FIRST);
  await saved();
  expect(performance.now() - began).toBeLessThan(60_000);
});

test('loses nothing when everything is killed', async () => {
  const processes = await trainer.app.evaluate(({ app }) => app.getAppMetrics().map(({ pid }) => pid));
  const main = trainer.app.process();
  const ended = new Promise((resolve) => main.once('exit', resolve));
  for (const pid of processes) process.kill(pid, 'SIGKILL');
  await ended;
  trainer = await reopenAs({ data, language: 'fr' });
  await trainer.openWorkshop(PLAN.title);
  await trainer.openTab('attendance');
  await readsAsOnPaper(FIRST);
});

test('goes on by itself when the engine is killed between two marks', async () => {
  const { page, t } = trainer;
  await openHalfDay(SECOND);
  await toTheTop();
  for (let i = 0; i < sheet.length; i++) {
    const { mark } = await atHand();
    if (mark[SECOND] !== 'P') {
      await page.keyboard.press(lettersOf('fr')[STATUS[mark[SECOND]!]!]);
      await saved();
      await trainer.killEngine();
    } else await page.keyboard.press('ArrowDown');
  }
  await page.keyboard.press('m');
  await expect(page.getByTestId('attendance-count')).not.toContainText(t('attendance:bar.notTaken', { count: 22 }));
  await saved();
  await trainer.killEngine();
  await page.reload();
  await trainer.openWorkshop(PLAN.title);
  await trainer.openTab('attendance');
  await readsAsOnPaper(SECOND);
});

test('takes the other half-days from a sheet, and counts every half-day', async () => {
  const { page, t } = trainer;
  await trainer.button('attendance:import.title').click();
  const dialog = await trainer.chooseForImport(files.attendance);
  await expect(dialog).toContainText(t('attendance:import.unchanged', { count: 50 }));
  await dialog.getByRole('button', { name: t('attendance:import.button', { count: 150 }) }).click();
  await expect(dialog).toBeHidden();
  for (const [halfDay, present] of Object.entries(expected.A.presentPerHalfDay)) {
    await expect(page.getByTestId(`total-${halfDay}`)).toHaveText(`${present} ${t('attendance:grid.of', { of: expected.A.registered })}`);
    await openHalfDay(halfDay);
    await counted(halfDay);
  }
});
