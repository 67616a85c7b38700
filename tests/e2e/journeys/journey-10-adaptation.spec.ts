import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import { axeFaults } from '../support/axe.ts';
import { openAs, reopenAs, type Trainer } from '../support/trainer.ts';
import { atTerminal, type Terminal } from '../support/terminal.ts';

/**
 * Journey 10: the central course moves to 1.1; a school in Praia, offline, has adapted it in Portuguese and English, sees *update available*, compares, takes two of five changes, merges one and
 * keeps two; what it wrote stays, and its trainer plans from the school's version.
 */

test.describe.configure({ mode: 'serial' });

let folder: string;
let bia: Trainer;
let central: string;
let sessions: string[];

const TITLE = { en: 'Cybercrime for judges', pt: 'Cibercrime para juízes' };

async function made(terminal: Terminal, call: string, args: object): Promise<string> {
  return ((await terminal.call(call, args)) as { readonly id: string }).id;
}

async function publishFirst(terminal: Terminal): Promise<void> {
  central = await made(terminal, 'course.create', { space: 'library', code: 'X1', title: TITLE, days: 2 });
  const module = await made(terminal, 'course.addModule', { courseId: central, title: { en: 'The law', pt: 'A lei' } });
  sessions = [];
  for (const [en, pt] of [
    ['Offences', 'Infrações'],
    ['Evidence', 'Prova'],
    ['Cooperation', 'Cooperação'],
  ] as const)
    sessions.push(
      await made(terminal, 'course.addSession', {
        moduleId: module,
        title: { en, pt },
        minutes: 60,
        objectives: {
          en: 'Know the offences.\nGive an example.\nKnow the treaty.\n',
          pt: 'Conhecer as infrações.\nDar um exemplo.\nConhecer o tratado.\n',
        },
      }),
    );
  await terminal.call('course.publish', { courseId: central, version: '1.0' });
  await made(terminal, 'institution.create', { name: 'Escola da Magistratura', country: 'CV', languages: ['pt', 'en'] });
}

/** What the school writes, and what the centre changes until 1.1. */
async function goOn(terminal: Terminal): Promise<void> {
  const courses = await terminal.call<{ readonly id: string; readonly origin: string | null }[]>('course.list');
  const own = courses.find(({ origin }) => origin === central)!.id;
  const { modules } = await terminal.call<Course>('course.get', { id: own });
  const copies = modules[0]!.sessions.map(({ id }) => id);
  const objectives = (pt: string, en: string) => ({ pt, en });
  await terminal.call('course.updatePart', {
    id: copies[0]!,
    objectives: objectives(
      'Conhecer as infrações.\nDar um exemplo.\nConhecer a Lei 8/IX.\n',
      'Know the offences.\nGive an example.\nKnow Act 8/IX.\n',
    ),
  });
  await terminal.call('course.updatePart', { id: copies[1]!, minutes: 90 });
  await terminal.call('course.updatePart', {
    id: sessions[0]!,
    objectives: objectives(
      'Conhecer bem as infrações.\nDar um exemplo.\nConhecer o tratado.\n',
      'Know the offences.\nGive an example.\nKnow the Budapest Convention.\n',
    ),
  });
  await terminal.call('course.updatePart', { id: sessions[1]!, minutes: 75, title: { en: 'Electronic evidence' } });
  await terminal.call('course.updatePart', { id: sessions[2]!, title: { en: 'International cooperation' } });
  await terminal.call('course.publish', {
    courseId: central,
    version: '1.1',
    notes: { pt: 'Convenção de Budapeste', en: 'Budapest Convention' },
  });
}

interface Course {
  readonly modules: readonly {
    readonly sessions: readonly {
      readonly id: string;
      readonly title: Readonly<Record<string, string>>;
      readonly minutes: number;
      readonly objectives: Readonly<Record<string, string>>;
    }[];
  }[];
}

test.beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'itinera-'));
  bia = await openAs({ data: path.join(folder, 'data'), language: 'pt', name: 'Bia Lopes', before: publishFirst });
});
test.afterAll(async () => {
  await bia.close();
  await rm(folder, { recursive: true, force: true });
});

const main = () => bia.page.getByRole('main');

test('the school adapts the central course, which stays as it is', async () => {
  await bia.goTo('library');
  await main().getByRole('button', { name: TITLE.pt }).click();
  await bia.button('adaptation:adapt').press('Enter');
  await expect(main().getByText('Escola da Magistratura', { exact: false }).first()).toBeVisible();
  await bia.goTo('library');
  await expect(main().getByRole('heading', { name: 'Escola da Magistratura' })).toBeVisible();
  await expect(main().getByRole('heading', { name: bia.t('adaptation:central') })).toBeVisible();
  await expect(main().getByRole('button', { name: TITLE.pt })).toHaveCount(2);
  expect(await axeFaults(bia.page)).toEqual([]);
});

