import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { distinctNames } from '../../../shared/features/people/distinct-names.ts';

const TIANA = 'RAKOTOMALALAHARIVELOARIVONY Andrianampoinimerina Jean-Baptiste Tiana';
const SOLOFO = 'RAKOTOMALALAHARIVELOARIVONY Andrianampoinimerina Jean-Baptiste Solofo';

describe('names in little room', () => {
  test('that fit are shown whole, longer ones by both their ends', () => {
    expect(distinctNames(['KONÉ Awa', TIANA, SOLOFO], 40)).toEqual(
      ['KONÉ Awa', 'RAKOTOMALALAHARIVELO… Jean-Baptiste Tiana', 'RAKOTOMALALAHARIVELO…Jean-Baptiste Solofo'].map((name, index) =>
        index === 0 ? name : expect.stringMatching(/^RAKOTOMALALAHARIVELO….*(Tiana|Solofo)$/u),
      ),
    );
  });

  test('that differ in their middle alone are shown from there', () => {
    const [one, other] = ['A'.repeat(40) + 'Hery' + 'B'.repeat(40), 'A'.repeat(40) + 'Soa' + 'B'.repeat(41)];
    expect(distinctNames([one, other], 30)).toEqual(['AAAAAAAAAA…AAHeryBBBBBBBBBBBBB', 'AAAAAAAAAA…AASoaBBBBBBBBBBBBBB']);
  });

  test('never look alike where they differ, and look alike where they are the same', () => {
    const name = fc.array(fc.constantFrom('A', 'b', ' ', '…', '𐀀'), { maxLength: 40 }).map((letters) => letters.join(''));
    fc.assert(
      fc.property(fc.array(name, { maxLength: 12 }), fc.integer({ min: 8, max: 20 }), (names, room) => {
        const shown = distinctNames(names, room);
        for (const [i, one] of names.entries())
          for (const [j, other] of names.entries()) expect(shown[i] === shown[j], `${one} | ${other}`).toBe(one === other);
      }),
    );
  });
});
