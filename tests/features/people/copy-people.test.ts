import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ResultOf } from '../../../shared/contract/call.ts';
import type { peopleContract } from '../../../shared/features/people/contract.ts';
import { peopleSpace } from '../../../shared/model/spaces.ts';
import { featureCalls } from '../../support/laptops/feature-laptop.ts';
import { openLaptop, type Laptop } from '../../support/laptops/laptop.ts';
import { exchange, type Side } from '../activity/random-plans.ts';

type Copied = ResultOf<(typeof peopleContract)['people.copy']>;

let laptops: readonly [Laptop, Laptop];
let sides: readonly [Side, Side];
let from: string;
let activityId: string;
beforeEach(async () => {
  laptops = [openLaptop(), openLaptop()];
  sides = laptops.map((laptop) => ({ laptop, calls: featureCalls(laptop), sent: 0 })) as unknown as [Side, Side];
  from = await workshop('March');
  activityId = await workshop('June');
});
afterEach(async () => {
  for (const laptop of laptops) await laptop.end();
});

const awa = () => sides[0].calls;
const workshop = async (title: string): Promise<string> =>
  (await awa().call('activity.create', { title, start: '2026-03-02', end: '2026-03-02' })).id;
const add = async (to: string, person: { familyName: string; [field: string]: string }): Promise<string> =>
  (await awa().call('people.add', { activityId: to, ...person } as never)).id;
const copy = (more: object = {}, calls = awa()): Promise<Copied> =>
  calls.call('people.copy', { activityId, from, who: 'all', apply: true, ...more });
const namesIn = async (id: string, calls = awa()): Promise<string[]> =>
  (await calls.call('people.list', { activityId: id })).map(({ familyName, givenName }) => `${familyName} ${givenName}`);

