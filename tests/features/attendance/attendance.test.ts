import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { attendanceHandlers } from '../../../electron/engine/features/attendance/attendance.ts';
import { intakeHandlers } from '../../../electron/engine/features/intake.ts';
import { peopleHandlers } from '../../../electron/engine/features/people/people.ts';
import { peopleOf } from '../../../electron/engine/features/activity/workshop.ts';
import type { Id } from '../../../shared/kernel/ids.ts';
import { peopleSpace } from '../../../shared/model/spaces.ts';
import type { Status } from '../../../shared/model/vocabularies.ts';
import type { FeatureContext } from '../feature-context.ts';
import { openFeatureContext, refusal, value, workshopA } from '../feature-context.ts';
import { expectedA, WORKSHOP_A } from '../activity/workshop-a.ts';
import { quietCall } from '../../support/quiet-call.ts';

let context: FeatureContext;
let activityId: Id;
let calls: ReturnType<typeof attendanceHandlers>;
beforeEach(async () => {
  context = openFeatureContext();
  activityId = await workshopA(context);
  calls = attendanceHandlers(context);
});
afterEach(() => context.close());

const SHEET = path.join(WORKSHOP_A, 'attendance.csv');
const MORNING = '2021-07-12-AM';
const person = (ref: string): Id => peopleOf(context.store.reader, activityId).find((one) => one.ref === ref)!.id;
const importing = (file: string, more: Partial<Parameters<(typeof calls)['attendance.import']>[0]> = {}) =>
  value(calls['attendance.import']({ activityId, path: file, apply: true, skipRejected: false, ...more }, quietCall()));
const tap = (ref: string, status: Status, seen?: string[]) =>
  value(
    calls['attendance.mark'](
      { activityId, halfDay: MORNING, marks: [{ personId: person(ref), status, ...(seen && { seen }) }], method: 'list' },
      quietCall(),
    ),
  );
const changeSets = (): number =>
  context.store.reader.get<{ n: number }>('select count(*) as n from change_set where space = ?', peopleSpace(activityId))!.n;

test('the sheet of workshop A is imported once and gives the figures expected', async () => {
  expect(await importing(SHEET, { apply: false })).toMatchObject({ applied: false, marked: 200, unchanged: 0, rejected: [] });
  expect((await value(calls['attendance.summary']({ activityId }, quietCall()))).codes.notTaken).toBe(200);
  expect(await importing(SHEET)).toMatchObject({ applied: true, marked: 200, unchanged: 0, rejected: [] });
  const before = changeSets();
  expect(await importing(SHEET)).toMatchObject({ applied: true, marked: 0, unchanged: 200, rejected: [] });
  expect(changeSets()).toBe(before);
  const { A } = expectedA();
  expect(await value(calls['attendance.summary']({ activityId, threshold: 0.75 }, quietCall()))).toMatchObject({
    registered: 25,
    presentOrLate: A.presentOrLate,
    rate: A.ratePercent,
    perHalfDay: A.presentPerHalfDay,
    full: A.fullAttendance,
    eligible: A.certificatesAt75,
    below: A.below75,
    exactly: A.exactly75,
  });
  expect((await value(calls['attendance.summary']({ activityId, threshold: 80 }, quietCall()))).eligible).toBe(A.certificatesAt80);
});

test('a list with a bad row is not half in, unless that is asked for', async () => {
  const file = path.join(context.outside, 'sheet.csv');
  writeFileSync(file, `participant_id;${MORNING}\nP01;P\nP99;P\nP02;?\n`);
  const rejected = [
    { row: 3, field: 'participant_id', code: 'person.unknown' },
    { row: 4, field: MORNING, code: 'status.unknown' },
  ];
  expect(await importing(file)).toMatchObject({ applied: false, marked: 1, unchanged: 0, rejected });
  expect((await value(calls['attendance.summary']({ activityId }, quietCall()))).codes.present).toBe(0);
  expect(await importing(file, { skipRejected: true })).toMatchObject({ applied: true, marked: 1 });
  expect((await value(calls['attendance.summary']({ activityId }, quietCall()))).codes.present).toBe(1);
  expect(
    await refusal(
      calls['attendance.import'](
        { activityId, path: path.join(context.outside, 'none.csv'), apply: true, skipRejected: false },
        quietCall(),
      ),
    ),
  ).toBe('file.missing');
});

test('an import is undone whole, and a letter that was asked about is remembered for sheets of its form', async () => {
  const imports = intakeHandlers(context);
  await tap('P01', 'late');
  const file = path.join(context.outside, 'letters.csv');
  writeFileSync(file, `Code;12/07/2021 matin;12/07/2021 après-midi\nP01;P;R\nP02;R;P\n`);
  const asked = await importing(file);
  expect([asked.applied, asked.importId, asked.questions.filter(({ chosen }) => chosen === null).map(({ key }) => key)]).toEqual([
    false,
    null,
    ['letter:R'],
  ]);
  const taken = await importing(file, { letters: { r: 'late' } });
  expect(taken).toMatchObject({ applied: true, marked: 4, rejected: [] });
  expect(taken.rows[0]!.changes).toEqual([
    { field: '2021-07-12-AM', from: 'late', to: 'present' },
    { field: '2021-07-12-PM', from: 'notTaken', to: 'late' },
  ]);
  expect((await importing(file, { apply: false })).questions.find(({ key }) => key === 'letter:R')?.chosen).toBe('late');
  expect(await value(imports['intake.undo']({ importId: taken.importId! }, quietCall()))).toMatchObject({ undone: 4, left: [] });
  const { marks } = await value(calls['attendance.grid']({ activityId }, quietCall()));
  expect(marks.map(({ personId, halfDay, status }) => [personId, halfDay, status])).toEqual([[person('P01'), MORNING, 'late']]);
});

