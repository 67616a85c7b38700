import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import Papa from 'papaparse';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import writeXlsxFile from 'write-excel-file/node';
import { peopleHandlers } from '../../../electron/engine/features/people/people.ts';
import { activity as activityEntity } from '../../../shared/model/activity.ts';
import { blankOf } from '../../../shared/model/records.ts';
import { missingFields, type Participant } from '../../../shared/features/people/rules.ts';
import { participant } from '../../../shared/model/people.ts';
import { peopleSpace } from '../../../shared/model/spaces.ts';
import { decodeChangeSet } from '../../../shared/sync/change-set.ts';
import { encoded, ENCODINGS } from '../../support/lists/encodings.ts';
import { openFeatureContext, refusal, value, type FeatureContext } from '../feature-context.ts';
import { activityHandlers } from '../../../electron/engine/features/activity/activity.ts';
import { BLANK_PERSON } from '../../support/lists/blank-person.ts';
import { quietCall } from '../../support/quiet-call.ts';

const FIXTURE = path.resolve(import.meta.dirname, '../../fixtures/workshop-a/participants.csv');
const UNKNOWN = '00000000-0000-4000-8000-000000000000';

let context: FeatureContext;
let calls: ReturnType<typeof peopleHandlers>;
let activityId: string;

beforeEach(async () => {
  context = openFeatureContext();
  calls = peopleHandlers(context);
  const activity = activityHandlers(context, { pending: () => 0, conflicts: () => 0 });
  const created = activity['activity.create'](
    {
      ...blankOf(activityEntity),
      title: 'Atelier',
      languages: ['fr'],
      mode: 'inPerson',
      start: '2021-07-12',
      end: '2021-07-15',
    },
    quietCall(),
  );
  activityId = (await value(created)).id;
});
afterEach(() => context.close());

const list = (): Promise<Participant[]> => value(calls['people.list']({ activityId }, quietCall()));
const importing = (file: string, apply = true, skipRejected = false, call = quietCall()) =>
  value(calls['people.import']({ activityId, path: file, apply, skipRejected }, call));
/** A name that no other number has. */
const lettered = (number: number): string => `NOM${[...String(number)].map((digit) => 'ABCDEFGHIJ'[Number(digit)]).join('')}`;
const fileOf = (name: string, bytes: string | Uint8Array): string => {
  const file = path.join(context.outside, name);
  writeFileSync(file, bytes);
  return file;
};
const WALK_IN = BLANK_PERSON;
const walkIn = (fields: object) => value(calls['people.add']({ activityId, ...WALK_IN, familyName: 'X', ...fields }, quietCall()));

