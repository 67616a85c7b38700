import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { placesByPage, type SheetPlace } from '../../../shared/features/paper/sheet-places.ts';
import { LANGUAGES } from '../../../shared/kernel/text.ts';
import { openTestEngine, type TestEngine } from '../../support/laptops/engine.ts';
import { shapesIn, type Shape } from '../../support/papers/pdf-shapes.ts';

/** Where a reader of photographs is told to look on a sheet, and what is drawn there on the page. */

const A4 = 297;
/** In millimetres: a hundredth of a millimetre is what a PDF rounds to. */
const NEAR = 0.05;

const folder = mkdtempSync(path.join(tmpdir(), 'itinera-places-'));
let engine: TestEngine;
let activityId: string;

beforeAll(async () => {
  engine = await openTestEngine(path.join(folder, 'data'));
  const title = { en: 'Course', fr: 'Cours d’introduction à la cybercriminalité', es: 'Curso', pt: 'Curso' };
  const workshop = { title, start: '2021-07-12', end: '2021-07-13', languages: ['fr'], place: 'Praia', mode: 'inPerson' };
  ({ id: activityId } = await engine.call<{ id: string }>('activity.create', workshop));
  for (let i = 0; i < 20; i++)
    await engine.call('people.add', { activityId, familyName: `DE LA VISITATION ${'I'.repeat(i)}`, givenName: 'Marie-Antoinette' });
});
afterAll(async () => {
  await engine.close();
  rmSync(folder, { recursive: true });
});

interface Told {
  readonly pages: { readonly code: string; readonly places: SheetPlace[] }[];
}

async function told(kind: string, language: string, more: object = {}): Promise<Told['pages']> {
  return (await engine.call<Told>('document.places', { kind, activityId, language, ...more })).pages;
}

async function drawn(kind: string, language: string, more: object = {}): Promise<Shape[][]> {
  const target = path.join(folder, 'sheet.pdf');
  await engine.call('document.make', { kind, activityId, language, format: 'pdf', path: target, ...more });
  return shapesIn(readFileSync(target), A4);
}

