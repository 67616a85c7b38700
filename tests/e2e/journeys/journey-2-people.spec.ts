import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import papaparse from 'papaparse';
import writeXlsxFile from 'write-excel-file/node';
import { encoded } from '../../support/lists/encodings.ts';
import { openAs, type Trainer } from '../support/trainer.ts';
import { expected, files, makeWorkshopA, PLAN } from '../support/workshop-a.ts';

/** Journey 2: the list as officers have it. 25 people, two of one name, nobody twice, bad rows named. */

test.describe.configure({ mode: 'serial' });

let folder: string;
let trainer: Trainer;

test.beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'itinera-'));
  trainer = await openAs({ data: path.join(folder, 'data'), language: 'es', before: (terminal) => makeWorkshopA(terminal, []) });
  await trainer.openWorkshop(PLAN.title);
  await trainer.openTab('people');
});

test.afterAll(async () => {
  await trainer.close();
  await rm(folder, { recursive: true });
});

/** The list's rows as text, header first. */
async function list(): Promise<string[][]> {
  return papaparse.parse<string[]>(await readFile(files.people, 'utf8'), { skipEmptyLines: true }).data;
}

async function file(name: string, content: string | Uint8Array): Promise<string> {
  await writeFile(path.join(folder, name), content);
  return path.join(folder, name);
}

async function importList(given: string) {
  await trainer.button('people:importList').click();
  return trainer.chooseForImport(given);
}

const figures = () => trainer.page.getByRole('main').getByRole('status');

test('shows what was understood, then imports 25 people', async () => {
  const { page, t } = trainer;
  await expect(page.getByRole('main')).toContainText(t('people:empty.title'));
  const dialog = await importList(files.people);
  await expect(dialog).toContainText(t('people:import.columns', { count: 9 }));
  await expect(dialog).toContainText(t('people:import.homonyms', { count: expected.A.homonyms.length }));
  await expect(page.getByRole('table', { name: t('people:label') })).toHaveCount(0);
  await dialog.getByRole('button', { name: t('people:import.button', { count: expected.A.registered }) }).click();
  await expect(figures()).toContainText(t('people:figures.all', { count: expected.A.registered }));
});

test('shows names exactly, and flags the two of one name without merging them', async () => {
  const { page, t } = trainer;
  const people = page.getByRole('table', { name: t('people:label') });
  await expect(people).toHaveAttribute('aria-rowcount', String(expected.A.registered + 1));
  await expect(page.getByRole('button', { name: t('people:figures.homonyms', { count: 2 }) })).toBeVisible();
  const search = page.getByRole('searchbox', { name: t('people:find') });
  for (const name of ['N’GUESSAN Akissi', 'KONÉ Aïssata', 'MAÏGA Hamidou']) {
    await search.fill(name.split(' ')[0]!);
    await expect(people.getByRole('row').filter({ hasText: name.replace('’', "'") })).toHaveCount(1);
  }
  await search.fill('traore');
  const namesakes = people.getByRole('row').filter({ hasText: 'TRAORE Moussa' });
  await expect(namesakes).toHaveCount(2);
  await expect(namesakes.filter({ hasText: t('people:homonym') })).toHaveCount(2);
  await expect(namesakes.filter({ hasText: 'Parquet général de Bobo-Dioulasso' })).toHaveCount(1);
  await expect(namesakes.filter({ hasText: "Cour d'appel de Bamako" })).toHaveCount(1);
  await search.fill('');
});

test('puts them in the order of a column and narrows them to those who need a look, by keyboard', async () => {
  const { page, t } = trainer;
  const people = page.getByRole('table', { name: t('people:label') });
  const countries = async (): Promise<string[]> =>
    (await people.getByRole('row').locator('[role="cell"]:nth-child(6)').allTextContents()).slice(0, 6);
  const listed = await countries();
  const heading = people.getByRole('columnheader', { name: t('people:field.country') });
  await heading.getByRole('button').focus();
  await page.keyboard.press('Enter');
  await expect(heading).toHaveAttribute('aria-sort', 'ascending');
  const { compare } = new Intl.Collator('fr');
  // The order is drawn behind the heading.
  await expect.poll(async () => isInOrder(await countries(), compare)).toBe(true);
  await page.screenshot({ path: test.info().outputPath('sorted.png') });
  await page.keyboard.press('Enter');
  await expect(heading).toHaveAttribute('aria-sort', 'descending');
  await page.keyboard.press('Enter');
  await expect(heading).not.toHaveAttribute('aria-sort');
  await expect.poll(countries).toEqual(listed);
  // One step down from the headings is the first of the list.
  await page.keyboard.press('ArrowDown');
  await expect(people.getByRole('row').nth(1).getByRole('button')).toBeFocused();
  const homonyms = page.getByRole('button', { name: t('people:figures.homonyms', { count: 2 }) });
  await homonyms.click();
  await expect(people).toHaveAttribute('aria-rowcount', '3');
  await expect(figures()).toContainText(t('people:figures.found', { count: 2, of: expected.A.registered }));
  await homonyms.click();
  await expect(people).toHaveAttribute('aria-rowcount', String(expected.A.registered + 1));
});

