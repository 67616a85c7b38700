import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import { makeFullLaptop, NOW } from './support/full-laptop.ts';
import { inTheme, SCREENS } from './support/screens.ts';
import { reopenAs, type Trainer } from './support/trainer.ts';

/** Every screen in light and dark, looked through by axe: names, roles, contrast, order. */

test.describe.configure({ mode: 'serial' });
test.use({ trace: 'off' }); // what they read of a page would fill it, and what failed is named

let folder: string;
let trainer: Trainer;

test.beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'itinera-'));
  trainer = await reopenAs({ data: await makeFullLaptop({ folder, language: 'fr' }), language: 'fr' });
  await trainer.page.clock.install({ time: NOW });
});

test.afterAll(async () => {
  await trainer.close();
  await rm(folder, { recursive: true });
});

async function faults(rules: readonly string[]): Promise<string[]> {
  const axe = new AxeBuilder({ page: trainer.page }).setLegacyMode(true).options({ rules: { 'target-size': { enabled: true } } });
  const { violations } = await (rules.length === 0 ? axe : axe.withRules([...rules])).analyze();
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id} ${target.join(' ')}: ${failureSummary ?? ''}`),
  );
}

/** Roles and names are the same in both themes, colours are not. */
const RULES = { light: [], dark: ['color-contrast', 'link-in-text-block'] } as const;

for (const theme of ['light', 'dark'] as const) {
  test(`has no fault in ${theme}`, async () => {
    await inTheme(trainer, theme);
    for (const screen of SCREENS) {
      await screen.show(trainer);
      await trainer.page.waitForTimeout(250); // colours are told once what moves in has come to rest
      expect.soft(await faults(RULES[theme]), screen.name).toEqual([]);
      await screen.leave?.(trainer);
    }
  });
}
