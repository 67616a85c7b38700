import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { awardHandlers } from '../../../electron/engine/features/award/awards.ts';
import { paperHandlers } from '../../../electron/engine/features/paper/papers.ts';
import { peopleHandlers } from '../../../electron/engine/features/people/people.ts';
import type { CallContext } from '../../../shared/contract/rpc.ts';
import { missingIn } from '../../../shared/features/paper/closing.ts';
import type { Id } from '../../../shared/kernel/ids.ts';
import { unzipCapped } from '../../../shared/node/tables/zip-entries.ts';
import { BLANK_PERSON } from '../../support/lists/blank-person.ts';
import { quietCall } from '../../support/quiet-call.ts';
import { expectedA } from '../activity/workshop-a.ts';
import { fillWorkshopA } from '../evaluation/filled-workshop-a.ts';
import { openFeatureContext, refusal, value, workshopA, type FeatureContext } from '../feature-context.ts';

/** A workshop is closed: what is missing, then all its papers in one place. */

let context: FeatureContext;
let activityId: Id;
let calls: ReturnType<typeof paperHandlers>;
beforeAll(async () => {
  context = openFeatureContext();
  activityId = await workshopA(context);
  await fillWorkshopA(context, activityId);
  calls = paperHandlers(context);
});
afterAll(() => {
  context.typesetter.end();
  context.close();
});

const everything = (more: object, call: CallContext = quietCall()) =>
  calls['document.make'](
    { kind: 'everything', activityId, language: 'fr', format: 'zip', path: path.join(context.outside, 'tout.zip'), ...more },
    call,
  );
const unpacked = (archive: Uint8Array) => unzipCapped(Buffer.from(archive), () => true, { entries: 100, bytes: 100_000_000 })!;
/** Workshop A has no programme. */
const NAMES = [
  'Liste des participants et participantes 2021-07-12.pdf',
  'Feuille d’émargement 2021-07-12.pdf',
  'Rapport 2021-07-12.pdf',
  'Rapport 2021-07-12.docx',
  'Annexes du rapport 2021-07-12.xlsx',
  'Rapport 2021-07-12.csv',
];

test('all papers stand in one archive, named in the language of the papers, each as it is made alone, the same bytes each time', async () => {
  const steps: string[] = [];
  const told = { ...quietCall(), progress: ({ done, total }: { done: number; total: number }) => steps.push(`${done}/${total}`) };
  const made = await value(everything({}, told));
  expect(steps).toEqual(['0/7', '1/7', '2/7', '3/7', '4/7', '5/7', '6/7']);
  const archive = readFileSync(made.path);
  const files = unpacked(archive);
  expect(files.map(({ name }) => name)).toEqual(NAMES);
  expect(made.papers).toEqual(files.map(({ name, bytes }) => ({ name, bytes: bytes.length })));
  expect(made.left).toEqual([{ name: 'Programme 2021-07-12.pdf', code: 'document.empty' }]);
  expect(made).toMatchObject({ bytes: archive.length, sha256: createHash('sha256').update(archive).digest('hex') });
  const alone = path.join(context.outside, 'alone.docx');
  await value(calls['document.make']({ kind: 'activityReport', activityId, language: 'fr', format: 'docx', path: alone }, quietCall()));
  expect(readFileSync(alone).equals(files[3]!.bytes)).toBe(true);
  expect((await value(everything({ path: path.join(context.outside, 'again.zip') }))).sha256).toBe(made.sha256);
});

test('or the same files in a new folder; one with something in it is left as it is', async () => {
  const target = path.join(context.outside, 'tout');
  const made = await value(everything({ format: 'pdf', path: target }));
  expect(readdirSync(target).toSorted()).toEqual(NAMES.toSorted());
  expect(made.bytes).toBe(NAMES.reduce((sum, name) => sum + readFileSync(path.join(target, name)).length, 0));
  const taken = path.join(context.outside, 'taken');
  mkdirSync(taken);
  writeFileSync(path.join(taken, 'mine.txt'), 'x');
  expect(await refusal(everything({ format: 'pdf', path: taken }))).toBe('file.notWritable');
  expect(readdirSync(taken)).toEqual(['mine.txt']);
});

