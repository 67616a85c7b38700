import { randomBytes, randomUUID } from 'node:crypto';
import { closeSync, existsSync, openSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync, writeSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { peopleSpace, planSpace } from '../../../shared/model/spaces.ts';
import { fileBytes, openLaptop } from '../../support/laptops/laptop.ts';
import { quickFolder } from '../../support/repository/quick-folder.ts';
import { startRepository, type TestRepository } from '../../support/repository/repository.ts';
import { addFile, bundles, cancelledWhen, exported, imported, stateOf, sticksIn, tryExport, tryImport } from '../../support/laptops/usb.ts';
import { laptopsAround, makeWorkshop } from '../../support/workshop.ts';
import { quietCall } from '../../support/quiet-call.ts';
import { placeOfFile } from '../../support/laptops/stored-file.ts';

let server: TestRepository;
const folder = quickFolder('itinera-usb-files-');
const { enrolled, alone, reopened, end } = laptopsAround(() => server);
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

describe('sealed for some', () => {
  it('opens for them alone, and shows nothing to anybody else', async () => {
    const [one, two, three] = [
      await enrolled('trainer', 'all', { name: 'Awa Diop' }),
      await enrolled('trainer', 'all', { name: 'Bento Lima' }),
      await enrolled(),
    ];
    makeWorkshop(one, ['SN'], 'N’GUESSAN');
    // A file without records makes its writer known: from then on files can be sealed for that laptop.
    const card = stick('card.itinera');
    await exported(two, card, { spaces: [] });
    expect(await imported(one, card)).toMatchObject({ applied: 0, from: { author: 'Bento Lima' } });
    expect(bundles(one).recipients.map(({ author, replica }) => [author, replica])).toContainEqual(['Bento Lima', two.store.replica]);
    const file = stick();
    await exported(one, file, { recipients: [two.store.replica] });
    const open = stick();
    await exported(one, open);
    expect(readFileSync(file).includes('workshop/')).toBe(false);
    expect(await tryImport(three, file)).toMatchObject({ ok: false, refusal: { code: 'usb.notForUs' } });
    expect(three.store.spaces()).toEqual([]);
    expect(await imported(two, file)).toMatchObject({ applied: 4 });
    expect(two.store.digest()).toEqual(one.store.digest());
    // Its writer can look at what was handed out.
    expect(await imported(one, file)).toMatchObject({ applied: 0, known: 4 });
  });

  it('holds only what every one of them may read', async () => {
    const one = await enrolled();
    const { id } = makeWorkshop(one);
    const expert = await enrolled('expert', 'all');
    const card = stick('card.itinera');
    await exported(expert, card, { spaces: [] });
    await imported(one, card);
    const wish = { spaces: [planSpace(id), peopleSpace(id)], recipients: [expert.store.replica] };
    expect(await exported(one, stick(), wish)).toMatchObject({ spaces: [planSpace(id)], leftOut: [peopleSpace(id)] });
  });

  it('opens for a laptop that was restored since, with the key that it had', async () => {
    const one = alone();
    const two = openLaptop();
    const card = stick('card.itinera');
    await exported(two, card, { spaces: [] });
    await imported(one, card);
    makeWorkshop(one);
    const file = stick();
    await exported(one, file, { recipients: [two.store.replica] });
    const before = two.store.replica;
    two.store.db.prepare("delete from meta where key = 'replica'").run();
    two.write('calendar', 'activity', randomUUID(), { name: 'x' }, true);
    const again = await reopened(two);
    expect(again.store.replica).not.toBe(before);
    expect(await imported(again, file)).toMatchObject({ applied: 4 });
  });
});

describe('files of materials', () => {
  it('come along, each by its hash, and only those that a material names', async () => {
    const [one, two] = [await enrolled(), await enrolled()];
    const { id } = makeWorkshop(one);
    const [small, large] = [randomBytes(5_000), randomBytes(2_600_000)];
    const hashes = [await addFile(one, planSpace(id), small), await addFile(one, planSpace(id), large)];
    const away = randomBytes(10);
    const missing = await addFile(one, planSpace(id), away);
    one.files.remove(missing);
    const file = stick();
    expect(await exported(one, file, { recipients: [one.store.replica] })).toMatchObject({ files: 2, filesNotHere: 1 });
    expect(await exported(one, file, { to: 'S' })).toMatchObject({ files: 2, filesNotHere: 1 });
    expect(await imported(two, file)).toMatchObject({ applied: 10, files: 2, filesLeft: 0, stopped: '' });
    expect(Buffer.compare(fileBytes(two, hashes[0]!)!, small)).toBe(0);
    expect(Buffer.compare(fileBytes(two, hashes[1]!)!, large)).toBe(0);
    expect(await imported(two, file)).toMatchObject({ applied: 0, files: 0, filesLeft: 0 });
    // A second file to the same stick does not carry them again.
    expect(await exported(one, stick(), { to: 'S', since: 'last' })).toMatchObject({ files: 0, changeSets: 0 });
    const light = stick();
    const { bytes } = await exported(one, light, { files: false });
    expect(bytes).toBeLessThan(20_000);
  });

  it('that are damaged here are not handed on', async () => {
    const one = await enrolled();
    const { id } = makeWorkshop(one);
    const sha256 = await addFile(one, planSpace(id), randomBytes(100_000));
    writeFileSync(placeOfFile(one.folder, sha256), randomBytes(100_000));
    const file = stick();
    expect(await tryExport(one, file)).toMatchObject({ ok: false, refusal: { code: 'usb.fileDamaged' } });
    expect(existsSync(file)).toBe(false);
    expect(readdirSync(path.dirname(file))).toEqual([]);
    expect(await exported(one, file, { files: false })).toMatchObject({ changeSets: 6 });
  });
});

describe('stopped half-way', () => {
  it('leaves nothing on the stick, nothing of the records, or whole files and all records', async () => {
    const [one, two] = [await enrolled(), await enrolled()];
    const { id } = makeWorkshop(one);
    const hashes: string[] = [];
    for (const bytes of [2_000, 1_500_000]) hashes.push(await addFile(one, planSpace(id), randomBytes(bytes)));
    const file = stick();
    const at = (label: string, done = 0) => cancelledWhen((progress) => progress.label === label && progress.done > done);
    for (const label of ['sync.usbPacking', 'sync.usbWriting']) {
      expect(await tryExport(one, file, {}, at(label))).toMatchObject({ ok: false, refusal: { code: 'job.cancelled' } });
      expect(readdirSync(path.dirname(file))).toEqual([]);
    }
    expect(bundles(one).written).toEqual([]);
    await exported(one, file);
    const before = stateOf(two);
    for (const call of [at('sync.usbChecking', -1), at('sync.usbReading')]) {
      expect(await tryImport(two, file, call)).toMatchObject({ ok: false, refusal: { code: 'job.cancelled' } });
      expect(stateOf(two)).toBe(before);
    }
    expect(await tryImport(two, file, at('sync.usbFiles', 500_000))).toMatchObject({
      ok: true,
      value: { applied: 8, files: 1, filesLeft: 1, stopped: 'job.cancelled' },
    });
    expect(two.files.has(hashes[1]!)).toBe(false);
    expect(two.files.partial(hashes[1]!)).toBe(0);
    expect(await imported(two, file)).toMatchObject({ applied: 0, files: 1, filesLeft: 0, stopped: '' });
    expect(two.files.has(hashes[1]!)).toBe(true);
  });

  it('takes nothing that the stick gives differently the second time', async () => {
    const [one, two] = [await enrolled(), await enrolled()];
    const { id } = makeWorkshop(one);
    const sha256 = await addFile(one, planSpace(id), randomBytes(3_000_000));
    const file = stick();
    const { bytes } = await exported(one, file);
    const call = {
      ...quietCall(),
      progress: ({ label }: { readonly label: string }) => {
        if (label !== 'sync.usbReading') return;
        const handle = openSync(file, 'r+');
        writeSync(handle, randomBytes(100), 0, 100, bytes - 5_000);
        closeSync(handle);
      },
    };
    expect(await tryImport(two, file, call)).toMatchObject({
      ok: true,
      value: { applied: 6, files: 0, filesLeft: 1, stopped: 'usb.altered' },
    });
    expect(two.files.has(sha256)).toBe(false);
  });

  it('does not call written what the stick does not give back', async () => {
    const one = await enrolled();
    makeWorkshop(one);
    const file = stick();
    writeFileSync(file, 'older');
    const call = {
      ...quietCall(),
      progress: ({ label }: { readonly label: string }) => {
        if (label !== 'sync.usbChecking') return;
        const name = readdirSync(path.dirname(file)).find((one) => one.endsWith('.part'))!;
        const handle = openSync(path.join(path.dirname(file), name), 'r+');
        writeSync(handle, Uint8Array.of(0), 0, 1, 100);
        closeSync(handle);
      },
    };
    expect(await tryExport(one, file, {}, call)).toMatchObject({ ok: false, refusal: { code: 'usb.gone' } });
    expect(readdirSync(path.dirname(file))).toEqual(['records.itinera']);
    expect(readFileSync(file, 'utf8')).toBe('older');
    expect(bundles(one).written).toEqual([]);
  });

  it('says that the stick was pulled out, and has whole records or none', async () => {
    const [one, two] = [await enrolled(), await enrolled()];
    const { id } = makeWorkshop(one);
    await addFile(one, planSpace(id), randomBytes(3_000_000));
    const file = stick();
    await exported(one, file);
    const whole = readFileSync(file);
    const pulledOutAt = (moment: string) => ({
      ...quietCall(),
      progress: ({ label }: { readonly label: string }) => {
        if (label === moment) truncateSync(file, 1_000);
      },
    });
    const before = stateOf(two);
    expect(await tryImport(two, file, pulledOutAt('sync.usbChecking'))).toMatchObject({ ok: false, refusal: { code: 'usb.gone' } });
    expect(stateOf(two)).toBe(before);
    writeFileSync(file, whole);
    const answer = await tryImport(two, file, pulledOutAt('sync.usbReading'));
    expect(answer).toMatchObject({ ok: true, value: { applied: 6, files: 0, filesLeft: 1, stopped: 'usb.gone' } });
    writeFileSync(file, whole);
    expect(await imported(two, file)).toMatchObject({ applied: 0, files: 1, stopped: '' });
  });
});
