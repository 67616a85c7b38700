import { randomBytes, randomUUID } from 'node:crypto';
import { appendFileSync, cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { tooManyRecords, type Prepared } from '../../../electron/engine/sync/usb/prepare.ts';
import { CALENDAR, LIBRARY, peopleSpace, planSpace } from '../../../shared/model/spaces.ts';
import { hasTwin } from '../../../shared/node/store/sqlite/opening/replica-key.ts';
import { erasureWrites } from '../../../shared/sync/merge.ts';
import { countHeld } from '../../../shared/node/store/sqlite/held.ts';
import { openLaptop } from '../../support/laptops/laptop.ts';
import { quickFolder } from '../../support/repository/quick-folder.ts';
import { startRepository, type TestRepository } from '../../support/repository/repository.ts';
import { addFile, bundles, exported, imported, logOf, stateOf, sticksIn, tryExport, tryImport } from '../../support/laptops/usb.ts';
import { enrolledLaptop, laptopsAround, makeWorkshop, synced } from '../../support/workshop.ts';
import { quietCall } from '../../support/quiet-call.ts';

let server: TestRepository;
const folder = quickFolder('itinera-usb-');
const { enrolled, alone, also, end } = laptopsAround(() => server);
const stick = sticksIn(folder);

beforeAll(async () => {
  server = await startRepository({ library: false });
});
afterAll(async () => {
  await end();
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
  expect(server.faults).toEqual([]);
});

describe('a file on a stick', () => {
  it('brings a workshop from one laptop to another, and again changes nothing (replayed)', async () => {
    const [one, two] = [await enrolled('trainer', 'all', { name: 'Awa Diop' }), await enrolled()];
    const { id } = makeWorkshop(one);
    const file = stick();
    const written = await exported(one, file);
    expect(written).toMatchObject({ changeSets: 4, files: 0, to: path.basename(path.dirname(file)) });
    expect(readFileSync(file)).toHaveLength(written.bytes);
    expect(readdirSync(path.dirname(file))).toEqual(['records.itinera']);
    expect(await imported(two, file)).toMatchObject({
      applied: 4,
      held: 0,
      refused: 0,
      again: false,
      missing: [],
      from: { author: 'Awa Diop' },
    });
    expect(two.store.digest()).toEqual(one.store.digest());
    expect(logOf(two)).toEqual(logOf(one));
    const before = stateOf(two);
    expect(await imported(two, file)).toMatchObject({ applied: 0, held: 0, refused: 0, known: 4, again: true });
    expect(stateOf(two)).toBe(before);
    // Names show beside values, for the certificates came along.
    expect(bundles(two).read.map(({ code, applied, from }) => [code, applied, from?.author])).toEqual([
      ['', 0, 'Awa Diop'],
      ['', 4, 'Awa Diop'],
    ]);
    // Said apart from own work: the repository may have it from whoever made it by now.
    const said = () => two.sync.handlers['sync.status']({}, quietCall());
    expect(said()).toMatchObject({ value: { pending: 0, pendingBytes: 0, brought: { changeSets: 4, files: 0 } } });
    // What came by stick goes on to the repository, and the repository has it from whoever comes first.
    expect(await synced(two)).toMatchObject({ pushed: 4, refused: 0 });
    expect((await server.digest())[peopleSpace(id)]).toBe(one.store.digest()[peopleSpace(id)]);
    expect(said()).toMatchObject({ value: { pending: 0, brought: { changeSets: 0, files: 0 } } });
    expect(await synced(one)).toMatchObject({ refused: 0 });
  });

  it('says before it is written what it will hold and how long it will be', async () => {
    const one = await enrolled();
    const { id } = makeWorkshop(one);
    makeWorkshop(one);
    await addFile(one, planSpace(id), randomBytes(300_000));
    const plan = (args: object) => one.sync.handlers['sync.exportPlan']({ files: true, recipients: [], ...args }, quietCall());
    for (const args of [{}, { files: false }, { spaces: [planSpace(id)] }, { recipients: [one.store.replica] }]) {
      const said = await plan(args);
      if (!said.ok) throw new Error(said.refusal.code);
      const file = stick();
      const { bytes, changeSets, files, spaces } = await exported(one, file, args);
      expect(said.value).toMatchObject({ bytes, changeSets, files, spaces });
    }
    expect(await plan({ spaces: ['workshop/none/plan'] })).toMatchObject({ ok: false, refusal: { code: 'usb.spaceUnknown' } });
    expect(await plan({ since: 'yesterday' })).toMatchObject({ ok: false, refusal: { code: 'usb.sinceUnknown' } });
    expect(await plan({ recipients: ['0'.repeat(32)] })).toMatchObject({ ok: false, refusal: { code: 'usb.recipientUnknown' } });
  });

  it('carries nothing of a sample workshop, and what belongs to no workshop too', async () => {
    const [one, two] = [await enrolled('administrator', 'all'), await enrolled('administrator', 'all')];
    const sample = makeWorkshop(one);
    one.write(planSpace(sample.id), 'activity', sample.id, { sample: true });
    const real = makeWorkshop(one);
    one.write(CALENDAR, 'activity', randomUUID(), { name: 'Webinaire' }, true);
    one.write(LIBRARY, 'material', randomUUID(), { name: 'Diapositives' });
    const file = stick();
    const { spaces } = await exported(one, file);
    expect(spaces).toEqual(expect.arrayContaining([CALENDAR, LIBRARY, peopleSpace(real.id), planSpace(real.id)]));
    expect(await exported(one, stick(), { spaces: [planSpace(sample.id)] })).toMatchObject({
      changeSets: 0,
      leftOut: [planSpace(sample.id)],
    });
    await imported(two, file);
    expect(two.store.spaces().some((space) => space.includes(sample.id))).toBe(false);
    expect(two.store.reader.get('select name from activity where space = ?', CALENDAR)).toEqual({ name: 'Webinaire' });
  });

  it('builds on what went before to the same stick, and on what a device was seen to hold', async () => {
    const [one, two] = [await enrolled(), await enrolled()];
    const { id } = makeWorkshop(one);
    const place = path.dirname(stick());
    const first = await exported(one, path.join(place, '1.itinera'), { since: 'last', to: 'Blue stick' });
    expect(first.changeSets).toBe(4);
    one.write(peopleSpace(id), 'mark', 'cell', { activityId: id, status: 'present' });
    const second = await exported(one, path.join(place, '2.itinera'), { since: 'last', to: 'blue stick' });
    expect(second.changeSets).toBe(1);
    expect((await exported(one, path.join(place, '3.itinera'), { since: 'last', to: 'Red stick' })).changeSets).toBe(5);
    expect((await exported(one, path.join(place, '4.itinera'), { since: first.id })).changeSets).toBe(1);
    for (const name of ['1', '2']) await imported(two, path.join(place, `${name}.itinera`));
    expect(two.store.digest()).toEqual(one.store.digest());
    // Two answers with what it has: from then on one knows, and sends only the rest.
    two.write(peopleSpace(id), 'mark', 'cell', { status: 'late' });
    const answer = await exported(two, path.join(place, '5.itinera'), { since: one.store.replica });
    expect(answer.changeSets).toBe(1);
    expect(await imported(one, path.join(place, '5.itinera'))).toMatchObject({ applied: 1 });
    one.write(peopleSpace(id), 'mark', 'cell', { status: 'absent' });
    expect((await exported(one, path.join(place, '6.itinera'), { since: two.store.replica })).changeSets).toBe(1);
    await imported(two, path.join(place, '6.itinera'));
    expect(two.store.digest()).toEqual(one.store.digest());
    expect(
      bundles(one)
        .written.map(({ to, changeSets }) => [to, changeSets])
        .slice(0, 2),
    ).toEqual([
      [path.basename(place), 1],
      [path.basename(place), 1],
    ]);
  });

  it('replaces an older file of its name only by a whole one, and nothing in the data folder', async () => {
    const one = await enrolled();
    makeWorkshop(one);
    const file = stick();
    writeFileSync(file, 'older');
    writeFileSync(path.join(path.dirname(file), `.itinera-${one.store.replica.slice(0, 8)}-0123.part`), 'left by a power cut');
    const controller = new AbortController();
    controller.abort();
    expect(await tryExport(one, file, {}, quietCall(controller.signal))).toMatchObject({ ok: false, refusal: { code: 'job.cancelled' } });
    expect(readFileSync(file, 'utf8')).toBe('older');
    await exported(one, file);
    expect(readdirSync(path.dirname(file))).toEqual(['records.itinera']);
    expect(await tryExport(one, path.join(one.folder, 'replica.key'))).toMatchObject({ refusal: { code: 'file.notWritable' } });
    expect(await tryExport(one, path.join(folder, 'unplugged', 'x.itinera'))).toMatchObject({ refusal: { code: 'usb.gone' } });
    expect(await tryExport(one, folder)).toMatchObject({ refusal: { code: 'file.notWritable' } });
  });
});

describe('ancestors that are missing', () => {
  it('are named; what is above them waits, and is applied when they come by another stick', async () => {
    const [one, two] = [await enrolled('trainer', 'all', { name: 'Awa Diop' }), await enrolled()];
    const { id } = makeWorkshop(one);
    const [first, second] = [stick(), stick()];
    await exported(one, first, { to: 'S' });
    one.write(peopleSpace(id), 'mark', 'cell', { activityId: id, status: 'present' });
    await exported(one, second, { to: 'S', since: 'last' });
    const answer = await imported(two, second);
    expect(answer).toMatchObject({ applied: 0, held: 1, refused: 0 });
    expect(answer.missing.find(({ space }) => space === peopleSpace(id))).toMatchObject({ author: 'Awa Diop', seq: 2 });
    expect(two.store.spaces()).toEqual([]);
    expect(bundles(two).waiting).toEqual([
      {
        space: peopleSpace(id),
        replica: one.store.replica,
        author: 'Awa Diop',
        device: one.store.replica.slice(0, 8),
        // Both laptops are hers, and neither has a name.
        laptop: one.store.replica.slice(0, 8),
        changeSets: 1,
        seq: 2,
      },
    ]);
    expect(await imported(two, second)).toMatchObject({ applied: 0, held: 1, again: true });
    expect(await imported(two, first)).toMatchObject({ applied: 4, released: 1, held: 0 });
    expect(bundles(two).waiting).toEqual([]);
    expect(two.store.digest()).toEqual(one.store.digest());
    expect(logOf(two)).toEqual(logOf(one));
  });

  it('are applied when they come from the repository', async () => {
    const [one, two] = [await enrolled(), await enrolled()];
    const { id } = makeWorkshop(one);
    await exported(one, stick(), { to: 'S' });
    await synced(one);
    one.write(peopleSpace(id), 'mark', 'cell', { activityId: id, status: 'present' });
    const second = stick();
    await exported(one, second, { to: 'S', since: 'last', spaces: [peopleSpace(id)] });
    expect(await imported(two, second)).toMatchObject({ applied: 0, held: 1 });
    await synced(two);
    expect(countHeld(two.store.db)).toBe(0);
    expect(two.store.digest()[peopleSpace(id)]).toBe(one.store.digest()[peopleSpace(id)]);
    // What was held goes on to the repository as well.
    expect(await synced(two)).toMatchObject({ refused: 0 });
    expect((await server.digest())[peopleSpace(id)]).toBe(one.store.digest()[peopleSpace(id)]);
  });
});

describe('whose files are taken', () => {
  it('another repository’s, and those of a laptop that is enrolled nowhere, are refused whole', async () => {
    const away = await startRepository({ library: false });
    const foreign = also(await enrolledLaptop(away));
    const [here, lonely] = [await enrolled(), alone()];
    const [a, b] = [stick(), stick()];
    for (const laptop of [foreign, lonely]) makeWorkshop(laptop);
    await exported(foreign, a);
    await exported(lonely, b);
    const before = stateOf(here);
    expect(await tryImport(here, a)).toMatchObject({ ok: false, refusal: { code: 'usb.foreign' } });
    expect(await tryImport(here, b)).toMatchObject({ ok: false, refusal: { code: 'usb.unvouched' } });
    expect(stateOf(here)).toBe(before);
    expect(bundles(here).read.map(({ code }) => code)).toEqual(['usb.unvouched', 'usb.foreign']);
    await away.stop();
  });

  it('between laptops that are enrolled nowhere they pass, and the first repository met is kept to', async () => {
    const away = await startRepository({ library: false });
    const foreign = also(await enrolledLaptop(away));
    const [one, two, three, member] = [alone(), alone(), alone(), await enrolled('trainer', 'all', { name: 'Awa Diop' })];
    const { id } = makeWorkshop(one);
    const [a, b, c, d] = [stick(), stick(), stick(), stick()];
    await exported(one, a);
    expect(await imported(two, a)).toMatchObject({ applied: 4 });
    two.write(peopleSpace(id), 'mark', 'cell', { activityId: id, status: 'late' });
    await exported(two, b);
    // What the first one wrote is vouched for by its key, in the third hand too.
    expect(await imported(three, b)).toMatchObject({ applied: 5 });
    expect(three.store.digest()).toEqual(two.store.digest());
    makeWorkshop(member);
    await exported(member, c);
    expect(await imported(two, c)).toMatchObject({ applied: 4, from: { author: 'Awa Diop' } });
    makeWorkshop(foreign);
    await exported(foreign, d);
    expect(await tryImport(two, d)).toMatchObject({ refusal: { code: 'usb.foreign' } });
    await away.stop();
  });

  it('keep from a laptop what it may not read (invariant 12)', async () => {
    const one = await enrolled();
    const [senegal, benin] = [makeWorkshop(one, ['SN'], 'KONÉ'), makeWorkshop(one, ['BJ'], 'MAÏGA')];
    const file = stick();
    await exported(one, file);
    const expert = await enrolled('expert', 'all');
    expect(await imported(expert, file)).toMatchObject({ applied: 2, refused: 6 });
    expect(expert.store.spaces().sort()).toEqual([planSpace(senegal.id), planSpace(benin.id)].sort());
    expect(JSON.stringify([...logOf(expert).values()])).not.toContain('KONÉ');
    const local = await enrolled('coordinator', 'country:BJ');
    expect(await imported(local, file)).toMatchObject({ applied: 4, refused: 4 });
    expect(local.store.spaces().every((space) => space.includes(benin.id))).toBe(true);
  });

  it('that are none are told from those that are damaged', async () => {
    const one = await enrolled();
    const file = stick('letter.pdf');
    writeFileSync(file, 'A letter that is long enough to be looked at as if it were a bundle of records.');
    expect(await tryImport(one, file)).toMatchObject({ refusal: { code: 'usb.notOurs' } });
    writeFileSync(file, '');
    expect(await tryImport(one, file)).toMatchObject({ refusal: { code: 'usb.notOurs' } });
    expect(await tryImport(one, path.join(folder, 'nowhere'))).toMatchObject({ refusal: { code: 'file.missing' } });
    expect(await tryImport(one, folder)).toMatchObject({ refusal: { code: 'file.unreadable' } });
    expect(await tryImport(one, path.join(one.folder, 'itinera.db'))).toMatchObject({ refusal: { code: 'usb.isBackup' } });
    makeWorkshop(one);
    await exported(one, file);
    appendFileSync(file, 'x');
    expect(await tryImport(one, file)).toMatchObject({ refusal: { code: 'usb.altered' } });
    const bytes = readFileSync(file);
    bytes[7] = 2;
    writeFileSync(file, bytes);
    expect(await tryImport(one, file)).toMatchObject({ refusal: { code: 'usb.newer' } });
  });
});

describe('what the repository ruled', () => {
  it('goes along: refused work has no effect on the other laptop either', async () => {
    const trainer = await enrolled();
    const { id } = makeWorkshop(trainer);
    trainer.write(planSpace(id), 'activity', id, { place: 'Dakar' });
    await synced(trainer);
    const expert = await enrolled('expert', `workshop:${id}`);
    await synced(expert);
    expert.write(planSpace(id), 'activity', id, { place: 'Lyon' });
    expect(await synced(expert)).toMatchObject({ refused: 1 });
    const file = stick();
    await exported(expert, file, { spaces: [planSpace(id)] });
    const other = await enrolled();
    await imported(other, file);
    expect(other.store.reader.get('select place from activity where id = ?', id)).toEqual({ place: 'Dakar' });
    expect(other.store.digest()[planSpace(id)]).toBe(expert.store.digest()[planSpace(id)]);
  });

  it('comes to a stick too late: an old one brings back nothing of a person who was erased (invariant 8)', async () => {
    const one = await enrolled();
    const { id, person } = makeWorkshop(one, ['SN'], 'N’GUESSAN');
    const old = stick();
    await exported(one, old, { spaces: [planSpace(id), peopleSpace(id)] });
    await synced(one);
    server.repository.store.commit([{ space: peopleSpace(id), kind: 'erase', writes: erasureWrites('participant', person) }]);
    for (const laptop of [one, await enrolled()]) {
      await synced(laptop);
      expect(await imported(laptop, old)).toMatchObject({ applied: 0 });
      expect(JSON.stringify([...logOf(laptop).values()])).not.toContain('N’GUESSAN');
    }
    // And one written now holds nothing of it.
    const now = stick();
    await exported(one, now, { spaces: [peopleSpace(id)] });
    const reader = await enrolled();
    await imported(reader, now);
    expect(reader.store.reader.heads('participant', person, 'familyName')).toMatchObject([{ value: null, erased: true }]);
  });

  it('must be met once by a laptop that was restored, before anybody could believe its file', async () => {
    const before = await enrolledLaptop(server);
    makeWorkshop(before);
    before.store.db.prepare("delete from meta where key = 'replica'").run();
    await before.close();
    const restored = also(openLaptop({ folder: before.folder }));
    const file = stick();
    expect(await tryExport(restored, file)).toMatchObject({ ok: false, refusal: { code: 'usb.notCertified' } });
    await synced(restored);
    await exported(restored, file);
    expect(await imported(await enrolled(), file)).toMatchObject({ refused: 0, held: 0 });
  });

  it('tells a laptop that another one, a copy of it, writes under its name; both keep all of it', async () => {
    const original = await enrolledLaptop(server);
    const { id } = makeWorkshop(original);
    await original.close();
    const copied = path.join(folder, 'copied');
    cpSync(original.folder, copied, { recursive: true });
    const [one, twin] = [also(openLaptop({ folder: original.folder })), also(openLaptop({ folder: copied }))];
    expect(twin.store.replica).toBe(one.store.replica);
    one.write(peopleSpace(id), 'mark', 'cell', { activityId: id, status: 'late' });
    twin.write(peopleSpace(id), 'mark', 'cell', { activityId: id, status: 'absent' });
    const [there, back] = [stick(), stick()];
    await exported(one, there);
    expect(await imported(twin, there)).toMatchObject({ applied: 1, held: 0, refused: 0, conflicts: 1 });
    expect(hasTwin(twin.store.db)).toBe(true);
    await exported(twin, back);
    expect(await imported(one, back)).toMatchObject({ applied: 1, conflicts: 1 });
    expect(one.store.digest()).toEqual(twin.store.digest());
    expect(logOf(one)).toEqual(logOf(twin));
  });
});

it('counts as too much what no reader would take: lists beyond its limits as well as records', () => {
  const listing = (of: Partial<Prepared>): Prepared => ({
    spaces: [],
    feeds: [],
    files: [],
    filesNotHere: 0,
    certificates: [],
    keys: [],
    leftOut: [],
    repositoryKey: null,
    own: null,
    recipients: [],
    ...of,
  });
  const certificates = (count: number, length: number) => ({ certificates: Array<Uint8Array>(count).fill(new Uint8Array(length)) });
  const spaces = (count: number) => ({
    spaces: Array.from({ length: count }, (_, n) => ({ space: `institution/${n}`, from: [], to: [] })),
  });
  const keys = (count: number) => ({ keys: Array<Uint8Array>(count).fill(new Uint8Array(32)) });
  for (const fits of [{}, certificates(10_000, 300), spaces(10_000), keys(10_000)]) expect(tooManyRecords(listing(fits), [])).toBe(false);
  for (const over of [certificates(10_001, 300), certificates(9_000, 1_000), spaces(10_001), keys(10_001)]) {
    expect(tooManyRecords(listing(over), [])).toBe(true);
  }
  expect(tooManyRecords(listing({}), [new Uint8Array(65 << 20)])).toBe(true);
});
