import { expect } from '@playwright/test';
import { INVENTORY, MISSION } from '../calendar-laptop.ts';
import { escape, isOpen, opens, type Screen } from './screen-steps.ts';
import type { Trainer } from '../trainer.ts';
import { PLAN } from '../workshop-a.ts';

/** The screens of the calendar, on the laptop of somebody who keeps it (calendar-laptop.ts). */
export const CALENDAR_SCREENS: readonly Screen[] = [
  { name: 'calendar-month', show: calendar('month') },
  { name: 'calendar-list', show: calendar('list') },
  { name: 'calendar-quarter', show: calendar('quarter') },
  { name: 'calendar-year', show: calendar('year') },
  {
    name: 'calendar-entry',
    show: calendar('month', async (trainer) => {
      await trainer.page.getByRole('main').getByRole('button', { name: MISSION }).click();
      await isOpen(trainer);
    }),
    leave: escape,
  },
  {
    name: 'calendar-import',
    show: calendar('month', async (trainer) => {
      await trainer.button('calendar:import.open').click();
      await trainer.field('calendar:import.text').fill(`${INVENTORY}NOVA-2\tWorking group, 20 September, <i>Online</i>`);
      await expect(trainer.page.getByRole('dialog').getByRole('status')).not.toBeEmpty();
    }),
    leave: async (trainer) => {
      await trainer.button('app:cancel').click();
      await expect(trainer.page.getByRole('dialog')).toHaveCount(0);
    },
  },
  { name: 'calendar-save', show: calendar('month', opens('calendar:save.open')), leave: escape },
  {
    name: 'calendar-report',
    show: calendar('month', async (trainer) => {
      await trainer.button('calendar:report.open').click();
      await expect(
        trainer.page.getByRole('dialog').getByRole('heading', { name: trainer.t('report:document.period.title') }),
      ).toBeVisible();
    }),
    leave: escape,
  },
  {
    name: 'certificate-design',
    async show(trainer) {
      await trainer.openWorkshop(PLAN.title);
      await trainer.openTab('certificates');
      await trainer.button('award:design.open').click();
      await expect(trainer.page.getByRole('img', { name: trainer.t('award:design.previewAlt') })).toBeVisible();
    },
    leave: escape,
  },
];

/** The calendar in one of its views, at the time of the clock. */
function calendar(view: 'list' | 'month' | 'quarter' | 'year', then?: (trainer: Trainer) => Promise<unknown>): Screen['show'] {
  return async (trainer) => {
    await trainer.goTo('calendar');
    await trainer.choose('calendar:view.label', `calendar:view.${view}`);
    const main = trainer.page.getByRole('main');
    await main.getByRole('button', { name: trainer.t('calendar:today'), exact: true }).click();
    // A year shows how much there is in each month.
    if (view === 'year') await expect(main.getByRole('list', { name: '2021' })).toBeVisible();
    else await expect(main.getByRole('button', { name: MISSION })).toBeVisible();
    await then?.(trainer);
  };
}