test('a sheet that says of no half-day is refused, and taken once it is said', async () => {
  const file = path.join(context.outside, 'one.csv');
  writeFileSync(file, 'Code;Présence\nP01;Présent\nP02;Absent\n');
  const args = { activityId, path: file, apply: true, skipRejected: true };
  expect(await refusal(calls['attendance.import'](args, quietCall()))).toBe('attendance.sessionOpen');
  expect(await importing(file, { apply: false })).toMatchObject({ applied: false, marked: 0 });
  expect(await importing(file, { answers: { session: MORNING } })).toMatchObject({ applied: true, marked: 2 });
});

test('one call is one change-set, and marking the same again is none', async () => {
  const before = changeSets();
  const marks = ['P01', 'P02', 'P03'].map((ref) => ({ personId: person(ref), status: 'present' as const }));
  const marked = await value(calls['attendance.mark']({ activityId, halfDay: MORNING, marks, method: 'list' }, quietCall()));
  expect(marked.marked).toBe(3);
  expect(marked.cells.map(({ status, conflict, heads }) => [status, conflict, heads.length])).toEqual(Array(3).fill(['present', false, 1]));
  expect(changeSets()).toBe(before + 1);
  await tap('P01', 'present');
  await tap('P09', 'notTaken');
  expect(changeSets()).toBe(before + 1);
  await tap('P01', 'late');
  expect(changeSets()).toBe(before + 2);
});

test('marks are refused whole for somebody else\u2019s people, half-days or workshop', async () => {
  const marks = [
    { personId: person('P01'), status: 'present' as const },
    { personId: '00000000-0000-4000-8000-000000000000', status: 'present' as const },
  ];
  const mark = (halfDay: string, list: typeof marks, id = activityId) =>
    refusal(calls['attendance.mark']({ activityId: id, halfDay, marks: list, method: 'list' }, quietCall()));
  expect(await mark(MORNING, marks)).toBe('attendance.personUnknown');
  expect(await mark('2021-07-16-AM', marks.slice(0, 1))).toBe('attendance.halfDayUnknown');
  expect(await mark(MORNING, marks, '00000000-0000-4000-8000-000000000000')).toBe('activity.unknown');
  expect((await value(calls['attendance.grid']({ activityId }, quietCall()))).marks).toEqual([]);
});

test('a screen that showed an old mark makes a conflict, and both marks are kept until a person chooses', async () => {
  const first = await tap('P01', 'present');
  await tap('P01', 'late');
  const stale = await tap('P01', 'absent', first.cells[0]!.heads);
  expect(stale.cells[0]).toMatchObject({ conflict: true });
  expect(stale.cells[0]!.heads.length).toBe(2);
  const grid = await value(calls['attendance.grid']({ activityId }, quietCall()));
  expect(grid.marks).toEqual([{ ...stale.cells[0], halfDay: MORNING }]);
  const settled = await tap('P01', 'late', stale.cells[0]!.heads);
  expect(settled.cells[0]).toMatchObject({ status: 'late', conflict: false });
});

test('not taken takes a mark back, and its history is kept', async () => {
  context.settings.set('name', 'Awa');
  await value(
    calls['attendance.mark'](
      {
        activityId,
        halfDay: MORNING,
        marks: [{ personId: person('P01'), status: 'late' }],
        method: 'paper',
        at: '2021-07-12T09:10:00+00:00',
      },
      quietCall(),
    ),
  );
  context.setClock('2021-07-15T17:00:00Z');
  await tap('P01', 'notTaken');
  expect((await value(calls['attendance.summary']({ activityId }, quietCall()))).codes).toMatchObject({ notTaken: 200, late: 0 });
  const history = await value(calls['attendance.history']({ activityId, halfDay: MORNING, personId: person('P01') }, quietCall()));
  const device = context.store.replica.slice(0, 8);
  expect(history).toEqual([
    {
      status: 'notTaken',
      author: 'Awa',
      device,
      laptop: '',
      method: 'list',
      happenedAt: '2021-07-15T17:00:00.000Z',
      recordedAt: '2021-07-15T17:00:00.000Z',
      receivedAt: null,
      unreadable: false,
      current: true,
    },
    {
      status: 'late',
      author: 'Awa',
      device,
      laptop: '',
      method: 'paper',
      happenedAt: '2021-07-12T09:10:00+00:00',
      recordedAt: '2021-07-15T16:42:31.123Z',
      receivedAt: null,
      unreadable: false,
      current: false,
    },
  ]);
});

test('people taken off the list take their marks out of the figures and bring them back', async () => {
  await importing(SHEET);
  const people = peopleHandlers(context);
  const id = person('P06');
  await value(people['people.remove']({ id }, quietCall()));
  expect(await value(calls['attendance.summary']({ activityId }, quietCall()))).toMatchObject({
    registered: 24,
    cells: 192,
    below: ['P20'],
  });
  await value(people['people.restore']({ id }, quietCall()));
  expect(await value(calls['attendance.summary']({ activityId }, quietCall()))).toMatchObject({
    registered: 25,
    cells: 200,
    presentOrLate: 188,
  });
});

test('marks are there after a restart', async () => {
  await tap('P01', 'remote');
  context = context.reopened();
  calls = attendanceHandlers(context);
  expect((await value(calls['attendance.grid']({ activityId }, quietCall()))).marks.map(({ status }) => status)).toEqual(['remote']);
});
