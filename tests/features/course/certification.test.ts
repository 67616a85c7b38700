import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openTestEngine, type TestEngine } from '../../support/laptops/engine.ts';

/** A training of trainers in Praia, the certificates of its trainees, and the national deliveries that follow from it. */

interface Ground {
  readonly why: string;
  readonly number: string;
}
interface Deliverers {
  readonly before: readonly { readonly courseId: string }[];
  readonly people: readonly {
    readonly id: string;
    readonly familyName: string;
    readonly grounds: readonly Ground[];
    readonly before: readonly { readonly title: Record<string, string>; readonly held: boolean }[];
  }[];
}
interface MayDeliver {
  readonly certificates: readonly { readonly number: string; readonly kind: string }[];
  readonly courses: readonly { readonly code: string; readonly grounds: readonly Ground[] }[];
}

const folder = mkdtempSync(path.join(tmpdir(), 'itinera-certification-'));
let engine: TestEngine;
let training: string;
let toT: string;
let trainees: Record<string, string>;
const made = (call: string, args: object) => engine.call<{ id: string }>(call, args).then(({ id }) => id);
const deliverers = (courseId: string) => engine.call<Deliverers>('course.deliverers', { courseId });
const names = async (courseId: string) => (await deliverers(courseId)).people.map(({ familyName }) => familyName);
const mayDeliver = (id: string) => engine.call<MayDeliver>('people.mayDeliver', { id });
const codeOf = async (call: string, args: object) => {
  const answer = await engine.try(call, args);
  return answer.ok ? '' : answer.error.code;
};
const workshop = (title: string, more: object = {}) => made('activity.create', { title, start: '2026-02-02', end: '2026-02-06', ...more });
const person = (activityId: string, familyName: string, givenName: string) =>
  made('people.add', { activityId, familyName, givenName, country: 'CV', institution: 'Escola' });

/** Issues certificates to whoever is named, whatever they attended. */
async function certify(activityId: string, kind: string, issuedOn: string, ...people: string[]): Promise<void> {
  const exceptions = people.map((personId) => ({ personId, reason: 'Invented for a test' }));
  await engine.call('certificate.issue', { activityId, kind, exceptions, people, issuedOn, apply: true });
}

beforeAll(async () => {
  engine = await openTestEngine(path.join(folder, 'data'));
  toT = await made('course.create', {
    space: 'library',
    code: 'T1',
    title: { en: 'Training of trainers' },
    level: 'trainingOfTrainers',
    days: 3,
  });
  await engine.call('course.comesAfter', { id: toT, after: ['C1'] });
  training = await workshop('Praia', { courseId: toT, countries: ['CV'] });
  trainees = {
    ÉVORA: await person(training, 'ÉVORA', 'Ana'),
    TAVARES: await person(training, 'TAVARES', 'Rui'),
    GOMES: await person(training, 'GOMES', 'Ivo'),
  };
  await certify(training, 'attendance', '2026-02-06', ...Object.values(trainees));
  await certify(training, 'trainer', '2026-02-06', trainees['ÉVORA']!, trainees['TAVARES']!);
});
afterAll(async () => {
  await engine.close();
  rmSync(folder, { recursive: true });
});

it('trainees with a trainer’s certificate may deliver the course that the training comes after, and no other', async () => {
  expect(await names('C1')).toEqual(['ÉVORA', 'TAVARES']);
  expect(await names(toT)).toEqual(['ÉVORA', 'TAVARES']);
  for (const other of ['C2', 'C3', 'C4']) expect(await names(other)).toEqual([]);
  const [first] = (await deliverers('C1')).people;
  expect(first!.grounds.map(({ why }) => why)).toEqual(['trainers']);
  const told = await mayDeliver(trainees['ÉVORA']!);
  expect(told.courses.map(({ code, grounds }) => [code, grounds[0]!.why])).toEqual([
    ['C1', 'trainers'],
    ['T1', 'course'],
  ]);
  expect(told.certificates.map(({ kind }) => kind).toSorted()).toEqual(['attendance', 'trainer']);
  expect(await mayDeliver(trainees['GOMES']!)).toMatchObject({ courses: [], certificates: [{ kind: 'attendance' }] });
});

it('a school’s copy of the course may be delivered by them too', async () => {
  const institutionId = await made('institution.create', { name: 'Escola', country: 'CV', languages: ['pt'] });
  const copy = await made('course.fork', { courseId: 'C1', institutionId });
  expect(await names(copy)).toEqual(['ÉVORA', 'TAVARES']);
  // A trainer of the school alone is none of the central course.
  const local = await workshop('Mindelo', { courseId: copy, start: '2026-03-02', end: '2026-03-06' });
  await certify(local, 'trainer', '2026-03-06', await person(local, 'LOPES', 'Zé'));
  expect(await names(copy)).toEqual(['ÉVORA', 'LOPES', 'TAVARES']);
  expect(await names('C1')).toEqual(['ÉVORA', 'TAVARES']);
});

