import { spawnSync } from 'node:child_process';
import { randomBytes, randomUUID } from 'node:crypto';
import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { peopleSpace, planSpace } from '../../shared/model/spaces.ts';
import { openLaptop, type Laptop } from '../support/laptops/laptop.ts';
import { quickFolder } from '../support/repository/quick-folder.ts';
import { exported, imported, logOf } from '../support/laptops/usb.ts';
import { makeWorkshop } from '../support/workshop.ts';
import { sourceFile } from '../../shared/node/files/source-file.ts';

/** The engine dies at each stage of reading and of writing a stick (random moments: usb-kill.long.test.ts). */
const folder = quickFolder('itinera-usb-killed-');
const file = path.join(folder, 'records.itinera');
const MARKS = 200;
let source: Laptop;
let records: number;

beforeAll(async () => {
  source = openLaptop();
  const { id } = makeWorkshop(source);
  source.store.transaction(() => {
    for (let i = 0; i < MARKS; i++) source.write(peopleSpace(id), 'mark', randomUUID(), { activityId: id, status: 'present' });
  });
  const slides = path.join(folder, 'slides');
  writeFileSync(slides, randomBytes(1_500_000));
  const { sha256, size } = await source.files.put(sourceFile(slides));
  source.write(planSpace(id), 'materialVersion', randomUUID(), { materialId: randomUUID(), language: 'fr', sha256, size });
  records = (await exported(source, file)).changeSets;
});
afterAll(async () => {
  await source.end();
  rmSync(folder, { recursive: true, force: true });
});

function killedAt(moment: string, call: 'sync.export' | 'sync.import', data: string, target: string): void {
  const child = spawnSync(process.execPath, ['tests/faults/usb-killed.ts', data, call, target, moment], { encoding: 'utf8' });
  expect(child.signal, `${moment}: ${child.stdout}${child.stderr}`).toBe('SIGKILL');
}

it.each([
  ['sync.usbChecking', 0],
  ['sync.usbReading', 0],
  ['transaction', 0],
  ['sync.usbFiles', 1],
] as const)('killed at %s while it reads a stick, it has read all records or none', async (moment, share) => {
  const data = path.join(folder, `reader ${moment}`);
  mkdirSync(data);
  killedAt(moment, 'sync.import', data, file);
  const reader = openLaptop({ folder: data });
  expect(logOf(reader).size).toBe(share * records);
  expect(await imported(reader, file)).toMatchObject({ applied: (1 - share) * records, files: 1, filesLeft: 0 });
  expect(reader.store.digest()).toEqual(source.store.digest());
  await reader.end();
});

it('killed while it writes to a stick, the older file stands there, and what is left goes with the next', async () => {
  const data = path.join(folder, 'writer');
  mkdirSync(data);
  const writer = openLaptop({ folder: data });
  await imported(writer, file);
  await writer.close();
  const stick = path.join(folder, 'stick');
  mkdirSync(stick);
  const target = path.join(stick, 'records.itinera');
  copyFileSync(file, target);
  for (const moment of ['sync.usbPacking', 'sync.usbWriting']) {
    killedAt(moment, 'sync.export', data, target);
    expect(readFileSync(target).equals(readFileSync(file)), moment).toBe(true);
  }
  expect(readdirSync(stick).filter((name) => name.endsWith('.part'))).toHaveLength(1);
  const again = openLaptop({ folder: data });
  await exported(again, target);
  expect(readdirSync(stick)).toEqual(['records.itinera']);
  await again.end();
});
