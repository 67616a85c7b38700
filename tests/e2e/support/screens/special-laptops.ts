import { expect } from '@playwright/test';
import { CONTESTED } from '../contested-laptop.ts';
import { scrollTo, type Screen } from './screen-steps.ts';

/** The screens of a laptop on which there is something to decide (contested-laptop.ts). */
export const CONTESTED_SCREENS: readonly Screen[] = [
  { name: 'conflict-removed', show: (trainer) => trainer.openSync('conflicts') },
  {
    name: 'conflict-text',
    async show(trainer) {
      await trainer.openSync('conflicts');
      await scrollTo(trainer.page.getByRole('heading', { name: CONTESTED.renamed }));
    },
  },
  { name: 'set-aside-full', show: (trainer) => trainer.openSync('setAside') },
  {
    name: 'storage',
    async show(trainer) {
      await trainer.openSync('laptop');
      await scrollTo(trainer.page.getByRole('heading', { name: trainer.t('sync:storage.title') }));
    },
  },
];

/** The screens of a laptop on which nothing has been done yet. */
export const EMPTY_SCREENS: readonly Screen[] = [
  { name: 'today-empty', show: (trainer) => trainer.goTo('today') },
  { name: 'workshops-empty', show: (trainer) => trainer.goTo('workshops') },
  {
    name: 'bin-empty',
    async show(trainer) {
      await trainer.goTo('workshops');
      await trainer.page.keyboard.press('Control+k');
      await trainer.page.getByPlaceholder(trainer.t('app:find.placeholder')).fill(trainer.t('app:place.bin'));
      await trainer.page
        .getByRole('dialog')
        .getByRole('button', { name: trainer.t('app:place.bin'), exact: true })
        .click();
      await expect(trainer.page.getByRole('heading', { name: trainer.t('bin:emptyTitle') })).toBeVisible();
    },
  },
  { name: 'library-empty', show: (trainer) => trainer.goTo('library') },
  { name: 'sync-enrol', show: (trainer) => trainer.goTo('sync') },
];
