import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { formOf } from '../../../shared/features/intake/form-choices.ts';
import type { Id } from '../../../shared/kernel/ids.ts';
import { toHex } from '../../../shared/kernel/hex.ts';
import { intakeFormId } from '../../../shared/model/derivations.ts';
import { peopleSpace } from '../../../shared/model/spaces.ts';
import { nodeHasher } from '../../../shared/node/crypto.ts';
import type { FieldValue } from '../../../shared/sync/types.ts';
import { featureCalls, type FeatureCalls } from '../../support/laptops/feature-laptop.ts';
import { type Laptop } from '../../support/laptops/laptop.ts';
import { startRepository, type TestRepository } from '../../support/repository/repository.ts';
import { laptopsAround, synced } from '../../support/workshop.ts';
import { quietCall } from '../../support/quiet-call.ts';

// What is said for a workshop of the columns of a form of list, on one laptop, and what the others make of it over a repository.

let server: TestRepository;
const { enrolled, end } = laptopsAround(() => server);
beforeAll(async () => {
  server = await startRepository({ library: false });
});
afterAll(async () => {
  await end();
  await server.stop();
  expect(server.faults).toEqual([]);
});

interface Side {
  readonly laptop: Laptop;
  readonly calls: FeatureCalls;
}

const side = async (): Promise<Side> => {
  const laptop = await enrolled();
  return { laptop, calls: featureCalls(laptop) };
};

const HEADINGS = ['Zol', 'Brak', 'Grum'];
const FORM = formOf(HEADINGS, nodeHasher);
const list = (...rows: string[]): string => [HEADINGS.join('|'), ...rows].map((row) => row.replaceAll('|', '\t')).join('\n');

/** Takes a list with what is said of its columns, for the workshop. */
const take = ({ calls }: Side, activityId: Id, text: string, columns: Readonly<Record<string, string>>) =>
  calls.call('people.import', { activityId, text, columns, apply: true, skipRejected: true, remember: 'workshop' });

/** What the next list of the form is understood as. */
const proposed = async ({ calls }: Side, activityId: Id): Promise<string[]> => {
  const { understood } = await calls.call('people.import', { activityId, text: list('qxiri|wyono|Mali'), apply: false });
  return understood.columns.map(({ field, why }) => `${field} ${why}`);
};

/** Two laptops with one workshop, and a third that has neither said nor seen anything of its lists. */
const workshop = async (): Promise<{ activityId: Id; one: Side; two: Side; third: Side }> => {
  const [one, two, third] = [await side(), await side(), await side()];
  const { id: activityId } = await one.calls.call('activity.create', {
    ...{ title: 'Atelier', languages: ['fr'], countries: ['ML'], start: '2026-03-02', end: '2026-03-03' },
  });
  for (const { laptop } of [one, two, third]) await synced(laptop);
  return { activityId, one, two, third };
};

const conflicts = async ({ laptop }: Side) => {
  const answer = await laptop.sync.handlers['sync.conflicts']({}, quietCall());
  if (!answer.ok) throw new Error(answer.refusal.code);
  return answer.value;
};