test('cancelled at any step it leaves nothing', async () => {
  const before = readdirSync(context.outside);
  for (const format of ['zip', 'pdf'])
    for (const at of [0, 2, 5]) {
      const stop = new AbortController();
      const call = { ...quietCall(stop.signal), progress: ({ done }: { done: number }) => void (done === at && stop.abort()) };
      const target = path.join(context.outside, `cancelled-${format}-${at}`);
      expect(await refusal(everything({ format, path: target }, call))).toBe('job.cancelled');
      expect(existsSync(target)).toBe(false);
    }
  expect(readdirSync(context.outside)).toEqual(before);
});

test('is refused in other formats, and of a workshop that is not here', async () => {
  expect(await refusal(everything({ format: 'csv' }))).toBe('document.format');
  expect(await refusal(everything({ activityId: '00000000-0000-4000-8000-000000000000' }))).toBe('activity.unknown');
  const alone = calls['document.make'](
    { kind: 'agenda', activityId, language: 'fr', format: 'zip', path: path.join(context.outside, 'x') },
    quietCall(),
  );
  expect(await refusal(alone)).toBe('document.format');
});

test('what is missing is said first: marks, sheets, people to complete', async () => {
  const missing = () => value(calls['document.missing']({ activityId, language: 'fr' }, quietCall()));
  const { A } = expectedA();
  const first = await missing();
  expect(first).toMatchObject({ marks: [], people: 0 });
  expect(first.sheets.map(({ title }) => title)).toEqual([
    'Test préalable et test final, cours d’introduction',
    'Questionnaire d’évaluation (anonyme)',
  ]);
  const walkIn = { ...BLANK_PERSON, activityId, familyName: 'KONÉ', country: 'CI' };
  await value(peopleHandlers(context)['people.add'](walkIn, quietCall()));
  const second = await missing();
  expect(second.people).toBe(1);
  expect(second.marks).toEqual(Object.keys(A.presentPerHalfDay).map((halfDay) => ({ halfDay, count: 1 })));
  expect(second.sheets.map(({ count }, at) => count - first.sheets[at]!.count)).toEqual([2, 1]);
});

test('of a questionnaire of which nothing is in nothing is missing, and more sheets than people are no debt', () => {
  const people = [{ id: 'a', complete: true }];
  const form = (sheets: number[]) => ({ id: 'f', title: 'F', sheets });
  const state = {
    people,
    halfDays: ['2026-05-04-AM'],
    marks: [{ personId: 'gone', halfDay: '2026-05-04-AM' }],
    forms: [form([3]), form([0, 1])],
  };
  expect(missingIn(state)).toEqual({
    marks: [{ halfDay: '2026-05-04-AM', count: 1 }],
    sheets: [{ formId: 'f', title: 'F', count: 1 }],
    people: 0,
  });
});

test('the certificates that stand are among them, each kind by its title', async () => {
  const awards = awardHandlers(context);
  const issue = (kind: 'attendance' | 'trainer') =>
    value(awards['certificate.issue']({ activityId, kind, requirePostTest: false, apply: true }, quietCall()));
  const { eligible } = await issue('attendance');
  expect(eligible.length).toBeGreaterThan(0);
  const written = await value(everything({ path: path.join(context.outside, 'attested.zip') }));
  expect(written.papers!.map(({ name }) => name)).toEqual([...NAMES, 'Attestation de participation 2021-07-12.pdf']);
  const trainers = await issue('trainer');
  expect(trainers.eligible.length).toBe(eligible.length);
  for (const { number } of trainers.eligible) await value(awards['certificate.revoke']({ number, reason: 'erreur' }, quietCall()));
  // Of what was revoked nothing is printed.
  const again = await value(everything({ path: path.join(context.outside, 'again-attested.zip') }));
  expect(again.papers!.map(({ name }) => name)).toEqual(written.papers!.map(({ name }) => name));
});
