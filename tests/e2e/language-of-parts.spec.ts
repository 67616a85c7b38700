import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import course from '../../resources/courses/c1-introductory.json' with { type: 'json' };
import { formats, LANGUAGE_NAMES } from '../../shared/kernel/formats.ts';
import { dayInRoom } from '../../shared/kernel/dates.ts';
import { openAs, type Trainer } from './support/trainer.ts';

/** A window in Spanish over a workshop in Portuguese: what is Portuguese says so to who has the window read aloud, and nothing else does. */

test.describe.configure({ mode: 'serial' });

const TODAY = dayInRoom(Date.now());
const TITLE = 'Ateliê do Mindelo';
/** Texts of the workshop, all Portuguese. */
const OWN = [TITLE, 'Abertura dos trabalhos', 'Guia do formador'];

let folder: string;
let trainer: Trainer;

test.beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'itinera-'));
  const slides = path.join(folder, 'guia.pdf');
  await writeFile(slides, '%PDF-1.7\nguia');
  trainer = await openAs({
    data: path.join(folder, 'data'),
    language: 'es',
    async before(terminal) {
      const { id: activityId } = await terminal.call<{ id: string }>('activity.create', {
        ...{ title: TITLE, languages: ['pt'], countries: ['CV'], start: TODAY, end: TODAY },
      });
      const item = { activityId, halfDay: `${TODAY}-AM`, title: { pt: OWN[1] }, start: '09:00', end: '10:00' };
      await terminal.call('activity.addItem', item);
      await terminal.call('material.add', { activityId, path: slides, title: OWN[2], language: 'pt', kind: 'handout' });
    },
  });
});

test.afterAll(async () => {
  await trainer.close();
  await rm(folder, { recursive: true, force: true });
});

/** How often each text stands in what is shown, and the languages that its elements say. */
const spoken = (texts: readonly string[]) =>
  trainer.page.evaluate((wanted) => {
    const walker = document.createTreeWalker(
      document.querySelector('[role="dialog"]') ?? document.querySelector('main')!,
      NodeFilter.SHOW_TEXT,
    );
    const said: string[] = [];
    while (walker.nextNode()) {
      const { textContent, parentElement } = walker.currentNode;
      if (parentElement?.checkVisibility() && wanted.some((text) => textContent?.includes(text)))
        said.push(parentElement.closest('[lang]')?.getAttribute('lang') ?? '');
    }
    return said;
  }, texts);

async function expectSpoken(texts: readonly string[], language: string, where: string): Promise<void> {
  await expect.poll(async () => (await spoken(texts)).length, where).toBeGreaterThanOrEqual(texts.length);
  expect(new Set(await spoken(texts)), where).toEqual(new Set([language]));
}

test('titles of a workshop, its sessions and its materials, wherever they stand', async () => {
  const { page, t } = trainer;
  await trainer.goTo('today');
  await expectSpoken([TITLE, OWN[1]!], 'pt', 'today');
  await trainer.goTo('workshops');
  await expectSpoken([TITLE], 'pt', 'workshops');
  await trainer.openWorkshop(TITLE);
  await expectSpoken(OWN, 'pt', 'agenda');
  // What the window says itself stays Spanish.
  await expectSpoken([t('activity:tab.agenda')], 'es', 'the tabs');
  await page.getByRole('button', { name: OWN[1]! }).click();
  await expect(page.getByRole('dialog').getByRole('textbox', { name: t('activity:agenda.title') })).toHaveAttribute('lang', 'pt');
  await page.keyboard.press('Escape');
  await trainer.goTo('library');
  await expectSpoken([OWN[2]!], 'pt', 'library');
});

test('a course that is read in another language, without the words about it', async () => {
  const { page, t } = trainer;
  await trainer.goTo('library');
  await page.getByRole('button', { name: course.title.es }).click();
  await expectSpoken([course.description.es], 'es', 'in the language of the window');
  await page
    .getByRole('radiogroup', { name: t('course:readIn') })
    .getByText(formats('es', '?').language('pt'), { exact: true })
    .click();
  await expectSpoken([course.title.pt, course.description.pt], 'pt', 'in Portuguese');
  await expectSpoken([t('course:field.audience')], 'es', 'the words of the window');
});

test('the names of languages in their list', async () => {
  const { page, t } = trainer;
  await trainer.goTo('settings');
  await page.getByRole('combobox', { name: t('settings:language') }).click();
  for (const language of ['en', 'fr', 'pt'] as const)
    await expect(page.getByRole('option', { name: LANGUAGE_NAMES[language] }).locator(`[lang="${language}"]`)).toBeVisible();
  await page.keyboard.press('Escape');
});
