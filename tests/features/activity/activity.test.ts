import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { activityHandlers } from '../../../electron/engine/features/activity/activity.ts';
import { attendanceHandlers } from '../../../electron/engine/features/attendance/attendance.ts';
import { peopleHandlers } from '../../../electron/engine/features/people/people.ts';
import { activity as activityEntity } from '../../../shared/model/activity.ts';
import { blankOf } from '../../../shared/model/records.ts';
import { answersSpace, peopleSpace, planSpace } from '../../../shared/model/spaces.ts';
import { openFeatureContext, refusal, value, type FeatureContext } from '../feature-context.ts';
import { BLANK_PERSON } from '../../support/lists/blank-person.ts';
import { quietCall } from '../../support/quiet-call.ts';

const UNKNOWN = '00000000-0000-4000-8000-000000000000';
const PLAN = {
  ...blankOf(activityEntity),
  title: 'Formation judiciaire de base',
  courseId: 'C1',
  projects: ['GLACY+'],
  partners: ['OCWAR-C'],
  languages: ['fr' as const],
  countries: ['BJ', 'BF', 'CI', 'NE', 'ML', 'SN'],
  mode: 'inPerson' as const,
  start: '2021-07-12',
  end: '2021-07-15',
  place: '',
};

let context: FeatureContext;
let calls: ReturnType<typeof activityHandlers>;

beforeEach(() => {
  context = openFeatureContext();
  calls = activityHandlers(context, { pending: () => 3, conflicts: () => 1 });
});
afterEach(() => context.close());

const create = async (fields: Partial<typeof PLAN> & { drop?: string[] } = {}) =>
  (await value(calls['activity.create']({ ...PLAN, ...fields }, quietCall()))).id;
const get = (id: string) => value(calls['activity.get']({ id }, quietCall()));
const reschedule = (id: string, start: string, end: string, drop?: string[]) =>
  calls['activity.reschedule']({ id, start, end, ...(drop && { drop }) }, quietCall());
const withoutCourse = async () => {
  const { courseId: _course, ...plan } = PLAN;
  return (await value(calls['activity.create'](plan, quietCall()))).id;
};

/** Marks one person in a half-day. */
async function mark(activityId: string, halfDay: string): Promise<void> {
  const { id } = await value(peopleHandlers(context)['people.add']({ ...BLANK_PERSON, activityId, familyName: 'X' }, quietCall()));
  await value(
    attendanceHandlers(context)['attendance.mark'](
      { activityId, halfDay, method: 'list', marks: [{ personId: id, status: 'present' }] },
      quietCall(),
    ),
  );
}

async function overflow(answer: ReturnType<typeof reschedule>): Promise<{ id: string; title: Record<string, string>; halfDay: string }[]> {
  const settled = await answer;
  if (settled.ok) throw new Error('it was not refused');
  expect(settled.refusal.code).toBe('agenda.overflow');
  const { items, count } = settled.refusal.details as {
    items: { id: string; title: Record<string, string>; halfDay: string }[];
    count: number;
  };
  expect(items).toHaveLength(count);
  return items;
}