interface Outline {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

function outlineOf(points: Shape['points']): Outline {
  const [x, y] = [0, 1].map((axis) => Math.min(...points.map((point) => point[axis]!))) as [number, number];
  return { x, y, width: Math.max(...points.map((point) => point[0])) - x, height: Math.max(...points.map((point) => point[1])) - y };
}

const isNear = (a: Outline, b: Outline): boolean =>
  (['x', 'y', 'width', 'height'] as const).every((part) => Math.abs(a[part] - b[part]) < NEAR);
const circles = (shapes: readonly Shape[], diameter: number): Outline[] =>
  shapes
    .filter(({ round }) => round)
    .map(({ points }) => outlineOf(points))
    .filter(({ width }) => Math.abs(width - diameter) < NEAR);
const asDrawn = (shapes: readonly Shape[], places: readonly SheetPlace[], is: SheetPlace['is'], diameter: number): void => {
  const wanted = places.filter((place) => place.is === is);
  const found = circles(shapes, diameter);
  expect(found.length, is).toBe(wanted.length);
  for (const place of wanted) expect(found.filter((circle) => isNear(circle, place)).length, JSON.stringify(place)).toBe(1);
};

describe.each([
  ['attendanceSheet', { second: 'pt' }],
  ['attendanceSheet', {}],
  ['blankForm', { options: { formId: 'satisfaction-v1' }, second: 'pt' }],
  ['blankForm', { options: { formId: 'intro-prepost-v1' } }],
])('on each page of %s (%j)', (kind, more) => {
  let shapes: Shape[][];
  let pages: Told['pages'];
  beforeAll(async () => {
    shapes = await drawn(kind, 'fr', more);
    pages = await told(kind, 'fr', more);
  });

  it('the rings and the code are where they are told to be', () => {
    expect(pages.length).toBe(shapes.length);
    for (const [page, { places }] of pages.entries()) {
      asDrawn(shapes[page]!, places, 'ring', 10);
      expect(places.filter(({ is }) => is === 'ring').length).toBe(4);
      const [code, ...others] = places.filter(({ is }) => is === 'code');
      expect(others).toEqual([]);
      // All that is drawn in black lines, and four modules around it.
      const lines = shapes[page]!.filter(({ width, light }) => width !== null && light === 0);
      const module = lines[0]!.width!;
      const dark = outlineOf(lines.flatMap(({ points }) => points));
      const whole = {
        x: dark.x - 4 * module,
        y: dark.y - 4.5 * module,
        width: dark.width + 8 * module,
        height: dark.height + 9 * module,
      };
      expect(isNear(whole, code!), JSON.stringify([whole, code])).toBe(true);
    }
    expect(new Set(pages.map(({ code }) => code)).size).toBe(pages.length);
  });

  it('what is filled in by hand has lines where it is told to lie, and nothing else is like it', () => {
    let filled = 0;
    for (const [page, { places }] of pages.entries()) {
      asDrawn(shapes[page]!, places, 'circle', 5);
      const lines = shapes[page]!.filter(({ width }) => width !== null).flatMap(({ points }) =>
        points.slice(1).map((to, at) => [points[at]!, to] as const),
      );
      for (const { is, x, y, width, height } of places.filter((place) => place.is === 'box')) {
        filled++;
        const middle = { x: x + width / 2, y: y + height / 2 };
        const across = (at: number): boolean =>
          lines.some(
            ([[fromX, fromY], [toX, toY]]) =>
              Math.abs(fromY - at) < NEAR &&
              Math.abs(toY - at) < NEAR &&
              Math.min(fromX, toX) < middle.x &&
              Math.max(fromX, toX) > middle.x,
          );
        const down = (at: number): boolean =>
          lines.some(
            ([[fromX, fromY], [toX, toY]]) =>
              Math.abs(fromX - at) < NEAR &&
              Math.abs(toX - at) < NEAR &&
              Math.min(fromY, toY) < middle.y &&
              Math.max(fromY, toY) > middle.y,
          );
        expect([across(y), across(y + height), across(middle.y), down(x), down(x + width), down(middle.x)], is).toEqual([
          true,
          true,
          false,
          true,
          true,
          false,
        ]);
      }
      filled += places.filter(({ is }) => is === 'circle').length;
    }
    expect(filled).toBeGreaterThan(40);
  });
});

it('each line of an attendance sheet has a box for each half-day, at the same places in every language', async () => {
  const [first, ...others] = await Promise.all([
    ...LANGUAGES.map((language) => told('attendanceSheet', language)),
    told('attendanceSheet', 'en', { second: 'fr' }),
  ]);
  for (const other of others) expect(other).toEqual(first);
  const boxes = first!.map(({ places }) => places.flatMap((place) => (place.is === 'box' ? [[place.row, place.half]] : [])));
  const rows = (count: number) => Array.from({ length: count }, (_, row) => [0, 1].map((half) => [row, half])).flat();
  // Twenty people and five empty lines, on two days.
  expect(boxes).toEqual([17, 8, 17, 8].map(rows));
});

it('each answer of a questionnaire has its circle, and each wave', async () => {
  const places = (await told('blankForm', 'es', { options: { formId: 'intro-prepost-v1' } })).flatMap((page) => page.places);
  const { items } = JSON.parse(readFileSync('resources/questionnaires/intro-prepost-v1.json', 'utf8')) as {
    items: { type: string; options: Record<string, unknown> }[];
  };
  const marks = places.flatMap((place) => (place.is === 'circle' && 'mark' in place ? [`${place.item} ${place.mark}`] : []));
  expect(marks).toEqual(
    items.flatMap(({ type, options }, item) =>
      (type === 'scale' ? ['1', '2', '3', '4', '5'] : Object.keys(options)).map((mark) => `${item} ${mark}`),
    ),
  );
  expect(places.flatMap((place) => ('wave' in place ? [place.wave] : []))).toEqual([0, 1]);
});

it('what no template tells is no place', () => {
  const ring = { is: 'ring', page: 1, x: 1, y: 1, width: 1, height: 1 };
  expect(placesByPage([ring], 2)).toEqual([[{ is: 'ring', x: 1, y: 1, width: 1, height: 1 }], []]);
  for (const wrong of [
    { ...ring, page: 0 },
    { ...ring, is: 'star' },
    { ...ring, x: '1' },
    { ...ring, is: 'box' },
  ])
    expect(() => placesByPage([wrong], 1)).toThrow();
});
