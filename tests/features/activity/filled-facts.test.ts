import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { activity, agendaItem } from '../../../shared/model/activity.ts';
import type { Entity, Input } from '../../../shared/model/entity.ts';
import { filledFields } from '../../../shared/model/records.ts';
import { openTestEngine, type TestEngine } from '../../support/laptops/engine.ts';

/** Whatever is filled in of a workshop or of a session, by the model: it is taken, answered, listed, changed and taken over by a copy. No field is named here. */

type Values = Record<string, unknown>;

/** Two values of each way of filling in; neither is what stands where nothing is recorded. */
const VALUES: Readonly<Partial<Record<Input, readonly [unknown, unknown]>>> = {
  line: ['Rue de Thiong 12', 'Avenida Amílcar Cabral'],
  labels: [['GLACY+'], ['Octopus', 'CyberSouth']],
  languages: [['pt'], ['es', 'fr']],
  countries: [['CV'], ['BJ', 'SN']],
  choice: ['online', 'hybrid'],
  clock: ['09:15', '10:45'],
  switch: [false, true],
};
const DAYS = { start: '2026-03-02', end: '2026-03-05' };

let folder: string;
let engine: TestEngine;

beforeEach(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'itinera-facts-'));
  engine = await openTestEngine(path.join(folder, 'data'));
});
afterEach(async () => {
  await engine.close();
  rmSync(folder, { recursive: true, force: true });
});

function filled(definition: Entity, place: 0 | 1): Values {
  const named = filledFields(definition).flatMap((name) => {
    const { input } = definition.fields[name]!;
    if (input === 'day') return [];
    const values = VALUES[input!];
    if (values === undefined) throw new Error(`say here what is filled in as ${input}`);
    return [[name, values[place]] as const];
  });
  return Object.fromEntries(named);
}

const get = (id: string) => engine.call<Values & { agenda: (Values & { id: string })[] }>('activity.get', { id });

it('is taken, answered, listed, changed and taken over by a copy', async () => {
  const first = filled(activity, 0);
  const { id } = await engine.call<{ id: string }>('activity.create', { title: 'Atelier', ...first, ...DAYS });
  expect(await get(id)).toMatchObject({ ...first, ...DAYS });
  const item = filled(agendaItem, 0);
  await engine.call('activity.addItem', { activityId: id, title: 'Visite', halfDay: '2026-03-02-AM', ...item });
  expect((await get(id)).agenda).toMatchObject([item]);

  const [changed, changedItem] = [filled(activity, 1), filled(agendaItem, 1)];
  await engine.call('activity.update', { id, ...changed });
  await engine.call('activity.updateItem', { id: (await get(id)).agenda[0]!.id, ...changedItem });
  expect(await get(id)).toMatchObject({ ...changed, agenda: [changedItem] });
  expect(await engine.call('activity.list', {})).toMatchObject([changed]);

  const copy = await engine.call<{ id: string }>('activity.duplicate', { from: id, ...DAYS });
  expect(await get(copy.id)).toMatchObject({ ...changed, agenda: [changedItem] });
});

it('is its blank where nothing was said', async () => {
  const { id } = await engine.call<{ id: string }>('activity.create', { title: 'Atelier', ...DAYS });
  const of = ({ fields }: Entity, name: string) => fields[name]!.blank;
  const facts = filledFields(activity).filter((name) => activity.fields[name].input !== 'day');
  // A document has a language.
  expect(await get(id)).toMatchObject({ ...Object.fromEntries(facts.map((name) => [name, of(activity, name)])), languages: ['en'] });
  await engine.call('activity.addItem', { activityId: id, title: 'Visite', halfDay: '2026-03-02-AM' });
  const [item] = (await get(id)).agenda;
  // A session takes the mode of its workshop.
  expect(item).toMatchObject({
    ...Object.fromEntries(filledFields(agendaItem).map((name) => [name, of(agendaItem, name)])),
    mode: 'inPerson',
  });
});
