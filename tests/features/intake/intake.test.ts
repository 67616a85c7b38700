import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { activityHandlers } from '../../../electron/engine/features/activity/activity.ts';
import { attendanceHandlers } from '../../../electron/engine/features/attendance/attendance.ts';
import { intakeHandlers } from '../../../electron/engine/features/intake.ts';
import { peopleHandlers } from '../../../electron/engine/features/people/people.ts';
import { desktopContract } from '../../../shared/contract/desktop.ts';
import type { IntakeOptions } from '../../../shared/features/intake/shapes.ts';
import { openFeatureContext, refusal, value, type FeatureContext } from '../feature-context.ts';
import { quietCall } from '../../support/quiet-call.ts';

let context: FeatureContext;
let activityId: string;

beforeEach(async () => {
  context = openFeatureContext();
  activityId = await workshop();
});
afterEach(() => context.close());

const parse = <K extends keyof typeof desktopContract>(name: K, args: object) => desktopContract[name].args.parse(args) as never;
const workshop = async (): Promise<string> => {
  const args = { title: 'Atelier', languages: ['fr'], start: '2026-03-02', end: '2026-03-03' };
  const handlers = activityHandlers(context, { pending: () => 0, conflicts: () => 0 });
  return (await value(handlers['activity.create'](parse('activity.create', args), quietCall()))).id;
};
const importing = (lines: readonly string[], more: Partial<IntakeOptions> & { apply?: boolean; skipRejected?: boolean } = {}) => {
  const file = path.join(context.outside, 'liste.csv');
  writeFileSync(file, lines.map((line) => line.replaceAll('|', ';')).join('\n'));
  return value(
    peopleHandlers(context)['people.import'](parse('people.import', { activityId, path: file, apply: true, ...more }), quietCall()),
  );
};
const list = () => value(peopleHandlers(context)['people.list']({ activityId }, quietCall()));
const undo = (importId: string | null) => intakeHandlers(context)['intake.undo']({ importId: importId! }, quietCall());
const open = () => value(intakeHandlers(context)['intake.list']({ activityId }, quietCall()));
const mark = (personId: string) =>
  value(
    attendanceHandlers(context)['attendance.mark'](
      parse('attendance.mark', { activityId, halfDay: '2026-03-02-AM', marks: [{ personId, status: 'present' }] }),
      quietCall(),
    ),
  );
const LIST = ['Nom|Prénom|Pays|Institution', 'DIOP|Awa|Sénégal|Parquet', 'FALL|Ibra|Sénégal|Cour'];

