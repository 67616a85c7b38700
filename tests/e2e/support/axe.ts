import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';

/** What axe finds on the screen as it is; `rules`: those alone, left out: all but `except`, with the size of targets. */
export async function axeFaults(page: Page, rules: readonly string[] = [], except: readonly string[] = []): Promise<string[]> {
  // It is read into the page once, and what is in order is not described, element by element: both were much of the work.
  const isThere = await page.evaluate(() => 'axe' in window);
  const left = Object.fromEntries(except.map((rule) => [rule, { enabled: false }]));
  const axe = new AxeBuilder({ page, ...(isThere && { axeSource: 'void 0' }) })
    .setLegacyMode(true)
    .options({ resultTypes: ['violations'], rules: { 'target-size': { enabled: true }, ...left } });
  const { violations } = await (rules.length === 0 ? axe : axe.withRules([...rules])).analyze();
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id} ${target.join(' ')}: ${failureSummary ?? ''}`),
  );
}
