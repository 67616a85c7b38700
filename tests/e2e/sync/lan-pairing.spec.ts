import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import { axeFaults } from '../support/axe.ts';
import { atRest } from '../support/hands.ts';
import { inTheme } from '../support/screens/screens.ts';
import { openTerminal, type Terminal } from '../support/terminal.ts';
import { openAs, type Trainer } from '../support/trainer.ts';
import { makeWorkshopA, PLAN } from '../support/workshop-a.ts';

/** Two laptops in a room without a repository: they are paired by a code on both screens, and exchange the workshop that one shares. */

test.describe.configure({ mode: 'serial' });

interface Status {
  readonly pairing: { readonly code: string; readonly name: string } | null;
  readonly peers: readonly { readonly replica: string; readonly name: string }[];
}

/** On loopback: nothing outside this computer is to reach a test. */
const DOOR = { host: '127.0.0.1', port: 0, visible: false };

let folder: string;
/** Awa is at a window, Bento's laptop is a terminal. */
let awa: Trainer;
let bento: Terminal;
let address: string;

test.beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'itinera-'));
  bento = openTerminal(path.join(folder, 'bento'));
  await bento.call('settings.set', { name: 'Bento Lima' });
  const opened = await bento.call<{ addresses: string[] }>('sync.lanOpen', DOOR);
  address = opened.addresses[0]!;
  awa = await openAs({
    data: path.join(folder, 'awa'),
    language: 'fr',
    name: 'Awa Diop',
    before: async (terminal) => {
      await makeWorkshopA(terminal, ['people']);
      // Open when the app was closed, it opens again by itself.
      await terminal.call('sync.lanOpen', DOOR);
    },
  });
  await awa.openSync('room');
});

test.afterAll(async () => {
  await awa.close();
  await bento.close();
  await rm(folder, { recursive: true });
});

async function axeFinds(): Promise<string[]> {
  await atRest(awa.page);
  return axeFaults(awa.page);
}

test('the page says where this laptop is, and refuses what is no address', async () => {
  const { page, t } = awa;
  await expect(page.getByRole('switch', { name: t('lan:on.label') })).toBeChecked();
  await expect(page.getByRole('img', { name: t('lan:here.qr') })).toBeVisible();
  await expect(page.getByText(/^127\.0\.0\.1:\d+$/)).toBeVisible();
  await awa.field('lan:address.label').fill('quelque part');
  await page.keyboard.press('Enter');
  await expect(page.getByText(t('lan:address.wrong'))).toBeVisible();
  for (const theme of ['dark', 'light'] as const) {
    await inTheme(awa, theme);
    await awa.openSync('room');
    expect.soft(await axeFinds(), theme).toEqual([]);
  }
});

test('two people compare the code, share a workshop and exchange it', async () => {
  const { page, t } = awa;
  await awa.field('lan:address.label').fill(address);
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: t('lan:pairing.title', { name: 'Bento Lima' }) });
  const code = (await dialog.getByTestId('lan-code').innerText()).replace(' ', '');
  const { pairing } = await bento.call<Status>('sync.lanStatus');
  expect(pairing).toMatchObject({ code, name: 'Awa Diop' });
  await dialog.getByRole('checkbox', { name: PLAN.title }).check();
  expect.soft(await axeFinds()).toEqual([]);
  await dialog.getByRole('button', { name: t('lan:pairing.same') }).click();
  await expect(dialog.getByText(t('lan:pairing.waiting'))).toBeVisible();
  const { replica } = await bento.call<{ replica: string }>('sync.lanConfirm', { equal: true });
  await expect(dialog).toBeHidden();
  await expect(page.getByRole('heading', { name: t('lan:peers.title') })).toBeVisible();

  await page.getByRole('button', { name: t('lan:peers.syncWith', { name: 'Bento Lima' }) }).click();
  await expect(page.getByText(t('sync:ran.moved', { sent: '', received: '' }).split(':')[0]!, { exact: false }).first()).toBeVisible();
  await expect(page.getByText(t('lan:peers.nothing'))).toBeVisible();
  const [there] = await bento.call<{ id: string; title: unknown }[]>('activity.list');
  expect(JSON.stringify(there!.title)).toContain(PLAN.title);
  expect((await bento.call<Status>('sync.lanStatus')).peers).toMatchObject([{ replica, name: 'Awa Diop' }]);
});

test('the other laptop comes to this one, too', async () => {
  const { page, t } = awa;
  const mine = await page.getByText(/^127\.0\.0\.1:\d+$/).innerText();
  const { peers } = await bento.call<Status>('sync.lanStatus');
  const [workshop] = await bento.call<{ id: string }[]>('activity.list');
  await bento.call('people.add', { activityId: workshop!.id, givenName: 'Aïcha', familyName: 'MAÏGA', country: 'ML' });
  expect(await bento.call('sync.lanRun', { replica: peers[0]!.replica, address: mine })).toMatchObject({ sent: 1, received: 0 });
  await expect(page.getByText(t('lan:peers.nothing'))).toBeVisible();
});

test('a laptop is forgotten, and turned away from then on', async () => {
  const { page, t } = awa;
  await page.getByRole('button', { name: t('lan:peers.forgetOne', { name: 'Bento Lima' }) }).click();
  await page
    .getByRole('dialog')
    .getByRole('button', { name: t('lan:peers.forget') })
    .click();
  await expect(page.getByRole('heading', { name: t('lan:peers.title') })).toBeHidden();
  const [, mine] = (await page.getByText(/^127\.0\.0\.1:\d+$/).innerText()).split(':');
  const { peers } = await bento.call<Status>('sync.lanStatus');
  await expect(bento.call('sync.lanRun', { replica: peers[0]!.replica, address: `127.0.0.1:${mine}` })).rejects.toThrow('lanNotAdmitted');
});