describe('an import is undone', () => {
  it('exactly: who was added goes, what was changed goes back', async () => {
    await importing(LIST);
    const before = await list();
    const second = await importing([...LIST.slice(0, 1), 'DIOP|Awa|Sénégal|Parquet de Dakar', 'SOW|Ada|Mali|Greffe'], {});
    expect(second).toMatchObject({ added: 1, updated: 1 });
    expect(await open()).toMatchObject([{ importId: second.importId, kind: 'people', file: 'liste.csv', records: 2 }, { records: 2 }]);
    expect(await value(undo(second.importId))).toEqual({ undone: 2, left: [] });
    expect(await list()).toEqual(before);
    expect(await open()).toHaveLength(1);
    expect(await refusal(undo(second.importId))).toBe('intake.undone');
    expect(await refusal(undo('0'.repeat(64)))).toBe('intake.unknown');
  });

  it('but for what somebody wrote to since, which is left and named', async () => {
    const first = await importing(LIST);
    const [awa, ibra] = await list();
    await mark(awa!.id);
    await value(peopleHandlers(context)['people.update']({ id: ibra!.id, institution: 'Tribunal' }, quietCall()));
    expect(await value(undo(first.importId))).toEqual({
      undone: 0,
      left: [
        { id: awa!.id, personId: awa!.id, name: 'DIOP Awa', why: 'marked' },
        { id: ibra!.id, personId: ibra!.id, name: 'FALL Ibra', why: 'changed' },
      ],
    });
    expect(await list()).toHaveLength(2);
  });

  it('field by field, and a value that was never recorded is not recorded again', async () => {
    await importing(['Nom|Prénom', 'DIOP|Awa']);
    const before = await list();
    const second = await importing(['Nom|Prénom|Pays|Institution|Sexe', 'DIOP|Awa|Sénégal|Parquet|F']);
    await value(peopleHandlers(context)['people.update']({ id: before[0]!.id, country: 'ML' }, quietCall()));
    expect(await value(undo(second.importId))).toMatchObject({ undone: 0, left: [{ why: 'changed' }] });
    expect(await list()).toEqual([{ ...before[0]!, country: 'ML' }]);
  });

  it('so that who came back is removed again, and comes back with the same list', async () => {
    await importing(LIST);
    const [awa] = await list();
    await value(peopleHandlers(context)['people.remove']({ id: awa!.id }, quietCall()));
    const second = await importing(LIST);
    expect(await list()).toHaveLength(2);
    await value(undo(second.importId));
    expect((await list()).map(({ familyName }) => familyName)).toEqual(['FALL']);
    await importing(LIST);
    expect((await list()).map(({ id }) => id).sort()).toContain(awa!.id);
  });

  it('where it settled a conflict, so that both values stand beside each other again', async () => {
    await importing(['Nom|Prénom|Institution', 'DIOP|Awa|Parquet']);
    const [awa] = await list();
    const people = peopleHandlers(context);
    const { seen } = await value(people['people.open']({ id: awa!.id }, quietCall()));
    await value(people['people.update']({ id: awa!.id, institution: 'Cour', seen }, quietCall()));
    await value(people['people.update']({ id: awa!.id, institution: 'Greffe', seen }, quietCall()));
    const heads = () => context.store.reader.heads('participant', awa!.id, 'institution').map((head) => head.value);
    const both = new Set(heads());
    const next = await importing(['Nom|Prénom|Email|Institution', 'DIOP|Awa|awa@example.org|Ministère'], {
      decisions: [{ row: 2, take: 'same', personId: awa!.id }],
    });
    expect(heads()).toEqual(['Ministère']);
    await value(undo(next.importId));
    expect(new Set(heads())).toEqual(both);
  });

  it('after the laptop was started again, and never where it wrote nothing', async () => {
    const { importId } = await importing(LIST);
    expect((await importing(LIST)).importId).toBeNull();
    expect((await importing(LIST, { apply: false })).importId).toBeNull();
    context = context.reopened();
    expect(await open()).toHaveLength(1);
    expect(await value(undo(importId))).toMatchObject({ undone: 2 });
    expect(await list()).toEqual([]);
  });
});

describe('the columns of a form', () => {
  const form = ['Chose|Truc|Pays', 'DIOP|Awa|Sénégal', 'FALL|Ibra|Sénégal'];
  const columns = { A: 'familyName', B: 'givenName' };

  it('are remembered for the next list with these headings, once it was taken', async () => {
    await importing(form, { columns, apply: false });
    const before = await importing(form, { apply: false });
    expect(before.understood.columns.map(({ why }) => why)).not.toContain('remembered');
    await importing(form, { columns });
    const next = await importing(['Chose|Truc|Pays', 'SOW|Ada|Mali'], { apply: false });
    expect(next.understood.columns.map(({ field, why }) => `${field} ${why}`).slice(0, 2)).toEqual([
      'familyName remembered',
      'givenName remembered',
    ]);
    const other = await importing(['Chose|Nom|Prénom', 'x|SOW|Ada'], { apply: false });
    expect(other.understood.columns.map(({ field }) => field)).toEqual(['', 'familyName', 'givenName']);
  });
});

it('people who are perhaps one are named once, with what speaks for it', async () => {
  await importing([
    'Nom|Prénom|Pays|Institution',
    'TRAORE|Moussa|Mali|Cour',
    'TRAORE|Moussa|Burkina Faso|Parquet',
    'DIOP|Awa|Sénégal|Greffe',
  ]);
  const pairs = () => value(peopleHandlers(context)['people.pairs']({ activityId }, quietCall()));
  expect(await pairs()).toEqual([]);
  const add = { activityId, familyName: 'DIOP', givenName: 'Awa Marie' };
  const { id } = await value(peopleHandlers(context)['people.add'](parse('people.add', add), quietCall()));
  const awa = (await list()).find(({ familyName, givenName }) => familyName === 'DIOP' && givenName === 'Awa')!;
  const [pair, ...others] = await pairs();
  expect(others).toEqual([]);
  expect(pair).toMatchObject({ ids: [awa.id, id], why: 'person.nameClose' });
  expect(pair!.fields).toContainEqual({ field: 'givenName', relation: 'different', values: ['Awa', 'Awa Marie'] });
});
