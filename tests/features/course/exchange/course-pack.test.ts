import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { MANIFEST, sealPack, SIGNATURE, type PackManifest } from '../../../../shared/features/course/exchange/pack.ts';
import { newSeed, nodeHasher, signerOf } from '../../../../shared/node/crypto.ts';
import { unzipCapped, zipDeflated, type ZipEntry } from '../../../../shared/node/tables/zip-entries.ts';
import { openTestEngine, type TestEngine } from '../../../support/laptops/engine.ts';

/** A course as one signed file: it opens on any laptop, writes over nothing, and what was changed on its way is refused. */

const folder = mkdtempSync(path.join(tmpdir(), 'itinera-pack-'));
const pack = path.join(folder, 'course.zip');
const changed = path.join(folder, 'changed.zip');
let here: TestEngine;
let there: TestEngine;
let course: string;
let session: string;

interface Detail {
  readonly id: string;
  readonly space: string;
  readonly origin: string | null;
  readonly modules: readonly {
    readonly title: object;
    readonly sessions: readonly { readonly id: string; readonly title: object; readonly objectives: object }[];
  }[];
}
const made = (call: string, args: object) => here.call<{ id: string }>(call, args).then(({ id }) => id);
const opened = (engine: TestEngine, file = pack, more: object = {}) =>
  engine.call<{ id: string; made: boolean; files: number; signedBy: string }>('course.importPack', { path: file, ...more });
const codeOf = async (file: string, more: object = {}) => {
  const answer = await there.try('course.importPack', { path: file, ...more });
  return answer.ok ? '' : answer.error.code;
};
const detail = (engine: TestEngine, id: string) => engine.call<Detail>('course.get', { id });
const entries = () => unzipCapped(readFileSync(pack), () => true, { entries: 1000, bytes: 1e9 })!;
const courses = async () => (await there.call<unknown[]>('course.list')).length;

beforeAll(async () => {
  here = await openTestEngine(path.join(folder, 'here'));
  there = await openTestEngine(path.join(folder, 'there'));
  course = await made('course.create', { space: 'library', code: 'P1', title: { en: 'Course / one', pt: 'Curso' }, days: 2 });
  const moduleId = await made('course.addModule', { courseId: course, title: { en: 'Module' } });
  session = await made('course.addSession', {
    moduleId,
    title: { en: 'Seizure', pt: 'Apreensão' },
    minutes: 90,
    objectives: { pt: 'Lei *8/IX*.\n\n- um' },
  });
  await made('course.addSession', { moduleId, title: { en: 'Other' } });
  for (const [name, audience] of [
    ['everyone', 'everyone'],
    ['police', 'lawEnforcement'],
  ] as const) {
    const file = path.join(folder, `${name}.txt`);
    writeFileSync(file, `for ${name}`);
    await here.call('material.add', { path: file, title: name, language: 'en', kind: 'handout', audience, courseId: course });
  }
});
afterAll(async () => {
  await here.close();
  await there.close();
  rmSync(folder, { recursive: true });
});

it('is a folder that people can read, with the files that everybody may have', async () => {
  expect(await here.call('course.exportPack', { courseId: course, path: pack })).toMatchObject({ left: 0 });
  expect(entries().filter(({ name }) => name.startsWith('files/'))).toEqual([]);
  const { left, bytes } = await here.call<{ left: number; bytes: number }>('course.exportPack', {
    courseId: 'P1',
    path: pack,
    files: true,
  });
  expect([left, bytes]).toEqual([1, readFileSync(pack).length]);
  const names = entries().map(({ name }) => name.replace(/[0-9a-f]{16}/, 'HASH'));
  expect(names.toSorted()).toEqual([
    ...['en/00 Course one.md', 'en/1.1 Seizure.md', 'en/1.2 Other.md', 'files/HASH everyone.txt', 'manifest.json'],
    ...['pt/00 Curso.md', 'pt/1.1 Apreensão.md', 'pt/1.2.md', 'signature.json'],
  ]);
  const text = Buffer.from(entries().find(({ name }) => name === 'pt/1.1 Apreensão.md')!.bytes).toString();
  expect(text).toContain('## Objetivos\n\nLei *8/IX*.\n\n- um');
});

