import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ROLES, type Role } from '../../../shared/features/sync/reading.ts';
import { randomId } from '../../../shared/kernel/ids.ts';
import { answersSpace, LIBRARY, peopleSpace, planSpace } from '../../../shared/model/spaces.ts';
import { nodeRandom } from '../../../shared/node/crypto.ts';
import { openTestEngine, type TestEngine } from '../../support/laptops/engine.ts';
import { openLaptop, type Laptop } from '../../support/laptops/laptop.ts';
import { quickFolder } from '../../support/repository/quick-folder.ts';
import { startRepository, type TestRepository } from '../../support/repository/repository.ts';
import { quietCall } from '../../support/quiet-call.ts';

/**
 * What a laptop offers, what it does, and what the repository says, role by role: the same. A laptop without this check (`openLaptop`) plays an older program
 * that writes whatever it is told.
 */

const TASKS = ['plan', 'agenda', 'materials', 'people', 'attendance', 'answers', 'library'] as const;
type Task = (typeof TASKS)[number];
type Rights = { role: string } & Record<Task | 'erase', { allowed: boolean; reason: string }>;

const HALF_DAY = '2026-03-02-AM';
const opened: TestEngine[] = [];
const laptops: Laptop[] = [];
let root: string;
let server: TestRepository;
let activityId: string;
let personId: string;
let markId: string;
let formId: string;

async function engineOf(name: string, role: Role, scope = 'all'): Promise<TestEngine> {
  const engine = await openTestEngine(path.join(root, name));
  opened.push(engine);
  await engine.call('sync.enrol', { url: server.url, code: await server.invite(role, scope), name: 'Ama Kouassi' });
  await engine.call('sync.run');
  return engine;
}

async function olderLaptopOf(role: Role): Promise<Laptop> {
  const laptop = openLaptop();
  laptops.push(laptop);
  expect(await laptop.enrol(server.url, await server.invite(role, 'all'), 'Bento Lima')).toMatchObject({ ok: true });
  expect(await laptop.run()).toMatchObject({ ok: true });
  return laptop;
}

beforeAll(async () => {
  root = quickFolder('itinera-entitled-');
  server = await startRepository();
  const owner = await engineOf('owner', 'trainer');
  ({ id: activityId } = await owner.call<{ id: string }>('activity.create', {
    ...{ title: 'Atelier', mode: 'inPerson', start: '2026-03-02', end: '2026-03-03', countries: ['SN'] },
  }));
  ({ id: personId } = await owner.call<{ id: string }>('people.add', { activityId, familyName: 'DIOP', givenName: 'Awa' }));
  await owner.call('attendance.mark', { activityId, halfDay: HALF_DAY, marks: [{ personId, status: 'late' }] });
  const forms = await owner.call<{ id: string; anonymous: boolean }[]>('evaluation.forms', { activityId });
  formId = forms.find(({ anonymous }) => !anonymous)!.id;
  await owner.call('sync.run');
  markId = String((await server.shown('mark'))[0]!['id']);
  writeFileSync(path.join(root, 'sheet.txt'), 'Plan of the day');
});

afterAll(async () => {
  for (const engine of opened) await engine.close();
  for (const laptop of laptops) await laptop.end();
  await server.stop();
});

/** The task as the window does it. */
function doing(engine: TestEngine, task: Task, role: Role): ReturnType<TestEngine['try']> {
  // What stands already would be no write.
  const may = MAY[role].includes(task);
  const title = `By ${role} ${task}`;
  const file = { path: path.join(root, 'sheet.txt'), title, language: 'fr', kind: 'handout' };
  switch (task) {
    case 'plan':
      return engine.try('activity.update', { id: activityId, place: title });
    case 'agenda':
      return engine.try('activity.addItem', { activityId, title, halfDay: HALF_DAY, start: '09:00', end: '10:00', mode: 'inPerson' });
    case 'materials':
      return engine.try('material.add', { ...file, activityId });
    case 'people':
      return engine.try('people.add', { activityId, familyName: role });
    case 'attendance':
      return engine.try('attendance.mark', { activityId, halfDay: HALF_DAY, marks: [{ personId, status: may ? 'present' : 'excused' }] });
    case 'answers':
      return engine.try('evaluation.enter', { activityId, formId, personId, wave: 'pre', answers: { Q1: 'a' }, correct: true });
    case 'library':
      return engine.try('material.add', file);
  }
}

