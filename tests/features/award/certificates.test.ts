import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { LANGUAGES } from '../../../shared/kernel/text.ts';
import { openTestEngine, ROOT, type TestEngine } from '../../support/laptops/engine.ts';
import { readPdf } from '../../support/papers/pdf-text.ts';
import { readTextByPoppler } from '../../support/papers/poppler.ts';

/** Certificates as they are printed: each name exactly, each with its number and its code. */

const NAMES = [
  ['N’GUESSAN', 'Aya'],
  ['MAÏGA', 'Fatoumata'],
  ['ĐORĐEVIĆ', 'Ana'],
  ['#panic() *x*', 'Marie-Antoinette Bernadette de la Visitation'],
  ['TRAORE', 'Moussa'],
] as const;
const TITLE = { en: 'Introductory course', fr: 'Cours d’introduction', es: 'Curso de introducción', pt: 'Curso de introdução' };

const folder = mkdtempSync(path.join(tmpdir(), 'itinera-certificates-'));
let engine: TestEngine;
let activityId: string;
let issued: { number: string; name: string; token: string; personId: string }[];

beforeAll(async () => {
  engine = await openTestEngine(path.join(folder, 'data'));
  const workshop = { title: TITLE, start: '2021-07-12', end: '2021-07-15', languages: ['fr'], place: 'Praia', projects: ['GLACY+'] };
  ({ id: activityId } = await engine.call<{ id: string }>('activity.create', { ...workshop, mode: 'inPerson' }));
  const marks: object[] = [];
  for (const [familyName, givenName] of NAMES) {
    const { id } = await engine.call<{ id: string }>('people.add', { activityId, familyName, givenName, country: 'CV' });
    marks.push({ personId: id, status: 'present' });
  }
  await engine.call('attendance.mark', { activityId, halfDay: '2021-07-12-AM', marks });
  await engine.call('certificate.issue', { activityId, issuedOn: '2021-07-15', apply: true });
  issued = await engine.call('certificate.list', { activityId });
});
afterAll(async () => {
  await engine.close();
  rmSync(folder, { recursive: true });
});

const words = (language: string) =>
  (JSON.parse(readFileSync(path.join(ROOT, 'locales', language, 'paper.json'), 'utf8')) as { certificates: Record<string, unknown> })
    .certificates as unknown as { name: string; to: string; check: string; attendance: { title: string; says: string } };
const make = async (language: string, more: object = {}, name = `${language}.pdf`) => {
  const target = path.join(folder, name);
  const wanted = { kind: 'certificates', activityId, language, format: 'pdf', path: target, ...more };
  const made = await engine.call<{ pages: number; sha256: string; files?: number; bytes: number }>('document.make', wanted);
  return { ...made, target };
};

it.each(LANGUAGES)('in %s each person has a page with their name exactly, in that language alone', async (language) => {
  const { pages, target } = await make(language);
  const read = readPdf(readFileSync(target));
  expect([pages, read.pages.length]).toEqual([NAMES.length, NAMES.length]);
  expect({ tagged: read.tagged, claims: read.claims }).toEqual({ tagged: true, claims: ['a-3'] });
  const own = words(language);
  for (const [at, [familyName, givenName]] of NAMES.entries()) {
    // As other programs read it.
    const line = await readTextByPoppler(target, at + 1);
    const { number } = issued.find(({ name }) => name === `${givenName} ${familyName}`)!;
    for (const said of [
      `${givenName} ${familyName}`,
      number,
      TITLE[language],
      own.attendance.title,
      own.attendance.says,
      own.to,
      'Praia',
      'GLACY+',
    ])
      expect(line).toContain(said);
    for (const other of LANGUAGES.filter((one) => one !== language)) {
      const foreign = words(other);
      for (const word of [foreign.attendance.title, foreign.attendance.says, foreign.check])
        if (![own.attendance.title, own.attendance.says, own.check].includes(word)) expect(line).not.toContain(word);
    }
  }
  // With accents they are written in other signs, which the reader here does not read.
  if (language === 'en') expect(read.alternatives).toEqual(NAMES.map(() => own.check));
});

it('is the same bytes twice, and of one person where one is asked for', async () => {
  const [first, again] = [await make('fr'), await make('fr', {}, 'again.pdf')];
  expect(again.sha256).toBe(first.sha256);
  const one = await make('fr', { options: { people: [issued[2]!.personId] } }, 'one.pdf');
  expect(one.pages).toBe(1);
  expect(readPdf(readFileSync(one.target)).pages[0]).toContain(issued[2]!.number);
});

it('lies in a file each where that is asked for, called by its number and by nobody’s name', async () => {
  const made = await make('fr', { options: { files: true } }, 'each');
  expect(made).toMatchObject({ pages: NAMES.length, files: NAMES.length });
  const files = readdirSync(made.target);
  expect(files.sort()).toEqual(issued.map(({ number }) => `${number}.pdf`).sort());
  let bytes = 0;
  for (const { number, name } of issued) {
    const content = readFileSync(path.join(made.target, `${number}.pdf`));
    bytes += content.length;
    const [page] = readPdf(content).pages;
    for (const said of [number, ...name.split(' ')]) expect(page).toContain(said);
    expect(createHash('sha256').update(content).digest('hex')).toHaveLength(64);
  }
  expect(bytes).toBe(made.bytes);
});

it('refuses a folder that is a file, an address that is none, and a workshop in which none stands', async () => {
  const wanted = { kind: 'certificates', activityId, language: 'fr', format: 'pdf' };
  const inFile = { ...wanted, path: path.join(folder, 'fr.pdf'), options: { files: true } };
  expect(await engine.try('document.make', inFile)).toMatchObject({ error: { code: 'file.notWritable' } });
  const noAddress = { ...wanted, path: path.join(folder, 'x.pdf'), options: { address: 'http://example.org/ x' } };
  expect(await engine.try('document.make', noAddress)).toMatchObject({ error: { code: 'call.arguments' } });
  const none = { ...wanted, path: path.join(folder, 'x.pdf'), options: { certificate: 'trainer' } };
  expect(await engine.try('document.make', none)).toMatchObject({ error: { code: 'document.empty' } });
});