describe('people of an earlier workshop', () => {
  it('come with what is known of them, without their marks, their number in that list, what was noted and agreed to there', async () => {
    const known = {
      sex: 'female',
      profession: 'judge',
      country: 'CI',
      institution: 'Parquet d’Abidjan',
      language: 'fr',
      email: 'awa@example.org',
      phone: '+225 07 12 34 56 78',
      diet: 'végétarienne',
    };
    const ofThere = { ref: 'P07', notes: 'Arrive tard', consentPhoto: 'yes 1 2026-03-02' };
    const there = await add(from, { familyName: 'KONÉ', givenName: 'Awa', ...ofThere, ...known });
    await awa().call('attendance.mark', { activityId: from, halfDay: '2026-03-02-AM', marks: [{ personId: there, status: 'late' }] });
    expect(await copy({ apply: false })).toMatchObject({ applied: false, added: 1, here: 0, importId: null });
    expect(await namesIn(activityId)).toEqual([]);
    expect(await copy()).toMatchObject({ applied: true, added: 1, here: 0 });
    const [person] = await awa().call('people.list', { activityId });
    expect(person).toMatchObject({ familyName: 'KONÉ', givenName: 'Awa', ref: '', notes: '', consentPhoto: null, ...known });
    expect((await awa().call('attendance.grid', { activityId })).marks).toEqual([]);
  });

  it('are all of them, or those who were there in some half-day', async () => {
    const statuses = { present: 'A', late: 'B', remote: 'C', leftEarly: 'D', absent: 'E', excused: 'F' } as const;
    for (const [status, givenName] of Object.entries(statuses)) {
      const personId = await add(from, { familyName: 'DIOP', givenName, email: `${givenName}@example.org` });
      const marks = [{ personId, status: status as keyof typeof statuses }];
      await awa().call('attendance.mark', { activityId: from, halfDay: '2026-03-02-PM', marks });
    }
    await add(from, { familyName: 'DIOP', givenName: 'G', email: 'g@example.org' });
    await copy({ who: 'attended' });
    expect(await namesIn(activityId)).toEqual(['DIOP A', 'DIOP B', 'DIOP C', 'DIOP D']);
    expect(await copy()).toMatchObject({ added: 3, here: 4 });
    expect(await copy()).toMatchObject({ added: 0, here: 7, importId: null });
  });

  it('who are here already stay as they are; where that cannot be told somebody says it', async () => {
    await add(from, { familyName: 'KONÉ', givenName: 'Awa', country: 'CI', institution: 'Parquet d’Abidjan', profession: 'judge' });
    const moussa = await add(from, { familyName: 'DIOP', givenName: 'Moussa', country: 'SN', institution: 'Tribunal de Thiès' });
    await add(activityId, { familyName: 'KONE', givenName: 'Awa', country: 'CI' });
    const other = await add(activityId, { familyName: 'DIOP', givenName: 'Moussa', country: 'SN', institution: 'Parquet de Dakar' });
    const asked = await copy();
    expect(asked).toMatchObject({ applied: false, added: 0, here: 1, rejected: [{ row: 2 }] });
    expect(asked.rows).toMatchObject([
      { does: 'same' },
      { row: 2, person: moussa, does: 'ask', candidates: [{ personId: other, name: 'DIOP Moussa' }], why: 'person.institutionDiffers' },
    ]);
    const decided = (take: string, personId?: string) => copy({ apply: false, decisions: [{ person: moussa, take, personId }] });
    expect(await decided('leave')).toMatchObject({ added: 0, here: 1, rejected: [] });
    expect(await decided('same', other)).toMatchObject({ added: 0, here: 2, rejected: [] });
    expect(await decided('new')).toMatchObject({ added: 1, here: 1, rejected: [] });
    expect(await copy({ skipRejected: true })).toMatchObject({ applied: true, added: 0, here: 1, importId: null });
    expect(await copy({ decisions: [{ person: moussa, take: 'new' }] })).toMatchObject({ applied: true, added: 1 });
    expect(await awa().call('people.list', { activityId })).toMatchObject([
      { familyName: 'KONE', profession: null },
      { institution: 'Parquet de Dakar' },
      { institution: 'Tribunal de Thiès' },
    ]);
  });

  it('are undone in one step', async () => {
    for (const givenName of ['Awa', 'Binta', 'Coumba']) await add(from, { familyName: 'SARR', givenName, country: 'SN' });
    await add(activityId, { familyName: 'DIOP', givenName: 'Moussa' });
    const { importId } = await copy();
    await awa().call('intake.undo', { importId: importId! });
    expect(await namesIn(activityId)).toEqual(['DIOP Moussa']);
    expect(await copy()).toMatchObject({ added: 3 });
    expect(await namesIn(activityId)).toHaveLength(4);
  });

  it('are one of each where two laptops copied them apart', async () => {
    for (const givenName of ['Awa', 'Binta', 'Coumba']) await add(from, { familyName: 'SARR', givenName, country: 'SN' });
    exchange(sides);
    await copy();
    await copy({}, sides[1].calls);
    exchange(sides);
    for (const { calls } of sides) expect(await namesIn(activityId, calls)).toEqual(['SARR Awa', 'SARR Binta', 'SARR Coumba']);
    const [one, other] = laptops.map(({ store }) => store.digest()[peopleSpace(activityId)]);
    expect(one).toBe(other);
  });

  it('come once where they had several records, and not where they were erased', async () => {
    const [one, other] = [
      await add(from, { familyName: 'KONÉ', givenName: 'Awa' }),
      await add(from, { familyName: 'KONE', givenName: 'Awa', country: 'CI' }),
    ];
    const gone = await add(from, { familyName: 'DIOP', givenName: 'Moussa' });
    laptops[0].store.trustRulings([laptops[0].store.replica]);
    await awa().call('people.erase', { id: gone, reason: 'asked' });
    await awa().call('people.link', { ids: [one, other] });
    expect(await copy()).toMatchObject({ added: 1 });
    expect(await awa().call('people.list', { activityId })).toMatchObject([{ familyName: 'KONÉ', country: 'CI' }]);
  });

  it('do not come from nowhere, from here, or with a decision about somebody else', async () => {
    const code = async (args: object): Promise<string> => {
      const answer = await awa().try('people.copy', { activityId, from, who: 'all', apply: true, ...args });
      return answer.ok ? 'done' : answer.refusal.code;
    };
    const nobody = '00000000-0000-4000-8000-000000000000';
    expect(await code({ from: activityId })).toBe('people.copyItself');
    expect(await code({ from: nobody })).toBe('activity.unknown');
    expect(await code({ activityId: nobody })).toBe('activity.unknown');
    expect(await code({ decisions: [{ person: nobody, take: 'new' }] })).toBe('people.unknown');
  });
});
