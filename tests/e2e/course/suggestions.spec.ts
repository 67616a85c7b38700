import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import { axeFaults } from '../support/axe.ts';
import { openAs, reopenAs, type Trainer } from '../support/trainer.ts';
import { atTerminal, type Terminal } from '../support/terminal.ts';

/** A school in Dakar suggests two of three changes to the centre, by keyboard alone; the centre takes one, leaves the other and answers why; the school reads it. What travels goes by stick. */

test.describe.configure({ mode: 'serial' });

const TITLE = { en: 'Cybercrime for judges', fr: 'Cybercriminalité pour magistrats' };
const SCHOOL = 'Centre de formation judiciaire';
const NOTE = 'D’après deux formations à Dakar';

let folder: string;
let central: string;
let local: string;
let trainer: Trainer | undefined;
const data = (who: string) => path.join(folder, who);
const stick = (name: string) => path.join(folder, `${name}.itinera`);

async function made(terminal: Terminal, call: string, args: object): Promise<string> {
  return ((await terminal.call(call, args)) as { readonly id: string }).id;
}

interface Course {
  readonly modules: readonly {
    readonly sessions: readonly { readonly id: string; readonly title: Readonly<Record<string, string>>; readonly minutes: number }[];
  }[];
}

async function write(terminal: Terminal): Promise<void> {
  central = await made(terminal, 'course.create', { space: 'library', code: 'X1', title: TITLE, days: 2 });
  const courseId = central;
  const moduleId = await made(terminal, 'course.addModule', { courseId, title: { en: 'The law', fr: 'Le droit' } });
  for (const [en, fr] of [
    ['Offences', 'Infractions'],
    ['Evidence', 'Preuve'],
  ])
    await made(terminal, 'course.addSession', {
      ...{ moduleId, title: { en, fr }, minutes: 60 },
      objectives: { fr: 'Connaître les infractions.\nDonner un exemple.\n' },
    });
  await terminal.call('course.publish', { courseId, version: '1.0' });
  await terminal.call('sync.export', { path: stick('out') });
}

async function adapt(terminal: Terminal): Promise<void> {
  await terminal.call('sync.import', { path: stick('out') });
  const institutionId = await made(terminal, 'institution.create', { name: SCHOOL, country: 'SN', languages: ['fr'] });
  local = await made(terminal, 'course.fork', { courseId: central, institutionId });
  const [offences, evidence] = (await terminal.call<Course>('course.get', { id: local })).modules[0]!.sessions;
  await terminal.call('course.updatePart', {
    id: offences!.id,
    objectives: { fr: 'Connaître les infractions.\nCiter la loi 2008-11.\nDonner un exemple.\n' },
    minutes: 75,
  });
  await terminal.call('course.updatePart', { id: evidence!.id, minutes: 30 });
}

async function openAt(who: string, language: 'en' | 'fr', before: (terminal: Terminal) => Promise<unknown>): Promise<Trainer> {
  await trainer?.close();
  trainer = await openAs({ data: data(who), language, before });
  return trainer;
}

/** Opens a window again after something was done on its laptop. */
async function reopenAt(who: string, language: 'en' | 'fr', before: (terminal: Terminal) => Promise<unknown>): Promise<Trainer> {
  await trainer?.close();
  await atTerminal(data(who), before);
  trainer = await reopenAs({ data: data(who), language });
  return trainer;
}

const main = ({ page }: Trainer) => page.getByRole('main');
const status = (one: Trainer) => main(one).getByRole('status');

async function seen({ page }: Trainer, name: string): Promise<void> {
  expect(await axeFaults(page)).toEqual([]);
  await page.screenshot({ path: test.info().outputPath(`${name}.png`) });
}

test.beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'itinera-'));
});
test.afterAll(async () => {
  await trainer?.close();
  await rm(folder, { recursive: true, force: true });
});

test('a school ticks what it suggests, and says why', async () => {
  await atTerminal(data('centre'), write);
  const school = await openAt('school', 'fr', adapt);
  const { page, t } = school;
  await school.goTo('library');
  await main(school).getByRole('button', { name: TITLE.fr }).last().press('Enter');
  await school.button('adaptation:suggestion.open').press('Enter');
  await expect(status(school)).toHaveText(t('adaptation:suggestion.ticked', { chosen: 3, all: 3 }));
  await seen(school, 'choice');
  await school.button('adaptation:suggestion.nothing').press('Enter');
  await school.button('adaptation:suggestion.submit').press('Enter');
  await expect(main(school).getByRole('alert')).toHaveText(t('adaptation:suggestion.noneTicked'));
  await school.button('adaptation:suggestion.all').press('Enter');
  await page.getByRole('checkbox', { name: `Preuve, ${t('course:field.minutes')}` }).press('Space');
  await expect(status(school)).toHaveText(t('adaptation:suggestion.ticked', { chosen: 2, all: 3 }));
  await school.field('adaptation:suggestion.field.note').fill(NOTE);
  await school.button('adaptation:suggestion.submit').press('Enter');
  const made = main(school).getByRole('list', { name: t('adaptation:suggestion.made') });
  await expect(made).toContainText(NOTE);
  await expect(made).toContainText(t('adaptation:suggestion.state.waiting'));
  await expect(page.getByText(t('adaptation:suggestion.sent'))).toBeVisible();
  await seen(school, 'made');
});