describe('importing a list', () => {
  it('looks without touching, then takes 25 people, two of them homonyms; a second time it adds nobody', async () => {
    const looked = await importing(FIXTURE, false);
    expect(looked.rows.map(({ does }) => does)).toEqual(Array.from({ length: 25 }, () => 'new'));
    expect(looked).toMatchObject({ applied: false, importId: null, added: 25, unchanged: 0, updated: 0, rejected: [], doubtful: [] });
    expect(await list()).toEqual([]);
    const taken = await importing(FIXTURE);
    expect(taken).toMatchObject({ applied: true, added: 25, homonyms: looked.homonyms });
    const people = await list();
    expect(people.map(({ ref }) => ref)).toEqual(Array.from({ length: 25 }, (_, i) => `P${String(i + 1).padStart(2, '0')}`));
    expect(people.filter(({ homonym }) => homonym).map(({ ref }) => ref)).toEqual(['P06', 'P17']);
    expect(people[8]).toMatchObject({
      familyName: "N'GUESSAN",
      givenName: 'Akissi',
      country: 'CI',
      sex: 'female',
      profession: 'judge',
      complete: true,
    });
    const digest = context.store.digest();
    expect(await importing(FIXTURE)).toMatchObject({ added: 0, unchanged: 25, updated: 0 });
    expect(context.store.digest()).toEqual(digest);
  });

  it('takes the same list from every encoding, delimiter and from a workbook', async () => {
    const records = Papa.parse<string[]>(readFileSync(FIXTURE, 'utf8').trim()).data;
    await importing(FIXTURE);
    for (const encoding of ENCODINGS) {
      for (const delimiter of [';', ',', '\t']) {
        const file = fileOf('again.csv', encoded(Papa.unparse(records, { delimiter, newline: '\r\n' }), encoding));
        expect(await importing(file), `${encoding} ${delimiter}`).toMatchObject({ added: 0, unchanged: 25, rejected: [] });
      }
    }
    const book = path.join(context.outside, 'again.xlsx');
    await writeXlsxFile(records.map((cells) => cells.map((cell) => ({ value: cell })))).toFile(book);
    expect(await importing(book)).toMatchObject({ added: 0, unchanged: 25, rejected: [] });
  });

  it('takes nothing while a row is bad, and the good ones when told to', async () => {
    const [, , second] = readFileSync(FIXTURE, 'utf8').trim().split(/\r?\n/);
    const bad = fileOf('bad.csv', `${readFileSync(FIXTURE, 'utf8').trim()}\n${second!}\nP27,SO?W\uFFFD,Awa,F,judge,Senegal,,fr,\n`);
    const before = context.store.tips(peopleSpace(activityId));
    const refused = await importing(bad);
    expect(refused).toMatchObject({ applied: false, added: 0, unchanged: 0, updated: 0, importId: null });
    expect(await importing(bad, false)).toMatchObject({ applied: false, added: 25 });
    expect(refused.rejected).toEqual([
      { sheet: '', row: 27, field: 'familyName', code: 'row.duplicate' },
      { sheet: '', row: 28, field: 'familyName', code: 'name.lettersLost' },
    ]);
    expect(refused.rows.filter(({ does }) => does === 'ask').map(({ row, why }) => [row, why])).toEqual([
      [27, 'row.duplicate'],
      [28, 'name.lettersLost'],
    ]);
    expect(context.store.tips(peopleSpace(activityId))).toEqual(before);
    expect(await importing(bad, true, true)).toMatchObject({ applied: true, added: 25 });
    expect(await list()).toHaveLength(25);
  });

  it('takes 2,000 people at once, in the list’s order', async () => {
    const rows = Array.from(
      { length: 2_000 },
      (_, i) => `X${i};${lettered(i)};Prénom;${i % 2 ? 'F' : 'M'};juge;Sénégal;Tribunal ${i % 40};fr;p${i}@example.org`,
    );
    const file = fileOf('long.csv', `id;Nom;Prénom;Sexe;Profession;Pays;Institution;Langue;Courriel\n${rows.join('\n')}\n`);
    let commits = 0;
    context.store.onChanged(() => commits++);
    expect(await importing(file)).toMatchObject({ applied: true, added: 2_000, rejected: [] });
    expect(commits).toBe(1);
    expect((await list()).map(({ ref }) => ref)).toEqual(rows.map((_, i) => `X${i}`));
    expect(await importing(file)).toMatchObject({ added: 0, unchanged: 2_000 });
  });

  it('is cancelled whole', async () => {
    const controller = new AbortController();
    const cancelled = calls['people.import']({ activityId, path: FIXTURE, apply: true, skipRejected: false }, quietCall(controller.signal));
    controller.abort();
    expect(await refusal(cancelled)).toBe('job.cancelled');
    expect(await list()).toEqual([]);
  });

  it('changes what the new list says otherwise, and brings back whom it names', async () => {
    await importing(FIXTURE);
    const [first, second] = await list();
    await value(calls['people.remove']({ id: second!.id }, quietCall()));
    expect(await list()).toHaveLength(24);
    const changed = fileOf(
      'changed.csv',
      readFileSync(FIXTURE, 'utf8').replace('Tribunal de première instance de Cotonou', 'Cour suprême'),
    );
    context.setClock('2021-07-16T08:00:00Z');
    expect(await importing(changed)).toMatchObject({ added: 1, updated: 1, unchanged: 23 });
    const people = await list();
    expect(people.find(({ id }) => id === first!.id)?.institution).toBe('Cour suprême');
    expect(people.map(({ id }) => id)).toContain(second!.id);
    expect(context.store.reader.history(first!.id, 'institution').map((entry) => entry.value)).toEqual([
      'Cour suprême',
      'Tribunal de première instance de Cotonou',
    ]);
  });

  it('writes what is personal so that it can be erased, and nothing else so', async () => {
    await importing(FIXTURE);
    const bodies = context.store.reader.all<{ body: Uint8Array }>(
      "select body from change_set where space = ? and kind = 'data'",
      peopleSpace(activityId),
    );
    const forms = new Map<string, Set<string>>();
    for (const { body } of bodies) {
      const decoded = decodeChangeSet(body, context.hasher);
      if (!decoded.ok) throw new Error(decoded.refusal.code);
      for (const { field, content } of decoded.value.ops) forms.set(field, (forms.get(field) ?? new Set()).add(content.form));
    }
    const written = Object.entries(participant.fields).filter(([field, { personal }]) => personal !== null && forms.has(field));
    expect(written.length).toBeGreaterThan(7);
    for (const [field] of written) expect([field, [...forms.get(field)!]]).toEqual([field, ['erasable']]);
    for (const field of ['activityId', 'position']) expect([...forms.get(field)!]).toEqual(['plain']);
  });

  it('refuses what is no list, and no workshop', async () => {
    const attempt = (file: string, id = activityId) =>
      refusal(calls['people.import']({ activityId: id, path: file, apply: true, skipRejected: false }, quietCall()));
    expect(await attempt(path.join(context.outside, 'nothing.csv'))).toBe('file.missing');
    expect(await attempt(fileOf('empty.csv', 'Nom,Prénom\n'))).toBe('table.empty');
    expect(await attempt(fileOf('other.csv', 'a,b\n1,2\n'))).toBe('people.headerUnknown');
    expect(await attempt(fileOf('damaged.xlsx', 'PK\u0003\u0004 nothing'))).toBe('table.unreadable');
    expect(await attempt(FIXTURE, UNKNOWN)).toBe('activity.unknown');
  });
});

