import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import satisfaction from '../../resources/questionnaires/satisfaction-v1.json' with { type: 'json' };
import { unzipCapped } from '../../shared/node/tables/zip-entries.ts';
import { LANGUAGE_NAMES } from '../../shared/kernel/formats.ts';
import { readPdf } from '../support/papers/pdf-text.ts';
import { zoomTo } from './support/hands.ts';
import { openAs, type Trainer } from './support/trainer.ts';
import { wordsOf } from './support/words.ts';
import { expected, makeWorkshopA, PLAN } from './support/workshop-a.ts';

/** The papers of a workshop: saved where the user says, or opened in the program that prints them. */

let folder: string;
let trainer: Trainer;
const french = wordsOf('fr');

test.beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'itinera-papers-'));
  trainer = await openAs({
    data: path.join(folder, 'data'),
    language: 'es',
    before: async (terminal) => {
      await makeWorkshopA(terminal, ['people']);
      await terminal.call('activity.create', { title: 'Vacío', languages: ['es'], start: '2021-09-01', end: '2021-09-01' });
    },
  });
  // The dialog of the system answers with the name that is proposed; no program of the machine's opens anything.
  await trainer.app.evaluate(({ dialog, shell }, to) => {
    dialog.showSaveDialog = (...given: unknown[]) => {
      const { defaultPath } = given.at(-1) as { defaultPath: string };
      return Promise.resolve({ canceled: false, filePath: `${to}/${defaultPath}` });
    };
    shell.openPath = () => Promise.resolve('');
  }, folder);
  await trainer.openWorkshop(PLAN.title);
  await trainer.openTab('papers');
});

test.afterAll(async () => {
  await trainer.close();
  rmSync(folder, { recursive: true, force: true });
});

/** The row of a paper, by its name. */
const row = (paper: string) =>
  trainer.page
    .getByRole('list', { name: trainer.t('paper:list') })
    .getByRole('listitem')
    .filter({ has: trainer.page.getByText(paper, { exact: true }) });
const saved = (name: string) => readPdf(readFileSync(path.join(folder, name)));
const choose = async (field: string, language: 'fr' | 'pt') => {
  await trainer.page.getByRole('combobox', { name: trainer.t(field) }).click();
  await trainer.page.getByRole('option', { name: LANGUAGE_NAMES[language], exact: true }).click();
};

test('every paper is saved in the language of the workshop, under its own name', async () => {
  const { page, t } = trainer;
  await expect(page.getByRole('combobox', { name: t('paper:language') })).toHaveValue(LANGUAGE_NAMES.fr);
  for (const kind of ['agenda', 'attendanceSheet', 'participants', 'badges', 'namePlates', 'activityReport']) {
    const paper = t(`paper:${kind}.name`);
    await expect(row(paper)).toContainText(t(`paper:about.${kind}`));
    await trainer.button('paper:savePaper', { paper }).click();
    const name = `${french(`paper:${kind}.name`)} ${PLAN.start}.pdf`;
    await expect(row(paper)).toContainText(name);
    const pdf = saved(name);
    expect(pdf.language).toBe('fr-FR');
    expect(pdf.title).toContain(PLAN.title);
    expect(pdf.pages.length).toBeGreaterThan(0);
  }
  await page.screenshot({ path: test.info().outputPath('papers.png') });
  const list = saved(`${french('paper:participants.name')} ${PLAN.start}.pdf`).pages.join(' ');
  expect(list).toContain(french('paper:participants.count', { count: expected.A.registered }));
});

test('at the end it says what is missing, and all papers are saved in one archive', async () => {
  const { page, t } = trainer;
  const end = page.getByRole('region', { name: t('paper:close.title') });
  await expect(end.getByRole('listitem').first()).toContainText(String(expected.A.registered));
  await trainer.button('paper:close.save').click();
  const name = `${french('paper:everything.name')} ${PLAN.start}.zip`;
  await expect(end.getByText(name)).toBeVisible();
  const files = unzipCapped(readFileSync(path.join(folder, name)), () => true, { entries: 100, bytes: 100_000_000 })!;
  expect(files.map((file) => file.name)).toContain(`${french('paper:activityReport.name')} ${PLAN.start}.docx`);
  for (const file of files) await expect(end.getByText(file.name)).toBeVisible();
  await page.screenshot({ path: test.info().outputPath('closed.png'), fullPage: true });
});

