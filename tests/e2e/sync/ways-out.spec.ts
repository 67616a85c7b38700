import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import { readSource } from '../../../shared/node/tables/read-source.ts';
import { openAs, type Trainer } from '../support/trainer.ts';
import { expected, makeWorkshopA, PLAN } from '../support/workshop-a.ts';
import { wordsOf } from '../support/words.ts';

/** The list, the attendance and an empty list are saved from the window, in the language of whoever they are for. */

test.describe.configure({ mode: 'serial' });

let folder: string;
let trainer: Trainer;

test.beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'itinera-'));
  const before = (terminal: Parameters<typeof makeWorkshopA>[0]) => makeWorkshopA(terminal, ['people', 'attendance']);
  trainer = await openAs({ data: path.join(folder, 'data'), language: 'es', before });
  await trainer.openWorkshop(PLAN.title);
});

test.afterAll(async () => {
  await trainer.close();
  await rm(folder, { recursive: true });
});

async function save(way: string, name: string, button = 'people:save.button'): Promise<string[][]> {
  const { page, t } = trainer;
  const file = path.join(folder, name);
  await trainer.answerDialogs(file);
  await trainer.button(button).click();
  const dialog = page.getByRole('dialog');
  // What is proposed is the workshop's language, not the screen's.
  await expect(dialog.getByRole('combobox', { name: t('people:save.language') })).toHaveValue('Français');
  await dialog.getByRole('button', { name: t(way), exact: true }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByText(name)).toBeVisible();
  const read = await readSource(file);
  if (!read.ok) throw new Error(read.refusal.code);
  return read.value.sheets[0]!.rows.map(({ cells }) => [...cells]);
}

test('the list of people as Excel and as CSV, and an empty one for institutions', async () => {
  const french = wordsOf('fr');
  await trainer.openTab('people');
  for (const [way, name] of [
    ['people:save.xlsx', 'liste.xlsx'],
    ['people:save.csv', 'liste.csv'],
  ] as const) {
    const rows = await save(way, name);
    expect(rows[0]).toContain(french('people:field.familyName'));
    expect(rows).toHaveLength(expected.A.registered + 1);
  }
  expect(await save('people:save.template', 'vide.xlsx')).toHaveLength(1);
});

test('the attendance', async () => {
  await trainer.openTab('attendance');
  const rows = await save('people:save.xlsx', 'presences.xlsx', 'attendance:save.button');
  expect(rows).toHaveLength(expected.A.registered + 1);
  expect(
    rows
      .slice(1)
      .flat()
      .filter((cell) => cell === 'P'),
  ).toHaveLength(expected.A.codes.P);
});
