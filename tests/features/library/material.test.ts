import { createHash } from 'node:crypto';
import { appendFileSync, chmodSync, existsSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { materialHandlers } from '../../../electron/engine/features/library/material.ts';
import type { Progress } from '../../../shared/contract/rpc.ts';
import type { Id } from '../../../shared/kernel/ids.ts';
import type { Language } from '../../../shared/kernel/text.ts';
import { nodeHasher } from '../../../shared/node/crypto.ts';
import { decodeChangeSet } from '../../../shared/sync/change-set.ts';
import type { FeatureContext } from '../feature-context.ts';
import { openFeatureContext, refusal, value, workshopA } from '../feature-context.ts';
import { quietCall } from '../../support/quiet-call.ts';
import { placeOfFile } from '../../support/laptops/stored-file.ts';

let context: FeatureContext;
let calls: ReturnType<typeof materialHandlers>;
beforeEach(() => {
  context = openFeatureContext();
  calls = materialHandlers(context);
});
afterEach(() => context.close());

const written = (name: string, content: string | Uint8Array): string => {
  const file = path.join(context.outside, name);
  writeFileSync(file, content);
  return file;
};
const PDF = '%PDF-1.7 slides';

interface More {
  readonly title?: string | { readonly fr: string };
  readonly language?: Language;
  readonly courseId?: string;
  readonly activityId?: Id;
  readonly materialId?: Id;
}
const adding = (file: string, more: More = {}, call = quietCall()) =>
  calls['material.add']({ path: file, title: 'Diapositives', language: 'fr', kind: 'slides', audience: 'everyone', ...more }, call);
const add = (file: string, more: More = {}) => value(adding(file, more));
const list = (args: Parameters<(typeof calls)['material.list']>[0] = {}) => value(calls['material.list'](args, quietCall()));

test('a file is added to a course by its code, listed, and given out verified', async () => {
  const file = written('Séance 1.pdf', PDF);
  const added = await add(file, { courseId: 'C1' });
  expect(added).toMatchObject({ sha256: createHash('sha256').update(PDF).digest('hex'), size: PDF.length });
  const [material, ...others] = await list({ courseId: 'C1' });
  expect(others).toEqual([]);
  expect(material).toMatchObject({
    id: added.id,
    title: 'Diapositives',
    kind: 'slides',
    language: 'fr',
    size: PDF.length,
    here: true,
    pinned: false,
    versions: [{ id: added.versionId, name: 'Séance 1.pdf', type: 'application/pdf', here: true }],
  });
  context = context.reopened();
  calls = materialHandlers(context);
  rmSync(file);
  const given = await value(calls['material.file']({ id: added.id }, quietCall()));
  expect(given).toEqual({ sha256: added.sha256, name: 'Séance 1.pdf', type: 'application/pdf' });
  const target = path.join(context.outside, 'copy.pdf');
  writeFileSync(target, 'what lay there');
  expect(await value(calls['material.copy']({ id: added.id, path: target }, quietCall()))).toEqual({
    ...{ path: target, bytes: PDF.length, sha256: added.sha256, name: 'Séance 1.pdf' },
  });
  expect(readFileSync(target, 'utf8')).toBe(PDF);
  expect(await refusal(calls['material.copy']({ id: added.id, path: path.join(context.outside, 'none', 'x') }, quietCall()))).toBe(
    'file.notWritable',
  );
});

test('a program that reads by a path is given a copy, which harms nothing, goes with the file, and on another day', async () => {
  const added = await add(written('Séance 1.PDF', PDF));
  const given = await value(calls['material.path']({ id: added.id }, quietCall()));
  expect(given).toEqual({ path: given.path, sha256: added.sha256, name: 'Séance 1.PDF', type: 'application/pdf' });
  expect(path.basename(given.path)).toBe(`${added.sha256}.pdf`);
  expect(readFileSync(given.path, 'utf8')).toBe(PDF);
  expect(statSync(given.path).mode & 0o077).toBe(0);
  writeFileSync(given.path, 'written over');
  expect(await context.files.verify(added.sha256)).toBe(true);
  expect(readFileSync((await value(calls['material.path']({ id: added.id }, quietCall()))).path, 'utf8')).toBe(PDF);
  context = context.reopened();
  expect(existsSync(given.path)).toBe(true);
  const yesterday = new Date(Date.now() - 2 * 86_400_000);
  utimesSync(given.path, yesterday, yesterday);
  context = context.reopened();
  calls = materialHandlers(context);
  expect(existsSync(given.path)).toBe(false);
  await value(calls['material.path']({ id: added.id }, quietCall()));
  context.files.remove(added.sha256);
  expect(existsSync(given.path)).toBe(false);
  expect(await refusal(calls['material.path']({ id: added.id }, quietCall()))).toBe('material.notHere');
});

test('versions per language stand side by side, the newest is opened, and the same file again adds none', async () => {
  const first = await add(written('a.pdf', `${PDF} 1`));
  context.setClock('2021-07-16T08:00:00Z');
  const second = await add(written('b.pdf', `${PDF} 22`), { materialId: first.id });
  context.setClock('2021-07-17T08:00:00Z');
  const english = await add(written('c.pdf', `${PDF} 333`), { materialId: first.id, language: 'en' });
  expect((await add(written('d.pdf', `${PDF} 22`), { materialId: first.id })).versionId).toBe(second.versionId);
  const [material] = await list();
  expect(material!.versions.map(({ id }) => id)).toEqual([first.versionId, second.versionId, english.versionId]);
  expect(material!.size).toBe(second.size + english.size);
  const opened = async (id: Id, language?: Language) => (await value(calls['material.file']({ id, language }, quietCall()))).sha256;
  expect(await opened(first.id, 'fr')).toBe(second.sha256);
  expect(await opened(first.id, 'pt')).toBe(english.sha256);
  expect(await opened(first.versionId)).toBe(first.sha256);
});

test('materials are found by the beginnings of words, without accents, in title and file name', async () => {
  const { id } = await add(written('conservation-rapide.pdf', PDF), { title: { fr: 'Modèle d’ordonnance' } });
  await add(written('other.pdf', `${PDF} 2`), { title: 'Procès simulé' });
  const search = async (text: string) => (await value(calls['material.search']({ text }, quietCall()))).map((one) => one.id);
  expect(await search('MODELE')).toEqual([id]);
  expect(await search('ordonn modè')).toEqual([id]);
  expect(await search('rapid')).toEqual([id]);
  expect(await search('proces')).not.toContain(id);
  expect(await search('"*)( xor')).toEqual([]);
  expect((await search('')).length).toBe(2);
  expect(await list({ language: 'pt' })).toEqual([]);
  expect(await list({ kind: 'video' })).toEqual([]);
});

test('what may not or cannot be taken is refused, and nothing is left behind', async () => {
  expect(await refusal(adding(path.join(context.outside, 'none.pdf')))).toBe('file.missing');
  expect(await refusal(adding(context.outside))).toBe('file.unreadable');
  expect(await refusal(adding(written('empty.pdf', '')))).toBe('material.empty');
  expect(await refusal(adding(written('setup.exe', 'MZ')))).toBe('material.typeRefused');
  expect(await refusal(adding(written('a.pdf', PDF), { courseId: 'none' }))).toBe('course.unknown');
  expect(await refusal(adding(written('a.pdf', PDF), { materialId: '00000000-0000-4000-8000-000000000000' }))).toBe('material.unknown');
  const controller = new AbortController();
  const steps: Progress[] = [];
  const cancelled = adding(
    written('long.pdf', PDF.padEnd(3_000_000)),
    {},
    {
      ...quietCall(controller.signal),
      progress: (step) => {
        steps.push(step);
        controller.abort();
      },
    },
  );
  expect(await refusal(cancelled)).toBe('job.cancelled');
  expect(steps.length).toBe(1);
  expect(await list()).toEqual([]);
  expect(readdirSync(path.join(context.folder, 'files', 'parts'))).toEqual([]);
  expect(context.files.bytes()).toBe(0);
});

test('a file that is damaged or not here is never given out', async () => {
  const { id, sha256 } = await add(written('a.pdf', PDF));
  const place = placeOfFile(context.folder, sha256);
  chmodSync(place, 0o600);
  appendFileSync(place, 'x');
  expect(await refusal(calls['material.file']({ id }, quietCall()))).toBe('material.damaged');
  expect(await refusal(calls['material.path']({ id }, quietCall()))).toBe('material.damaged');
  expect(readdirSync(path.join(context.folder, 'handed-out'))).toEqual([]);
  context.files.remove(sha256);
  expect(await refusal(calls['material.file']({ id }, quietCall()))).toBe('material.notHere');
  expect(await refusal(calls['material.file']({ id: '00000000-0000-4000-8000-000000000000' }, quietCall()))).toBe('material.unknown');
});

test('keeping offline says first what it fetches, for a workshop its own files and its course\u2019s', async () => {
  const activityId = await workshopA(context);
  const own = await add(written('own.pdf', PDF), { activityId });
  const plan = () => value(calls['material.offlinePlan']({ activityId }, quietCall()));
  expect(await plan()).toEqual({
    files: [{ id: own.id, title: 'Diapositives', name: 'own.pdf', size: PDF.length, here: true, pinned: false, unreadable: [] }],
    bytesToFetch: 0,
  });
  expect(context.store.reader.get('select space from material where id = ?', own.id)).toEqual({ space: `workshop/${activityId}/plan` });
  context.files.remove(own.sha256);
  expect((await plan()).bytesToFetch).toBe(PDF.length);
  expect(await value(calls['material.pin']({ id: own.id }, quietCall()))).toEqual({ here: false, bytesToFetch: PDF.length });
  expect((await plan()).files[0]).toMatchObject({ pinned: true, here: false });
  expect((await list({ activityId }))[0]).toMatchObject({ pinned: true, here: false });
  expect(context.files.flags.isPinned(own.sha256)).toBe(true);
  await value(calls['material.unpin']({ id: own.id }, quietCall()));
  expect((await list({ activityId }))[0]).toMatchObject({ pinned: false });
});

test('removing hides a material, restoring brings it back with its files', async () => {
  const { id, versionId } = await add(written('a.pdf', PDF));
  const other = await add(written('b.pdf', `${PDF} b`), { materialId: id, language: 'en' });
  await value(calls['material.remove']({ id: versionId }, quietCall()));
  expect((await list())[0]!.versions.map((version) => version.id)).toEqual([other.versionId]);
  await value(calls['material.remove']({ id }, quietCall()));
  expect(await list()).toEqual([]);
  expect(await refusal(calls['material.remove']({ id }, quietCall()))).toBe('material.unknown');
  expect(await refusal(calls['material.file']({ id }, quietCall()))).toBe('material.unknown');
  await value(calls['material.restore']({ id }, quietCall()));
  await value(calls['material.restore']({ id: versionId }, quietCall()));
  expect((await list())[0]!.versions.length).toBe(2);
});

test('a material that is removed by somebody who had not seen its newest version stays in sight, until it is removed with it', async () => {
  const { id } = await add(written('a.pdf', PDF), { courseId: 'C1' });
  const [before] = await list({ courseId: 'C1' });
  const other = openFeatureContext();
  try {
    carry(context, other);
    const theirs = materialHandlers(other);
    const file = written('b.pdf', `${PDF} 2`);
    const more = { title: 'Diapositives', language: 'fr', kind: 'slides', audience: 'everyone', materialId: id } as const;
    await value(theirs['material.add']({ path: file, ...more }, quietCall()));
    await value(calls['material.remove']({ id, seen: before!.seen }, quietCall()));
    carry(context, other);
    carry(other, context);
    for (const side of [calls, theirs]) {
      const [flagged] = await value(side['material.list']({ courseId: 'C1' }, quietCall()));
      expect(flagged).toMatchObject({ id, removed: { at: expect.any(String) } });
      expect(flagged!.versions).toHaveLength(2);
    }
  } finally {
    other.close();
  }
  const [flagged] = await list({ courseId: 'C1' });
  await value(calls['material.remove']({ id, seen: flagged!.seen }, quietCall()));
  expect(await list({ courseId: 'C1' })).toEqual([]);
  expect(await refusal(calls['material.remove']({ id }, quietCall()))).toBe('material.unknown');
  await value(calls['material.restore']({ id }, quietCall()));
  expect(await list({ courseId: 'C1' })).toMatchObject([{ id, removed: null }]);
});

/** What one laptop wrote in the library, given to another. */
function carry(from: FeatureContext, to: FeatureContext): void {
  const rows = from.store.reader.all<{ body: Uint8Array }>(
    'select body from change_set where replica = ? order by feed',
    from.store.replica,
  );
  to.store.ingest(
    rows.map(({ body }) => {
      const changeSet = decodeChangeSet(body, nodeHasher);
      if (!changeSet.ok) throw new Error(changeSet.refusal.code);
      return changeSet.value;
    }),
  );
}

test('a page of the library is a stretch of its whole list, also after a change and in another language', async () => {
  for (let i = 0; i < 12; i++)
    await add(written(`Fiche ${i}.pdf`, `%PDF-1.7 ${i}`), { title: `Fiche ${i}`, language: i % 2 ? 'fr' : 'en' });
  const page = (args: Partial<Parameters<(typeof calls)['material.page']>[0]>) =>
    value(calls['material.page']({ from: 0, limit: 200, ...args }, quietCall()));
  const expectPagesOf = async (args: Parameters<(typeof calls)['material.list']>[0]): Promise<void> => {
    const whole = await list(args);
    const every = (await list()).length;
    for (const [from, limit] of [
      [0, 5],
      [5, 5],
      [10, 5],
      [40, 5],
    ] as const)
      expect(await page({ ...args, from, limit })).toEqual({ total: whole.length, every, materials: whole.slice(from, from + limit) });
  };
  await expectPagesOf({});
  await expectPagesOf({ text: 'fiche 1' });
  await expectPagesOf({ text: 'absent' });
  await expectPagesOf({ language: 'en' });
  await expectPagesOf({ kind: 'video' });
  expect((await page({})).materials.flatMap(({ title }) => (typeof title === 'string' && title.startsWith('Fiche') ? title : []))).toEqual(
    Array.from({ length: 12 }, (_, i) => `Fiche ${i}`),
  );
  const position = async (id: string) => (await value(calls['material.position']({ id }, quietCall()))).index;
  for (const [index, { id }] of (await page({})).materials.entries()) expect(await position(id)).toBe(index);
  const [third] = (await page({ text: 'fiche 3' })).materials;
  await value(calls['material.remove']({ id: third!.id, seen: third!.seen }, quietCall()));
  expect((await page({ text: 'fiche 3' })).total).toBe(0);
  expect(await position(third!.id)).toBeNull();
  await expectPagesOf({});
  await value(calls['material.restore']({ id: third!.id }, quietCall()));
  expect((await page({ text: 'fiche 3' })).total).toBe(1);
});
