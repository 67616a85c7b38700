import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ResultOf } from '../../../shared/contract/call.ts';
import type { activityContract } from '../../../shared/features/activity/contract.ts';
import type { evaluationContract } from '../../../shared/features/evaluation/contract.ts';
import type { peopleContract } from '../../../shared/features/people/contract.ts';
import type { reportContract } from '../../../shared/features/report/contract.ts';
import { openTestEngine, type TestEngine } from '../../support/laptops/engine.ts';

type Listed = ResultOf<(typeof peopleContract)['people.list']>;
type Opened = ResultOf<(typeof peopleContract)['people.open']>;
type Sheets = ResultOf<(typeof evaluationContract)['evaluation.sheets']>;
type Results = ResultOf<(typeof evaluationContract)['evaluation.results']>;
type Report = ResultOf<(typeof reportContract)['report.activity']>;

const TEST = 'intro-prepost-v1';
const AM = '2026-03-02-AM';

let folder: string;
let engine: TestEngine;
let activityId: string;
/** On the list, and at the desk. */
let listed: string;
let walkIn: string;
beforeEach(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'itinera-linked-'));
  engine = await openTestEngine(path.join(folder, 'data'));
  ({ id: activityId } = await engine.call<{ id: string }>('activity.create', { title: 'Atelier', start: '2026-03-02', end: '2026-03-02' }));
  listed = await add({ familyName: 'KONÉ', givenName: 'Awa', country: 'CI', institution: 'Parquet d’Abidjan', sex: 'female' });
  await add({ familyName: 'DIOP', givenName: 'Moussa', country: 'SN', institution: 'Tribunal de Thiès', sex: 'male', profession: 'judge' });
  walkIn = await add({ familyName: 'KONE', givenName: 'Awa', profession: 'judge', email: 'awa@example.org' });
});
afterEach(async () => {
  await engine.close();
  rmSync(folder, { recursive: true, force: true });
});

const add = async (person: object): Promise<string> => (await engine.call<{ id: string }>('people.add', { activityId, ...person })).id;
const link = async (): Promise<string> => (await engine.call<{ linkId: string }>('people.link', { ids: [listed, walkIn] })).linkId;
const list = () => engine.call<Listed>('people.list', { activityId });
const open = (id = listed) => engine.call<Opened>('people.open', { id });
const mark = (personId: string, status: string) =>
  engine.call('attendance.mark', { activityId, halfDay: AM, marks: [{ personId, status }] });
const enter = async (personId: string, answers: Record<string, string>, more: object = {}): Promise<string> =>
  (await engine.call<{ id: string }>('evaluation.enter', { activityId, formId: TEST, wave: 'pre', personId, answers, ...more })).id;
const sheets = () => engine.call<Sheets>('evaluation.sheets', { activityId, formId: TEST });
const seenOf = ({ differ }: Opened, field: string): string[] =>
  differ.filter((one) => one.field === field).flatMap(({ values }) => values.flatMap(({ ids }) => ids));

describe('whoever is in the list twice', () => {
  it('is one row with what both records say, and one in every count', async () => {
    const today = () => engine.call<{ toComplete: number }>('activity.today', { day: '2026-03-02' });
    expect(await today()).toMatchObject({ toComplete: 2 });
    await link();
    expect(await list()).toMatchObject([
      {
        id: listed,
        familyName: 'KONÉ',
        profession: 'judge',
        email: 'awa@example.org',
        complete: true,
        linked: [walkIn],
        apart: ['familyName'],
      },
      { familyName: 'DIOP' },
    ]);
    const [workshop] = await engine.call<ResultOf<(typeof activityContract)['activity.list']>>('activity.list');
    expect(workshop).toMatchObject({ people: 2 });
    expect(await today()).toMatchObject({ toComplete: 0 });
    const report = await engine.call<Report>('report.activity', { activityId, language: 'en' });
    expect(report).toMatchObject({ people: 2, countries: 2 });
    expect(report.byProfession).toMatchObject([{ count: 2 }]);
    expect(report.bySex.map(({ count }) => count)).toEqual([1, 1]);
  });

  it('is written once to the files that are handed on, with what both records say', async () => {
    await link();
    await mark(walkIn, 'late');
    const [people, marks] = [path.join(folder, 'people.csv'), path.join(folder, 'marks.csv')];
    await engine.call('people.exportList', { activityId, path: people, language: 'en', format: 'csv' });
    const rows = readFileSync(people, 'utf8').trim().split('\r\n');
    expect(rows).toHaveLength(3);
    expect(rows[1]).toContain('KONÉ');
    expect(rows[1]).toContain('awa@example.org');
    expect(await engine.call('people.import', { activityId, path: people, apply: false })).toMatchObject({ added: 0, updated: 0 });
    await engine.call('attendance.export', { activityId, path: marks, language: 'en', format: 'csv' });
    expect(readFileSync(marks, 'utf8').match(/KON[ÉE]/g)).toEqual(['KONÉ']);
  });
});

