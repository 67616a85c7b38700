import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import { LANGUAGES } from '../../../shared/kernel/text.ts';
import { axeFaults } from '../support/axe.ts';
import { atRest, goWithTab } from '../support/hands.ts';
import { openForms } from '../support/screens/form-screens.ts';
import { speaking } from '../support/screens/screens.ts';
import { openAs, type Trainer } from '../support/trainer.ts';

/** Questionnaires in the library, by keyboard in the smallest window. */

test.describe.configure({ mode: 'serial' });

let folder: string;
let trainer: Trainer;

test.beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'itinera-questionnaires-'));
  trainer = await openAs({
    data: path.join(folder, 'data'),
    language: 'pt',
    before: async (terminal) => {
      const { id: formId } = await terminal.call<{ readonly id: string }>('form.create', {
        space: 'library',
        kind: 'prepost',
        title: { pt: 'Prova de direito nacional', en: 'National law test' },
        passMark: 60,
      });
      const item = (type: string, more: object) => terminal.call('form.addItem', { formId, type, ...more });
      await item('choice', {
        text: { pt: 'Quem ordena a apreensão?', en: 'Who orders the seizure?' },
        options: [{ text: { pt: 'O juiz', en: 'The judge' }, right: true }, { text: { pt: 'O perito' } }],
        topic: { pt: 'Apreensão' },
        explanation: { pt: 'Só o juiz a ordena.' },
      });
      await item('matrix', {
        text: { pt: 'De que lei?' },
        options: [{ text: { pt: 'Código' } }, { text: { pt: 'Convenção' } }],
        rows: [{ text: { pt: 'Conservação' } }],
        key: { rows: { r1: 'b' } },
      });
      await item('ranking', {
        text: { pt: 'Por que ordem?' },
        options: [{ text: { pt: 'Pedir' } }, { text: { pt: 'Receber' } }],
        key: { order: ['b', 'a'] },
      });
      await item('number', { text: { pt: 'Quantos dias?' }, key: { value: '90', tolerance: 1 } });
      await item('open', { text: { pt: 'Que termo?' }, key: { texts: ['conservação'] } });
      await terminal.call('form.publish', { formId, version: '1', notes: { pt: 'A primeira' } });
    },
  });
  await trainer.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]!.setContentSize(1024, 640));
});

test.afterAll(async () => {
  await trainer.close();
  await rm(folder, { recursive: true, force: true });
});

const listed = () => trainer.page.getByRole('main').getByRole('button', { name: /^(Prova de direito nacional|National law test)/u });
const picture = (name: string) => trainer.page.screenshot({ path: test.info().outputPath(`${name}.png`) });

test('are listed with their kind, questions, version and what is missing in a language', async () => {
  const { page, t } = trainer;
  await openForms(trainer);
  await expect(listed()).toContainText(t('form:questions', { count: 5 }));
  await expect(listed()).toContainText(t('form:version', { version: '1' }));
  await expect(listed()).toContainText(t('course:writtenIn', { language: 'English', share: '20%' }));
  await page.keyboard.press('/');
  await page.keyboard.type('direito');
  await expect(page.getByText(t('form:count', { count: 1 }))).toBeVisible();
  await page.getByRole('searchbox', { name: t('form:search') }).fill('que não há');
  await expect(page.getByText(t('form:noneFound'))).toBeVisible();
  await page.getByRole('searchbox', { name: t('form:search') }).fill('');
});

test('are read with what is right and why, and as they were published', async () => {
  const { page, t } = trainer;
  await goWithTab(trainer, listed());
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: 'Prova de direito nacional' })).toBeVisible();
  const questions = page.getByRole('list', { name: t('form:questionList') });
  await expect(questions).toContainText('Só o juiz a ordena.');
  for (const answer of ['Convenção', 'Receber → Pedir', t('form:within', { value: '90', tolerance: '1' }), 'conservação'])
    await expect(questions).toContainText(t('form:rightIs', { answer }));
  await picture('reading');
  await goWithTab(trainer, trainer.button('adaptation:versions.read', { version: '1' }));
  await page.keyboard.press('Enter');
  await expect(page.getByText(t('form:reading', { version: '1' }))).toBeVisible();
  await trainer.button('form:today').click();
  await expect(page.getByText(t('form:reading', { version: '1' }))).toHaveCount(0);
});

for (const language of LANGUAGES)
  test(`in ${language}: axe finds no fault, and nothing is beside the window`, async () => {
    trainer = await speaking(trainer, language);
    await openForms(trainer);
    await listed().scrollIntoViewIfNeeded();
    await atRest(trainer.page);
    await picture(`list-${language}`);
    expect.soft(await axeFaults(trainer.page)).toEqual([]);
    await listed().click();
    await atRest(trainer.page);
    expect.soft(await axeFaults(trainer.page)).toEqual([]);
    await picture(`reading-${language}`);
    expect(await trainer.page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true);
  });
