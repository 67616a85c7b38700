import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import { runRepository, type RunningRepository } from '../support/repository.ts';
import { openTerminal, type Terminal } from '../support/terminal.ts';
import { openAs, type Trainer } from '../support/trainer.ts';
import { makeWorkshopA, PLAN } from '../support/workshop-a.ts';

/** A workshop that the repository closes: it leaves the screens, and the window says what became of it. */

let folder: string;
let repository: RunningRepository;
let awa: Terminal;
let bento: Trainer;
let activityId: string;

test.beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'itinera-'));
  repository = await runRepository(path.join(folder, 'repository'));
  awa = openTerminal(path.join(folder, 'awa'));
  const enrol = async (terminal: Terminal, role: 'trainer' | 'coordinator', scope: string, name: string) => {
    await terminal.call('sync.enrol', { url: repository.url, code: await repository.invite(role, scope), name });
    await terminal.call('sync.setSchedule', { when: 'asked' });
    await terminal.call('sync.run');
  };
  activityId = await makeWorkshopA(awa, ['people']);
  await enrol(awa, 'trainer', 'all', 'Awa Diop');
  bento = await openAs({
    data: path.join(folder, 'bento'),
    language: 'fr',
    name: 'Bento Lima',
    before: (terminal) => enrol(terminal, 'coordinator', 'country:CI', 'Bento Lima'),
  });
});
test.afterAll(async () => {
  await bento.close();
  await awa.close();
  await repository.stop();
  await rm(folder, { recursive: true });
});

test('a workshop that is closed leaves the screens, and Sync and Today tell what became of it', async () => {
  const { page, t } = bento;
  await bento.openWorkshop(PLAN.title);
  await bento.openTab('people');
  await expect(page.getByText('HOUNKPE').first()).toBeVisible();
  await awa.call('activity.update', { id: activityId, countries: ['SN'] });
  await awa.call('sync.run');

  await bento.goTo('sync');
  await bento.button('sync:now').click();
  const notice = page.getByTestId('access-lost');
  await expect(notice).toBeVisible();
  await expect(notice).toContainText(t('sync:lost.removed'));
  await expect(notice.getByRole('listitem')).toHaveCount(3);
  await bento.goTo('today');
  await expect(notice).toContainText(t('sync:lost.todo'));
  await bento.goTo('workshops');
  await expect(page.getByText(PLAN.title)).toHaveCount(0);
  await bento.goTo('today');
  await notice.getByRole('button', { name: t('sync:lost.seen') }).click();
  await expect(notice).toHaveCount(0);
});
