import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { featureCalls, type FeatureCalls } from '../../support/laptops/feature-laptop.ts';
import { openLaptop, type Laptop } from '../../support/laptops/laptop.ts';

const AM = '2026-03-02-AM';

let laptop: Laptop;
let calls: FeatureCalls;
let activityId: string;
beforeEach(async () => {
  laptop = openLaptop();
  calls = featureCalls(laptop);
  ({ id: activityId } = await calls.call('activity.create', { title: 'Atelier', start: '2026-03-02', end: '2026-03-02' }));
});
afterEach(() => laptop.end());

const recognise = (name: string, more: object = {}) => calls.call('attendance.recognise', { activityId, name, ...more });
const add = async (person: object): Promise<string> => (await calls.call('people.add', { activityId, ...person } as never)).id;

describe('a name typed in one field', () => {
  it('is parted by capitals, a comma and known given names, and by a guess that is said to be one', async () => {
    const parted: readonly (readonly [string, string, string, boolean])[] = [
      ['KONÉ Awa', 'KONÉ', 'Awa', true],
      ['Awa KONÉ', 'KONÉ', 'Awa', true],
      ['Mme Awa KONÉ', 'KONÉ', 'Awa', true],
      ['Évora, João', 'Évora', 'João', true],
      ['N’GUESSAN', 'N’GUESSAN', '', true],
      ['Xylo Zanbar', 'Xylo', 'Zanbar', false],
      ['', '', '', true],
    ];
    for (const [typed, familyName, givenName, sure] of parted)
      expect(await recognise(typed), typed).toMatchObject({ familyName, givenName, sure, candidates: [] });
    expect(await recognise('Xylo Zanbar', { turned: true })).toMatchObject({ familyName: 'Zanbar', givenName: 'Xylo', sure: true });
    expect(await recognise('Mme Awa KONÉ')).toMatchObject({ sex: 'female' });
  });

  it('proposes whoever is in the list already, likeliest first, each person once', async () => {
    const listed = await add({ familyName: 'KONÉ', givenName: 'Awa', country: 'CI' });
    const other = await add({ familyName: 'KONE', givenName: 'Awa' });
    await add({ familyName: 'DIOP', givenName: 'Moussa' });
    expect(await recognise('diop moussa')).toMatchObject({ candidates: [{ why: 'names' }] });
    const both = await recognise('Awa KONE');
    expect(new Set(both.candidates.map(({ personId }) => personId))).toEqual(new Set([listed, other]));
    await calls.call('people.link', { ids: [listed, other] });
    expect((await recognise('Awa KONE')).candidates.map(({ personId }) => personId)).toEqual([listed]);
    expect((await recognise('SARR Binta')).candidates).toEqual([]);
  });
});

describe('somebody who came in', () => {
  it('is in the list after everybody, to be completed, and marked, in one step', async () => {
    await add({ familyName: 'DIOP', givenName: 'Moussa' });
    const before = laptop.store.reader.get<{ n: number }>('select count(*) as n from change_set')!.n;
    const { id } = await calls.call('attendance.walkIn', { activityId, halfDay: AM, familyName: 'KONÉ', givenName: 'Awa', country: 'CI' });
    expect(laptop.store.reader.get<{ n: number }>('select count(*) as n from change_set')!.n).toBe(before + 1);
    const list = await calls.call('people.list', { activityId });
    expect(list).toMatchObject([{ familyName: 'DIOP' }, { id, familyName: 'KONÉ', givenName: 'Awa', country: 'CI', complete: false }]);
    expect((await calls.call('attendance.grid', { activityId })).marks).toMatchObject([{ personId: id, halfDay: AM, status: 'present' }]);
    expect(await calls.call('attendance.history', { activityId, halfDay: AM, personId: id })).toMatchObject([
      { method: 'list', current: true },
    ]);
  });

  it('is taken back with the mark, which waits nowhere', async () => {
    const { id } = await calls.call('attendance.walkIn', { activityId, halfDay: AM, familyName: 'KONÉ' });
    const { seen } = await calls.call('people.open', { id });
    await calls.call('people.remove', { id, seen });
    expect(await calls.call('people.list', { activityId })).toEqual([]);
    expect(await calls.call('attendance.orphans', { activityId })).toEqual([]);
  });

  it('comes into half-days of the workshop alone, and nobody is added otherwise', async () => {
    const refused = await calls.try('attendance.walkIn', { activityId, halfDay: '2026-03-09-AM', familyName: 'KONÉ' });
    expect(refused).toMatchObject({ ok: false, refusal: { code: 'attendance.halfDayUnknown' } });
    expect(await calls.call('people.list', { activityId })).toEqual([]);
  });
});