describe('planning from a course (journey 1)', () => {
  it('gives 4 days, 8 half-days and titles in four languages', async () => {
    const workshop = await get(await create());
    expect(workshop).toMatchObject({ ...PLAN, courseId: expect.any(String), people: 0, precision: 'day', dateTbc: false });
    expect(workshop.halfDays).toHaveLength(8);
    expect(new Set(workshop.agenda.map(({ halfDay }) => halfDay))).toEqual(new Set(workshop.halfDays));
    for (const item of workshop.agenda) {
      expect(Object.keys(item.title).sort()).toEqual(['en', 'es', 'fr', 'pt']);
      expect(item).toMatchObject({ mode: 'inPerson', counts: true, sessionId: expect.any(String) });
      expect(item.start < item.end).toBe(true);
    }
    expect(workshop.agenda[0]).toMatchObject({ halfDay: '2021-07-12-AM', start: '09:00' });
    expect(workshop.agenda.find(({ halfDay }) => halfDay.endsWith('PM'))).toMatchObject({ start: '14:00' });
    expect(workshop.agenda[0]!.title.fr).toMatch(/Ouverture/);
  });

  it('makes the workshop’s three spaces at once, each begun by its genesis', async () => {
    const commits: number[] = [];
    context.store.onChanged(({ spaces }) => commits.push(spaces.size));
    const id = await create();
    expect(commits).toEqual([3]);
    for (const space of [planSpace(id), peopleSpace(id), answersSpace(id)]) {
      expect(context.store.reader.get('select kind, seq from change_set where space = ? order by feed', space)).toEqual({
        kind: 'genesis',
        seq: 1,
      });
    }
    const keys = context.store.reader.all<{ key: string }>('select key from roster union all select key from answerBook');
    expect(new Set(keys.map(({ key }) => key)).size).toBe(2);
    for (const { key } of keys) expect(key).toMatch(/^[0-9a-f]{32}$/);
  });

  it('shortened to 3 days asks what to drop, changes nothing meanwhile, and leaves the course as it is', async () => {
    const id = await create();
    const course = context.store.digest()['library'];
    const before = await get(id);
    const items = await overflow(reschedule(id, '2021-07-12', '2021-07-14'));
    expect(items.map((item) => item.id)).toEqual(
      before.agenda.filter(({ halfDay }) => halfDay.startsWith('2021-07-15')).map((item) => item.id),
    );
    expect(items[0]!.title['fr']).toBeTruthy();
    expect(await get(id)).toEqual(before);
    const { halfDays } = await value(
      reschedule(
        id,
        '2021-07-12',
        '2021-07-14',
        items.map((item) => item.id),
      ),
    );
    expect(halfDays).toHaveLength(6);
    const after = await get(id);
    expect(after.agenda).toEqual(before.agenda.filter(({ halfDay }) => !halfDay.startsWith('2021-07-15')));
    expect(after).toMatchObject({ start: '2021-07-12', end: '2021-07-14', halfDays });
    expect(context.store.digest()['library']).toBe(course);
  });

  it('moves up what is kept, in its order, whatever is dropped', async () => {
    const id = await create();
    const before = (await get(id)).agenda.map((item) => item.id);
    const items = await overflow(reschedule(id, '2021-07-12', '2021-07-14'));
    const dropped = [before[1]!, items[0]!.id];
    await value(reschedule(id, '2021-07-12', '2021-07-14', dropped));
    const after = await get(id);
    expect(after.agenda.map((item) => item.id)).toEqual(before.filter((one) => !dropped.includes(one)));
    for (const item of after.agenda) expect(after.halfDays).toContain(item.halfDay);
  });

  it('lays out a length of its own, and asks when even the shortest does not fit', async () => {
    const days = async (end: string) => new Set((await get(await create({ end }))).agenda.map(({ halfDay }) => halfDay.slice(0, 10))).size;
    expect([await days('2021-07-13'), await days('2021-07-14'), await days('2021-07-16'), await days('2021-07-18')]).toEqual([2, 3, 5, 5]);
    const items = await overflow(calls['activity.create']({ ...PLAN, end: PLAN.start }, quietCall()) as never);
    expect(items.every(({ halfDay }) => halfDay.startsWith('2021-07-13'))).toBe(true);
    const short = await get(await create({ end: PLAN.start, drop: items.slice(1).map((item) => item.id) }));
    expect(short.halfDays).toEqual(['2021-07-12-AM', '2021-07-12-PM']);
    expect(short.agenda.some(({ sessionId }) => sessionId === items[0]!.id)).toBe(true);
    expect(short.agenda.some(({ sessionId }) => sessionId === items[1]!.id)).toBe(false);
  });

  it('moves the agenda with the start, and keeps days that come free', async () => {
    const id = await create();
    const before = await get(id);
    const { halfDays } = await value(reschedule(id, '2021-08-30', '2021-09-03'));
    expect(halfDays).toHaveLength(10);
    const after = await get(id);
    const moved: Record<string, string> = {
      '2021-07-12': '2021-08-30',
      '2021-07-13': '2021-08-31',
      '2021-07-14': '2021-09-01',
      '2021-07-15': '2021-09-02',
    };
    const placed = (items: typeof after.agenda) => items.map(({ seen: _, ...item }) => item);
    expect(placed(after.agenda)).toEqual(
      placed(before.agenda).map((item) => ({ ...item, halfDay: `${moved[item.halfDay.slice(0, 10)]}${item.halfDay.slice(10)}` })),
    );
  });
});

