import { rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DesktopCall } from '../../../shared/contract/desktop.ts';

import { featureCalls, type FeatureCalls } from '../../support/laptops/feature-laptop.ts';
import { openLanLaptop, type LanLaptop } from '../../support/laptops/lan-laptop.ts';
import { startRepository, type TestRepository } from '../../support/repository/repository.ts';
import { enrolledLaptop, synced } from '../../support/workshop.ts';
import { quietCall } from '../../support/quiet-call.ts';

/**
 * Invariant 3 in every form: what arrived while a form was open is not superseded by what is saved from it. Bakary's value comes by sync between the screen
 * and the click, Awa saves hers; both stand and both laptops ask.
 */

let server: TestRepository;
let one: LanLaptop;
let two: LanLaptop;
let awa: FeatureCalls;
let bakary: FeatureCalls;

beforeAll(async () => {
  server = await startRepository({ library: false });
  one = openLanLaptop({}, await enrolledLaptop(server, 'trainer', 'all', { name: 'Awa' }));
  two = openLanLaptop({}, await enrolledLaptop(server, 'trainer', 'all', { name: 'Bakary' }));
  awa = featureCalls(one);
  bakary = featureCalls(two);
});
afterAll(async () => {
  for (const laptop of [one, two]) await laptop.end();
  await server.stop();
  for (const laptop of [one, two]) rmSync(laptop.folder, { recursive: true, force: true });
});

async function both(): Promise<void> {
  await synced(one);
  await synced(two);
  await synced(one);
}

function conflictsOf(laptop: LanLaptop, entity: string): string[] {
  const answer = laptop.sync.handlers['sync.conflicts']({}, quietCall());
  if (answer instanceof Promise || !answer.ok) throw new Error('conflicts');
  return answer.value.filter((conflict) => conflict.entity === entity).map(({ field }) => field);
}

async function planned(): Promise<{ readonly id: string; readonly item: string; readonly person: string }> {
  const { id } = await awa.call('activity.create', {
    title: 'Atelier',
    languages: ['fr'],
    countries: ['SN'],
    projects: ['A'],
    partners: ['P'],
    mode: 'hybrid',
    place: 'Dakar',
    start: '2026-03-02',
    end: '2026-03-05',
  });
  const more = { title: 'Visite', room: 'Salle A', trainers: 'Awa', mode: 'hybrid', start: '09:00', end: '10:00' } as const;
  const item = (await awa.call('activity.addItem', { activityId: id, halfDay: '2026-03-02-AM', ...more })).id;
  const person = (
    await awa.call('people.add', {
      activityId: id,
      ref: 'P1',
      givenName: 'Moussa',
      familyName: 'KONÉ',
      country: 'SN',
      sex: 'male',
      profession: 'judge',
      institution: 'Cour',
      language: 'fr',
      email: 'moussa@example.org',
    })
  ).id;
  await both();
  return { id, item, person };
}

/** Every field that a form of an existing record writes: what Bakary writes, and what Awa writes over what she still has on screen. */
const FORMS: readonly [call: DesktopCall, field: string, theirs: unknown, mine: unknown][] = [
  ['activity.update', 'title', 'Atelier B', 'Atelier A'],
  ['activity.update', 'projects', ['B'], ['C']],
  ['activity.update', 'partners', ['Q'], ['R']],
  ['activity.update', 'languages', ['fr', 'en'], ['fr', 'es']],
  ['activity.update', 'countries', ['SN', 'CI'], ['SN', 'ML']],
  ['activity.update', 'mode', 'online', 'inPerson'],
  ['activity.update', 'place', 'Saly', 'Thiès'],
  ['activity.updateItem', 'title', 'Visite B', 'Visite A'],
  ['activity.updateItem', 'halfDay', '2026-03-03-AM', '2026-03-04-PM'],
  ['activity.updateItem', 'start', '08:30', '08:00'],
  ['activity.updateItem', 'end', '11:00', '12:00'],
  ['activity.updateItem', 'mode', 'online', 'inPerson'],
  ['activity.updateItem', 'room', 'Salle B', 'Salle C'],
  ['activity.updateItem', 'trainers', 'Bakary', 'Chimène'],
  ['people.update', 'ref', 'P2', 'P3'],
  ['people.update', 'familyName', 'KONE', 'KONNÉ'],
  ['people.update', 'givenName', 'M.', 'Mousa'],
  ['people.update', 'sex', 'notStated', 'other'],
  ['people.update', 'profession', 'prosecutor', 'lawyer'],
  ['people.update', 'country', 'CI', 'ML'],
  ['people.update', 'institution', 'ENM', 'CFJ'],
  ['people.update', 'language', 'en', 'es'],
  ['people.update', 'email', 'b@example.org', 'a@example.org'],
];
const REGISTERS: Readonly<Record<string, string>> = { title: 'name', halfDay: 'placement' };

