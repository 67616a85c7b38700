import { expect, it } from 'vitest';
import { dropOn, stepOf, toModule } from '../../../shared/features/course/outline.ts';

/** The order of a course's parts, one step or one drop at a time. */

const part = (id: string) => ({ id });
const MODULES = [
  { id: 'one', sessions: ['a', 'b', 'c'].map(part) },
  { id: 'two', sessions: [] },
  { id: 'three', sessions: ['d'].map(part) },
];

it('moves a session by one place, and over the edge of its module into the next', () => {
  expect(stepOf(MODULES, 'b', -1)).toEqual({ id: 'b', after: null });
  expect(stepOf(MODULES, 'c', -1)).toEqual({ id: 'c', after: 'a' });
  expect(stepOf(MODULES, 'a', 1)).toEqual({ id: 'a', after: 'b' });
  expect(stepOf(MODULES, 'c', 1)).toEqual({ id: 'c', moduleId: 'two', after: null });
  expect(stepOf(MODULES, 'd', -1)).toEqual({ id: 'd', moduleId: 'two', after: null });
  expect(stepOf(MODULES, 'a', -1)).toBeNull();
  expect(stepOf(MODULES, 'd', 1)).toBeNull();
  expect(stepOf(MODULES, 'gone', 1)).toBeNull();
});

it('moves a module by one place, and not over the ends', () => {
  expect(stepOf(MODULES, 'two', -1)).toEqual({ id: 'two', after: null });
  expect(stepOf(MODULES, 'three', -1)).toEqual({ id: 'three', after: 'one' });
  expect(stepOf(MODULES, 'one', 1)).toEqual({ id: 'one', after: 'two' });
  expect(stepOf(MODULES, 'one', -1)).toBeNull();
  expect(stepOf(MODULES, 'three', 1)).toBeNull();
});

it('puts a session at the end of another module', () => {
  expect(toModule(MODULES, 'd', 'one')).toEqual({ id: 'd', moduleId: 'one', after: 'c' });
  expect(toModule(MODULES, 'a', 'two')).toEqual({ id: 'a', moduleId: 'two', after: null });
  expect(toModule(MODULES, 'a', 'one')).toBeNull();
  expect(toModule(MODULES, 'one', 'two')).toBeNull();
});

it('gives what is dropped the place of what it is dropped on', () => {
  expect(dropOn(MODULES, 'a', 'c')).toEqual({ id: 'a', after: 'c' });
  expect(dropOn(MODULES, 'c', 'b')).toEqual({ id: 'c', after: 'a' });
  expect(dropOn(MODULES, 'd', 'b')).toEqual({ id: 'd', moduleId: 'one', after: 'a' });
  expect(dropOn(MODULES, 'd', 'one')).toEqual({ id: 'd', moduleId: 'one', after: null });
  expect(dropOn(MODULES, 'c', 'one')).toEqual({ id: 'c', after: null });
  expect(dropOn(MODULES, 'one', 'three')).toEqual({ id: 'one', after: 'three' });
  expect(dropOn(MODULES, 'three', 'one')).toEqual({ id: 'three', after: null });
  for (const [id, target] of [
    ['a', 'a'],
    ['a', 'one'],
    ['one', 'd'],
    ['gone', 'a'],
  ] as const)
    expect(dropOn(MODULES, id, target)).toBeNull();
});
