import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test, type Locator } from '@playwright/test';
import { axeFaults } from '../support/axe.ts';
import { dropFiles, goWithTab, pasteText, pressKeys } from '../support/hands.ts';
import { openAs, type Trainer } from '../support/trainer.ts';
import { makeWorkshopA, PLAN } from '../support/workshop-a.ts';

/** What nothing in a file tells is said by hand, with the keyboard alone. */

test.describe.configure({ mode: 'serial' });

let folder: string;
let trainer: Trainer;

test.beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'itinera-'));
  trainer = await openAs({ data: path.join(folder, 'data'), language: 'pt', before: (terminal) => makeWorkshopA(terminal, ['people']) });
  await trainer.openWorkshop(PLAN.title);
});

test.afterAll(async () => {
  await trainer.close();
  await rm(folder, { recursive: true });
});

const tabTo = (wanted: Locator) => goWithTab(trainer, wanted);
const press = (...keys: readonly string[]) => pressKeys(trainer, keys);
const rowOf = (dialog: Locator, name: string) => dialog.getByRole('grid').getByRole('row').filter({ hasText: name });

/** Says by keyboard what a column holds. */
async function giveMeaning(column: string, meaning: string): Promise<void> {
  const field = trainer.page.getByRole('combobox', { name: trainer.t('intake:meaningOf', { column }) });
  await tabTo(field);
  await trainer.page.keyboard.type(meaning);
  await expect(field.locator('option:checked')).toHaveText(meaning);
}

test('a list of which no column is known is shown, given its meaning column by column, and taken', async () => {
  const { page, t } = trainer;
  await trainer.openTab('people');
  await expect(trainer.button('people:importList')).toBeVisible();
  await pasteText(trainer, 'Zol\tBrak\tGrum\nqxana\twyola\tMali\nqxeno\twyeti\tBenim\n');
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByRole('alert')).toContainText(t('errors:people.headerUnknown'));
  await expect(dialog).toContainText(t('intake:sayColumns'));
  await expect(dialog.getByRole('row').filter({ hasText: 'Zol' })).toContainText('qxana · qxeno');
  expect(await axeFaults(trainer.page)).toEqual([]);

  await giveMeaning('Grum', t('people:field.country'));
  await expect(dialog.getByRole('row').filter({ hasText: 'Grum' })).toContainText(t('intake:becauseOf.chosen'));
  await giveMeaning('Zol', t('people:field.familyName'));
  await expect(rowOf(dialog, 'qxana')).toContainText(t('intake:does.people.new'));
  await expect(dialog.getByRole('alert')).toHaveCount(0);
  await giveMeaning('Brak', t('people:field.givenName'));
  await expect(rowOf(dialog, 'qxana wyola')).toContainText(t('intake:does.people.new'));
  await tabTo(dialog.getByRole('checkbox', { name: t('intake:rememberForAll') }));
  await press('Space');
  expect(await axeFaults(trainer.page)).toEqual([]);
  await tabTo(dialog.getByRole('button', { name: t('people:import.button', { count: 2 }) }));
  await press('Enter');
  await expect(dialog).toBeHidden();
  await expect(page.getByRole('main').getByRole('status')).toContainText(t('people:figures.all', { count: 27 }));
});

test('the next list of its form is taken as the last one was', async () => {
  const { page, t } = trainer;
  await pasteText(trainer, 'Zol\tBrak\tGrum\nqxiri\twyono\tMali\n');
  const dialog = page.getByRole('dialog');
  await expect(rowOf(dialog, 'qxiri wyono')).toContainText(t('intake:does.people.new'));
  await expect(dialog.getByRole('checkbox', { name: t('intake:rememberForAll') })).toHaveCount(0);
  await tabTo(dialog.locator('summary').filter({ hasText: t('people:import.columns', { count: 3 }) }));
  await press('Enter');
  await expect(dialog.getByRole('row').filter({ hasText: 'Grum' })).toContainText(t('intake:becauseOf.remembered'));
  await press('Escape');
  await expect(dialog).toBeHidden();
});

