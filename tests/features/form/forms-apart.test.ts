import { expect, it } from 'vitest';
import type { TestEngine } from '../../support/laptops/engine.ts';
import { laptopsOfRepository } from '../../support/laptops/laptops-of-repository.ts';

/** Questionnaires on the laptops of a repository: who writes which, and what a workshop asks where two laptops begin with it apart. */

const { enrolled: laptop, opened } = laptopsOfRepository('itinera-forms-apart-');

const made = (engine: TestEngine, call: string, args: object) => engine.call<{ id: string; code: string }>(call, args);
const sync = async (...engines: TestEngine[]) => {
  for (const engine of engines) await engine.call('sync.run', {});
};

it('two trainers who begin with a test apart ask what each of them had, and every sheet keeps its score', async () => {
  const centre = await laptop('Clara', 'curriculum');
  const [awa, moussa] = [await laptop('Awa', 'trainer'), await laptop('Moussa', 'trainer')];
  const { id: formId } = await made(centre, 'form.create', { space: 'library', kind: 'prepost', title: { en: 'Test' }, draws: [] });
  const options = [{ text: { en: 'x' }, right: true }, { text: { en: 'y' } }];
  const first = await made(centre, 'form.addItem', { formId, type: 'choice', text: { en: '1' }, options });
  const second = await made(centre, 'form.addItem', { formId, type: 'choice', text: { en: '2' }, options });
  const { id: activityId } = await made(awa, 'activity.create', {
    title: 'Atelier',
    start: '2026-03-02',
    end: '2026-03-03',
    countries: ['SN'],
  });
  const people: string[] = [];
  for (const familyName of ['DIALLO', 'KONÉ'])
    people.push((await made(awa, 'people.add', { activityId, familyName, givenName: 'Awa', country: 'SN' })).id);
  await sync(centre, awa, moussa);

  for (const [call, args] of [
    ['form.updateItem', { id: first.id, points: 3 }],
    ['form.addItem', { formId, type: 'open', text: { en: 'mine' } }],
    ['form.removeItem', { id: first.id }],
    ['form.publish', { formId, version: '9' }],
    ['form.create', { space: 'library', kind: 'prepost', title: { en: 'Mine' } }],
  ] as const)
    expect(await awa.try(call, args), call).toMatchObject({ error: { code: 'sync.notEntitledHere' } });
  expect(await awa.call('form.open', { id: formId })).toMatchObject({ change: { allowed: false } });

  const enter = (engine: TestEngine, at: number, answers: object) =>
    engine.call('evaluation.enter', { activityId, formId, personId: people[at], wave: 'pre', answers });
  await enter(awa, 0, { [first.code]: 'a', [second.code]: 'b' });
  // Meanwhile the centre finds that the key was wrong: whoever begins later has it right.
  await centre.call('form.updateItem', { id: second.id, key: { shares: { b: 1 } }, points: 3 });
  await sync(centre, moussa);
  await enter(moussa, 1, { [first.code]: 'a', [second.code]: 'b' });
  await sync(awa, moussa, awa, centre);

  const scores = async (engine: TestEngine) => {
    const { sheets } = await engine.call<{ sheets: { personId: string; right: number }[] }>('evaluation.sheets', { activityId, formId });
    return people.map((id) => sheets.find(({ personId }) => personId === id)?.right);
  };
  expect(await scores(awa)).toEqual([1, 4]);
  expect(await scores(moussa)).toEqual([1, 4]);
  const asked = (engine: TestEngine) => engine.call<{ version: string }>('form.draw', { activityId, formId });
  expect(await asked(awa)).toEqual(await asked(moussa));
  const digest = (engine: TestEngine) => engine.call<{ spaces: Record<string, string> }>('store.digest');
  expect((await digest(awa)).spaces).toEqual((await digest(moussa)).spaces);
  expect(await awa.call('sync.conflicts')).toEqual([]);
});

it('two trainers who draw apart draw the same items', async () => {
  const [centre, awa, moussa] = opened as [TestEngine, TestEngine, TestEngine];
  const draws = [{ topic: 'Evidence', count: 4 }];
  const { id: formId } = await made(centre, 'form.create', { space: 'library', kind: 'prepost', title: { en: 'Drawn' }, draws });
  for (let at = 0; at < 12; at++)
    await made(centre, 'form.addItem', {
      formId,
      type: 'trueFalse',
      text: { en: `item ${at}` },
      topic: { en: 'Evidence' },
      key: { shares: { true: 1 } },
    });
  const { id: activityId } = await made(awa, 'activity.create', {
    title: 'Atelier',
    start: '2026-03-09',
    end: '2026-03-10',
    countries: ['SN'],
  });
  await sync(centre, awa, moussa);
  const draw = (engine: TestEngine) => engine.call<{ version: string; items: object[] }>('form.draw', { activityId, formId });
  const [one, other] = [await draw(awa), await draw(moussa)];
  expect(one.items).toHaveLength(4);
  expect(other).toEqual(one);
  await sync(awa, moussa, awa);
  expect(await draw(awa)).toEqual(one);
});