describe('people one by one', () => {
  it('what is missing of a person is what a report counts and nobody recorded', () => {
    const whole = { sex: 'female', profession: 'judge', country: 'ML', institution: 'Parquet' } as const;
    expect(missingFields(whole)).toEqual([]);
    expect(missingFields({ ...whole, sex: 'notStated' })).toEqual([]);
    expect(missingFields({ ...whole, institution: '' })).toEqual(['institution']);
    expect(missingFields({ sex: null, profession: null, country: null, institution: null })).toEqual([
      ...['profession', 'sex', 'country', 'institution'],
    ]);
  });

  it('a walk-in with a name and a country is marked to complete, and completed later', async () => {
    await importing(FIXTURE);
    const { id, complete, homonyms } = await walkIn({ familyName: 'Traoré', givenName: 'moussa', country: 'ML' });
    expect(complete).toBe(false);
    const people = await list();
    expect(homonyms.map((one) => people.find((person) => person.id === one)!.ref).sort()).toEqual(['P06', 'P17']);
    expect(people.at(-1)).toMatchObject({
      id,
      familyName: 'Traoré',
      givenName: 'moussa',
      ref: '',
      sex: 'notStated',
      profession: null,
      complete: false,
      homonym: true,
    });
    const update = (fields: object) => value(calls['people.update']({ id, ...fields }, quietCall()));
    expect(await update({ institution: 'Cour d’appel', profession: 'judge' })).toEqual({ complete: false });
    // *Not stated* is an answer.
    expect(await update({ sex: 'notStated' })).toEqual({ complete: true });
  });

  it('names are kept exactly as given', async () => {
    const names = ["N'GUESSAN", 'N’GUESSAN', 'MAÏGA', 'd’Almeida', 'Ōé–Ünlü', '=SUM(A1)'];
    for (const familyName of names) await walkIn({ familyName });
    expect((await list()).map(({ familyName }) => familyName)).toEqual(names);
  });

  it('an open form supersedes what it showed, so that what came meanwhile is a conflict and not lost', async () => {
    const { id } = await walkIn({ familyName: 'DIOP', institution: 'Parquet' });
    const opened = await value(calls['people.open']({ id }, quietCall()));
    expect(opened.participant).toMatchObject({ id, familyName: 'DIOP' });
    await value(calls['people.update']({ id, institution: 'Tribunal' }, quietCall()));
    await value(calls['people.update']({ id, institution: 'Cour d’appel', seen: opened.seen }, quietCall()));
    const shown = context.store.reader.heads('participant', id, 'institution').map((head) => head.value);
    expect(new Set(shown)).toEqual(new Set(['Cour d’appel', 'Tribunal']));
  });

  it('is removed, brought back, and unknown to no call without a code', async () => {
    const { id } = await walkIn({});
    await value(calls['people.remove']({ id }, quietCall()));
    expect(await list()).toEqual([]);
    expect(await refusal(calls['people.update']({ id, givenName: 'A' }, quietCall()))).toBe('people.unknown');
    await value(calls['people.restore']({ id }, quietCall()));
    expect(await list()).toHaveLength(1);
    for (const name of ['people.open', 'people.remove', 'people.restore'] as const) {
      expect(await refusal(calls[name]({ id: UNKNOWN }, quietCall())), name).toBe('people.unknown');
    }
    expect(await refusal(calls['people.add']({ activityId: UNKNOWN, ...WALK_IN, familyName: 'X' }, quietCall()))).toBe('activity.unknown');
    expect(await refusal(calls['people.list']({ activityId: UNKNOWN }, quietCall()))).toBe('activity.unknown');
  });
});
