import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test, type Locator } from '@playwright/test';
import { encoded } from '../../support/lists/encodings.ts';
import { axeFaults } from '../support/axe.ts';
import { dropFiles, goWithTab, pasteText, pressKeys } from '../support/hands.ts';
import { openAs, type Trainer } from '../support/trainer.ts';
import { makeWorkshopA, PLAN } from '../support/workshop-a.ts';

/** The plan of an import: a list as officers have it, understood, settled and taken by keyboard alone, then undone. */

test.describe.configure({ mode: 'serial' });

const LIST = [
  'Liste des participants à l’atelier de Dakar;;;;;',
  ';;;;;',
  'N°;Nom et prénoms;Genre;Lieu de rattachement;Pays;Adresse mél;Régime',
  '1;SÈNE Ndèye;1;Tribunal de grande instance de Thiès;Sénégal;ndeye.sene@example.org;sans porc',
  '2;DIALLO Ibrahima Sory;2;Tribunal de Kayes;Mali;ibrahima.diallo@example.org;',
  '3;TRAORE Moussa;2;;;;',
  '4;BALDÉ Aïcha;1;Parquet de Ziguinchor;Sénégal;aicha.balde@example.org;végétarien',
  '5;KONE Aissata;1;Cour d’appel d’Abidjan;Bénin;kone.aissata.b@example.org;',
  '6;FAYE Ousmane;2;Parquet de Dakar;Sénégal;ousmane.faye@example.org;',
  ';Total des personnes inscrites : 6;;;;;',
].join('\r\n');

let folder: string;
let trainer: Trainer;
let list: string;

test.beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'itinera-'));
  list = path.join(folder, 'liste Dakar.csv');
  await writeFile(list, encoded(LIST, 'Windows-1252'));
  trainer = await openAs({ data: path.join(folder, 'data'), language: 'fr', before: (terminal) => makeWorkshopA(terminal, ['people']) });
  await trainer.openWorkshop(PLAN.title);
  await trainer.openTab('people');
});

test.afterAll(async () => {
  await trainer.close();
  await rm(folder, { recursive: true });
});

const tabTo = (wanted: Locator) => goWithTab(trainer, wanted);
const press = (...keys: readonly string[]) => pressKeys(trainer, keys);
const figures = () => trainer.page.getByRole('main').getByRole('status');
const rowOf = (dialog: Locator, name: string) => dialog.getByRole('grid').getByRole('row').filter({ hasText: name });
/** Of what stands, not of a plan that fades while the next one is made. */
const faults = async () => {
  await expect(trainer.page.locator('[aria-busy="true"]')).toHaveCount(0);
  return axeFaults(trainer.page);
};

test('a list is understood, settled and taken by keyboard alone', async () => {
  const { page, t } = trainer;
  await trainer.answerDialogs(list);
  await tabTo(trainer.button('people:importList'));
  await press('Enter');
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByRole('button', { name: t('people:import.choose') })).toBeFocused();
  await press('Enter');
  await expect(rowOf(dialog, 'SÈNE Ndèye')).toContainText(t('intake:waitsForAnswer'));
  expect(await faults()).toEqual([]);

  // What the letters of a column mean holds for every row.
  for (const [letter, sex] of [
    ['1', 'female'],
    ['2', 'male'],
  ] as const) {
    const question = dialog.getByRole('group', { name: t('intake:question.sex.letter', { column: 'Genre', subject: letter }) });
    await tabTo(question.getByRole('button', { name: t(`people:sex.${sex}`), exact: true }));
    await press('Enter');
  }
  await expect(rowOf(dialog, 'SÈNE Ndèye')).toContainText(t('intake:does.people.new'));

  // A column that nobody knows is given its meaning. What can be chosen is drawn for who looks: a wide list has hundreds of words.
  await expect(dialog.locator('option')).toHaveCount(0);
  await tabTo(dialog.locator('summary').filter({ hasText: t('people:import.columns', { count: 5 }) }));
  await press('Enter');
  const meaning = dialog.getByRole('combobox', { name: t('intake:meaningOf', { column: 'Lieu de rattachement' }) });
  await tabTo(meaning);
  await page.keyboard.type(t('people:field.institution').slice(0, 5));
  await expect(meaning).toHaveValue('institution');
  await expect(dialog).toContainText(t('people:import.columns', { count: 6 }));
  await expect(
    dialog
      .getByRole('row')
      .filter({ has: page.getByRole('combobox', { name: t('intake:meaningOf', { column: 'Lieu de rattachement' }) }) }),
  ).toContainText(t('intake:becauseOf.chosen'));
  expect(await faults()).toEqual([]);

  // Two of that name are here: somebody says which.
  const undecided = rowOf(dialog, 'TRAORE Moussa');
  await tabTo(dialog.getByRole('grid').locator('[tabindex="0"]'));
  await press('ArrowDown', 'ArrowDown');
  await expect(undecided).toBeFocused();
  await expect(undecided).toContainText(t('intake:does.people.ask'));
  await press('1');
  await expect(undecided).toContainText(t('intake:byHand'));
  await expect(dialog).not.toContainText(t('intake:does.people.ask'));

  expect(await faults()).toEqual([]);

  // What was left out as a total may be somebody all the same, and is not in the end.
  const total = rowOf(dialog, 'Total des personnes');
  await press('End');
  await expect(total).toBeFocused();
  await expect(total).toContainText(t('intake:left.total'));
  await press('n');
  await expect(total).toContainText(t('intake:does.people.new'));
  await press('Backspace');
  await expect(total).toContainText(t('intake:left.total'));
  await press('Home', 'ArrowDown', 'ArrowDown', 'ArrowDown');
  await expect(undecided).toBeFocused();

  // The decision is taken back: the others are taken, and this one stays in the file for later.
  await press('Backspace');
  await expect(undecided).toContainText(t('intake:does.people.ask'));
  const rest = dialog.getByRole('button', { name: t('intake:takeRest', { rest: 5, later: t('intake:later', { count: 1 }) }) });
  await expect(rest).toBeEnabled();
  await tabTo(rest);
  await press('Enter');
  await expect(dialog).toBeHidden();
  await expect(figures()).toContainText(t('people:figures.all', { count: 30 }));
});