test('adds nobody a second time, whatever form the list takes', async () => {
  const { t } = trainer;
  const rows = await list();
  const french = ['Matricule', 'Nom de famille', 'Prénom(s)', 'Sexe', 'Profession', 'Pays', 'Institution', 'Langue de travail', 'Courriel'];
  const portuguese = ['Código', 'Apelido', 'Nome próprio', 'Sexo', 'Profissão', 'País', 'Instituição', 'Língua', 'Correio eletrónico'];
  const windows = [french, ...rows.slice(1)].map((row) => [...row, 'à payer'].reverse().join(';')).join('\r\n');
  const workbook = [portuguese, ...rows.slice(1)].map((row) => row.map((value) => ({ value, type: String })));
  const again = [
    files.people,
    await file('liste.csv', encoded(windows, 'Windows-1252')),
    await file('lista.xlsx', await writeXlsxFile(workbook).toBuffer()),
  ];
  for (const one of again) {
    const dialog = await importList(one);
    await expect(dialog).toContainText(t('people:import.nothing'));
    await expect(dialog.getByRole('button', { name: t('people:import.button', { count: 1 }) })).toHaveCount(0);
    await dialog
      .getByRole('button', { name: t('app:close') })
      .last()
      .click();
    await expect(dialog).toBeHidden();
    await expect(figures()).toContainText(t('people:figures.all', { count: expected.A.registered }));
  }
});

test('lists bad rows with number and reason, and imports nothing by halves', async () => {
  const { page, t } = trainer;
  const header = (await list())[0]!.join(',');
  const rows = [
    'P26,SÈNE,Ndèye,F,judge,Senegal,Tribunal de Thiès,fr,ndeye.sene.p26@example.org',
    'P06,DIALLO,Ibrahima,M,judge,Mali,Tribunal de Kayes,fr,ibrahima.diallo.p27@example.org',
    ',TRAORE,Moussa,M,,,,fr,',
    'P28,SOW,Fatou,F,prosecutor,Atlantis,Parquet de Dakar,fr,fatou.sow.p28@example.org',
  ];
  const given = await file('bad.csv', [header, ...rows].join('\n'));
  const dialog = await importList(given);
  await expect(dialog).toContainText(t('intake:held', { count: 2 }));
  const rowsShown = dialog.getByRole('grid').getByRole('row');
  await expect(rowsShown).toHaveCount(5);
  await expect(rowsShown.nth(2)).toHaveText(new RegExp(`^3DIALLO Ibrahima.*${t('intake:why.ref.otherPerson')}$`));
  await expect(rowsShown.nth(3)).toHaveText(new RegExp(`^4TRAORE Moussa.*${t('intake:why.person.homonyms')}$`));
  await expect(rowsShown.nth(4)).toHaveText(new RegExp(`^5SOW Fatou.*${t('errors:country.unknown')}$`));
  await expect(dialog.getByRole('button', { name: t('people:import.button', { count: 1 }) })).toHaveCount(0);
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  await expect(figures()).toContainText(t('people:figures.all', { count: expected.A.registered }));

  // Corrected in the spreadsheet, and read again.
  const corrected = await importList(given);
  await expect(corrected).toContainText(t('intake:held', { count: 2 }));
  await writeFile(given, [header, ...rows].join('\n').replace('P06', 'P27').replace(',TRAORE,Moussa,M,,,,fr,\n', ''));
  await corrected.getByRole('button', { name: t('people:import.again') }).click();
  await corrected.getByRole('button', { name: t('people:import.button', { count: 3 }) }).click();
  await expect(figures()).toContainText(t('people:figures.all', { count: expected.A.registered + 3 }));
});

function isInOrder(texts: readonly string[], compare: (a: string, b: string) => number): boolean {
  return texts.every((text, i) => i === 0 || compare(texts[i - 1]!, text) <= 0);
}