it('what somebody took before is told, whichever of their records it is on', async () => {
  const advanced = await workshop('Dakar', { courseId: 'C2', start: '2026-04-06', end: '2026-04-10' });
  const again = await person(advanced, 'Évora', 'Ana');
  await certify(advanced, 'trainer', '2026-04-10', again);
  const held = async () => (await deliverers('C2')).people.map(({ familyName, before }) => [familyName, before.map((one) => one.held)]);
  expect((await deliverers('C2')).before).toHaveLength(1);
  expect(await held()).toEqual([['Évora', [false]]]);
  const first = await workshop('Praia 1', { courseId: 'C1', start: '2025-04-07', end: '2025-04-11' });
  await certify(first, 'attendance', '2025-04-11', await person(first, 'ÉVORA', 'Ana'));
  expect(await held()).toEqual([['Évora', [true]]]);
  expect((await mayDeliver(trainees['ÉVORA']!)).courses.map(({ code }) => code)).toEqual(['C1', 'C1', 'C2', 'T1']);
});

it('a certificate that is revoked, or whose person was erased, lets nobody deliver', async () => {
  const [number] = (await mayDeliver(trainees['TAVARES']!)).certificates.flatMap((one) => (one.kind === 'trainer' ? [one.number] : []));
  await engine.call('certificate.revoke', { number, reason: 'Issued in error' });
  expect(await names('C1')).toEqual(['Évora']);
  expect((await mayDeliver(trainees['TAVARES']!)).courses).toEqual([]);
  const erased = await person(training, 'BRITO', 'Lia');
  await certify(training, 'trainer', '2026-02-06', erased);
  expect(await names('C1')).toEqual(['BRITO', 'Évora']);
  await engine.call('people.erase', { id: erased, reason: 'asked' });
  expect(await names('C1')).toEqual(['Évora']);
});

it('a course comes after courses that are here, and never after itself', async () => {
  expect(await codeOf('course.comesAfter', { id: 'C1', after: ['C2'] })).toBe('course.afterItself');
  expect(await codeOf('course.comesAfter', { id: toT, after: [toT] })).toBe('course.afterItself');
  expect(await codeOf('course.comesAfter', { id: toT, after: ['C99'] })).toBe('course.unknown');
  expect(await codeOf('course.comesAfter', { id: 'C99', after: [] })).toBe('course.unknown');
  expect(await codeOf('course.deliverers', { courseId: 'C99' })).toBe('course.unknown');
  await engine.call('course.comesAfter', { id: toT, after: ['C2', 'C2'] });
  expect((await deliverers(toT)).before).toHaveLength(2);
  expect(await names('C1')).toEqual([]);
  await engine.call('course.comesAfter', { id: toT, after: ['C1'] });
  expect(await names('C1')).toEqual(['Évora']);
});

it('national deliveries are counted with the training that they follow from, people once', async () => {
  expect(await engine.call('activity.cascade', { id: training })).toEqual({
    ...{ trainers: 1, deliveries: [], people: null, peopleAtMost: null, attendances: null, countries: 0 },
  });
  const first = await workshop('Santiago', { courseId: 'C1', partOf: training, countries: ['CV'], start: '2026-05-04', end: '2026-05-08' });
  const second = await workshop('São Vicente', {
    courseId: 'C1',
    partOf: first,
    countries: ['CV'],
    start: '2026-06-01',
    end: '2026-06-05',
  });
  for (const [activityId, familyName] of [
    [first, 'SILVA'],
    [first, 'PIRES'],
    [second, 'SILVA'],
  ] as const)
    await person(activityId, familyName, 'Eva');
  const cascade = await engine.call<{ deliveries: { id: string }[] }>('activity.cascade', { id: training });
  expect(cascade).toMatchObject({ trainers: 1, people: 2, peopleAtMost: 2, attendances: 3, countries: 1 });
  expect(cascade.deliveries).toMatchObject([
    { id: first, attendances: 2 },
    { id: second, attendances: 1 },
  ]);
  expect(await engine.call('activity.cascade', { id: first })).toMatchObject({ trainers: 0, people: 1, attendances: 1 });
  expect(await codeOf('activity.cascade', { id: toT })).toBe('activity.unknown');
});
