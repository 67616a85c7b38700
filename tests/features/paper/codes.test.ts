import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import readCode from 'jsqr';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { drawPage, spoil, type Part, type Picture } from '../../support/papers/drawn-page.ts';
import { shapesIn, type Shape } from '../../support/papers/pdf-shapes.ts';
import { openTestEngine, type TestEngine } from '../../support/laptops/engine.ts';
import { seeded } from '../../support/seeded.ts';

/** The codes of papers as a reader finds them on a page: drawn in few dots, and on a copy that a bad machine made. Their letters are left out: none stands on a code. */

const A4 = { short: 210, long: 297 };
const folder = mkdtempSync(path.join(tmpdir(), 'itinera-codes-'));
let engine: TestEngine;
let activityId: string;
let tokens: string[];

beforeAll(async () => {
  engine = await openTestEngine(path.join(folder, 'data'));
  const title = 'Introductory course on cybercrime and electronic evidence for judges and prosecutors';
  const workshop = { title, start: '2021-07-12', end: '2021-07-14', languages: ['fr'], place: 'Praia', mode: 'inPerson' };
  ({ id: activityId } = await engine.call<{ id: string }>('activity.create', workshop));
  const marks: object[] = [];
  for (let i = 0; i < 6; i++) {
    const { id } = await engine.call<{ id: string }>('people.add', {
      activityId,
      familyName: `N’GUESSAN ${'I'.repeat(i)}`,
      givenName: 'Aya',
    });
    marks.push({ personId: id, status: 'present' });
  }
  await engine.call('attendance.mark', { activityId, halfDay: '2021-07-12-AM', marks });
  await engine.call('certificate.issue', { activityId, issuedOn: '2021-07-15', apply: true });
  tokens = (await engine.call<{ token: string }[]>('certificate.list', { activityId, language: 'fr' })).map(({ token }) => token);
});
afterAll(async () => {
  await engine.close();
  rmSync(folder, { recursive: true });
});

async function make(kind: string, options: object = {}): Promise<Buffer> {
  const target = path.join(folder, `${kind}.pdf`);
  await engine.call('document.make', { kind, activityId, language: 'fr', format: 'pdf', path: target, options });
  return readFileSync(target);
}

/** What the codes of a sheet are to say. */
async function codesOf(kind: string, options: object): Promise<string[]> {
  const told = await engine.call<{ pages: { code: string }[] }>('document.places', { kind, activityId, language: 'fr', options });
  return told.pages.map(({ code }) => code);
}

function read({ width, height, greys }: Picture): string {
  const colours = new Uint8ClampedArray(greys.length * 4);
  for (const [at, grey] of greys.entries()) colours.set([grey, grey, grey, 255], at * 4);
  return readCode(colours, width, height, { inversionAttempts: 'dontInvert' })?.data ?? '';
}

/** Where the code of a page stands, with a centimetre around it: all that is drawn in black lines. */
function aroundCode(shapes: readonly Shape[]): Part {
  const points = shapes.filter(({ width, light }) => width !== null && light === 0).flatMap(({ points: ends }) => ends);
  const [left, right] = [Math.min, Math.max].map((edge) => edge(...points.map(([x]) => x))) as [number, number];
  const [top, bottom] = [Math.min, Math.max].map((edge) => edge(...points.map(([, y]) => y))) as [number, number];
  return { x: left - 10, y: top - 10, width: right - left + 20, height: bottom - top + 20 };
}

const random = seeded(20_210_712);

describe.each([
  { kind: 'certificates', options: {}, page: { width: A4.long, height: A4.short }, side: 40 },
  { kind: 'attendanceSheet', options: {}, page: { width: A4.short, height: A4.long }, side: 26 },
  { kind: 'blankForm', options: { formId: 'satisfaction-v1' }, page: { width: A4.short, height: A4.long }, side: 26 },
])('each page of $kind', ({ kind, options, page, side }) => {
  let pages: Shape[][];
  let said: readonly string[];
  beforeAll(async () => {
    const pdf = await make(kind, options);
    pages = shapesIn(pdf, page.height);
    said = kind === 'certificates' ? tokens : await codesOf(kind, options);
  });

  it('is read whole at 100 dpi', () => {
    const found = pages.map((shapes) => read(drawPage(shapes, { x: 0, y: 0, ...page }, 100)));
    expect(found.toSorted()).toEqual(said.toSorted());
    expect(new Set(found).size).toBe(pages.length);
  });

  it('is read from a spoilt copy of 200 dpi', () => {
    const found = pages.map((shapes) => {
      const part = aroundCode(shapes);
      expect(part.width).toBeLessThan(side + 20);
      return read(spoil(drawPage(shapes, part, 200), random));
    });
    expect(found.toSorted()).toEqual(said.toSorted());
  });
});
