import { rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { desktopContract, type DesktopCall } from '../../shared/contract/desktop.ts';
import { ENTITIES } from '../../shared/model/entities.ts';
import { openTestEngine, type TestEngine } from '../support/laptops/engine.ts';
import { addRareRecords, plantOddValues } from '../support/odd-store.ts';
import { ODD_VALUES } from '../support/lists/odd-values.ts';
import { quickFolder } from '../support/repository/quick-folder.ts';

/** No row can take a list away: every read call over a store with odd values in every field of every entity. */

const folder = quickFolder('itinera-odd-');
let engine: TestEngine;
let records = 0;
/** The people of each workshop. */
let suggested: readonly string[];
let lists: readonly { readonly activityId: string; readonly ids: readonly string[] }[];
let ids: Readonly<Record<'activity' | 'person' | 'form' | 'material' | 'course' | 'design', readonly string[]>>;

/** Of the certificates that stand. */
let tokens: readonly string[];

interface Named {
  readonly id: string;
}

beforeAll(async () => {
  const honest = await openTestEngine(folder);
  const sample = await honest.call<Named>('activity.loadSample');
  await addRareRecords((name, input) => honest.call(name, input), sample.id);
  await honest.call('activity.create', { title: 'Atelier', courseId: 'C1', start: '2021-07-12', end: '2021-07-15', countries: ['SN'] });
  await honest.close();
  records = plantOddValues(folder);
  engine = await openTestEngine(folder);
  const activities = await engine.call<Named[]>('activity.list');
  const people = await Promise.all(activities.map(({ id }) => engine.call<Named[]>('people.list', { activityId: id })));
  lists = activities.map(({ id }, at) => ({ activityId: id, ids: people[at]!.map((person) => person.id) }));
  const awards = await Promise.all(
    activities.map(({ id }) => engine.call<{ readonly token: string }[]>('certificate.list', { activityId: id })),
  );
  tokens = awards.flat().flatMap(({ token }) => (token === '' ? [] : [token]));
  const courses = await engine.call<Named[]>('course.list');
  suggested = (await Promise.all(courses.map(({ id }) => engine.call<Named[]>('course.suggestions', { courseId: id })))).flatMap((some) =>
    some.map(({ id }) => id),
  );
  ids = {
    activity: activities.map(({ id }) => id),
    person: people.flat().map(({ id }) => id),
    form: (await engine.call<Named[]>('evaluation.forms')).map(({ id }) => id),
    material: (await engine.call<Named[]>('material.list')).map(({ id }) => id),
    course: courses.map(({ id }) => id),
    design: (await engine.call<{ readonly designs: Named[] }>('certificate.designs')).designs.map(({ id }) => id),
  };
});

afterAll(async () => {
  await engine?.close();
  rmSync(folder, { recursive: true, force: true });
});

const DAY = '2021-07-12';
const cell = (activityId: string) => ({ activityId, halfDay: `${DAY}-AM`, personId: ids.person[0] });
const ofEach = (kind: keyof typeof ids, key: string, more: object = {}) => ids[kind].map((id) => ({ [key]: id, ...more }));

/** What each read is asked for; a new read needs a line. */
const ASKED: Readonly<Partial<Record<DesktopCall, () => readonly object[]>>> = {
  'course.list': () => [{}],
  'course.get': () => ofEach('course', 'id'),
  'course.open': () => ofEach('course', 'id'),
  'course.writableSpaces': () => [{}],
  'course.planned': () => ofEach('activity', 'activityId'),
  'course.updates': () => [{}],
  'course.completeness': () => [{}],
  'course.upstream': () => ofEach('course', 'courseId'),
  'course.suggestable': () => ofEach('course', 'courseId'),
  'course.suggestionCounts': () => [{}],
  'course.suggestions': () => ofEach('course', 'courseId'),
  'course.suggestion': () => suggested.map((id) => ({ id })),
  'course.deliverers': () => ofEach('course', 'courseId'),
  'people.mayDeliver': () => ofEach('person', 'id'),
  'activity.cascade': () => ofEach('activity', 'id').slice(0, 30),
  'form.list': () => [{ limit: 500 }, { text: 'a' }],
  'form.get': () => ofEach('form', 'id'),
  'form.open': () => ofEach('form', 'id'),
  'form.bank': () => [{ limit: 500 }, { text: 'a' }, { topic: 'a' }],
  'form.whereUsed': () => ofEach('form', 'id').slice(0, 30),
  'institution.list': () => [{}],
  'institution.mayAdd': () => [{}],
  'activity.firstSteps': () => [{}],
  'activity.findSessions': () => [{ text: 'a' }, { text: 'odd' }, { text: '1' }],
  'activity.list': () => [{}, { text: 'a' }, { from: '2021-01-01', to: '2030-12-31' }, { mode: 'online' }, { country: 'SN' }],
  'activity.get': () => ofEach('activity', 'id'),
  'activity.contents': () => ofEach('activity', 'id'),
  'activity.today': () => [{ day: DAY }, { day: '2026-11-30' }],
  'people.list': () => ofEach('activity', 'activityId'),
  'people.find': () => [{ text: 'a' }, { text: '' }],
  'people.history': () => ofEach('person', 'id'),
  'people.pairs': () => ofEach('activity', 'activityId'),
  'intake.list': () => ofEach('activity', 'activityId'),
  'people.open': () => ofEach('person', 'id'),
  'people.openSeveral': () => lists,
  'people.erasures': () => ofEach('activity', 'activityId'),
  'attendance.grid': () => ofEach('activity', 'activityId'),
  'attendance.recognise': () => ofEach('activity', 'activityId', { name: 'Awa KONÉ', country: 'SN' }),
  'attendance.summary': () => ofEach('activity', 'activityId'),
  'attendance.history': () => ids.activity.map(cell),
  'attendance.orphans': () => [{}, ...ofEach('activity', 'activityId')],
  'attendance.gone': () => ofEach('activity', 'activityId'),
  'evaluation.forms': () => [{}, { activityId: ids.activity[0] }],
  'evaluation.sheets': () => ids.form.slice(0, 12).flatMap((formId) => ofEach('activity', 'activityId', { formId }).slice(0, 3)),
  'evaluation.perCountry': () => ids.form.slice(0, 12).flatMap((formId) => ofEach('activity', 'activityId', { formId }).slice(0, 3)),
  'evaluation.results': () => ids.form.slice(0, 12).flatMap((formId) => ofEach('activity', 'activityId', { formId }).slice(0, 3)),
  'report.activity': () => ofEach('activity', 'activityId', { language: 'fr' }),
  'report.period': () => [{ from: '2021-01-01', to: '2021-12-31', language: 'fr' }],
  'report.doubles': () => [{ from: '2021-01-01', to: '2021-12-31' }],
  'certificate.standing': () => ofEach('activity', 'activityId'),
  'certificate.list': () => ofEach('activity', 'activityId', { language: 'fr' }),
  'certificate.designs': () => [{}, ...ofEach('activity', 'activityId')],
  'certificate.design': () => ofEach('design', 'id'),
  // A picture is drawn of each, which takes a while.
  'certificate.preview': () => ofEach('design', 'id', { language: 'fr' }).slice(0, 12),
  'certificate.verify': () => tokens.map((token) => ({ token })),
  'report.narrative': () => ofEach('activity', 'activityId', { language: 'fr' }),
  'document.missing': () => ofEach('activity', 'activityId', { language: 'fr' }),
  'material.list': () => [{}, { text: 'a' }, { kind: 'slides' }, { language: 'fr' }],
  'material.page': () => [{ limit: 200 }, { text: 'a', from: 1, limit: 1 }],
  'material.position': () => ofEach('material', 'id'),
  'material.search': () => [{ text: 'a' }],
  'material.cards': () => [{}],
  'material.templates': () => [{}],
  'material.offlinePlan': () => ofEach('activity', 'activityId'),
  'material.file': () => ofEach('material', 'id'),
  'material.path': () => ofEach('material', 'id'),
  'sync.status': () => [{}],
  'sync.runs': () => [{}],
  'sync.conflicts': () => [{}],
  'sync.conflictPage': () => [{}, { limit: 5 }],
  'sync.lost': () => [{}],
  'sync.rights': () => [{}, ...ids.activity.slice(0, 30).map((activityId) => ({ activityId }))],
  'sync.setAside': () => [{}, { others: true }],
  'sync.history': () => ids.activity.slice(0, 30).flatMap((entity) => ['start', 'name', 'mode'].map((field) => ({ entity, field }))),
  'sync.exportPlan': () => [{}],
  'sync.bundles': () => [{}],
  'sync.devices': () => [{}],
  'sync.arrived': () => [{}],
  'sync.lanStatus': () => [{}],
  'sync.lanShareable': () => [{}],
  'store.usage': () => [{}],
  'store.digest': () => [{}],
  'store.compareBackup': () => [],
  'settings.get': () => [{}],
  'vault.status': () => [{}],
  'bin.list': () => [{}, ...ofEach('activity', 'activityId')],
};

const reads = (Object.keys(desktopContract) as DesktopCall[]).filter((name) => desktopContract[name].effect === 'reads');

describe('odd values in every field of every entity', () => {
  it('hide none of the workshops and people that hold them', () => {
    expect(ODD_VALUES.length).toBeGreaterThanOrEqual(60);
    expect(records).toBeGreaterThan(ODD_VALUES.length * 13);
    // The sample, the new one, one of each odd value, and one of each odd start and end.
    expect(ids.activity.length).toBeGreaterThanOrEqual(2 + 3 * ODD_VALUES.length);
    expect(ids.person.length).toBeGreaterThanOrEqual(ODD_VALUES.length);
    expect(ids.course.length).toBeGreaterThanOrEqual(ODD_VALUES.length);
  });

  it.each(reads)('%s answers, in the shape of its contract', async (name) => {
    const asked = ASKED[name];
    expect(asked, `${name}: say what to ask it for`).toBeDefined();
    const faults: string[] = [];
    for (const args of asked!()) {
      const answer = await engine.try(name, args);
      if (!answer.ok) {
        if (['call.failed', 'call.arguments', 'call.unknown'].includes(answer.error.code)) faults.push(answer.error.code);
        continue;
      }
      const parsed = desktopContract[name].result.safeParse(answer.result);
      if (!parsed.success) faults.push(JSON.stringify(parsed.error.issues.slice(0, 2)));
    }
    expect([...new Set(faults)].slice(0, 5)).toEqual([]);
  });

  it('are named as not readable by every list and page that shows their record', async () => {
    const everyUnreadable = async (
      asked: readonly (readonly [DesktopCall, object])[],
      pick: (answer: never) => readonly { readonly unreadable: readonly string[] }[],
    ) => {
      const fields = new Set<string>();
      for (const [name, args] of asked) {
        const answer = await engine.try(name, args);
        if (answer.ok) for (const { unreadable } of pick(answer.result as never)) for (const field of unreadable) fields.add(field);
      }
      return fields;
    };
    const same = <T>(list: T): T => list;
    const fieldsOf = (type: string) => Object.keys(ENTITIES.find((entity) => entity.type === type)!.fields);
    const perActivity = ids.activity.map((activityId) => ({ activityId }));
    const found = {
      activity: await everyUnreadable([['activity.list', {}]], same),
      participant: await everyUnreadable(
        perActivity.map((args) => ['people.list', args] as const),
        same,
      ),
      material: await everyUnreadable([['material.list', {}]], same),
      form: await everyUnreadable([['evaluation.forms', {}]], same),
      course: await everyUnreadable([['course.list', {}]], same),
    };
    const shown: Readonly<Record<keyof typeof found, readonly string[]>> = {
      activity: ['mode', 'place', 'languages', 'countries', 'start', 'end', 'name', 'title'],
      participant: ['familyName', 'givenName', 'sex', 'profession', 'country', 'institution', 'language', 'email', 'ref'],
      material: ['kind', 'audience', 'title'],
      form: ['title', 'items', 'key', 'anonymous'],
      course: ['level', 'title', 'version', 'days', 'variants', 'description', 'audience'],
    };
    for (const [type, fields] of Object.entries(shown)) {
      const has = found[type as keyof typeof found];
      expect([...has].sort(), type).toEqual(expect.arrayContaining([...fields].sort()));
      for (const field of has) expect(fieldsOf(type), type).toContain(field);
    }
    const planned = await everyUnreadable(
      perActivity.map((args) => ['material.offlinePlan', args] as const),
      ({ files }: { files: readonly { readonly unreadable: readonly string[] }[] }) => files,
    );
    expect([...planned]).toEqual(expect.arrayContaining(['title']));
    const cells = await everyUnreadableCells();
    expect(cells).toBeGreaterThan(0);

    async function everyUnreadableCells(): Promise<number> {
      let count = 0;
      for (const args of perActivity) {
        const answer = await engine.try('attendance.grid', args);
        const { marks = [] } = (answer.ok ? answer.result : {}) as { marks?: readonly { unreadable: boolean; status: string }[] };
        for (const { unreadable, status } of marks) if (unreadable) expect([status, ++count]).toEqual(['notTaken', count]);
      }
      return count;
    }
  });

  it('the store is whole, and says so', async () => {
    expect(await engine.call('store.check')).toMatchObject({ ok: true });
  });
});
