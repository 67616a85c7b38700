import fc from 'fast-check';
import { expect, it } from 'vitest';
import { draftOfMerge, mergeText } from '../../../shared/features/course/merge-text.ts';
import { placeAmong } from '../../../shared/features/course/places.ts';
import { differenceOf } from '../../../shared/features/course/text-difference.ts';

const text = fc.array(fc.constantFrom('lei ', 'prova ', 'juiz\n', 'dia', '\n', 'e '), { maxLength: 30 }).map((words) => words.join(''));
const side = (before: string, after: string, left: 'added' | 'removed') =>
  differenceOf(before, after)
    .filter(({ is }) => is !== left)
    .map((piece) => piece.text)
    .join('');

it('a difference has both texts whole in it', () => {
  fc.assert(
    fc.property(text, text, (before, after) => {
      expect([side(before, after, 'added'), side(before, after, 'removed')]).toEqual([before, after]);
    }),
  );
});

it('what changed within a line is told by its words', () => {
  expect(differenceOf('One.\nThe old law.\nThree.\n', 'One.\nThe new law.\nThree.\n')).toEqual([
    { is: 'same', text: 'One.\nThe ' },
    { is: 'removed', text: 'old' },
    { is: 'added', text: 'new' },
    { is: 'same', text: ' law.\nThree.\n' },
  ]);
  expect(differenceOf('', 'One')).toEqual([{ is: 'added', text: 'One' }]);
  expect(differenceOf('a', 'a')).toEqual([{ is: 'same', text: 'a' }]);
});

it('a draft of a merge is the merge where nobody has to decide, and else has what stands here', () => {
  fc.assert(
    fc.property(text, text, text, (base, mine, theirs) => {
      const merged = mergeText(base, mine, theirs);
      const draft = draftOfMerge(base, mine, theirs);
      if (merged.clean) expect(draft).toEqual({ text: merged.text, places: 0 });
      else expect(draft!.places).toBeGreaterThan(0);
    }),
  );
  expect(draftOfMerge('a b c\n', 'a x c\nmine\n', 'a y c\n')).toEqual({ text: 'a x c\nmine\n', places: 1 });
});

it('a place is behind the part before it, in the same module, itself left out', () => {
  const parts = [
    { id: 'a', placement: ['m', 'a'] },
    { id: 'c', placement: ['m', 'c'] },
    { id: 'b', placement: ['m', 'b'] },
    { id: 'x', placement: ['n', 'b'] },
    { id: 'y', placement: null },
  ];
  expect(placeAmong('c', ['m', 'c'], parts)).toEqual({ parent: 'm', after: 'b' });
  expect(placeAmong('b', ['m', 'c5'], parts)).toEqual({ parent: 'm', after: 'c' });
  expect(placeAmong('a', ['m', 'a'], parts)).toEqual({ parent: 'm', after: null });
  expect(placeAmong('a', null, parts)).toBeNull();
});
