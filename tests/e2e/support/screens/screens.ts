import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect } from '@playwright/test';
import course from '../../../../resources/courses/c1-introductory.json' with { type: 'json' };
import preservation from '../../../../resources/materials/preservation-request.json' with { type: 'json' };
import network from '../../../../resources/questionnaires/q247.json' with { type: 'json' };
import satisfaction from '../../../../resources/questionnaires/satisfaction-v1.json' with { type: 'json' };
import { LANGUAGE_NAMES } from '../../../../shared/kernel/formats.ts';
import type { Language } from '../../../../shared/kernel/text.ts';
import { badAnswers, badList, badMarks, certificateCode, LINKED, namedAnswers, NEXT } from '../full-laptop.ts';
import { FORM_SCREENS } from './form-screens.ts';
import { escape, isOpen, opens, scrollTo, type Screen } from './screen-steps.ts';
import { trainerAt, type Trainer } from '../trainer.ts';
import { PLAN } from '../workshop-a.ts';

function tab(
  name: 'agenda' | 'people' | 'attendance' | 'evaluation' | 'report' | 'certificates' | 'papers',
  then?: (trainer: Trainer) => Promise<unknown>,
): Screen['show'] {
  return async (trainer) => {
    // Half of the screens follow another of the same workshop.
    if (!(await trainer.page.getByRole('heading', { level: 1, name: PLAN.title, exact: true }).isVisible()))
      await trainer.openWorkshop(PLAN.title);
    await trainer.openTab(name);
    await then?.(trainer);
  };
}

/** What the menu of a workshop opens. */
function fromMenu(item: string): Screen['show'] {
  return tab('agenda', async (trainer) => {
    await trainer.button('activity:more').click();
    await trainer.page.getByRole('menuitem', { name: trainer.t(item) }).click();
    await isOpen(trainer);
  });
}

/** What a file would change, in the dialog of its kind. */
async function plan(trainer: Trainer, open: string, list: (folder: string) => string): Promise<void> {
  await trainer.button(open).click();
  const dialog = await trainer.chooseForImport(list(path.dirname(trainer.data)));
  await expect(dialog.getByRole('grid')).toBeVisible();
}

/** The people of the next workshop. */
function nextPeople(then: (trainer: Trainer) => Promise<unknown>): Screen['show'] {
  return async (trainer) => {
    await trainer.openWorkshop(NEXT.title[trainer.language]);
    await trainer.openTab('people');
    await then(trainer);
    await isOpen(trainer);
  };
}