test('the centre sees it in the library, takes one change, leaves the other, and answers', async () => {
  await trainer?.close();
  await atTerminal(data('school'), (terminal) => terminal.call('sync.export', { path: stick('suggested') }));
  const centre = await openAt('centre', 'en', (terminal) => terminal.call('sync.import', { path: stick('suggested') }));
  const { page, t } = centre;
  await centre.goTo('library');
  const row = main(centre)
    .getByRole('button', { name: TITLE.en })
    .filter({ hasText: t('adaptation:suggestion.waiting', { count: 1 }) });
  await expect(row).toBeVisible();
  await page.screenshot({ path: test.info().outputPath('library.png') });
  await row.press('Enter');
  const received = main(centre).getByRole('list', { name: t('adaptation:suggestion.received') });
  await expect(received).toContainText(SCHOOL);
  await expect(received).toContainText(NOTE);
  await received.getByRole('button').press('Enter');
  await expect(status(centre)).toHaveText(t('adaptation:compare.progress', { decided: 0, all: 2 }));
  await seen(centre, 'review');

  const objectives = t('adaptation:compare.field', { field: t('course:field.objectives'), language: 'Français' });
  const of = (action: string, what: string) => centre.button('adaptation:compare.of', { action: t(`adaptation:compare.${action}`), what });
  await of('take', `Offences, ${objectives}`).press('Enter');
  await expect(status(centre)).toHaveText(t('adaptation:compare.progress', { decided: 1, all: 2 }));
  // What was decided last comes back, and is decided once more.
  await page.keyboard.press('Control+z');
  await expect(status(centre)).toHaveText(t('adaptation:compare.progress', { decided: 0, all: 2 }));
  await of('take', `Offences, ${objectives}`).press('Enter');
  await of('keep', `Offences, ${t('course:field.minutes')}`).press('Enter');
  await expect(status(centre)).toHaveText(t('adaptation:suggestion.reviewed'));

  await centre.button('adaptation:suggestion.answer').press('Enter');
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByRole('radio', { name: t('adaptation:suggestion.state.taken') })).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await dialog.getByRole('button', { name: t('adaptation:suggestion.send') }).press('Enter');
  await expect(dialog.getByText(t('adaptation:suggestion.whyMissing'))).toBeVisible();
  await seen(centre, 'answer');
  await dialog.getByRole('radio', { name: t('adaptation:suggestion.state.taken') }).press('Space');
  await dialog.getByLabel(t('adaptation:suggestion.field.why')).fill('The sessions stay as long as they are.');
  await dialog.getByRole('button', { name: t('adaptation:suggestion.send') }).press('Enter');
  await expect(dialog).toBeHidden();
  await expect(main(centre).getByText('The sessions stay as long as they are.')).toBeVisible();
  await centre.goTo('library');
  await expect(main(centre).getByRole('button', { name: TITLE.en }).first()).toBeVisible();
  await expect(row).toHaveCount(0);
  await trainer?.close();
  await atTerminal(data('centre'), async (terminal) => {
    const [offences] = (await terminal.call<Course>('course.get', { id: central })).modules[0]!.sessions;
    expect(offences).toMatchObject({
      minutes: 60,
      objectives: { fr: 'Connaître les infractions.\nCiter la loi 2008-11.\nDonner un exemple.\n' },
    });
    await terminal.call('sync.export', { path: stick('answered') });
  });
});

test('the school reads the answer', async () => {
  const school = await reopenAt('school', 'fr', (terminal) => terminal.call('sync.import', { path: stick('answered') }));
  const { page, t } = school;
  await school.goTo('library');
  await main(school).getByRole('button', { name: TITLE.fr }).last().press('Enter');
  const made = main(school).getByRole('list', { name: t('adaptation:suggestion.made') });
  await expect(made).toContainText('The sessions stay as long as they are.');
  await made.scrollIntoViewIfNeeded();
  for (const theme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme: theme });
    await seen(school, `answered-${theme}`);
  }
});