describe('where linked records differ', () => {
  it('one is chosen over the other, the choice is taken back, and neither record is written to', async () => {
    const linkId = await link();
    const before = await open();
    expect(before.records).toMatchObject([
      { id: listed, values: { familyName: 'KONÉ', institution: 'Parquet d’Abidjan' } },
      { id: walkIn, values: { familyName: 'KONE', email: 'awa@example.org' } },
    ]);
    expect(before.differ).toMatchObject([
      {
        field: 'familyName',
        values: [
          { record: listed, value: 'KONÉ' },
          { record: walkIn, value: 'KONE' },
        ],
      },
    ]);
    await engine.call('people.choose', { id: listed, field: 'familyName', record: walkIn, seen: seenOf(before, 'familyName') });
    expect((await list())[0]).toMatchObject({ familyName: 'KONE', apart: [] });
    await engine.call('people.choose', { id: listed, field: 'familyName', record: null });
    expect((await list())[0]).toMatchObject({ familyName: 'KONÉ', apart: ['familyName'] });
    await engine.call('people.choose', { id: listed, field: 'familyName', record: walkIn });
    await engine.call('people.unlink', { linkId });
    expect((await list()).map(({ familyName }) => familyName)).toEqual(['KONÉ', 'DIOP', 'KONE']);
    expect(await open(listed)).toMatchObject({ links: [], records: [], differ: [] });
  });

  it('asks again where a record says something new, or something that was not on screen', async () => {
    await link();
    const seen = seenOf(await open(), 'familyName');
    await engine.call('people.choose', { id: listed, field: 'familyName', record: listed, seen: seen.slice(0, 1) });
    expect((await list())[0]).toMatchObject({ apart: ['familyName'] });
    await engine.call('people.choose', { id: listed, field: 'familyName', record: listed, seen });
    expect((await list())[0]).toMatchObject({ familyName: 'KONÉ', apart: [] });
    await engine.call('people.update', { id: listed, familyName: 'KONÉ-DIOP' });
    expect((await list())[0]).toMatchObject({ familyName: 'KONÉ-DIOP', apart: [] });
  });

  it('takes what is typed in the form over what both say, and an empty field too', async () => {
    const linkId = await link();
    const { seen } = await open();
    await engine.call('people.update', { id: walkIn, familyName: 'Koné', seen: { familyName: seen['familyName'] } });
    await engine.call('people.update', { id: listed, email: '', seen: { email: seen['email'] } });
    expect((await list())[0]).toMatchObject({ familyName: 'Koné', email: '', apart: [] });
    await engine.call('people.unlink', { linkId });
    expect((await list()).map(({ familyName, email }) => [familyName, email])).toEqual([
      ['Koné', ''],
      ['DIOP', ''],
      ['KONE', 'awa@example.org'],
    ]);
  });

  it('keeps what was said of two records that are two', async () => {
    const { linkId } = await engine.call<{ linkId: string }>('people.tellApart', { ids: [listed, walkIn] });
    expect((await open(walkIn)).toldApart).toEqual([{ linkId, ids: [listed, walkIn].sort() }]);
    expect(await engine.call('people.pairs', { activityId })).toEqual([]);
    await engine.call('people.unlink', { linkId });
    expect(await engine.call('people.pairs', { activityId })).toEqual([
      {
        ids: [listed, walkIn],
        why: 'names',
        fields: [
          { field: 'familyName', values: ['KONÉ', 'KONE'], relation: 'same' },
          { field: 'givenName', values: ['Awa', 'Awa'], relation: 'same' },
          { field: 'sex', values: ['female', 'notStated'], relation: 'oneSays' },
          { field: 'profession', values: ['', 'judge'], relation: 'oneSays' },
          { field: 'institution', values: ['Parquet d’Abidjan', ''], relation: 'oneSays' },
          { field: 'country', values: ['CI', ''], relation: 'oneSays' },
          { field: 'email', values: ['', 'awa@example.org'], relation: 'oneSays' },
        ],
      },
    ]);
  });

  it('keeps two people two whichever of their records said so', async () => {
    const third = await add({ familyName: 'KONÉ', givenName: 'Awa', email: 'awa@example.org' });
    await engine.call('people.tellApart', { ids: [walkIn, third] });
    await link();
    expect(await engine.call('people.pairs', { activityId })).toEqual([]);
  });
});