/** The same written by a program that asks nobody. */
function writing(laptop: Laptop, task: Task): void {
  const id = randomId(nodeRandom);
  switch (task) {
    case 'plan':
      return laptop.write(planSpace(activityId), 'activity', activityId, { place: 'Thiès' });
    case 'agenda':
      return laptop.write(planSpace(activityId), 'agendaItem', id, { activityId, room: 'B' });
    case 'materials':
      return laptop.write(planSpace(activityId), 'material', id, { activityId, kind: 'handout' });
    case 'people':
      return laptop.write(peopleSpace(activityId), 'participant', personId, { institution: 'Cour' });
    case 'attendance':
      return laptop.write(peopleSpace(activityId), 'mark', markId, { status: 'absent' });
    case 'answers':
      return laptop.write(answersSpace(activityId), 'sheet', id, { activityId, formId, answers: {} });
    case 'library':
      return laptop.write(LIBRARY, 'material', id, { kind: 'handout' });
  }
}

/** By role what PRODUCT says of it: what each may do, independently of the table. */
const MAY: Readonly<Record<Role, readonly (Task | 'erase')[]>> = {
  trainer: [...TASKS],
  expert: ['agenda', 'materials', 'library'],
  curriculum: ['library'],
  officer: ['plan', 'agenda', 'materials', 'library'],
  coordinator: ['people', 'attendance', 'erase'],
  administrator: [...TASKS, 'erase'],
};

describe.each(ROLES)('the role %s', (role) => {
  it('is offered what it may do, may do what it is offered, and the repository says the same', async () => {
    const engine = await engineOf(role, role);
    const rights = await engine.call<Rights>('sync.rights', { activityId });
    expect(rights.role).toBe(role);
    expect([...TASKS, 'erase' as const].filter((task) => rights[task].allowed)).toEqual(MAY[role]);
    for (const task of TASKS) {
      const answer = await doing(engine, task, role);
      const { allowed, reason } = rights[task];
      if (allowed) expect([task, answer]).toMatchObject([task, { ok: true }]);
      else {
        expect([task, answer.ok]).toEqual([task, false]);
        // What is not here at all is not found; everything else is refused by right.
        const code = answer.ok ? '' : answer.error.code;
        expect([`${reason}Here`, 'activity.unknown', 'people.unknown', 'attendance.personUnknown']).toContain(code);
      }
    }
    // Who may change a workshop may put it away, and nobody else.
    const away = await engine.try('activity.archive', { id: activityId, archived: true });
    expect([away.ok, away.ok ? 'ok' : away.error.code]).toEqual(
      rights.plan.allowed
        ? [true, 'ok']
        : [false, expect.stringMatching(/^(sync\.notEntitledHere|sync\.spaceClosedHere|activity\.unknown)$/)],
    );
    if (away.ok) await engine.call('activity.archive', { id: activityId, archived: false });
    await engine.call('sync.run');
    expect(await engine.call('sync.status')).toMatchObject({ pending: 0, refused: 0 });
    expect(await engine.call('sync.setAside', {})).toEqual([]);

    const older = await olderLaptopOf(role);
    const refused = TASKS.filter((task) => !rights[task].allowed);
    for (const task of refused) writing(older, task);
    expect(await older.run()).toMatchObject({ ok: true });
    const tray = older.sync.handlers['sync.setAside']({ others: false }, quietCall());
    const codes = tray as unknown as { value: { space: string; code: string }[] };
    expect(codes.value.map(({ code }) => code).sort()).toEqual(refused.map((task) => rights[task].reason).sort());
  });
});

