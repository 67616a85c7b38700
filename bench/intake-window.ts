// The plan of a list of 10,000 people in the real window: frames while it is drawn, scrolled, filtered and decided, at first and over the 10,000 who are in already
// (issue: none over 100 ms). Run by `npm run bench:intake` after the engine's half (intake.ts).
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openAs, type Trainer } from '../tests/e2e/support/trainer.ts';
import { heading, rowOf } from './intake/long-list.ts';

const PEOPLE = 10_000;
const LIMIT = 100;
const TITLE = 'Bench';

const folder = mkdtempSync(path.join(tmpdir(), 'itinera-bench-'));
try {
  const trainer = await openAs({
    language: 'en',
    name: 'Bench',
    data: path.join(folder, 'data'),
    before: (terminal) =>
      terminal.call('activity.create', { title: TITLE, languages: ['en'], countries: ['SN'], start: '2021-07-12', end: '2021-07-15' }),
  });
  const { page, t } = trainer;
  await trainer.openWorkshop(TITLE);
  await trainer.openTab('people');
  await watchFrames(trainer);
  const first = file('first.csv', (row) => row);
  // The same people, each with another institution.
  const again = file('again.csv', (row) => row.map((text, column) => (column === 5 ? `${text} bis` : text)));
  let worst = 0;
  for (const [name, list, does] of [
    ['at first', first, 'new'],
    ['over 10,000', again, 'change'],
  ] as const) {
    await trainer.button('people:importList').first().click();
    worst = Math.max(
      worst,
      await measured(trainer, `${name}: the plan is made and drawn`, async () => {
        await trainer.chooseForImport(list);
        await page
          .getByRole('grid')
          .getByRole('row')
          .filter({ hasText: t(`intake:does.people.${does}`) })
          .first()
          .waitFor({ timeout: 300_000 });
      }),
    );
    const grid = page.getByRole('dialog').getByRole('grid');
    worst = Math.max(
      worst,
      await measured(trainer, `${name}: scrolled by wheel`, async () => {
        await grid.hover();
        for (let turn = 0; turn < 60; turn++) {
          await page.mouse.wheel(0, turn < 40 ? 900 : -1_500);
          await page.waitForTimeout(16);
        }
      }),
    );
    worst = Math.max(
      worst,
      await measured(trainer, `${name}: walked by keys`, async () => {
        await grid.locator('[tabindex="0"]').first().focus();
        for (const key of [
          'End',
          'Home',
          ...Array.from({ length: 40 }, () => 'PageDown'),
          ...Array.from({ length: 40 }, () => 'ArrowDown'),
        ]) {
          await page.keyboard.press(key);
          await page.waitForTimeout(16);
        }
      }),
    );
    worst = Math.max(
      worst,
      await measured(trainer, `${name}: decided and filtered`, async () => {
        for (let turn = 0; turn < 5; turn++) await page.keyboard.press('l');
        await page.waitForTimeout(4_000);
        await page
          .getByRole('dialog')
          .getByRole('button', { name: new RegExp(`^${t('intake:filter.leave')}`) })
          .click();
        await page
          .getByRole('dialog')
          .getByRole('button', { name: new RegExp(`^${t('intake:filter.all')}`) })
          .click();
      }),
    );
    await page
      .getByRole('dialog')
      .getByRole('button', { name: /^Import/ })
      .click();
    await page.getByRole('dialog').waitFor({ state: 'hidden', timeout: 300_000 });
    // The list of ten thousand people behind it is not what is measured.
    await page.getByRole('main').getByRole('table').getByRole('row').nth(5).waitFor();
    await page.waitForTimeout(2_000);
  }
  await trainer.close();
  process.stdout.write(`worst frame ${worst.toFixed(0)} ms (at most ${LIMIT})\n`);
  process.exitCode = worst <= LIMIT ? 0 : 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function file(name: string, change: (row: string[]) => string[]): string {
  const to = path.join(folder, name);
  const rows = Array.from({ length: PEOPLE }, (_, index) => change(rowOf(index)));
  writeFileSync(to, [heading, ...rows].map((row) => row.join(';')).join('\r\n'));
  return to;
}

/** Keeps the time from each frame to the next. */
async function watchFrames({ page }: Trainer): Promise<void> {
  await page.evaluate(`
    window.frames_ = [];
    let before = performance.now();
    const next = (now) => {
      window.frames_.push(now - before);
      before = now;
      requestAnimationFrame(next);
    };
    requestAnimationFrame(next);
  `);
}

/** Says how long the frames were while something was done; returns the longest. */
async function measured({ page }: Trainer, what: string, act: () => Promise<void>): Promise<number> {
  await page.evaluate('window.frames_.length = 0');
  await act();
  const times = (await page.evaluate<number[]>('window.frames_')).toSorted((a, b) => a - b);
  const worst = times.at(-1) ?? 0;
  const at = (share: number) => (times[Math.floor(times.length * share)] ?? 0).toFixed(0);
  process.stdout.write(`${what.padEnd(44)} frames ${times.length}  p50 ${at(0.5)}  p95 ${at(0.95)}  worst ${worst.toFixed(0)} ms\n`);
  return worst;
}
