import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import { axeFaults } from '../support/axe.ts';
import { openAs, type Trainer } from '../support/trainer.ts';

/** Who may deliver a course, on its page, and which courses somebody may deliver, on theirs. */

let folder: string;
let trainer: Trainer;

test.beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'itinera-'));
  trainer = await openAs({
    data: path.join(folder, 'data'),
    language: 'pt',
    async before(terminal) {
      const made = async (call: string, args: object): Promise<string> => (await terminal.call<{ id: string }>(call, args)).id;
      const dates = { start: '2026-02-02', end: '2026-02-05', languages: ['pt'] };
      const activityId = await made('activity.create', { title: 'Formação em Praia', courseId: 'C2', ...dates });
      const personId = await made('people.add', { activityId, familyName: 'ÉVORA', givenName: 'Ana', country: 'CV' });
      const exceptions = [{ personId, reason: 'Pessoa inventada' }];
      await terminal.call('certificate.issue', { activityId, kind: 'trainer', exceptions, issuedOn: '2026-02-05', apply: true });
    },
  });
});

test.afterAll(async () => {
  await trainer.close();
  await rm(folder, { recursive: true, force: true });
});

test('leads from the course to the person, and back', async () => {
  const { page, t } = trainer;
  await trainer.goTo('library');
  await page.getByRole('button', { name: /Curso avançado/ }).click();
  const who = page.getByRole('region', { name: t('course:deliver.who') });
  await expect(who).toContainText('Curso introdutório');
  await expect(who).toContainText('ÉVORA');
  await expect(who).toContainText(t('course:deliver.why.course'));
  await expect(who).toContainText(/não há certificado do que vem antes: Curso introdutório/);
  expect(await axeFaults(page)).toEqual([]);
  await who.scrollIntoViewIfNeeded();
  await page.screenshot({ path: test.info().outputPath('course.png') });

  await who.getByRole('button', { name: /Abrir .*ÉVORA/ }).click();
  await expect(page.getByRole('heading', { level: 1, name: /ÉVORA/ })).toBeVisible();
  await expect(page.getByRole('list', { name: t('course:deliver.certificates'), exact: true })).toContainText(t('award:kind.trainer'));
  const may = page.getByRole('list', { name: t('course:deliver.what') });
  await expect(may.getByRole('listitem')).toHaveCount(1);
  await expect(may).toContainText('Formação em Praia');
  expect(await axeFaults(page)).toEqual([]);
  await page.setViewportSize({ width: 1024, height: 640 });
  await page.screenshot({ path: test.info().outputPath('person.png') });

  await may.getByRole('button', { name: /Curso avançado/ }).click();
  await expect(page.getByRole('heading', { level: 1, name: /Curso avançado/ })).toBeVisible();
});

test('says of a course that nobody was certified for that there is nobody', async () => {
  const { page, t } = trainer;
  await trainer.goTo('library');
  await page.getByRole('button', { name: /Curso especializado em prova/ }).click();
  await expect(page.getByText(t('course:deliver.nobody'))).toBeVisible();
});