describe('what a form did not show stands beside what it saves', () => {
  it('in every field of every form', { timeout: 60_000 }, async () => {
    const all = await planned();
    const target = { 'activity.update': all.id, 'activity.updateItem': all.item, 'people.update': all.person } as Record<string, string>;
    const workshop = await awa.call('activity.get', { id: all.id });
    const seen = {
      'activity.update': workshop.seen,
      'activity.updateItem': workshop.agenda[0]!.seen,
      'people.update': (await awa.call('people.open', { id: all.person })).seen,
    } as Record<string, Record<string, string[]>>;
    for (const [call, field, theirs] of FORMS) await bakary.call(call, { id: target[call]!, [field]: theirs } as never);
    await both();
    for (const [call, field, , mine] of FORMS) await awa.call(call, { id: target[call]!, [field]: mine, seen: seen[call]! } as never);
    await both();
    for (const [call, id] of Object.entries(target)) {
      const fields = FORMS.filter(([name]) => name === call).map(([, field]) => REGISTERS[field] ?? field);
      for (const laptop of [one, two]) expect(conflictsOf(laptop, id).sort(), call).toEqual(fields.sort());
    }
  });

  it('in a title per language, also one that nobody had given before', async () => {
    const { id } = await awa.call('activity.create', {
      title: { fr: 'Atelier' },
      languages: ['fr'],
      countries: ['SN'],
      start: '2026-03-02',
      end: '2026-03-03',
    });
    await both();
    const { seen } = await awa.call('activity.get', { id });
    await bakary.call('activity.update', { id, title: { fr: 'Atelier B', en: 'Workshop B' } });
    await both();
    await awa.call('activity.update', { id, title: { fr: 'Atelier A', en: 'Workshop A' }, seen });
    await both();
    for (const laptop of [one, two]) expect(conflictsOf(laptop, id).sort()).toEqual(['title@en', 'title@fr']);
  });

  it('when the dates are moved', async () => {
    const { id, item } = await planned();
    const { seen, agenda } = await awa.call('activity.get', { id });
    const seenItems = Object.fromEntries(agenda.map((one) => [one.id, one.seen]));
    await bakary.call('activity.reschedule', { id, start: '2026-03-16', end: '2026-03-19' });
    await both();
    await awa.call('activity.reschedule', { id, start: '2026-03-09', end: '2026-03-12', seen, seenItems });
    await both();
    for (const laptop of [one, two]) {
      expect(conflictsOf(laptop, id).sort()).toEqual(['end', 'start']);
      expect(conflictsOf(laptop, item)).toEqual(['placement']);
    }
  });

  it('when a half-day is brought back', async () => {
    const { id } = await planned();
    const { seen } = await awa.call('activity.get', { id });
    await bakary.call('activity.reschedule', { id, start: '2026-03-02', end: '2026-03-06' });
    await both();
    await awa.call('activity.bringHalfDayBack', { id, halfDay: '2026-03-08-AM', seen });
    await both();
    for (const laptop of [one, two]) expect(conflictsOf(laptop, id)).toEqual(['end']);
  });

  it('when a session, a person or a workshop is removed', async () => {
    const { id, item, person } = await planned();
    const { agenda } = await awa.call('activity.get', { id });
    const open = await awa.call('people.open', { id: person });
    const contents = await awa.call('activity.contents', { id });
    await bakary.call('activity.updateItem', { id: item, room: 'Salle B' });
    await bakary.call('people.update', { id: person, institution: 'ENM' });
    await bakary.call('activity.update', { id, place: 'Saly' });
    await both();
    await awa.call('activity.removeItem', { id: item, seen: agenda[0]!.seen });
    await awa.call('people.remove', { id: person, seen: open.seen });
    await awa.call('activity.remove', { id, seen: contents.seen });
    await both();
    const told = { by: 'Awa', writtenBy: 'Bakary' };
    for (const [laptop, calls] of [
      [one, awa],
      [two, bakary],
    ] as const) {
      for (const entity of [item, person, id]) expect(conflictsOf(laptop, entity)).toEqual(['_deleted']);
      const workshop = await calls.call('activity.get', { id });
      expect(workshop).toMatchObject({ removed: told, agenda: [{ id: item, removed: told, room: 'Salle B' }] });
      expect(await calls.call('people.list', { activityId: id })).toMatchObject([{ id: person, removed: told, institution: 'ENM' }]);
    }
  });
});

it('from a terminal, without `seen`, a write is over what the laptop holds then', async () => {
  const { id } = await planned();
  await bakary.call('activity.update', { id, place: 'Saly' });
  await both();
  await awa.call('activity.update', { id, place: 'Thiès' });
  await both();
  for (const laptop of [one, two]) expect(conflictsOf(laptop, id)).toEqual([]);
});
