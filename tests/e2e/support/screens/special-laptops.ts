import { expect } from '@playwright/test';
import course from '../../../../resources/courses/c1-introductory.json' with { type: 'json' };
import { CONTESTED } from '../contested-laptop.ts';
import { escape, isOpen, scrollTo, type Screen } from './screen-steps.ts';

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
  {
    name: 'course-editor',
    async show(trainer) {
      await trainer.goTo('library');
      await trainer.page.getByRole('button', { name: course.title[trainer.language] }).click();
      await trainer.button('editor:open').click();
      await expect(trainer.page.getByRole('heading', { name: trainer.t('editor:balance.title') })).toBeAttached();
    },
  },
  {
    name: 'course-session',
    async show(trainer) {
      await trainer.page.getByRole('button', { name: course.modules[0]!.sessions[0]!.title[trainer.language], exact: true }).click();
      await isOpen(trainer);
    },
    leave: escape,
  },
  { name: 'sync-enrol', show: (trainer) => trainer.goTo('sync') },
];