/** The screens of a laptop in the middle of its work (full-laptop.ts). */
export const SCREENS: readonly Screen[] = [
  { name: 'today', show: (trainer) => trainer.goTo('today') },
  { name: 'workshops', show: (trainer) => trainer.goTo('workshops') },
  { name: 'calendar', show: (trainer) => trainer.goTo('calendar') },
  {
    name: 'create',
    async show(trainer) {
      await trainer.goTo('workshops');
      await trainer.button('activity:create.open').click();
      await isOpen(trainer);
    },
    leave: escape,
  },
  {
    name: 'archive',
    async show(trainer) {
      await trainer.goTo('workshops');
      await trainer.page.getByRole('searchbox').fill('cotonou');
      await trainer.button('activity:list.alsoArchived', { count: 1 }).click();
      await expect(trainer.page.getByRole('button', { name: 'Atelier de Cotonou' })).toBeVisible();
    },
    leave: (trainer) => trainer.button('activity:list.showAll').click(),
  },
  { name: 'agenda', show: tab('agenda') },
  {
    name: 'session',
    show: tab('agenda', async ({ page }) => {
      await page
        .getByRole('main')
        .getByRole('button')
        .filter({ has: page.locator('time') })
        .first()
        .click();
      await expect(page.getByRole('dialog')).toBeVisible();
    }),
    leave: escape,
  },
  ...(['details', 'dates', 'duplicate'] as const).map((name): Screen => ({ name, show: fromMenu(`activity:${name}.open`), leave: escape })),
  { name: 'letters-choose', show: fromMenu('attendance:letters.choose.open'), leave: escape },
  { name: 'offline', show: tab('agenda', opens('activity:offline')), leave: escape },
  { name: 'people', show: tab('people') },
  {
    name: 'person',
    show: tab('people', async ({ page }) => {
      await page.getByRole('button', { name: 'HOUNKPE Sègla' }).click();
      await expect(page.getByRole('dialog')).toBeVisible();
    }),
    leave: escape,
  },
  {
    name: 'person-erase',
    show: tab('people', async (trainer) => {
      await trainer.page.getByRole('button', { name: 'HOUNKPE Sègla' }).click();
      await trainer.button('people:erase.button').click();
      await expect(trainer.page.getByRole('dialog')).toHaveCount(1);
    }),
    leave: async (trainer) => {
      await trainer.page.keyboard.press('Escape');
      await expect(trainer.page.getByRole('dialog', { name: 'HOUNKPE Sègla' })).toBeVisible();
      await escape(trainer);
    },
  },
  {
    name: 'person-history',
    show: tab('people', async (trainer) => {
      await trainer.page.getByRole('button', { name: 'HOUNKPE Sègla' }).click();
      await trainer.button('people:panel.history').click();
      await expect(trainer.page.getByRole('dialog')).toHaveCount(1);
    }),
    leave: async (trainer) => {
      await trainer.page.keyboard.press('Escape');
      await expect(trainer.page.getByRole('dialog', { name: 'HOUNKPE Sègla' })).toBeVisible();
      await escape(trainer);
    },
  },
  {
    name: 'people-import',
    show: tab('people', (trainer) => plan(trainer, 'people:importList', badList)),
    leave: escape,
  },
  {
    name: 'people-pairs',
    show: nextPeople(async (trainer) => {
      await trainer.button('people:figures.pairs', { count: 1 }).click();
      await expect(trainer.page.getByRole('dialog').getByRole('row').first()).toBeVisible();
    }),
    leave: escape,
  },
  {
    name: 'person-linked',
    show: nextPeople((trainer) => trainer.page.getByRole('main').getByRole('button', { name: LINKED }).click()),
    leave: escape,
  },
  { name: 'person-new', show: tab('people', opens('people:addPerson')), leave: escape },
  {
    name: 'people-bulk',
    show: tab('people', async (trainer) => {
      await trainer.page.getByRole('checkbox', { name: trainer.t('people:select.all') }).check();
      await trainer.button('people:select.change').click();
      await isOpen(trainer);
    }),
    async leave(trainer) {
      await escape(trainer);
      await trainer.page.getByRole('checkbox', { name: trainer.t('people:select.all') }).uncheck();
    },
  },
  {
    name: 'person-page',
    show: tab('people', async (trainer) => {
      await trainer.page.getByRole('button', { name: 'HOUNKPE Sègla' }).click();
      await trainer.button('people:history.elsewhere').click();
      await expect(trainer.page.getByRole('heading', { level: 1, name: 'HOUNKPE Sègla' })).toBeVisible();
    }),
  },
  { name: 'attendance', show: tab('attendance', ({ page }) => expect(page.getByTestId('attendance-count')).toBeVisible()) },
  {
    name: 'attendance-import',
    show: tab('attendance', (trainer) => plan(trainer, 'attendance:import.title', badMarks)),
    leave: escape,
  },
  { name: 'letters', show: tab('attendance', opens('attendance:letters.title')), leave: escape },
  {
    name: 'cell',
    show: tab('attendance', async ({ page }) => {
      await page.getByRole('gridcell').first().focus();
      await page.keyboard.press(' ');
      await expect(page.getByRole('dialog')).toBeVisible();
    }),
    leave: escape,
  },
  {
    name: 'walk-in',
    show: tab('attendance', async (trainer) => {
      await trainer.page.getByRole('button', { name: trainer.t('attendance:walkIn.open') }).click();
      await isOpen(trainer);
    }),
    leave: escape,
  },
  {
    name: 'evaluation',
    show: tab('evaluation', (trainer) => trainer.choose('evaluation:view.label', 'evaluation:view.enter')),
    leave: (trainer) => trainer.choose('evaluation:view.label', 'evaluation:view.results'),
  },
  {
    name: 'evaluation-import',
    show: tab('evaluation', (trainer) => plan(trainer, 'evaluation:import.open', badAnswers)),
    leave: escape,
  },
  { name: 'results', show: tab('evaluation', ({ page }) => expect(page.getByTestId('results-sentence')).toBeVisible()) },
  {
    name: 'satisfaction',
    show: tab('evaluation', async ({ page, t, language }) => {
      await page
        .getByRole('navigation', { name: t('evaluation:forms') })
        .getByRole('button', { name: satisfaction.title[language] })
        .click();
      await expect(page.getByTestId('results-sentence')).toBeVisible();
    }),
  },
  {
    name: 'headings-import',
    show: tab('evaluation', async (trainer) => {
      await plan(trainer, 'evaluation:import.open', namedAnswers);
      await expect(trainer.page.getByRole('dialog')).toContainText(trainer.t('intake:aboutHeadings', { count: 2 }));
    }),
    leave: escape,
  },
  {
    name: 'countries',
    show: tab('evaluation', async ({ page, t, language }) => {
      await page
        .getByRole('navigation', { name: t('evaluation:forms') })
        .getByRole('button', { name: network.title[language] })
        .click();
      await expect(page.getByTestId('countries-sentence')).toBeVisible();
    }),
  },
  {
    name: 'country-answers',
    show: tab('evaluation', async ({ page }) => {
      await page.getByRole('rowheader').getByRole('button').first().click();
      await expect(page.getByRole('dialog')).toBeVisible();
    }),
    leave: escape,
  },
  { name: 'report', show: tab('report', ({ page }) => expect(page.getByTestId('report-people')).toBeVisible()) },
  {
    name: 'threshold',
    show: tab('report', ({ page, t }) => scrollTo(page.getByRole('heading', { name: t('attendance:summary.title') }))),
  },
  { name: 'certificates', show: tab('certificates', ({ page }) => expect(page.getByTestId('award-sentence')).toBeVisible()) },
  {
    name: 'certificate-verify',
    show: tab('certificates', async (trainer) => {
      await trainer.button('award:verify.open').click();
      await trainer.field('award:verify.code').fill(await readFile(certificateCode(path.dirname(trainer.data)), 'utf8'));
      await trainer.button('award:verify.submit').click();
      await expect(trainer.page.getByTestId('award-verdict')).toBeVisible();
    }),
    leave: escape,
  },
  { name: 'papers', show: tab('papers', ({ page, t }) => expect(page.getByRole('list', { name: t('paper:list') })).toBeVisible()) },
  {
    name: 'close',
    show: tab('papers', ({ page, t }) => scrollTo(page.getByRole('heading', { name: t('paper:close.title') }))),
  },
  { name: 'library', show: (trainer) => trainer.goTo('library') },
  {
    name: 'material-add',
    async show(trainer) {
      await trainer.goTo('library');
      await trainer.button('material:add').first().click();
      await isOpen(trainer);
    },
    leave: escape,
  },
  {
    name: 'cards',
    async show(trainer) {
      await trainer.goTo('library');
      await scrollTo(trainer.page.getByRole('heading', { name: trainer.t('material:reference.cards') }));
    },
  },
  {
    name: 'template',
    async show(trainer) {
      await trainer.goTo('library');
      await trainer.button('material:reference.fillNamed', { title: preservation.title[trainer.language] }).click();
      await isOpen(trainer);
      // Beside it another language than English, so that English is found where it should not be.
      await trainer.page.getByRole('combobox', { name: trainer.t('material:reference.second') }).click();
      await trainer.page.getByRole('option', { name: LANGUAGE_NAMES[trainer.language === 'fr' ? 'es' : 'fr'] }).click();
    },
    leave: escape,
  },
  {
    name: 'bin',
    async show(trainer) {
      await trainer.goTo('workshops');
      await trainer.button('activity:bin').click();
      await expect(trainer.page.getByRole('list', { name: trainer.t('bin:title') })).toBeVisible();
    },
  },
  ...FORM_SCREENS,
  {
    name: 'course',
    async show(trainer) {
      await trainer.goTo('library');
      await trainer.page.getByRole('button', { name: course.title[trainer.language] }).click();
    },
  },
  { name: 'sync', show: (trainer) => trainer.goTo('sync') },
  {
    name: 'conflict',
    async show(trainer) {
      await trainer.openSync('conflicts');
      await trainer.page.getByText(trainer.t('sync:conflicts.history'), { exact: true }).click();
    },
  },
  { name: 'sync-history', show: (trainer) => trainer.openSync('history') },
  { name: 'set-aside', show: (trainer) => trainer.openSync('setAside') },
  { name: 'room', show: (trainer) => trainer.openSync('room') },
  { name: 'laptop', show: (trainer) => trainer.openSync('laptop') },
  { name: 'usb', show: (trainer) => trainer.openSync('stick') },
  {
    name: 'usb-save',
    async show(trainer) {
      await trainer.openSync('stick');
      await trainer.button('usb:save.button').click();
      await expect(trainer.page.getByRole('dialog').getByRole('status')).toBeVisible();
    },
    leave: escape,
  },
  { name: 'settings', show: (trainer) => trainer.goTo('settings') },
  {
    name: 'about',
    async show(trainer) {
      await trainer.goTo('settings');
      await trainer.button('settings:about.notices').scrollIntoViewIfNeeded();
    },
  },
  {
    name: 'keys',
    async show(trainer) {
      await trainer.goTo('today');
      await trainer.button('app:keys.open').click();
      await isOpen(trainer);
    },
    leave: escape,
  },
  {
    name: 'help',
    async show(trainer) {
      await trainer.openWorkshop(PLAN.title);
      await trainer.openTab('attendance');
      await expect(trainer.page.getByRole('gridcell').first()).toBeVisible();
      await trainer.page.keyboard.press('F1');
      await expect(trainer.page.getByRole('dialog').getByRole('article')).not.toBeEmpty();
    },
    leave: escape,
  },
  {
    name: 'notices',
    async show(trainer) {
      await trainer.goTo('settings');
      await trainer.button('settings:about.notices').click();
      await expect(trainer.page.getByRole('dialog').getByRole('listitem').first()).toBeVisible();
    },
    leave: escape,
  },
  {
    name: 'finder',
    async show({ page, t }) {
      await page.keyboard.press('Control+k');
      await page.getByPlaceholder(t('app:find.placeholder')).fill('c');
      await expect(page.getByRole('button', { name: PLAN.title })).toBeVisible();
    },
    async leave({ page, t }) {
      await page.keyboard.press('Escape');
      await expect(page.getByPlaceholder(t('app:find.placeholder'))).toHaveCount(0);
    },
  },
];

/** Changes the window's language in its settings: the same person, who reads another one. */
export async function speaking(trainer: Trainer, language: Language): Promise<Trainer> {
  if (language === trainer.language) return trainer;
  await trainer.goTo('settings');
  await trainer.page.getByRole('combobox', { name: trainer.t('settings:language') }).click();
  await trainer.page.getByRole('option', { name: LANGUAGE_NAMES[language] }).click();
  const other = trainerAt(trainer, language);
  await expect(other.page.getByRole('heading', { level: 1, name: other.t('settings:title') })).toBeVisible();
  return other;
}

/** Changes the window's theme in its settings; that of the system is light here. */
export async function inTheme(trainer: Trainer, theme: 'light' | 'dark' | 'system'): Promise<void> {
  await trainer.goTo('settings');
  await trainer.choose('settings:theme', `settings:themes.${theme}`);
  await expect(trainer.page.locator('html')).toHaveAttribute('data-mantine-color-scheme', theme === 'system' ? 'light' : theme);
}
