import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import network from '../../../resources/questionnaires/q247.json' with { type: 'json' };
import { countryName } from '../../../shared/kernel/countries.ts';
import { formats } from '../../../shared/kernel/formats.ts';
import type { Language } from '../../../shared/kernel/text.ts';
import { readSource } from '../../../shared/node/tables/read-source.ts';
import { writeWorkbook } from '../../../shared/node/tables/write-workbook.ts';
import { axeFaults } from '../support/axe.ts';
import { atRest, goWithTab, pressKeys, putAwayNotices } from '../support/hands.ts';
import { speaking } from '../support/screens/screens.ts';
import { openAs, type Trainer } from '../support/trainer.ts';

/** Journey 11 by keyboard in the smallest window: a questionnaire is sent to countries, filled in elsewhere, taken in, and compiled; late answers are marked. */

test.describe.configure({ mode: 'serial' });

const TITLE = 'Réseau 24/7';
const COUNTRIES = ['SN', 'CV', 'GW', 'ML', 'GH'] as const;
let folder: string;
let trainer: Trainer;
const file = (name: string) => path.join(folder, name);

test.beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'itinera-countries-'));
  trainer = await openAs({
    data: file('data'),
    language: 'fr',
    name: 'Awa Diop',
    before: (terminal) =>
      terminal.call('activity.create', { title: TITLE, languages: ['fr'], start: '2021-05-10', end: '2021-05-12', countries: COUNTRIES }),
  });
  await trainer.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]!.setContentSize(1024, 640));
});

test.afterAll(async () => {
  await trainer.close();
  rmSync(folder, { recursive: true, force: true });
});

const press = async (button: string, values?: Readonly<Record<string, unknown>>) => {
  await goWithTab(trainer, trainer.button(button, values));
  await trainer.page.keyboard.press('Enter');
};
const dialog = () => trainer.page.getByRole('dialog');
const sentence = () => trainer.page.getByTestId('countries-sentence');
const row = (country: string) => trainer.page.getByRole('row', { name: countryName(country, trainer.language) });

/** Opens the table of countries, by keyboard from the tab on. */
async function openCountries(): Promise<void> {
  await trainer.openWorkshop(TITLE);
  await trainer.openTab('evaluation');
  const forms = trainer.page.getByRole('navigation', { name: trainer.t('evaluation:forms') });
  await goWithTab(trainer, forms.getByRole('button', { name: network.title[trainer.language] }));
  await trainer.page.keyboard.press('Enter');
  await expect(sentence()).toBeVisible();
}

/** Says in the dialog for which country the questionnaire is written, and writes it. */
async function send(country: string, to: string): Promise<void> {
  await trainer.answerDialogs(file(to));
  await press('evaluation:countries.export.open');
  await goWithTab(trainer, dialog().getByRole('combobox', { name: trainer.t('evaluation:countries.export.for') }));
  await trainer.page.keyboard.press('Control+A');
  await trainer.page.keyboard.type(countryName(country, trainer.language));
  await trainer.page.keyboard.press('Enter');
  await press('evaluation:countries.export.save');
  await expect(dialog()).toContainText(trainer.t('evaluation:countries.fileWritten', { name: to }));
  await pressKeys(trainer, ['Escape']);
  await expect(dialog()).toHaveCount(0);
  await expect(trainer.button('evaluation:countries.export.open')).toBeFocused();
}

/** Fills in a file that was sent, as a country does. */
async function fill(name: string, answers: Readonly<Record<string, string>>, day: string): Promise<void> {
  const source = await readSource(file(name), { whole: true });
  if (!source.ok) throw new Error(source.refusal.code);
  const [headings, ...rows] = source.value.sheets[0]!.rows.map(({ cells }) => [...cells]) as [string[], ...string[][]];
  for (const cells of rows) {
    const answer = cells[0] === '' && cells[1]!.includes('2026-03-02') ? day : answers[cells[0]!];
    if (answer !== undefined) cells[2] = answer;
  }
  writeFileSync(file(name), await writeWorkbook([{ name: 'A', headings, rows }]));
}

/** Chooses a file in the dialog that takes one. */
async function offer(name: string): Promise<void> {
  await trainer.answerDialogs(file(name));
  await press('evaluation:countries.import.open');
  await expect(trainer.button('people:import.choose')).toBeFocused();
  await trainer.page.keyboard.press('Enter');
  await expect(trainer.button('people:import.chooseOther')).toBeVisible();
}

for (const [language, country, day, late] of [
  ['fr', 'SN', '2021-05-04', 0],
  ['es', 'GW', '2021-05-09', 0],
  ['pt', 'CV', '2021-05-12', 1],
  ['en', 'GH', '2021-05-11', 2],
] as const satisfies readonly (readonly [Language, string, string, number])[])
  test(`in ${language}: sent, filled in, seen before it is taken in, and counted`, async () => {
    if (trainer.language !== language) trainer = await speaking(trainer, language);
    const { page, t } = trainer;
    await openCountries();
    const format = formats(language, '');
    await send(country, `${country}.xlsx`);
    await fill(`${country}.xlsx`, { N1: 'Lei 8/IX/2017', N5: '12' }, day);
    await offer(`${country}.xlsx`);
    await expect(dialog().getByRole('status')).toContainText(
      [
        countryName(country, language),
        format.day(day),
        format.language('fr'),
        t('evaluation:countries.answersOf', { count: 2, of: 5 }),
      ].join(' · '),
    );
    await expect(dialog()).toContainText('Lei 8/IX/2017');
    await atRest(page);
    expect(await axeFaults(page)).toEqual([]);
    await press('evaluation:countries.import.take', { country: countryName(country, language) });
    await expect(dialog()).toHaveCount(0);
    await expect(trainer.button('evaluation:countries.import.open')).toBeFocused();
    await expect(row(country)).toContainText(t(late > 0 ? 'evaluation:countries.state.late' : 'evaluation:countries.state.answered'));
    await expect(row(country)).toContainText(format.day(day));
    await expect(row(country)).toContainText('Awa Diop');
    const said = t('evaluation:countries.sentence', { count: ['SN', 'GW', 'CV', 'GH'].indexOf(country) + 1, of: 5 });
    await expect(sentence()).toHaveText(late > 0 ? `${said} ${t('evaluation:countries.lateOnes', { count: late })}` : said);
    await atRest(page);
    expect(await axeFaults(page)).toEqual([]);
    await putAwayNotices(trainer);
  });