describe('refusals', () => {
  it('have codes', async () => {
    const id = await create();
    expect(await refusal(reschedule(id, '2021-07-12', '2021-07-11'))).toBe('activity.dates');
    expect(await refusal(reschedule(id, '2021-07-12', '2022-07-13'))).toBe('activity.dates');
    expect(await refusal(reschedule(id, '2021-07-12', '2021-07-14', [UNKNOWN]))).toBe('agenda.itemUnknown');
    expect(await refusal(reschedule(UNKNOWN, '2021-07-12', '2021-07-14'))).toBe('activity.unknown');
    expect(await refusal(calls['activity.create']({ ...PLAN, courseId: 'C99' }, quietCall()))).toBe('course.unknown');
    expect(await refusal(calls['activity.create']({ ...PLAN, end: '2021-07-01' }, quietCall()))).toBe('activity.dates');
    expect(await refusal(calls['activity.get']({ id: UNKNOWN }, quietCall()))).toBe('activity.unknown');
    const item = { activityId: id, title: 'x', halfDay: '2021-07-16-AM', room: '', trainers: '', counts: true };
    expect(await refusal(calls['activity.addItem'](item, quietCall()))).toBe('agenda.halfDay');
    expect(await refusal(calls['activity.removeItem']({ id: UNKNOWN }, quietCall()))).toBe('agenda.itemUnknown');
  });

  it('half-days with marks neither vanish nor move', async () => {
    const id = await create();
    await mark(id, '2021-07-14-PM');
    const items = (await get(id)).agenda;
    const last = items.filter(({ halfDay }) => halfDay.startsWith('2021-07-15')).map((item) => item.id);
    expect(await refusal(reschedule(id, '2021-07-13', '2021-07-16'))).toBe('agenda.marked');
    expect(
      await refusal(
        reschedule(
          id,
          '2021-07-12',
          '2021-07-13',
          items.map((item) => item.id),
        ),
      ),
    ).toBe('agenda.marked');
    expect((await value(reschedule(id, '2021-07-12', '2021-07-14', last))).halfDays).toHaveLength(6);
    // Nor does an agenda whose items no longer count take a marked half-day away.
    for (const item of items.filter(({ halfDay }) => halfDay === '2021-07-14-AM')) {
      await value(calls['activity.updateItem']({ id: item.id, counts: false }, quietCall()));
    }
    expect((await get(id)).halfDays).toHaveLength(5);
    const marked = items.filter(({ halfDay }) => halfDay === '2021-07-14-PM');
    for (const item of marked.slice(1)) await value(calls['activity.updateItem']({ id: item.id, counts: false }, quietCall()));
    expect(await refusal(calls['activity.updateItem']({ id: marked[0]!.id, counts: false }, quietCall()))).toBe('agenda.marked');
    expect(await refusal(calls['activity.removeItem']({ id: marked[0]!.id }, quietCall()))).toBe('agenda.marked');
  });
});