describe('what two people wrote apart', () => {
  type Offered = {
    readonly entity: string;
    readonly field: string;
    readonly value: unknown;
    readonly permission: { allowed: boolean; reason: string };
  };

  it('is settled by whoever may write it, and is only shown to whoever may not', async () => {
    const [one, other] = [await olderLaptopOf('trainer'), await olderLaptopOf('coordinator')];
    const cell = peopleSpace(activityId);
    for (const [laptop, status] of [
      [one, 'leftEarly'],
      [other, 'remote'],
    ] as const)
      laptop.write(cell, 'mark', markId, { status });
    for (const laptop of [one, other]) expect(await laptop.run()).toMatchObject({ ok: true });

    const asked = async (role: Role) => {
      const engine = await engineOf(`settling-${role}`, role);
      const found = (await engine.call<Offered[]>('sync.conflicts')).filter(({ entity }) => entity === markId);
      expect(found).toHaveLength(1);
      return { engine, permission: found[0]!.permission };
    };
    const officer = await asked('officer');
    expect(officer.permission).toEqual({ allowed: false, reason: 'sync.notEntitled' });
    const wanted = { entity: markId, field: 'status', value: 'remote' };
    expect(await officer.engine.try('sync.settle', wanted)).toMatchObject({ ok: false, error: { code: 'sync.notEntitledHere' } });
    const coordinator = await asked('coordinator');
    expect(coordinator.permission).toEqual({ allowed: true, reason: '' });
    expect(await coordinator.engine.try('sync.settle', wanted)).toMatchObject({ ok: true });
  });

  it('and what was set aside is written again only by whoever may write it', async () => {
    const older = await olderLaptopOf('officer');
    older.write(planSpace(activityId), 'activity', activityId, { place: 'Mbour' });
    older.write(peopleSpace(activityId), 'mark', markId, { status: 'absent' });
    expect(await older.run()).toMatchObject({ ok: true });
    const tray = older.sync.handlers['sync.setAside']({ others: true }, quietCall()) as unknown as {
      value: { space: string; own: boolean; permission: { allowed: boolean; reason: string } }[];
    };
    const own = tray.value.filter((one) => one.own);
    expect(own.map(({ space, permission }) => [space, permission])).toEqual([
      [peopleSpace(activityId), { allowed: false, reason: 'sync.notEntitled' }],
    ]);
    const coordinator = await engineOf('reissuing', 'coordinator');
    const seen = await coordinator.call<typeof tray.value>('sync.setAside', { others: true });
    expect(seen.filter(({ space }) => space === peopleSpace(activityId)).every(({ permission }) => permission.allowed)).toBe(true);
    expect(seen.length).toBeGreaterThan(0);
  });
});

it('a workshop that was not given to this laptop is not taken for one that its user would open', async () => {
  const engine = await engineOf('elsewhere', 'trainer', 'country:CI');
  const rights = await engine.call<Rights>('sync.rights', { activityId });
  for (const task of TASKS.filter((one) => one !== 'library')) expect(rights[task]).toEqual({ allowed: false, reason: 'sync.spaceClosed' });
  expect(rights.erase.allowed).toBe(false);
  expect(rights.library.allowed).toBe(true);
});

it('nothing of a refused call is written, not even its first part', async () => {
  const engine = await engineOf('officer-again', 'officer');
  const digest = await engine.call('store.digest');
  const { pending } = await engine.call<{ pending: number }>('sync.status');
  for (const task of ['people', 'attendance', 'answers'] as const) expect((await doing(engine, task, 'officer')).ok).toBe(false);
  expect(await engine.call('store.digest')).toEqual(digest);
  expect(await engine.call('sync.status')).toMatchObject({ pending });
});

