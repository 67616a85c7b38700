import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { offeredForms } from '../../../shared/features/evaluation/offered.ts';
import type { Id } from '../../../shared/kernel/ids.ts';
import { openTestEngine, type TestEngine } from '../../support/laptops/engine.ts';

/** A workshop is offered the test of its course, and no other’s that was not used in it. */

const SURVEYS = ['satisfaction-v1', 'followup6m', 'q247'];
const ALL = ['intro-prepost-v1', 'adv-prepost-v1', 'coop-prepost-v1', 'evidence-prepost-v1', ...SURVEYS];

describe('the rule', () => {
  const form = (id: string, courseId: string | null) => ({ id: id as Id, courseId: courseId as Id | null });
  const forms = [form('one', 'a'), form('two', 'b'), form('any', null)];
  const offered = (line: string[], ...used: string[]) => offeredForms(forms, line as Id[], new Set(used as Id[])).map(({ id }) => id);

  it('leaves out the tests of other courses, but those that have sheets', () => {
    expect(offered(['b'])).toEqual(['two', 'any']);
    expect(offered(['b'], 'one')).toEqual(['one', 'two', 'any']);
  });

  it('takes the test of the nearest course that a copy comes from', () => {
    expect(offered(['copy', 'b', 'a'])).toEqual(['two', 'any']);
  });

  it('offers all where no course is known, or none has a test', () => {
    expect(offered([])).toEqual(['one', 'two', 'any']);
    expect(offered(['own'])).toEqual(['one', 'two', 'any']);
  });
});

describe('in a workshop', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'itinera-offered-'));
  let engine: TestEngine;
  const made = (call: string, args: object) => engine.call<{ id: string }>(call, args).then(({ id }) => id);
  const workshop = (courseId?: string) =>
    made('activity.create', { title: 'Praia', start: '2026-05-04', end: '2026-05-08', ...(courseId && { courseId }) });
  const codes = async (activityId: string) =>
    (await engine.call<{ code: string }[]>('evaluation.forms', { activityId })).map(({ code }) => code);

  beforeAll(async () => void (engine = await openTestEngine(path.join(folder, 'data'))));
  afterAll(async () => {
    await engine.close();
    rmSync(folder, { recursive: true });
  });

  it.each([
    ['C1', 'intro-prepost-v1'],
    ['C2', 'adv-prepost-v1'],
    ['C3', 'coop-prepost-v1'],
    ['C4', 'evidence-prepost-v1'],
  ])('of %s it is %s', async (course, test) => {
    expect(await codes(await workshop(course))).toEqual([test, ...SURVEYS]);
  });

  it('of no course every test is there, by course', async () => {
    expect(await codes(await workshop())).toEqual(ALL);
  });

  it('of a school’s copy it is that of the course that was copied', async () => {
    const institutionId = await made('institution.create', { name: 'Escola', country: 'CV', languages: ['pt'] });
    const copy = await made('course.fork', { courseId: 'C3', institutionId });
    const again = await made('course.fork', { courseId: copy, institutionId });
    expect(await codes(await workshop(copy))).toEqual(['coop-prepost-v1', ...SURVEYS]);
    expect(await codes(await workshop(again))).toEqual(['coop-prepost-v1', ...SURVEYS]);
  });

  it('one that was taken stays, whatever the course', async () => {
    const activityId = await workshop('C2');
    const personId = await made('people.add', { activityId, familyName: 'ÉVORA' });
    await engine.call('evaluation.enter', { activityId, formId: 'intro-prepost-v1', personId, wave: 'pre', answers: { Q1: 'c' } });
    expect(await codes(activityId)).toEqual(['intro-prepost-v1', 'adv-prepost-v1', ...SURVEYS]);
  });
});