describe('an agenda', () => {
  it('takes items with a name or a title per language, in order, and moves, changes, removes and restores them', async () => {
    const id = await withoutCourse();
    expect((await get(id)).halfDays).toHaveLength(8);
    const add = async (title: string | Record<string, string>, halfDay: string, more: object = {}) =>
      (
        await value(
          calls['activity.addItem']({ activityId: id, title, halfDay, room: '', trainers: '', counts: true, ...more }, quietCall()),
        )
      ).id;
    const opening = await add('Ouverture', '2021-07-12-AM', { start: '08:30', end: '09:00', room: 'Salle A' });
    const case1 = await add({ fr: 'Cas pratique', en: 'Case' }, '2021-07-12-AM');
    const visit = await add('Visite', '2021-07-13-PM', { counts: false, mode: 'online' });
    const first = await get(id);
    expect(first.agenda.map((item) => item.id)).toEqual([opening, case1, visit]);
    expect(first.agenda[0]).toMatchObject({ title: { fr: 'Ouverture' }, start: '08:30', room: 'Salle A', mode: 'inPerson' });
    expect(first.agenda[2]).toMatchObject({ counts: false, mode: 'online' });
    expect(first.halfDays).not.toContain('2021-07-13-PM');
    await value(calls['activity.updateItem']({ id: opening, halfDay: '2021-07-13-PM', title: { fr: 'Clôture' } }, quietCall()));
    const second = await get(id);
    expect(second.agenda.map((item) => item.id)).toEqual([case1, visit, opening]);
    expect(second.agenda[2]!.title).toEqual({ fr: 'Clôture' });
    expect(second.halfDays).toContain('2021-07-13-PM');
    await value(calls['activity.removeItem']({ id: visit }, quietCall()));
    expect((await get(id)).agenda.map((item) => item.id)).toEqual([case1, opening]);
    await value(calls['activity.restoreItem']({ id: visit }, quietCall()));
    expect((await get(id)).agenda.map((item) => item.id)).toEqual([case1, visit, opening]);
  });
});

describe('the calendar', () => {
  it('is narrowed by period, project, mode, country and words, whatever their accents', async () => {
    const glacy = await create();
    const titled = { en: 'Judicial training', fr: 'Formation à Niamey' };
    const later = (
      await value(
        calls['activity.create'](
          {
            ...PLAN,
            courseId: 'c1',
            title: titled,
            projects: ['CyberSouth'],
            mode: 'online',
            countries: ['MA'],
            start: '2021-09-06',
            end: '2021-09-09',
            place: 'Rabat',
          },
          quietCall(),
        ),
      )
    ).id;
    const found = async (filter: object) => (await value(calls['activity.list'](filter, quietCall()))).map(({ id }) => id);
    expect(await found({})).toEqual([glacy, later]);
    expect(await found({ from: '2021-07-15', to: '2021-07-31' })).toEqual([glacy]);
    expect(await found({ from: '2021-07-16' })).toEqual([later]);
    expect(await found({ project: 'glacy+' })).toEqual([glacy]);
    expect(await found({ mode: 'online' })).toEqual([later]);
    expect(await found({ country: 'SN' })).toEqual([glacy]);
    expect(await found({ text: 'FORMATION a niam' })).toEqual([later]);
    expect(await found({ text: 'judiciaire ocwar' })).toEqual([glacy]);
    expect(await found({ text: 'nowhere' })).toEqual([]);
  });

  it('gives a title back in the form it was given, and changes it to the other', async () => {
    const id = await create({ title: 'Atelier' });
    expect((await get(id)).title).toBe('Atelier');
    await value(calls['activity.update']({ id, title: { fr: 'Atelier', pt: 'Ateliê' }, place: 'Dakar', countries: ['SN'] }, quietCall()));
    expect(await get(id)).toMatchObject({ title: { fr: 'Atelier', pt: 'Ateliê' }, place: 'Dakar', countries: ['SN'] });
    await value(calls['activity.update']({ id, title: { fr: 'Atelier' } }, quietCall()));
    expect((await get(id)).title).toEqual({ fr: 'Atelier' });
    await value(calls['activity.update']({ id, title: 'Formation' }, quietCall()));
    expect((await get(id)).title).toBe('Formation');
  });

  it('forgets a removed workshop until it is restored', async () => {
    const id = await create();
    await value(calls['activity.remove']({ id }, quietCall()));
    expect(await value(calls['activity.list']({}, quietCall()))).toEqual([]);
    expect(await refusal(calls['activity.get']({ id }, quietCall()))).toBe('activity.unknown');
    await value(calls['activity.restore']({ id }, quietCall()));
    expect((await get(id)).agenda.length).toBeGreaterThan(10);
    expect(await refusal(calls['activity.restore']({ id: UNKNOWN }, quietCall()))).toBe('activity.unknown');
  });
});