test('a file with an answer too many is taken back, and one that no question is in, or no country, is refused in words', async () => {
  const { page, t } = trainer;
  await fill('GH.xlsx', { N1: 'Act 1038' }, '2021-05-03');
  await offer('GH.xlsx');
  await expect(dialog().getByRole('status')).toContainText(t('evaluation:countries.does.change'));
  await press('evaluation:countries.import.take', { country: countryName('GH', 'en') });
  await expect(dialog()).toHaveCount(0);
  await expect(sentence()).toContainText(t('evaluation:countries.lateOnes', { count: 1 }));
  await page.keyboard.press('Control+z');
  await expect(sentence()).toContainText(t('evaluation:countries.lateOnes', { count: 2 }));
  writeFileSync(file('other.csv'), 'Name;Given\r\nA;B');
  await offer('other.csv');
  await expect(dialog().getByRole('alert')).toBeVisible();
  await pressKeys(trainer, ['Escape']);
  await expect(trainer.button('evaluation:countries.import.open')).toBeFocused();
  writeFileSync(file('none.csv'), 'N1;quadro jurídico nacional em vigor;Código penal');
  await offer('none.csv');
  const field = dialog().getByRole('combobox', { name: t('people:field.country'), exact: true });
  await goWithTab(trainer, field);
  await page.keyboard.type('Mali');
  await page.keyboard.press('Enter');
  await expect(dialog().getByRole('status')).toContainText(format('ML'));
  await press('evaluation:countries.import.take', { country: 'Mali' });
  await expect(row('ML')).toContainText(t('evaluation:countries.state.late'));
  await page.keyboard.press('Control+z');
  await expect(row('ML')).toContainText(t('evaluation:countries.state.missing'));
});

test('answers are read, typed in by hand and taken back; the last day is another one', async () => {
  const { page, t } = trainer;
  const open = (country: string) => page.getByRole('main').getByRole('button', { name: countryName(country, 'en'), exact: true });
  await putAwayNotices(trainer);
  await goWithTab(trainer, open('CV'));
  await page.keyboard.press('Enter');
  await expect(dialog()).toContainText('Lei 8/IX/2017');
  await atRest(page);
  expect(await axeFaults(page)).toEqual([]);
  await pressKeys(trainer, ['Escape']);
  await expect(open('CV')).toBeFocused();
  await goWithTab(trainer, open('ML'));
  await page.keyboard.press('Enter');
  await page.keyboard.type('Loi 2019-056');
  await atRest(page);
  expect(await axeFaults(page)).toEqual([]);
  await press('evaluation:countries.keep');
  await expect(dialog()).toHaveCount(0);
  await expect(open('ML')).toBeFocused();
  await expect(sentence()).toContainText(t('evaluation:countries.sentence', { count: 5, of: 5 }));
  await page.keyboard.press('Control+z');
  await expect(sentence()).toContainText(t('evaluation:countries.sentence', { count: 4, of: 5 }));
  await goWithTab(trainer, trainer.field('evaluation:countries.deadline'));
  await page.keyboard.press('Control+A');
  await page.keyboard.type('2021-05-11');
  await page.keyboard.press('Enter');
  await expect(sentence()).toContainText(t('evaluation:countries.lateOnes', { count: 1 }));
});

test('all that have not answered are written into a folder at once', async () => {
  await trainer.answerDialogs(folder);
  await press('evaluation:countries.export.open');
  await press('evaluation:countries.export.saveAll', { count: 1 });
  await expect(dialog().getByRole('status')).toContainText(
    trainer.t('evaluation:countries.filesWritten', { count: 1, folder: path.basename(folder) }),
  );
  expect(readdirSync(folder)).toContain('Questionnaire ML.xlsx');
  await atRest(trainer.page);
  expect(await axeFaults(trainer.page)).toEqual([]);
  await pressKeys(trainer, ['Escape']);
  await expect(trainer.button('evaluation:countries.export.open')).toBeFocused();
});

test('the keyboard comes back to the button that takes a file, also on a laptop that is ten times as slow', async () => {
  const session = await trainer.page.context().newCDPSession(trainer.page);
  await session.send('Emulation.setCPUThrottlingRate', { rate: 10 });
  for (const name of ['GH.xlsx', 'CV.xlsx', 'other.csv']) {
    await offer(name);
    await pressKeys(trainer, ['Escape']);
    await expect(dialog()).toHaveCount(0);
    await expect(trainer.button('evaluation:countries.import.open')).toBeFocused();
  }
  await offer('GH.xlsx');
  await press('evaluation:countries.import.take', { country: countryName('GH', 'en') });
  await expect(dialog()).toHaveCount(0);
  await expect(trainer.button('evaluation:countries.import.open')).toBeFocused();
  await session.send('Emulation.setCPUThrottlingRate', { rate: 1 });
});

function format(country: string): string {
  return formats('en', '').country(country);
}
