import { expect, it } from 'vitest';
import { shelvesOf } from '../../../shared/features/course/shelves.ts';

const of = (id: string, institution: { id: string; name: string } | null) => ({ id, institution });
const escola = { id: '2', name: 'Escola' };
const ecole = { id: '1', name: 'École' };
const compare = (a: string, b: string) => a.localeCompare(b, 'fr');

it('the central library stands first, then each institution by its name, and courses stay in their order', () => {
  const courses = [of('a', { id: '3', name: 'Zona' }), of('b', escola), of('c', null), of('d', ecole), of('e', escola), of('f', null)];
  expect(shelvesOf(courses, compare).map(({ institution, courses: some }) => [institution?.name, some.map(({ id }) => id)])).toEqual([
    [undefined, ['c', 'f']],
    ['École', ['d']],
    ['Escola', ['b', 'e']],
    ['Zona', ['a']],
  ]);
  expect(shelvesOf([], compare)).toEqual([]);
});

it('two institutions of one name are two', () => {
  const twins = [of('a', { id: '2', name: '' }), of('b', { id: '1', name: '' })];
  expect(shelvesOf(twins, compare).map(({ institution }) => institution?.id)).toEqual(['1', '2']);
});