test('an import is undone later, from where imports are made', async () => {
  const { page, t } = trainer;
  await tabTo(trainer.button('people:importList'));
  await press('Enter');
  const dialog = page.getByRole('dialog');
  const past = dialog.getByRole('region', { name: t('intake:past.title') });
  await expect(past.getByRole('listitem').first()).toContainText('liste Dakar.csv');
  expect(await faults()).toEqual([]);
  await tabTo(past.getByRole('button', { name: t('intake:past.undo', { file: 'liste Dakar.csv' }) }));
  await press('Enter');
  await expect(page.getByText(t('intake:undone', { count: 5 }))).toBeVisible();
  await expect(past.getByText('liste Dakar.csv')).toHaveCount(0);

  // The corrected file is read again with what was said of it.
  await tabTo(dialog.getByRole('button', { name: t('intake:readAgain', { name: 'liste Dakar.csv' }) }));
  await press('Enter');
  await expect(dialog).toContainText(t('people:import.columns', { count: 6 }));
  await writeFile(list, encoded(LIST.replace('SÈNE Ndèye', 'SÈNE Ndèye Marie'), 'Windows-1252'));
  await press('F5');
  await expect(rowOf(dialog, 'SÈNE Ndèye Marie')).toContainText(t('intake:does.people.new'));
  await press('Escape');
  await expect(dialog).toBeHidden();
  await expect(figures()).toContainText(t('people:figures.all', { count: 25 }));
});

test('a table is pasted, a file is dropped', async () => {
  const { page, t } = trainer;
  await pasteText(trainer, 'Nom\tPrénom\tPays\nCISSÉ\tAminata\tMali\n');
  const dialog = page.getByRole('dialog');
  await expect(rowOf(dialog, 'CISSÉ')).toContainText(t('intake:does.people.new'));
  await press('Escape');
  await expect(dialog).toBeHidden();

  const dropped = path.join(folder, 'déposée.csv');
  await writeFile(dropped, 'Nom;Prénom;Pays\nTOURÉ;Fanta;Mali\n');
  await dropFiles(trainer, [dropped]);
  await expect(rowOf(dialog, 'TOURÉ')).toContainText(t('intake:does.people.new'));
  await press('Escape');
  await expect(dialog).toBeHidden();
});

test('a pasted sheet of attendance asks what a letter means, and is undone from its notice', async () => {
  const { page, t } = trainer;
  await trainer.openTab('attendance');
  await expect(page.getByTestId('attendance-count')).toBeVisible();
  const rows = [
    'Nom et prénom\t12/07/2021 matin\t12/07/2021 après-midi',
    'HOUNKPE Sègla\tP\tZ',
    'DOSSOU Rodrigue\tZ\tP',
    'AGBANGLA Inès\tP\tP',
  ];
  await pasteText(trainer, rows.join('\n'));
  const dialog = page.getByRole('dialog');
  await expect(dialog).toContainText(t('intake:questionsOpen', { count: 1 }));
  const question = dialog.getByRole('group', { name: t('intake:question.letter', { subject: 'Z' }) });
  expect(await faults()).toEqual([]);
  await tabTo(question.getByRole('button', { name: t('attendance:status.late'), exact: true }));
  await press('Enter');
  const take = dialog.getByRole('button', { name: t('attendance:import.button', { count: 6 }) });
  await expect(take).toBeVisible();
  await tabTo(take);
  await press('Enter');
  await expect(dialog).toBeHidden();
  const marked = page.getByRole('gridcell', { name: new RegExp(`^HOUNKPE Sègla.*: ${t('attendance:status.late')}$`) });
  await expect(marked).toHaveCount(1);
  // The notice of the people imported before may still stand.
  const notice = page.getByRole('alert').filter({ hasText: t('attendance:import.done', { count: 6 }) });
  await tabTo(notice.getByRole('button', { name: t('intake:undo'), exact: true }));
  await press('Enter');
  await expect(marked).toHaveCount(0);
});