describe('today', () => {
  it('shows what is under way, to come and over, and what is not ready', async () => {
    const id = await create();
    const next = await create({ start: '2021-08-02', end: '2021-08-05' });
    const before = await create({ start: '2021-06-01', end: '2021-06-04' });
    await mark(id, '2021-07-12-AM');
    const today = await value(calls['activity.today']({ day: '2021-07-13' }, quietCall()));
    expect(today).toMatchObject({ current: { id, people: 1 }, toComplete: 1, toCompleteIn: id, pending: 3, conflicts: 1 });
    expect(today).toMatchObject({ materialsMissing: 0, materialsMissingIn: null });
    expect(today.current!.agendaToday.every(({ halfDay }) => halfDay.startsWith('2021-07-13'))).toBe(true);
    expect(today.upcoming.map((one) => one.id)).toEqual([next]);
    expect(today.recent.map((one) => one.id)).toEqual([before]);
    expect((await value(calls['activity.today']({ day: '2021-07-20' }, quietCall()))).current).toBeNull();
    // Whom something is missing of is in the workshop that is over, not in the one under way.
    const later = await value(calls['activity.today']({ day: '2021-08-03' }, quietCall()));
    expect(later).toMatchObject({ current: { id: next }, toComplete: 1, toCompleteIn: id });
  });

  it('shows every workshop under way with its own sessions, and the sample behind people’s own', async () => {
    context.setClock('2021-07-13T11:00:00Z');
    const sample = (await value(calls['activity.loadSample']({}, quietCall()))).id;
    const later = await create({ start: '2021-07-12', end: '2021-07-16' });
    const sooner = await create({ start: '2021-07-13', end: '2021-07-14' });
    const past = await create({ start: '2021-02-01', end: '2021-02-02' });
    const today = await value(calls['activity.today']({ day: '2021-07-13' }, quietCall()));
    expect(today.underWay.map(({ id, sample: isSample }) => [id, isSample])).toEqual([
      [sooner, false],
      [later, false],
      [sample, true],
    ]);
    expect(today.current).toEqual(today.underWay[0]);
    for (const { agendaToday } of today.underWay) {
      expect(agendaToday.length).toBeGreaterThan(0);
      expect(agendaToday.every(({ halfDay }) => halfDay.startsWith('2021-07-13'))).toBe(true);
    }
    expect([today.upcoming, today.recent.map(({ id }) => id)]).toEqual([[], [past]]);
    // Of the invented people nothing is missing that matters.
    expect(today).toMatchObject({ toComplete: 0, toCompleteIn: null });
  });

  it('names as not ready what belongs to the workshops that it shows, not what years have left behind', async () => {
    const old = await create({ start: '2019-03-04', end: '2019-03-07' });
    await mark(old, '2019-03-04-AM');
    for (let month = 1; month <= 6; month++) await create({ start: `2021-0${month}-01`, end: `2021-0${month}-02` });
    expect(await value(calls['activity.today']({ day: '2021-07-13' }, quietCall()))).toMatchObject({ toComplete: 0, toCompleteIn: null });
    expect(await value(calls['activity.today']({ day: '2019-03-05' }, quietCall()))).toMatchObject({ toComplete: 1, toCompleteIn: old });
  });

  it('loads the sample workshop once, with today among its days', async () => {
    context.setClock('2023-03-08T11:00:00Z');
    const [one, two] = await Promise.all([
      value(calls['activity.loadSample']({}, quietCall())),
      value(calls['activity.loadSample']({}, quietCall())),
    ]);
    expect(two).toEqual(one);
    expect(await value(calls['activity.loadSample']({}, quietCall()))).toEqual(one);
    const { current } = await value(calls['activity.today']({ day: '2023-03-08' }, quietCall()));
    expect(current).toMatchObject({ id: one.id, start: '2023-03-07', end: '2023-03-10' });
    expect(current!.people).toBeGreaterThan(20);
    expect(context.store.reader.get('select sample from activity where id = ?', one.id)).toEqual({ sample: 1 });
  });
});