test('what the centre published since is taken, merged and left, and nothing of the school goes', async () => {
  const data = path.join(folder, 'data');
  await bia.close();
  await atTerminal(data, goOn);
  bia = await reopenAs({ data, language: 'pt' });
  const { t } = bia;
  await bia.goTo('library');
  await expect(main().getByText('1.1', { exact: false }).first()).toBeVisible();
  await main().getByRole('button', { name: TITLE.pt }).last().click();
  await bia.button('adaptation:update.compare').press('Enter');
  await expect(main().getByRole('status')).toHaveText(t('adaptation:compare.progress', { decided: 0, all: 5 }));
  expect(await axeFaults(bia.page)).toEqual([]);

  await bia.button('adaptation:compare.bulk', { count: 2 }).press('Enter');
  await expect(main().getByRole('status')).toHaveText(t('adaptation:compare.progress', { decided: 2, all: 5 }));
  expect(await bia.page.evaluate(() => document.activeElement !== document.body)).toBe(true);

  const objectives = (language: string) => t('adaptation:compare.field', { field: t('course:field.objectives'), language });
  const of = (action: string, what: string) => bia.button('adaptation:compare.of', { action: t(`adaptation:compare.${action}`), what });
  await of('merge', `Infrações, ${objectives('Português')}`).press('Enter');
  const dialog = bia.page.getByRole('dialog');
  await expect(dialog.getByText(t('adaptation:compare.mergeClean'))).toBeVisible();
  await expect(dialog.getByLabel(t('adaptation:compare.merged'))).toHaveValue(
    'Conhecer bem as infrações.\nDar um exemplo.\nConhecer a Lei 8/IX.\n',
  );
  expect(await axeFaults(bia.page)).toEqual([]);
  await dialog.getByRole('button', { name: t('adaptation:compare.mergeSave') }).press('Enter');
  await expect(main().getByRole('status')).toHaveText(t('adaptation:compare.progress', { decided: 3, all: 5 }));
  await of('keep', `Infrações, ${objectives('English')}`).press('Enter');
  await expect(main().getByRole('status')).toHaveText(t('adaptation:compare.progress', { decided: 4, all: 5 }));
  await of('keep', `Prova, ${t('course:field.minutes')}`).press('Enter');
  await expect(main().getByRole('status')).toHaveText(t('adaptation:compare.done', { to: '1.1' }));
  // What was decided last comes back where somebody thinks better of it.
  await bia.button('app:undo').last().click();
  await expect(main().getByRole('status')).toHaveText(t('adaptation:compare.progress', { decided: 4, all: 5 }));
  await of('keep', `Prova, ${t('course:field.minutes')}`).press('Enter');
  await expect(main().getByRole('status')).toHaveText(t('adaptation:compare.done', { to: '1.1' }));
});

test('a trainer plans from the version of the school', async () => {
  const { t } = bia;
  await bia.button('adaptation:compare.back').press('Enter');
  await bia.button('adaptation:publish.open').press('Enter');
  await bia.page.getByRole('dialog').getByLabel(t('course:publication.version')).fill('1.1 CV');
  await bia.page.keyboard.press('Enter');
  await expect(bia.page.getByRole('dialog')).toBeHidden();
  await bia.button('course:plan').press('Enter');
  await expect(bia.page.getByRole('dialog')).toBeVisible();
  await bia.page.keyboard.press('Escape');

  const data = path.join(folder, 'data');
  await bia.close();
  await atTerminal(data, async (terminal) => {
    const courses =
      await terminal.call<{ readonly id: string; readonly origin: string | null; readonly published: { id: string }[] }[]>('course.list');
    const own = courses.find(({ origin }) => origin === central)!;
    const [infractions, evidence, cooperation] = (await terminal.call<Course>('course.get', { id: own.id })).modules[0]!.sessions;
    expect(infractions!.objectives).toEqual({
      pt: 'Conhecer bem as infrações.\nDar um exemplo.\nConhecer a Lei 8/IX.\n',
      en: 'Know the offences.\nGive an example.\nKnow Act 8/IX.\n',
    });
    expect(evidence).toMatchObject({ minutes: 90, title: { en: 'Electronic evidence', pt: 'Prova' } });
    expect(cooperation!.title).toEqual({ en: 'International cooperation', pt: 'Cooperação' });
    expect((await terminal.call<Course>('course.get', { id: central })).modules[0]!.sessions[1]!.minutes).toBe(75);
    await terminal.call('activity.create', {
      title: 'Formação na Praia',
      courseId: own.id,
      countries: ['CV'],
      languages: ['pt'],
      start: '2026-05-04',
      end: '2026-05-05',
    });
  });
  bia = await reopenAs({ data, language: 'pt' });
  await bia.openWorkshop('Formação na Praia');
  await expect(main().getByText(t('adaptation:workshop.planned', { version: '1.1 CV' }), { exact: false })).toBeVisible();
  await expect(main().getByText('Escola da Magistratura', { exact: false })).toBeVisible();
});