test('each questionnaire has an empty sheet', async () => {
  const { t } = trainer;
  const paper = t('paper:blankForm.of', { form: satisfaction.title.es });
  await trainer.button('paper:savePaper', { paper }).click();
  const name = `${french('paper:blankForm.name')} ${PLAN.start}.pdf`;
  await expect(row(paper)).toContainText(name);
  expect(saved(name).title).toContain(satisfaction.title.fr);
});

test('the sign for the door says the network that is typed beside it', async () => {
  const { t } = trainer;
  const paper = t('paper:doorSign.name');
  await trainer.field('paper:doorSign.network').fill('Sala 2');
  await trainer.field('paper:doorSign.password').fill('#read("x")');
  await trainer.button('paper:savePaper', { paper }).click();
  const name = `${french('paper:doorSign.name')} ${PLAN.start}.pdf`;
  await expect(row(paper)).toContainText(name);
  expect(saved(name).pages[0]).toMatch(/Sala 2 .*#read\("x"\)$/);
});

test('in the smallest window the buttons of each paper stand beside each other, and nothing at the edge', async () => {
  const { page } = trainer;
  await zoomTo(trainer, 1, [1024, 640]);
  for (const paper of await page
    .getByRole('list', { name: trainer.t('paper:list') })
    .getByRole('listitem')
    .all()) {
    const tops = await paper.getByRole('button').evaluateAll((all) => all.map((one) => one.getBoundingClientRect().top));
    expect(new Set(tops).size, `${await paper.innerText()}: ${String(tops)}`).toBe(1);
  }
  await page.locator('#work').evaluate((work) => work.scrollTo(0, 0));
  expect((await page.getByRole('heading', { level: 1 }).boundingBox())!.y).toBeGreaterThanOrEqual(12);
  await zoomTo(trainer, 1, [1366, 768]);
});

test('the attendance sheet stands in two languages', async () => {
  const { t } = trainer;
  await choose('paper:second', 'pt');
  await trainer.button('paper:savePaper', { paper: t('paper:attendanceSheet.name') }).click();
  const name = `${french('paper:attendanceSheet.name')} ${PLAN.start}.pdf`;
  const both = `${french('paper:attendanceSheet.name')} · ${wordsOf('pt')('paper:attendanceSheet.name')}`;
  await expect(() => expect(saved(name).pages[0]).toContain(both)).toPass();
  await choose('paper:language', 'pt');
  await trainer.button('paper:savePaper', { paper: t('paper:attendanceSheet.name') }).click();
  // A language does not stand beside itself.
  const alone = `${wordsOf('pt')('paper:attendanceSheet.name')} ${PLAN.start}.pdf`;
  await expect(() =>
    expect(saved(alone).pages[0]!.startsWith(`${wordsOf('pt')('paper:attendanceSheet.name')} ${PLAN.title}`)).toBe(true),
  ).toPass();
});

test('a paper that is opened to be printed is a copy, which does not stay', async () => {
  const { t } = trainer;
  const copies = () => {
    const place = path.join(trainer.data, 'window', 'opened');
    return existsSync(place) ? readdirSync(place, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.pdf')) : [];
  };
  expect(copies()).toEqual([]);
  await trainer.button('paper:openPaper', { paper: t('paper:namePlates.name') }).click();
  await expect(() =>
    expect(copies().map((name) => path.basename(name))).toEqual([`${wordsOf('pt')('paper:namePlates.name')} ${PLAN.start}.pdf`]),
  ).toPass();
  await trainer.app.evaluate(({ shell }) => void (shell.openPath = () => Promise.resolve('no program')));
  await trainer.button('paper:openPaper', { paper: t('paper:namePlates.name') }).click();
  await expect(row(t('paper:namePlates.name')).getByRole('alert')).toHaveText(t('errors:shell.noProgram'));
});

test('what cannot be made says why, beneath the paper that was asked for', async () => {
  const { t } = trainer;
  await trainer.openWorkshop('Vacío');
  await trainer.openTab('papers');
  await trainer.button('paper:savePaper', { paper: t('paper:participants.name') }).click();
  await expect(row(t('paper:participants.name')).getByRole('alert')).toHaveText(t('errors:document.empty'));
  // The next try forgets the last.
  await trainer.button('paper:savePaper', { paper: t('paper:attendanceSheet.name') }).click();
  await expect(row(t('paper:attendanceSheet.name'))).toContainText(`${t('paper:attendanceSheet.name')} 2021-09-01.pdf`);
  await expect(row(t('paper:participants.name')).getByRole('alert')).toHaveCount(0);
});