it('opens on another laptop, once, and knows where it comes from', async () => {
  const first = await opened(there);
  expect(first).toMatchObject({ made: true, files: 1, signedBy: '' });
  const [ours, theirs] = [await detail(here, course), await detail(there, first.id)];
  expect(theirs).toMatchObject({ origin: course, space: 'library' });
  const said = ({ modules }: Detail) => modules.map(({ title, sessions }) => [title, sessions.map(({ id: _id, ...one }) => one)]);
  expect(said(theirs)).toEqual(said(ours));
  const materials = await there.call<{ courseId: string; audience: string; here: boolean }[]>('material.list', {});
  expect(materials.filter(({ courseId }) => courseId === first.id)).toMatchObject([{ audience: 'everyone', here: true }]);
  expect(await opened(there)).toEqual({ ...first, made: false, files: 0, copies: [first.id], taking: null });
  // Here it is the course itself.
  expect(await opened(here)).toMatchObject({ id: course, made: false });
});

it('writes over nothing that was written since', async () => {
  const { id } = await opened(there);
  const taught = (await detail(there, id)).modules[0]!.sessions[0]!;
  await there.call('course.updatePart', { id: taught.id, objectives: { pt: 'Nossa.' } });
  const second = await opened(there);
  expect(second.made).toBe(true);
  expect((await detail(there, id)).modules[0]!.sessions[0]!.objectives).toEqual({ pt: 'Nossa.' });
  await made('course.updatePart', { id: session, minutes: 60 });
  await here.call('course.exportPack', { courseId: course, path: pack });
  expect((await opened(there)).made).toBe(true);
  expect(await codeOf(pack, { courseId: second.id })).toBe('');
  const other = await there.call<{ id: string }>('course.create', { title: { en: 'x' } });
  expect(await codeOf(pack, { courseId: other.id })).toBe('exchange.packOfOther');
});

it('is refused where it was changed on its way, cut, or made to harm', async () => {
  const before = await courses();
  const rewritten = async (change: (entry: ZipEntry) => ZipEntry | null, more: ZipEntry[] = []) => {
    writeFileSync(changed, zipDeflated([...entries().flatMap((entry) => change(entry) ?? []), ...more]));
    return codeOf(changed);
  };
  const edited = (name: string, from: string, to: string) => (entry: ZipEntry) =>
    entry.name === name ? { name, bytes: Buffer.from(Buffer.from(entry.bytes).toString().replace(from, to)) } : entry;
  expect(await rewritten(edited(MANIFEST, 'Seizure', 'Seizurf'))).toBe('exchange.packForged');
  expect(await rewritten(edited('en/1.1 Seizure.md', 'Seizure', 'Seizurf'))).toBe('exchange.packForged');
  expect(await rewritten(edited(SIGNATURE, '"certificate": ""', '"certificate": "00"'))).toBe('exchange.packForged');
  expect(await rewritten((entry) => (entry.name === SIGNATURE ? null : entry))).toBe('exchange.packMalformed');
  expect(await rewritten((entry) => (entry.name === 'en/1.2 Other.md' ? null : entry))).toBe('exchange.packForged');
  expect(await rewritten((entry) => entry, [{ name: '../evil.txt', bytes: Buffer.from('x') }])).toBe('exchange.packForged');
  const bytes = readFileSync(pack);
  for (let cut = 1; cut < bytes.length; cut += 97) {
    writeFileSync(changed, bytes.subarray(0, cut));
    expect(await codeOf(changed), `cut at ${cut}`).toBe('exchange.packMalformed');
  }
  for (let at = 0; at < bytes.length; at += 211) {
    const flipped = Buffer.from(bytes);
    flipped[at]! ^= 1;
    writeFileSync(changed, flipped);
    // A flipped time or checksum of the archive says nothing: then the very same course is here.
    const answer = await there.try('course.importPack', { path: changed });
    if (answer.ok) expect(answer.result).toMatchObject({ made: false });
  }
  const bomb = zipDeflated([...entries(), { name: 'bomb', bytes: Buffer.alloc(600 * 1024 ** 2) }]);
  writeFileSync(changed, bomb);
  expect(await codeOf(changed)).toBe('exchange.packMalformed');
  expect(await codeOf(path.join(folder, 'none.zip'))).toBe('file.missing');
  expect(await courses()).toBe(before);
});

