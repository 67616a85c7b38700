import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { commonBase } from '../../../shared/features/sync/common-base.ts';
import { wordDiff } from '../../../shared/features/sync/word-diff.ts';
import { runs } from '../../sync/seeds.ts';

const value = (id: string, supersedes: string[] = [], erased = false) => ({ id, value: `text ${id}`, erased, supersedes });

describe('what two texts were written over', () => {
  it('is the value that both saw, near or far', () => {
    const values = [value('a'), value('b', ['a']), value('c', ['b']), value('d', ['b'])];
    expect(commonBase(values, ['c', 'd'])?.id).toBe('b');
    expect(commonBase([...values, value('e', ['c'])], ['e', 'd'])?.id).toBe('b');
  });

  it('is unknown where there is none, or several', () => {
    expect(commonBase([value('a'), value('b')], ['a', 'b'])).toBeNull();
    const crossed = [value('a'), value('b'), value('c', ['a', 'b']), value('d', ['a', 'b'])];
    expect(commonBase(crossed, ['c', 'd'])).toBeNull();
    expect(commonBase([value('a', [], true), value('b', ['a']), value('c', ['a'])], ['b', 'c'])).toBeNull();
    expect(commonBase([], [])).toBeNull();
  });
});

describe('a text against an earlier one', () => {
  it('says which words came and which went', () => {
    expect(wordDiff('la preuve électronique', 'la preuve numérique')).toEqual([
      { kind: 'same', text: 'la preuve ' },
      { kind: 'removed', text: 'électronique' },
      { kind: 'added', text: 'numérique' },
    ]);
    expect(wordDiff('', 'une séance')).toEqual([{ kind: 'added', text: 'une séance' }]);
    expect(wordDiff('a '.repeat(2_000), 'b')).toBeNull();
  });

  it('loses no word of either', () => {
    const text = fc.array(fc.constantFrom('la ', 'preuve ', 'le ', 'juge\n', 'a'), { maxLength: 30 }).map((words) => words.join(''));
    fc.assert(
      fc.property(text, text, (before, after) => {
        const stretches = wordDiff(before, after)!;
        const without = (kind: string) =>
          stretches
            .filter((one) => one.kind !== kind)
            .map((one) => one.text)
            .join('');
        expect(without('removed')).toBe(after);
        expect(without('added').replace(/\s+/g, ' ')).toBe(before.replace(/\s+/g, ' '));
      }),
      runs(200),
    );
  });
});
