import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import { atTerminal } from '../e2e/support/terminal.ts';
import { expected, makeWorkshopA, PLAN } from '../e2e/support/workshop-a.ts';
import { wordsOf } from '../e2e/support/words.ts';
import { readPdf } from '../support/papers/pdf-text.ts';
import { debuggableCopy, startPacked, type PackedApp } from './packed-app.ts';

/**
 * The packaged application sets papers: its engine lies in an archive and can start no process, the compiler is a native module beside that archive, templates and fonts are elsewhere again. No test of the
 * unpacked program meets any of it.
 */

const french = wordsOf('fr');
let folder: string;
let opened: string;
let app: PackedApp;

test.beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'itinera-packed-'));
  opened = path.join(folder, 'opened');
  const programs = path.join(folder, 'programs');
  for (const made of [opened, programs]) mkdirSync(made);
  // What opens a PDF on this computer is a program that keeps it.
  writeFileSync(
    path.join(programs, 'xdg-open'),
    `#!/bin/sh\ncp "$1" '${opened}/part' && mv '${opened}/part' "${opened}/$(basename "$1")"\n`,
  );
  chmodSync(path.join(programs, 'xdg-open'), 0o755);
  const data = path.join(folder, 'data');
  await atTerminal(data, async (terminal) => {
    await terminal.call('settings.set', { language: 'fr', name: 'Awa' });
    const activityId = await makeWorkshopA(terminal, ['people', 'attendance']);
    await terminal.call('certificate.issue', { activityId, threshold: 75, apply: true });
  });
  app = await startPacked(await debuggableCopy(), data, programs);
});
test.afterAll(async () => {
  await app.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Clicks what has this name, or words of which it is part, once it is there. */
async function click(selector: string, name: string): Promise<void> {
  const script = `(() => {
    const one = [...document.querySelectorAll(${JSON.stringify(selector)})].find((each) => \`\${each.ariaLabel ?? each.textContent}\`.includes(${JSON.stringify(name)}));
    one?.click();
    return one !== undefined;
  })()`;
  await expect.poll(() => app.inWindow(script), { timeout: 60_000, message: name }).toBe(true);
}

/** Opens a paper by its button, and returns what the program that opens it was handed. */
async function openedPaper(kind: 'attendanceSheet' | 'certificates') {
  const before = new Set(readdirSync(opened));
  await click('button', french('paper:openPaper', { paper: french(`paper:${kind}.name`) }));
  const added = () => readdirSync(opened).filter((name) => name.endsWith('.pdf') && !before.has(name));
  await expect.poll(() => added().length, { timeout: 60_000 }).toBe(1);
  return readPdf(readFileSync(path.join(opened, added()[0]!)));
}

test('the attendance sheet and the certificates of a workshop are set', async () => {
  await click('nav button', french('app:place.workshops'));
  await click('main button', PLAN.title);
  await click('[role=tab]', french('activity:tab.papers'));
  const sheet = await openedPaper('attendanceSheet');
  expect({ language: sheet.language, tagged: sheet.tagged }).toEqual({ language: 'fr-FR', tagged: true });
  expect(sheet.pages.length).toBeGreaterThan(3);
  await click('[role=tab]', french('activity:tab.certificates'));
  const certificates = await openedPaper('certificates');
  expect(certificates.pages).toHaveLength(expected.A.certificatesAt75);
  expect(certificates.claims).toEqual(['a-3']);
});