test('files and a folder that are dropped are taken one after the other, and what waits or is no table is named', async () => {
  const { page, t } = trainer;
  const write = async (name: string, text: string) => {
    const file = path.join(folder, name);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, text);
    return file;
  };
  const first = await write('um.csv', 'Apelido;Nome;País\nSEMEDO;Ana;Cabo Verde\n');
  const photo = await write('foto.jpg', 'x');
  await write('listas/dois.csv', 'Apelido;Nome;País\nTAVARES;Rui;Cabo Verde\n');
  await write('listas/três.csv', 'Apelido;Nome;País\nLOPES;Eva;Cabo Verde\n');
  const [second, third] = ['dois.csv', 'três.csv'].map((name) => path.join('listas', name));

  await dropFiles(trainer, [photo]);
  await expect(page.getByText(t('intake:noTables', { count: 1, names: 'foto.jpg' }))).toBeVisible();

  await dropFiles(trainer, [first, path.join(folder, 'listas'), photo]);
  const dialog = page.getByRole('dialog');
  await expect(rowOf(dialog, 'SEMEDO Ana')).toContainText(t('intake:does.people.new'));
  await expect(dialog).toContainText(t('intake:waiting', { count: 2, names: `${second}, ${third}` }));
  await expect(dialog).toContainText(t('intake:noTables', { count: 1, names: 'foto.jpg' }));
  expect(await axeFaults(trainer.page)).toEqual([]);
  await tabTo(dialog.getByRole('button', { name: t('people:import.button', { count: 1 }) }));
  await press('Enter');
  await expect(rowOf(dialog, 'TAVARES Rui')).toContainText(t('intake:does.people.new'));
  await expect(dialog).toContainText(t('intake:waiting', { count: 1, names: third }));
  await press('Escape');
  await expect(dialog).toBeHidden();
  await expect(page.getByText(t('intake:notRead', { count: 1, names: third }))).toBeVisible();
  await expect(page.getByRole('main').getByRole('status')).toContainText(t('people:figures.all', { count: 28 }));
});

test('answers whose questions nobody finds are matched to them by hand', async () => {
  const { page, t } = trainer;
  await trainer.openTab('evaluation');
  await expect(trainer.button('evaluation:import.open')).toBeVisible();
  await pasteText(trainer, 'Zol\tBrak\nx\t4\ny\t3\n');
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByRole('alert')).toBeVisible();
  await expect(dialog).toContainText(t('intake:sayItems'));
  const field = dialog.getByRole('combobox', { name: t('intake:meaningOf', { column: 'Brak' }) });
  await tabTo(field);
  await press('ArrowDown', 'ArrowDown');
  await expect(field.locator('option:checked')).not.toHaveText(t('people:import.leftOut'));
  expect(await axeFaults(trainer.page)).toEqual([]);
  await press('Escape');
  await expect(dialog).toBeHidden();
});

test('a sheet with the names across its top is turned, says so, and is read as it stands where that is said', async () => {
  const { page, t } = trainer;
  await trainer.openTab('attendance');
  await expect(page.getByTestId('attendance-count')).toBeVisible();
  const rows = ['\tAGBANGLA Inès\tDOSSOU Rodrigue', '12/07/2021 matin\tPrésente\tAbsent', '12/07/2021 après-midi\tPrésente\tEn retard'];
  await pasteText(trainer, rows.join('\n'));
  const dialog = page.getByRole('dialog');
  await expect(dialog).toContainText(t('intake:wasTurned'));
  await expect(dialog.getByRole('grid').getByRole('columnheader').first()).toHaveText(t('intake:column'));
  await expect(rowOf(dialog, 'DOSSOU Rodrigue').getByRole('gridcell').first()).toHaveText('C');
  await tabTo(dialog.locator('summary').filter({ hasText: t('people:import.columns', { count: 3 }) }));
  await press('Enter');
  expect(await axeFaults(trainer.page)).toEqual([]);
  const lies = dialog.getByRole('checkbox', { name: t('intake:turned') });
  await expect(lies).toBeChecked();
  await tabTo(lies);
  await press('Space');
  await expect(dialog.getByRole('alert')).toContainText(t('errors:attendance.formUnknown'));
  await expect(dialog).not.toContainText(t('intake:wasTurned'));
  await press('Space');
  await expect(dialog).toContainText(t('intake:wasTurned'));
  const take = dialog.getByRole('button', { name: t('attendance:import.button', { count: 4 }) });
  await tabTo(take);
  await press('Enter');
  await expect(dialog).toBeHidden();
  await expect(page.getByRole('gridcell', { name: new RegExp(`^DOSSOU Rodrigue.*: ${t('attendance:status.late')}$`) })).toHaveCount(1);
});
