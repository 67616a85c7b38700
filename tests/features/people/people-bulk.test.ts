import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ResultOf } from '../../../shared/contract/call.ts';
import { fieldsChanged, valuesAmong } from '../../../shared/features/people/bulk-change.ts';
import type { peopleContract } from '../../../shared/features/people/contract.ts';
import { openTestEngine, type TestEngine } from '../../support/laptops/engine.ts';

type People = typeof peopleContract;

let folder: string;
let engine: TestEngine;
let activityId: string;
let ids: string[];

beforeEach(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'itinera-bulk-'));
  engine = await openTestEngine(path.join(folder, 'data'));
  ({ id: activityId } = await engine.call<{ id: string }>('activity.create', { title: 'Atelier', start: '2026-03-02', end: '2026-03-02' }));
  ids = [
    await add({ familyName: 'KONÉ', givenName: 'Awa', country: 'CI', sex: 'female' }),
    await add({ familyName: 'DIOP', givenName: 'Moussa', country: 'SN', institution: 'Tribunal de Thiès' }),
    await add({ familyName: 'MENDY', givenName: 'Rose' }),
  ];
});
afterEach(async () => {
  await engine.close();
  rmSync(folder, { recursive: true, force: true });
});

const add = async (person: object): Promise<string> => (await engine.call<{ id: string }>('people.add', { activityId, ...person })).id;
const list = () => engine.call<ResultOf<People['people.list']>>('people.list', { activityId });
const open = (some = ids) => engine.call<ResultOf<People['people.openSeveral']>>('people.openSeveral', { activityId, ids: some });
const shown = async (some = ids) => (await open(some)).map(({ id, seen }) => ({ id, seen }));
const update = async (change: object, people?: object[]) =>
  engine.call<ResultOf<People['people.updateSeveral']>>('people.updateSeveral', {
    activityId,
    people: people ?? (await shown()),
    ...change,
  });
const countries = async () => (await list()).map(({ country }) => country);

describe('one thing said of many people', () => {
  it('is written in one step where it is something else, and taken back in one', async () => {
    const before = await list();
    const { changed, undoId } = await update({ country: 'SN', language: 'fr' });
    expect(changed).toBe(3);
    expect((await list()).map(({ country, language, institution }) => [country, language, institution])).toEqual([
      ['SN', 'fr', ''],
      ['SN', 'fr', 'Tribunal de Thiès'],
      ['SN', 'fr', ''],
    ]);
    // Whoever was in Senegal already has one history there, not two.
    expect(await engine.call('sync.history', { entity: ids[1], field: 'country' })).toHaveLength(1);
    expect(await engine.call('intake.undo', { importId: undoId })).toMatchObject({ undone: 3, left: [] });
    expect(await list()).toEqual(before);
    // It is no import of a list.
    expect(await engine.call('intake.list', { activityId })).toEqual([]);
  });

  it('takes back nothing that somebody wrote since, and says whose', async () => {
    const { undoId } = await update({ country: 'TG' });
    await engine.call('people.update', { id: ids[0], country: 'BJ' });
    expect(await engine.call('intake.undo', { importId: undoId })).toMatchObject({ undone: 2, left: [{ id: ids[0], why: 'changed' }] });
    expect(await countries()).toEqual(['BJ', 'SN', null]);
  });

  it('writes nothing where all is so already', async () => {
    expect(await update({ country: 'CI' }, await shown([ids[0]!]))).toEqual({ changed: 0, undoId: null });
    expect(await update({})).toEqual({ changed: 0, undoId: null });
  });

  it('supersedes what the form showed, and nothing that came meanwhile', async () => {
    const people = await shown();
    await engine.call('people.update', { id: ids[2], country: 'ML' });
    await update({ country: 'TG' }, people);
    // Mali was not on screen: it stands beside Togo until somebody decides.
    const conflicts = await engine.call<{ entity: string; values: { value: string }[] }[]>('sync.conflicts');
    expect(conflicts.map(({ entity, values }) => [entity, values.map(({ value }) => value).toSorted()])).toEqual([[ids[2], ['ML', 'TG']]]);
  });

  it('clears what is known no more, and tells not stated from never asked', async () => {
    await update({ country: null, institution: '', sex: 'notStated' });
    expect((await open()).map(({ values: { country, institution, sex } }) => [country, institution, sex])).toEqual([
      [null, null, 'notStated'],
      [null, null, 'notStated'],
      [null, null, 'notStated'],
    ]);
  });

  it('is said of a person and not of one of their records', async () => {
    const again = await add({ familyName: 'KONE', givenName: 'Awa', country: 'ML' });
    await engine.call('people.link', { ids: [ids[0], again] });
    expect((await open([ids[0]!]))[0]).toMatchObject({ apart: ['familyName', 'country'] });
    // It says what one of the records says already, and so it is the one that holds.
    expect(await update({ country: 'CI' }, await shown([ids[0]!]))).toMatchObject({ changed: 1 });
    expect((await list()).find(({ id }) => id === ids[0])).toMatchObject({ country: 'CI', apart: ['familyName'] });
  });

  it('passes over whoever was erased, and refuses strangers', async () => {
    await engine.call('people.erase', { id: ids[0], reason: 'asked' });
    expect((await open()).map(({ id }) => id)).toEqual([ids[1], ids[2]]);
    expect(
      await update(
        { country: 'TG' },
        ids.map((id) => ({ id })),
      ),
    ).toMatchObject({ changed: 2 });
    const stranger = '00000000-0000-4000-8000-000000000000';
    expect(await engine.try('people.updateSeveral', { activityId, people: [{ id: stranger }], country: 'SN' })).toMatchObject({
      error: { code: 'people.unknown' },
    });
  });
});

describe('what a change of many people is decided by', () => {
  const values = { profession: null, institution: null, country: 'SN', sex: null, language: 'fr' };

  it('is whether it says something else, or chooses where records differ', () => {
    expect(fieldsChanged(values, [], { country: 'SN', language: 'en', institution: '' })).toEqual(['language']);
    expect(fieldsChanged(values, [], { sex: 'notStated', country: null })).toEqual(['country', 'sex']);
    expect(fieldsChanged(values, ['country'], { country: 'SN' })).toEqual(['country']);
    expect(fieldsChanged(values, ['country'], {})).toEqual([]);
  });

  it('is shown with how many have what now, the most first, nothing recorded last', () => {
    const people = ['ML', null, 'SN', null, null, 'SN'].map((country) => ({ ...values, country }));
    expect(valuesAmong(people, 'country')).toEqual([
      { value: 'SN', count: 2 },
      { value: 'ML', count: 1 },
      { value: null, count: 3 },
    ]);
  });
});