describe('what is said of a form of list for the workshop', () => {
  it('is proposed by a colleague’s laptop for the next list of that form, after an exchange', async () => {
    const { activityId, one, two } = await workshop();
    await take(one, activityId, list('qxana|wyola|Mali'), { A: 'familyName', B: 'givenName', C: 'country' });
    expect(await proposed(two, activityId)).toEqual([' none', ' none', ' none']);
    await synced(one.laptop);
    expect(await synced(two.laptop)).toMatchObject({ conflicts: 0 });
    expect(await proposed(two, activityId)).toEqual(['familyName remembered', 'givenName remembered', 'country remembered']);
    const taken = await two.calls.call('people.import', { activityId, text: list('qxeno|wyeti|Benim'), apply: true, skipRejected: false });
    expect(taken).toMatchObject({ applied: true, added: 1 });
  });

  it('is what was said last where two laptops say it differently, and stands behind what a laptop said itself', async () => {
    const { activityId, one, two, third } = await workshop();
    await take(one, activityId, list('qxana|wyola|Mali'), { A: 'familyName', B: 'givenName', C: 'country' });
    await take(two, activityId, list('qxeno|wyeti|Mali'), { A: 'givenName', B: 'familyName', C: '' });
    for (const { laptop } of [one, two, one, third]) expect(await synced(laptop)).toMatchObject({ refused: 0 });
    const space = peopleSpace(activityId);
    expect(new Set([one, two, third].map(({ laptop }) => laptop.store.digest()[space])).size).toBe(1);
    for (const each of [one, two, third]) expect(await conflicts(each)).toEqual([]);
    expect(await proposed(one, activityId)).toEqual(['familyName remembered', 'givenName remembered', 'country remembered']);
    expect(await proposed(two, activityId)).toEqual(['givenName remembered', 'familyName remembered', ' remembered']);
    expect(await proposed(third, activityId)).toEqual(['givenName remembered', 'familyName remembered', ' remembered']);
    // Said once more, it is the last word.
    await take(one, activityId, list('qxiwo|wyaba|Mali'), { A: 'familyName', B: 'givenName', C: 'country' });
    for (const { laptop } of [one, third]) await synced(laptop);
    expect(await proposed(third, activityId)).toEqual(['familyName remembered', 'givenName remembered', 'country remembered']);
  });
});

describe('a record of a form that no laptop of ours wrote', () => {
  const digest = (heading: string): string => toHex(nodeHasher.sha256(new TextEncoder().encode(heading))).slice(0, 16);
  const [zol, brak, grum] = ['zol', 'brak', 'grum'].map(digest) as [string, string, string];
  const write = ({ laptop }: Side, activityId: Id, fields: Readonly<Record<string, FieldValue>>) =>
    laptop.write(peopleSpace(activityId), 'intakeForm', intakeFormId(nodeHasher, activityId, 'people', FORM), {
      ...{ activityId, kind: 'people', form: FORM },
      ...fields,
    });

  it('is refused where its values are none, and says nothing here', async () => {
    const { activityId, one, two } = await workshop();
    for (const columns of ['familyName', ['familyName'], { [zol]: 7 }, { [zol]: 'x'.repeat(201) }] as FieldValue[])
      write(two, activityId, { columns });
    write(two, activityId, { encoding: 'utf-8\r\nx' });
    expect(await synced(two.laptop)).toMatchObject({ refused: 5 });
    await synced(one.laptop);
    for (const each of [one, two]) expect(await proposed(each, activityId)).toEqual([' none', ' none', ' none']);
  });

  it('proposes nothing that no column can mean, and holds no list up', async () => {
    for (const fields of [
      { columns: { [zol]: 'toString', [brak]: 'constructor', [grum]: 'familyName; drop', '': 'country' } },
      { columns: { constructor: 'country', [grum]: '2026-03-02-AM' } },
      { columns: {}, answers: { ['dates']: 'evil', [`sex:#${zol}:1`]: 'evil', '': '' }, encoding: 'utf-7' },
    ]) {
      const { activityId, one, two } = await workshop();
      write(two, activityId, fields);
      await synced(two.laptop);
      await synced(one.laptop);
      expect(await proposed(one, activityId)).toEqual([' none', ' none', ' none']);
      await take(one, activityId, list('qxana|wyola|Mali'), { A: 'familyName', B: 'givenName', C: 'country' });
      expect(await proposed(one, activityId)).toEqual(['familyName remembered', 'givenName remembered', 'country remembered']);
    }
  });

  it('is taken at its word where it says what columns mean, one column for each', async () => {
    const { activityId, one, two } = await workshop();
    write(two, activityId, { columns: { [zol]: 'familyName', [brak]: 'familyName', [grum]: 'familyName' } });
    await synced(two.laptop);
    await synced(one.laptop);
    const looked = await one.calls.call('people.import', { activityId, text: list('qxiri|wyono|Mali'), apply: false });
    expect(looked.understood.columns.map(({ why }) => why)).toEqual(['remembered', 'remembered', 'remembered']);
    expect(looked.account.cells).toBe(looked.account.taken + looked.account.left + looked.account.asked);
  });
});
