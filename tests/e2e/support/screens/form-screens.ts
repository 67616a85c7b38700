import { expect } from '@playwright/test';
import questionnaire from '../../../../resources/questionnaires/intro-prepost-v1.json' with { type: 'json' };
import type { Trainer } from '../trainer.ts';
import type { Screen } from './screen-steps.ts';

/** The screens of questionnaires, on any laptop. */
export const FORM_SCREENS: readonly Screen[] = [
  { name: 'questionnaires', show: openForms },
  { name: 'questionnaire', show: openForm },
];

/** Goes to the questionnaires by the library. */
export async function openForms({ page, t, ...trainer }: Trainer): Promise<void> {
  await trainer.goTo('library');
  await page.getByRole('button', { name: t('form:entry') }).click();
  await expect(page.getByRole('heading', { level: 1, name: t('form:forms'), exact: true })).toBeVisible();
}

async function openForm(trainer: Trainer): Promise<void> {
  await openForms(trainer);
  const title = questionnaire.title[trainer.language];
  await trainer.page.getByRole('main').getByRole('button', { name: title }).click();
  await expect(trainer.page.getByRole('heading', { level: 1, name: title })).toBeVisible();
}
