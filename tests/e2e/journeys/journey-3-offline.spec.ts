import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import { formats } from '../../../shared/kernel/formats.ts';
import { runRepository, type RunningRepository } from '../support/repository.ts';
import { openAs, reopenAs, type Trainer } from '../support/trainer.ts';
import { makeWorkshopA, PLAN } from '../support/workshop-a.ts';

/** Journey 3: files from one laptop to another through the repository; then no network and a restart, and everything opens. */

test.describe.configure({ mode: 'serial' });

const FILES = [
  { name: 'Séance 1, la Convention de Budapest.pdf', title: 'Séance 1, la Convention de Budapest', size: 1_400_000 },
  { name: 'Cas pratique.pdf', title: 'Cas pratique', size: 90_000 },
];
const TOTAL = FILES.reduce((sum, file) => sum + file.size, 0);

let folder: string;
let repository: RunningRepository;
/** The window that is open: Awa's laptop first, then Bento's. */
let trainer: Trainer;
const hashes = new Map<string, string>();

test.beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'itinera-'));
  for (const { name, size } of FILES) {
    const bytes = Buffer.concat([Buffer.from('%PDF-1.7\n'), randomBytes(size - 9)]);
    hashes.set(name, sha256(bytes));
    await writeFile(path.join(folder, name), bytes);
  }
  repository = await runRepository(path.join(folder, 'repository'));
});

test.afterAll(async () => {
  await trainer.close();
  await repository.stop();
  await rm(folder, { recursive: true });
});

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** A material in the workshop's list. */
function material(title: string) {
  return trainer.page
    .getByRole('list', { name: trainer.t('material:section') })
    .getByRole('listitem')
    .filter({ hasText: title });
}

async function enrol(name: string): Promise<void> {
  const { t } = trainer;
  await trainer.goTo('sync');
  await trainer.page.getByLabel(t('sync:enrol.address')).fill(repository.url);
  await trainer.page.getByLabel(t('sync:enrol.code')).fill(await repository.invite('trainer', 'all'));
  await trainer.page.getByLabel(t('sync:enrol.name')).fill(name);
  await trainer.button('sync:enrol.button').click();
  await expect(trainer.page.getByTestId('sync-first')).toBeVisible();
}

test('adds files to the workshop and sends them to the repository', async () => {
  trainer = await openAs({ data: path.join(folder, 'awa'), language: 'fr', before: (terminal) => makeWorkshopA(terminal, []) });
  const { page, t } = trainer;
  await trainer.openWorkshop(PLAN.title);
  for (const { name, title } of FILES) {
    await trainer.button('material:add').click();
    await trainer.answerDialogs(path.join(folder, name));
    const dialog = page.getByRole('dialog', { name: t('material:addTitle') });
    await dialog.getByRole('button', { name: t('material:choose') }).click();
    await expect(dialog.getByLabel(t('material:field.title'))).toHaveValue(title);
    await dialog.getByRole('button', { name: t('material:addSubmit'), exact: true }).click();
    await expect(dialog).toBeHidden();
    await expect(material(title)).toContainText(t('material:here'));
  }
  await enrol('Awa Diop');
  const standing = page.getByRole('region', { name: t('app:standing.label') });
  // How much it is stands there before anything travels, and nothing does before it is asked for.
  await expect(page.getByTestId('sync-first')).toContainText(t('sync:ran.files', { count: FILES.length }));
  await expect(standing).toContainText(t('app:standing.held'));
  await trainer.button('sync:first.all').click();
  await expect(standing).toContainText(t('app:standing.synced'));
  await trainer.openSync('history');
  await expect(page.getByText(t('sync:ran.files', { count: FILES.length })).first()).toBeVisible();
  await trainer.close();
});

test('shows the size first on the other laptop, then a tick per file', async () => {
  trainer = await openAs({ data: path.join(folder, 'bento'), language: 'pt' });
  const { page, t } = trainer;
  await enrol('Bento Lima');
  await expect(page.getByTestId('sync-first')).toContainText(t('sync:first.nothing'));
  await page.getByRole('button', { name: t('sync:first.records', { size: '' }).trim() }).click();
  await expect(trainer.button('sync:now')).toBeEnabled();
  await expect(page.getByRole('radio', { name: t('sync:schedule.records') })).toBeChecked();
  await trainer.goTo('workshops');
  await trainer.openWorkshop(PLAN.title);
  for (const { title } of FILES) {
    await expect(material(title)).toContainText(t('material:notHere'));
  }
  await trainer.button('activity:offline').click();
  const dialog = page.getByRole('dialog', { name: t('material:offline.title') });
  const size = formats('pt', '?').bytes(TOTAL);
  await expect(dialog).toContainText(t('material:offline.toFetch', { count: FILES.length, files: FILES.length, size }));
  await expect(dialog.getByRole('img', { name: t('material:notHere') })).toHaveCount(FILES.length);
  await dialog.getByRole('button', { name: t('material:offline.fetch', { size }) }).click();
  await expect(dialog.getByRole('img', { name: t('material:here'), exact: true })).toHaveCount(FILES.length);
  await expect(dialog).toContainText(t('material:offline.allHere', { count: FILES.length, size }));
  // Nothing is left to be done, here and in the workshop's head.
  await expect(dialog).toContainText(t('material:offline.kept'));
  await expect(dialog.getByRole('button', { name: t('material:offline.keep') })).toHaveCount(0);
  await dialog
    .getByRole('button', { name: t('app:close') })
    .last()
    .click();
  await expect(trainer.button('activity:offlineReady')).toBeVisible();
});

test('opens every file after a restart, with no network', async () => {
  await repository.stop();
  await trainer.close();
  trainer = await reopenAs({ data: path.join(folder, 'bento'), language: 'pt' });
  const { page, t, app } = trainer;
  await app.evaluate(({ shell }) => {
    const opened: { name: string; sha256: string }[] = [];
    Object.assign(globalThis, { opened });
    // In place of the user's own program: it takes the file and reads it.
    const [fs, crypto] = [process.getBuiltinModule('node:fs'), process.getBuiltinModule('node:crypto')];
    shell.openPath = (file) => {
      opened.push({ name: file.split(/[\\/]/).at(-1)!, sha256: crypto.createHash('sha256').update(fs.readFileSync(file)).digest('hex') });
      return Promise.resolve('');
    };
  });
  await trainer.openWorkshop(PLAN.title);
  for (const { title } of FILES) await trainer.button('material:openNamed', { title }).click();
  // Which is written first is the disk's affair.
  const byName = (a: { readonly name: string }, b: { readonly name: string }) => (a.name < b.name ? -1 : 1);
  await expect
    .poll(async () =>
      (await app.evaluate(() => (globalThis as unknown as { opened: { name: string; sha256: string }[] }).opened)).sort(byName),
    )
    .toEqual(FILES.map(({ name }) => ({ name, sha256: hashes.get(name) })).sort(byName));
  // All the rest of the workshop is there too.
  await expect(page.getByRole('heading', { level: 2, name: t('activity:agenda.day', { number: 4 }) })).toBeVisible();
});
