import { expect, type Locator } from '@playwright/test';
import type { Trainer } from '../trainer.ts';

/** A screen and the way to it; `leave` closes what it opened over the page. */
export interface Screen {
  readonly name: string;
  show(trainer: Trainer): Promise<void>;
  leave?(trainer: Trainer): Promise<void>;
}

export const escape = async ({ page }: Trainer) => {
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
};

/** Escape closes only what is open: pressed before, it would leave what comes then over all that follows. */
export const isOpen = ({ page }: Trainer) => expect(page.getByRole('dialog')).toBeVisible();

export const opens = (button: string) => async (trainer: Trainer) => {
  await trainer.button(button).click();
  await isOpen(trainer);
};

export async function scrollTo(heading: Locator): Promise<void> {
  await heading.evaluate((element) => element.scrollIntoView({ block: 'start' }));
}