it('is refused where somebody signed what makes no course', async () => {
  const keys = { signer: signerOf(newSeed()), hasher: nodeHasher };
  const manifest = JSON.parse(Buffer.from(entries().find(({ name }) => name === MANIFEST)!.bytes).toString()) as PackManifest;
  const { format: _format, version: _version, files: _files, ...said } = manifest;
  const [first, ...rest] = said.parts as [PackManifest['parts'][number], ...PackManifest['parts']];
  const signed = async (parts: unknown[], more: object = {}) => {
    writeFileSync(changed, zipDeflated(sealPack({ ...said, parts: parts as PackManifest['parts'], ...more }, [], null, keys)));
    return codeOf(changed);
  };
  expect(await signed(rest)).toBe('exchange.packMalformed');
  expect(await signed([first, first])).toBe('exchange.packMalformed');
  expect(await signed([first, ...rest.slice(1)])).toBe('exchange.packMalformed');
  expect(await signed([{ ...first, values: { ...first.values, days: 'many' } }, ...rest])).toBe('exchange.packMalformed');
  expect(await signed([{ ...first, values: { ...first.values, 'title@en': 'x'.repeat(30_000) } }, ...rest])).toBe('exchange.packMalformed');
  // Nothing in it says that a part is gone, nor anything in a language where its field has none.
  expect(await signed([{ ...first, values: { ...first.values, _deleted: true } }, ...rest])).toBe('exchange.packMalformed');
  expect(await signed([{ ...first, values: { ...first.values, 'days@en': 2 } }, ...rest])).toBe('exchange.packMalformed');
  expect(await signed([first, ...rest], { version: 2 })).toBe('exchange.packNewer');
  expect(
    await signed([first, ...rest], {
      materials: [
        {
          title: 'x',
          kind: 'other',
          audience: 'everyone',
          versions: [{ language: 'en', fileName: 'a.txt', type: 'text/plain', path: 'no' }],
        },
      ],
    }),
  ).toBe('exchange.packMalformed');
  // Signed by somebody unknown here, and whole: it opens, and says that nobody here knows them.
  expect(await signed([first, ...rest])).toBe('');
});

it('is looked at before anything is made, and taken back whole unless something was written in it since', async () => {
  await here.call('course.exportPack', { courseId: course, path: pack, files: true });
  const fresh = await openTestEngine(path.join(folder, 'fresh'));
  try {
    const count = async () => (await fresh.call<unknown[]>('course.list')).length;
    const before = await count();
    const look = await fresh.call('course.importPack', { path: pack, apply: false });
    expect(look).toMatchObject({ id: '', made: true, modules: 1, sessions: 2, copies: [], taking: null, title: { pt: 'Curso' } });
    expect(await count()).toBe(before);
    const take = () => fresh.call<{ id: string; taking: string }>('course.importPack', { path: pack });
    const first = await take();
    expect(await fresh.call('course.importPack', { path: pack, apply: false })).toMatchObject({ id: first.id, made: false });
    expect(await fresh.call('course.undoImport', { courseId: first.id, taking: first.taking })).toMatchObject({ left: 0 });
    expect(await count()).toBe(before);
    expect(await fresh.call('material.list', {})).toEqual([]);
    const second = await take();
    const { modules } = await detail(fresh, second.id);
    await fresh.call('course.updatePart', { id: modules[0]!.sessions[0]!.id, title: { en: 'Own' } });
    expect(await fresh.call('course.undoImport', { courseId: second.id, taking: second.taking })).toMatchObject({ undone: 0 });
    expect((await detail(fresh, second.id)).modules).toHaveLength(1);
    expect(await fresh.call('course.importPack', { path: pack, apply: false })).toMatchObject({ made: true, copies: [second.id] });
  } finally {
    await fresh.close();
  }
});
