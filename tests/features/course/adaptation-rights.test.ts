import { expect, it } from 'vitest';
import type { TestEngine } from '../../support/laptops/engine.ts';
import { laptopsOfRepository } from '../../support/laptops/laptops-of-repository.ts';

/** Courses on the laptops of a repository: who writes which, and that all come to the same. */

const { enrolled: laptop } = laptopsOfRepository('itinera-adaptation-rights-');

it('a school adapts what the centre publishes, and writes nothing of the centre’s', async () => {
  const centre = await laptop('Clara', 'curriculum', 'all');
  const school = await laptop('Bia', 'curriculum', 'institution:ENM');
  const trainer = await laptop('Awa', 'trainer', 'institution:ENM');
  const made = (engine: TestEngine, call: string, args: object) => engine.call<{ id: string }>(call, args).then(({ id }) => id);
  const central = await made(centre, 'course.create', { space: 'library', title: { en: 'Course' } });
  const moduleId = await made(centre, 'course.addModule', { courseId: central, title: { en: 'One' } });
  const session = await made(centre, 'course.addSession', { moduleId, title: { en: 'a' }, minutes: 60 });
  await centre.call('course.publish', { courseId: central, version: '1.0' });
  await centre.call('sync.run', {});

  await school.call('sync.run', {});
  expect(await made(school, 'institution.create', { name: 'Escola', country: 'CV', languages: ['pt'] })).toBe('ENM');
  expect(await made(school, 'institution.create', { name: 'Outra', country: 'GW', languages: ['pt'] })).toBe('ENM');
  for (const [call, args] of [
    ['course.updatePart', { id: session, minutes: 5 }],
    ['course.removePart', { id: session }],
    ['course.addModule', { courseId: central, title: { pt: 'x' } }],
    ['course.publish', { courseId: central, version: '2.0' }],
  ] as const)
    expect(await school.try(call, args), call).toMatchObject({
      error: { code: expect.stringMatching(/^course\.unchanged$|^sync\.notEntitledHere$/) },
    });
  // What a form would be refused is told before anybody types.
  expect(await school.call('course.open', { id: central })).toMatchObject({ change: { allowed: false, reason: 'sync.notEntitled' } });
  expect(await school.call('course.writableSpaces')).toEqual(['institution/ENM']);
  expect(await centre.call('course.writableSpaces')).toContain('library');
  expect(await trainer.call('course.writableSpaces')).toEqual([]);
  const local = await made(school, 'course.fork', { courseId: central, institutionId: 'ENM' });
  await school.call('sync.run', {});

  await centre.call('course.updatePart', { id: session, minutes: 75 });
  await centre.call('course.publish', { courseId: central, version: '1.1' });
  await centre.call('sync.run', {});
  for (const engine of [school, trainer]) await engine.call('sync.run', {});
  const { changes } = await trainer.call<{ changes: { part: string; theirs: number }[] }>('course.upstream', { courseId: local });
  expect(changes.map(({ theirs }) => theirs)).toEqual([75]);
  const choices = [{ part: changes[0]!.part, take: 'theirs' }];
  expect(await trainer.try('course.takeUpstream', { courseId: local, choices })).toMatchObject({ error: { code: 'sync.notEntitledHere' } });
  expect(await school.call('course.takeUpstream', { courseId: local, choices })).toMatchObject({ taken: 1, open: 0 });
  for (const engine of [school, centre, trainer]) await engine.call('sync.run', {});
  const digest = (engine: TestEngine) =>
    engine.call<{ spaces: Record<string, string> }>('store.digest').then(({ spaces }) => [spaces['library'], spaces['institution/ENM']]);
  expect(await digest(trainer)).toEqual(await digest(school));
  expect(await digest(centre)).toEqual(await digest(school));
  expect(await trainer.call('course.upstream', { courseId: local })).toEqual({ from: '1.1', to: '1.1', changes: [] });
});
