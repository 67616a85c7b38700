import { expect, it } from 'vitest';
import { covered, leastCovering, WEIGHTY, type Control } from '../../renderer/desktop/app/frame/notice-place.ts';

/** Where a notice lies: over nothing that may be pressed next, or over as little as can be. */

const box = (left: number, top: number) => ({ left, top, right: left + 440, bottom: top + 88 });
const places = [
  { place: 'bottom-right', box: box(568, 536) },
  { place: 'bottom-center', box: box(292, 536) },
  { place: 'top-right', box: box(568, 16) },
] as const;
const control = (left: number, top: number, weight = 1): Control => ({ left, top, right: left + 120, bottom: top + 40, weight });

it('is its usual place where that covers nothing', () => {
  expect(leastCovering(places, [control(20, 20)])).toBe('bottom-right');
  expect(leastCovering(places, [])).toBe('bottom-right');
});

it('leaves the button that goes on, wherever that stands', () => {
  expect(leastCovering(places, [control(880, 560, 100)])).toBe('bottom-center');
  expect(leastCovering(places, [control(700, 560, 100), control(800, 30)])).toBe('top-right');
});

it('is over what matters least where it covers something everywhere', () => {
  expect(leastCovering(places, [control(880, 560, 100), control(300, 560), control(300, 600), control(800, 30)])).toBe('top-right');
  expect(leastCovering(places, [control(880, 560), control(300, 560), control(800, 30)])).toBe('bottom-right');
});

it('weighs what it covers in part as what it covers whole, and nothing beside it', () => {
  expect(covered(box(568, 536), [control(1_007, 623), control(0, 0)])).toBe(1);
  expect(covered(box(568, 536), [control(1_008, 536), control(568, 624), control(448, 536)])).toBe(0);
  expect(covered(box(568, 536), [control(600, 540), control(700, 560, WEIGHTY)])).toBe(WEIGHTY + 1);
});