describe('tests of linked records', () => {
  it('count once, the one that was chosen, and come back as they were', async () => {
    const [first, second] = [await enter(listed, { Q1: 'A' }), await enter(walkIn, { Q1: 'B', Q2: 'C' })];
    const linkId = await link();
    const results = () => engine.call<Results>('evaluation.results', { activityId, formId: TEST });
    expect(await results()).toMatchObject({ nPre: 1 });
    const both = await sheets();
    expect(both).toMatchObject({ count: 1, sheets: [{ personId: listed, apart: [{}] }] });
    expect(new Set([both.sheets[0]!.id, both.sheets[0]!.apart[0]!.id])).toEqual(new Set([first, second]));
    for (const [chosen, other] of [
      [first, second],
      [second, first],
    ] as const) {
      await engine.call('evaluation.choose', { id: chosen, over: [other] });
      expect(await sheets()).toMatchObject({ count: 1, sheets: [{ id: chosen, personId: listed, apart: [] }] });
    }
    await engine.call('evaluation.choose', { id: second, over: [] });
    expect((await sheets()).sheets[0]!.apart).toHaveLength(1);
    await engine.call('evaluation.choose', { id: first, over: [second] });
    await engine.call('people.unlink', { linkId });
    expect(new Map((await sheets()).sheets.map(({ id, apart }) => [id, apart]))).toEqual(
      new Map([
        [first, []],
        [second, []],
      ]),
    );
  });

  it('agree where they say the same, and are replaced by what is entered over them', async () => {
    const [first, second] = [await enter(listed, { Q1: 'A' }), await enter(walkIn, { Q1: 'A' })];
    const linkId = await link();
    expect((await sheets()).sheets).toMatchObject([{ apart: [] }]);
    expect(
      await engine.try('evaluation.enter', { activityId, formId: TEST, wave: 'pre', personId: walkIn, answers: { Q1: 'D' } }),
    ).toMatchObject({ error: { code: 'evaluation.alreadyIn' } });
    const corrected = await enter(walkIn, { Q1: 'D' }, { correct: true });
    expect((await sheets()).sheets).toMatchObject([{ id: corrected, answers: { Q1: 'd' }, apart: [] }]);
    await engine.call('people.unlink', { linkId });
    expect(new Set((await sheets()).sheets.map(({ id }) => id))).toEqual(new Set([corrected, second]));
    expect(corrected).not.toBe(first);
  });

  it('name whoever stands for the record when one is removed', async () => {
    await enter(walkIn, { Q1: 'A' });
    await link();
    const [sheet] = (await sheets()).sheets;
    await engine.call('evaluation.removeSheet', { id: sheet!.id });
    expect(await sheets()).toMatchObject({ count: 0, removed: [{ id: sheet!.id, personId: listed, replaced: false }] });
  });
});

describe('the data of somebody who has two records', () => {
  it('are handed out and erased in both', async () => {
    await mark(walkIn, 'late');
    await link();
    const file = path.join(folder, 'person.json');
    await engine.call('people.export', { id: listed, path: file });
    expect(readFileSync(file, 'utf8')).toContain('awa@example.org');
    expect(await engine.call('people.erase', { id: listed, reason: 'asked' })).toMatchObject({ records: 2 });
    const [person] = await list();
    expect(person).toMatchObject({ erased: true, familyName: '(erased)', email: '', institution: '', linked: [walkIn] });
    expect(await engine.call('people.erasures', { activityId })).toMatchObject([{ remaining: 0 }]);
    expect(await engine.call('attendance.summary', { activityId })).toMatchObject({ registered: 2, codes: { late: 1 } });
  });

  it('stand by name where only the other record was erased', async () => {
    await engine.call('people.erase', { id: listed, reason: 'mistake' });
    await link();
    expect(await list()).toMatchObject([
      { familyName: 'DIOP' },
      { id: walkIn, familyName: 'KONE', erased: false, linked: [listed], apart: [] },
    ]);
    expect(await open(walkIn)).toMatchObject({
      records: [
        { id: walkIn, erased: false },
        { id: listed, erased: true },
      ],
    });
  });
});
