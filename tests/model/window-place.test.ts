import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { placeWindow, readWindowPlace, type Area } from '../../shared/kernel/window-place.ts';

const FULL_HD: Area = { x: 0, y: 0, width: 1920, height: 1040 };
const SMALL: Area = { x: 0, y: 0, width: 1366, height: 728 };
const kept = (more: Partial<Parameters<typeof placeWindow>[0] & object> = {}) => ({
  x: 100,
  y: 60,
  width: 1300,
  height: 820,
  maximised: false,
  zoom: 0,
  ...more,
});

describe('a window', () => {
  it('opens the first time in the middle, or takes a small screen whole', () => {
    expect(placeWindow(null, [FULL_HD])).toEqual({
      width: 1280,
      height: 800,
      leastWidth: 1024,
      leastHeight: 640,
      maximised: false,
      zoom: 0,
    });
    expect(placeWindow(null, [SMALL])).toMatchObject({ width: 1280, height: 728, maximised: true });
  });

  it('opens where it was, as large as it was, with the size of text that was chosen', () => {
    expect(placeWindow(kept({ zoom: 1.5 }), [FULL_HD])).toMatchObject({
      x: 100,
      y: 60,
      width: 1300,
      height: 820,
      maximised: false,
      zoom: 1.5,
    });
    const beside: Area = { x: 1920, y: 0, width: 1920, height: 1040 };
    expect(placeWindow(kept({ x: 2000 }), [FULL_HD, beside])).toMatchObject({ x: 2000, y: 60 });
  });

  it('comes back where its screen has gone, and fits the one that is there', () => {
    expect(placeWindow(kept({ x: 2500 }), [SMALL])).toEqual({
      width: 1300,
      height: 728,
      leastWidth: 1024,
      leastHeight: 640,
      maximised: false,
      zoom: 0,
    });
    expect(placeWindow(kept({ x: 900, y: 500 }), [SMALL])).toMatchObject({ x: 66, y: 0, width: 1300, height: 728 });
  });

  it('is never larger than a screen with large text', () => {
    const enlarged: Area = { x: 0, y: 0, width: 911, height: 485 };
    expect(placeWindow(kept(), [enlarged])).toMatchObject({ width: 911, height: 485, leastWidth: 911, leastHeight: 485 });
  });

  it('lies on a screen wholly, whatever was kept and whichever screens there are', () => {
    const number = fc.integer({ min: -5_000, max: 9_000 });
    const size = fc.integer({ min: 1, max: 9_000 });
    const area = fc.record({
      x: number,
      y: number,
      width: fc.integer({ min: 640, max: 5_000 }),
      height: fc.integer({ min: 400, max: 3_000 }),
    });
    const place = fc.record({
      x: number,
      y: number,
      width: size,
      height: size,
      maximised: fc.boolean(),
      zoom: fc.integer({ min: -9, max: 9 }),
    });
    fc.assert(
      fc.property(place, fc.array(area, { minLength: 1, maxLength: 3 }), (was, areas) => {
        const { x, y, width, height } = placeWindow(was, areas);
        const fits = (one: Area): boolean =>
          width <= one.width &&
          height <= one.height &&
          (x === undefined || (x >= one.x && x + width <= one.x + one.width)) &&
          (y === undefined || (y >= one.y && y + height <= one.y + one.height));
        expect(areas.some(fits)).toBe(true);
      }),
    );
  });

  it.each([null, 7, {}, { ...kept(), x: 'a' }, { ...kept(), width: -1 }, { ...kept(), zoom: NaN }, { ...kept(), height: 1e9 }])(
    'takes no place from %j',
    (said) => expect(readWindowPlace(said)).toBeNull(),
  );
});
