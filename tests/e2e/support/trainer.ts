import { expect, type Locator, type Page } from '@playwright/test';
import type { Language } from '../../../shared/kernel/text.ts';
import { openWindow, type OpenWindow } from '../../support/window.ts';
import { atTerminal, type Terminal } from './terminal.ts';
import { wordsOf, type Words } from './words.ts';

type Place = 'today' | 'workshops' | 'calendar' | 'library' | 'sync' | 'settings';
type SyncPart = 'waiting' | 'conflicts' | 'setAside' | 'history' | 'room' | 'stick' | 'laptop';
type WorkshopTab = 'agenda' | 'people' | 'attendance' | 'evaluation' | 'report' | 'certificates' | 'papers';

/** Somebody at a window: what they do, by the names that they see. */
export interface Trainer extends OpenWindow {
  readonly page: Page;
  readonly t: Words;
  readonly language: Language;
  goTo(place: Place): Promise<void>;
  openWorkshop(title: string): Promise<void>;
  openTab(tab: WorkshopTab): Promise<void>;
  /** Opens a tab of the sync page; its name may have a count behind it. */
  openSync(tab: SyncPart): Promise<void>;
  /** Chooses a file in the import dialog that is open. */
  chooseForImport(file: string): Promise<Locator>;
  /** Chooses one of a few that stand side by side. */
  choose(group: string, one: string): Promise<void>;
  button(key: string, values?: Readonly<Record<string, unknown>>): Locator;
  field(key: string): Locator;
}

interface Who {
  readonly language: Language;
  readonly name?: string;
  readonly data: string;
  /** What is on the laptop already. */
  readonly before?: (terminal: Terminal) => Promise<unknown>;
}

/** Opens the window of somebody who has used Itinera before: a language and a name are chosen. */
export async function openAs(who: Who): Promise<Trainer> {
  await atTerminal(who.data, async (terminal) => {
    await terminal.call('settings.set', { language: who.language, name: who.name ?? '' });
    await who.before?.(terminal);
  });
  return reopenAs(who);
}

/** Opens the window again on what it left. */
export async function reopenAs({ data, language }: Pick<Who, 'data' | 'language'>): Promise<Trainer> {
  const trainer = trainerAt(await openWindow({ data }), language);
  // They mean what they do.
  await trainer.answerQuestions(true);
  await expect(trainer.page.getByRole('navigation', { name: trainer.t('app:places') })).toBeVisible({ timeout: 30_000 });
  return trainer;
}

/** The person at a window that is open. */
export function trainerAt(opened: OpenWindow, language: Language): Trainer {
  const { page } = opened;
  const t = wordsOf(language);
  const button: Trainer['button'] = (key, values) => page.getByRole('button', { name: t(key, values), exact: true });
  return {
    ...opened,
    t,
    language,
    button,
    field: (key) => page.getByLabel(t(key), { exact: true }),
    async goTo(place) {
      await page
        .getByRole('navigation', { name: t('app:places') })
        .getByRole('button', { name: t(`app:place.${place}`), exact: true })
        .click();
    },
    async openWorkshop(title) {
      await this.goTo('workshops');
      await page.getByRole('main').getByRole('button', { name: title }).click();
      await expect(page.getByRole('heading', { level: 1, name: title })).toBeVisible();
    },
    async openTab(tab) {
      await page.getByRole('tab', { name: t(`activity:tab.${tab}`), exact: true }).click();
    },
    async openSync(tab) {
      await this.goTo('sync');
      await page.getByRole('tab', { name: t(`sync:tab.${tab}`) }).click();
    },
    choose: (group, one) =>
      page
        .getByRole('radiogroup', { name: t(group) })
        .getByText(t(one), { exact: true })
        .click(),
    async chooseForImport(file) {
      await opened.answerDialogs(file);
      const dialog = page.getByRole('dialog');
      const other = dialog.getByRole('button', { name: t('people:import.chooseOther'), exact: true });
      await dialog
        .getByRole('button', { name: t('people:import.choose'), exact: true })
        .or(other)
        .click();
      return dialog;
    },
  };
}
