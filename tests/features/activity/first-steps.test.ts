import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { FIRST_STEPS, STEP_CALLS, type FirstStep } from '../../../shared/features/activity/first-steps.ts';
import { desktopContract } from '../../../shared/contract/desktop.ts';
import { openTestEngine, type TestEngine } from '../../support/laptops/engine.ts';

/** What a new trainer does on the sample is noted as it is done, on this laptop alone. */

let folder: string;
let engine: TestEngine;

beforeEach(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'itinera-steps-'));
  engine = await openTestEngine(path.join(folder, 'data'));
});
afterEach(async () => {
  await engine.close();
  rmSync(folder, { recursive: true, force: true });
});

interface Shown {
  readonly sampleId: string | null;
  readonly hidden: boolean;
  readonly steps: { readonly step: FirstStep; readonly done: boolean }[];
}
const shown = () => engine.call<Shown>('activity.firstSteps');
const done = async () => (await shown()).steps.filter((step) => step.done).map(({ step }) => step);

it('has no steps without the sample', async () => {
  expect(await shown()).toEqual({ sampleId: null, hidden: false, steps: [] });
  expect(STEP_CALLS.filter((name) => !(name in desktopContract))).toEqual([]);
});

it('ticks each step as it is done on the sample, and none that is done elsewhere', async () => {
  const other = await engine.call<{ id: string }>('activity.create', { title: 'Atelier', start: '2026-03-02', end: '2026-03-03' });
  const { id } = await engine.call<{ id: string }>('activity.loadSample');
  expect((await shown()).steps.map(({ step }) => step)).toEqual(FIRST_STEPS);
  await engine.call('activity.get', { id: other.id });
  await engine.call('people.add', { activityId: other.id, familyName: 'SARR' });
  expect(await done()).toEqual([]);

  const { halfDays } = await engine.call<{ halfDays: string[] }>('activity.get', { id });
  expect(await done()).toEqual(['open']);
  const [person] = await engine.call<{ id: string }[]>('people.list', { activityId: id });
  expect((await engine.try('attendance.mark', { activityId: id, halfDay: '1999-01-01-AM', marks: [] })).ok).toBe(false);
  expect(await done()).toEqual(['open']);
  const marks = [{ personId: person!.id, status: 'present' }];
  await engine.call('attendance.mark', { activityId: id, halfDay: halfDays.at(-1), marks });
  await engine.call('report.activity', { activityId: id, language: 'fr' });
  expect(await done()).toEqual(['open', 'mark', 'report']);
  await engine.call('people.add', { activityId: id, familyName: 'SARR' });
  const forms = await engine.call<{ id: string; code: string }[]>('evaluation.forms', { activityId: id });
  const formId = forms.find(({ code }) => code === 'intro-prepost-v1')!.id;
  await engine.call('evaluation.enter', { activityId: id, formId, personId: person!.id, wave: 'post', answers: { Q1: 'a' } });
  await engine.call('activity.create', { title: 'Mien', start: '2026-04-06', end: '2026-04-07' });
  expect(await done()).toEqual(FIRST_STEPS);
});

it('is hidden and shown again, keeps what was done over a restart, and begins anew with another sample', async () => {
  const { id } = await engine.call<{ id: string }>('activity.loadSample');
  await engine.call('activity.get', { id });
  await engine.call('activity.showFirstSteps', { shown: false });
  expect(await shown()).toMatchObject({ sampleId: id, hidden: true });
  await engine.close();
  engine = await openTestEngine(path.join(folder, 'data'));
  expect((await shown()).hidden).toBe(true);
  expect(await done()).toEqual(['open']);
  await engine.call('activity.showFirstSteps', { shown: true });
  expect((await shown()).hidden).toBe(false);
  await engine.call('activity.remove', { id });
  expect((await shown()).steps).toEqual([]);
  const again = await engine.call<{ id: string }>('activity.loadSample');
  expect(again.id).not.toBe(id);
  expect(await done()).toEqual([]);
});
