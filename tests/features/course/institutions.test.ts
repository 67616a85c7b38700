import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Role } from '../../../shared/features/sync/reading.ts';
import { openTestEngine, type TestEngine } from '../../support/laptops/engine.ts';
import { startRepository, type TestRepository } from '../../support/repository/repository.ts';

/** Institutions: who adds and changes one, and whose a course is said to be. */

const root = mkdtempSync(path.join(tmpdir(), 'itinera-institutions-'));
const opened: TestEngine[] = [];
let server: TestRepository;

beforeAll(async () => {
  server = await startRepository({ library: false });
});
afterAll(async () => {
  for (const engine of opened) await engine.close();
  await server.stop();
  rmSync(root, { recursive: true, force: true });
});

async function laptop(name: string, rights?: readonly [Role, string]): Promise<TestEngine> {
  const engine = await openTestEngine(path.join(root, name));
  opened.push(engine);
  if (rights) await engine.call('sync.enrol', { url: server.url, code: await server.invite(...rights), name });
  return engine;
}

interface Listed {
  readonly id: string;
  readonly name: string;
  readonly change: { readonly allowed: boolean };
  readonly seen: Record<string, string[]>;
}
const list = (engine: TestEngine) => engine.call<Listed[]>('institution.list');
const mayAdd = async (engine: TestEngine) => (await engine.call<{ allowed: boolean }>('institution.mayAdd')).allowed;
const ESCOLA = { name: 'Escola Nacional da Magistratura', country: 'CV', languages: ['pt'] };

it('on a laptop of no repository anybody adds one, and courses tell whose they are', async () => {
  const engine = await laptop('alone');
  expect(await mayAdd(engine)).toBe(true);
  const { id } = await engine.call<{ id: string }>('institution.create', ESCOLA);
  const central = await engine.call<{ id: string }>('course.create', { space: 'library', title: { en: 'Course' } });
  const fork = await engine.call<{ id: string }>('course.fork', { courseId: central.id, institutionId: id });
  expect(await engine.call('course.get', { id: fork.id })).toMatchObject({ institution: { id, name: ESCOLA.name } });
  const [listed] = await list(engine);
  expect(listed).toMatchObject({ ...ESCOLA, id, change: { allowed: true, reason: '' } });
  await engine.call('institution.update', { id, name: 'Escola da Magistratura', seen: listed!.seen });
  const courses = await engine.call<{ id: string; institution: object | null }[]>('course.list');
  expect(courses.filter((course) => [central.id, fork.id].includes(course.id)).map(({ institution }) => institution)).toEqual(
    expect.arrayContaining([null, { id, name: 'Escola da Magistratura' }]),
  );
  expect(await engine.try('institution.update', { id: 'nowhere', name: 'x' })).toMatchObject({ error: { code: 'institution.unknown' } });
});

it('of a repository whoever keeps its courses adds and changes their own, and a trainer reads it', async () => {
  const school = await laptop('Bia', ['curriculum', 'institution:ENM']);
  const trainer = await laptop('Awa', ['trainer', 'institution:ENM']);
  expect(await mayAdd(school)).toBe(true);
  expect(await mayAdd(trainer)).toBe(false);
  await school.call('institution.create', ESCOLA);
  expect(await mayAdd(school)).toBe(false);
  for (const engine of [school, trainer]) await engine.call('sync.run', {});
  expect(await list(school)).toMatchObject([{ id: 'ENM', change: { allowed: true } }]);
  expect(await list(trainer)).toMatchObject([{ id: 'ENM', name: ESCOLA.name, change: { allowed: false, reason: 'sync.notEntitled' } }]);
  expect(await trainer.try('institution.update', { id: 'ENM', name: 'x' })).toMatchObject({ error: { code: 'sync.notEntitledHere' } });
});