it('an anonymous sheet is refused when it is entered, not when it leaves', async () => {
  const engine = await engineOf('officer-sheets', 'officer');
  const forms = await engine.call<{ id: string; anonymous: boolean }[]>('evaluation.forms', { activityId });
  const anonymous = forms.find((form) => form.anonymous)!.id;
  const answer = await engine.try('evaluation.enter', { activityId, formId: anonymous, answers: {} });
  expect(answer).toMatchObject({ ok: false, error: { code: 'sync.notEntitledHere' } });
  expect(await engine.call('evaluation.sheets', { activityId, formId: anonymous })).toMatchObject({ count: 0, waiting: 0 });
});

it.each(['trainer', 'officer', 'administrator'] as const)(
  'a %s opens a workshop out of reach of any network, and it stands',
  async (role) => {
    const engine = await engineOf(`opens-${role}`, role, 'country:CI');
    expect((await engine.call<Rights>('sync.rights')).plan).toEqual({ allowed: true, reason: '' });
    const { id } = await engine.call<{ id: string }>('activity.create', {
      ...{ title: `Atelier de ${role}`, courseId: 'C1', mode: 'inPerson', start: '2026-04-06', end: '2026-04-09' },
    });
    expect((await engine.call<Rights>('sync.rights', { activityId: id })).agenda.allowed).toBe(true);
    await engine.call('activity.update', { id, place: 'Thiès' });
    await engine.call('sync.run');
    expect(await engine.call('sync.status')).toMatchObject({ pending: 0, refused: 0 });
  },
);

it.each(['expert', 'curriculum', 'coordinator'] as const)('a %s opens none, and tries the sample all the same', async (role) => {
  const engine = await engineOf(`sample-${role}`, role);
  expect((await engine.call<Rights>('sync.rights')).plan).toEqual({ allowed: false, reason: 'sync.spaceClosed' });
  expect(await engine.try('activity.create', { title: 'Atelier', mode: 'inPerson', start: '2026-04-06', end: '2026-04-09' })).toMatchObject(
    {
      ok: false,
      error: { code: 'sync.spaceClosedHere' },
    },
  );
  const { id } = await engine.call<{ id: string }>('activity.loadSample');
  const rights = await engine.call<Rights>('sync.rights', { activityId: id });
  for (const task of [...TASKS.filter((one) => one !== 'library'), 'erase' as const])
    expect([task, rights[task].allowed]).toEqual([task, true]);
  await engine.call('people.add', { activityId: id, familyName: 'DIALLO' });
  await engine.call('sync.run');
  expect(await engine.call('sync.status')).toMatchObject({ refused: 0 });
});

it('without a repository everything is allowed', async () => {
  const engine = await openTestEngine(path.join(root, 'alone'));
  opened.push(engine);
  const rights = await engine.call<Rights>('sync.rights');
  expect(rights.role).toBe('');
  for (const task of [...TASKS, 'erase' as const]) expect(rights[task]).toEqual({ allowed: true, reason: '' });
  await engine.call('activity.create', { title: 'Atelier', mode: 'inPerson', start: '2026-04-06', end: '2026-04-09' });
});

it('what was written before this laptop belonged to a repository and may not stand is set aside there, and offered again in vain', async () => {
  const engine = await openTestEngine(path.join(root, 'before'));
  opened.push(engine);
  const { id } = await engine.call<{ id: string }>('activity.create', {
    title: 'Atelier',
    mode: 'inPerson',
    start: '2026-04-06',
    end: '2026-04-09',
  });
  await engine.call('sync.enrol', { url: server.url, code: await server.invite('expert', 'all'), name: 'Ama' });
  await engine.call('sync.run');
  const tray = await engine.call<{ changeSet: string; space: string }[]>('sync.setAside', {});
  expect(tray.map(({ space }) => space)).toContain(planSpace(id));
  const again = await engine.try('sync.reissue', { changeSet: tray[0]!.changeSet });
  expect(again.ok ? '' : again.error.code).toMatch(/^sync\.(spaceClosed|notEntitled)Here$/);
  await engine.call('sync.run');
});
