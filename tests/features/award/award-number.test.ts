import { expect, it } from 'vitest';
import { awardNumber, idsOfNumber, readAwardNumber } from '../../../shared/features/award/award-number.ts';
import { newRecordId } from '../../../shared/model/record-id.ts';
import { peopleSpace } from '../../../shared/model/spaces.ts';
import { nodeHasher, nodeRandom } from '../../../shared/node/crypto.ts';

/** The number of a certificate: its own on every laptop, and no slip of the tongue makes it another's. */

const SIGNS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const ids = (of: string, count: number) =>
  Array.from({ length: count }, () => newRecordId(peopleSpace(`0198c5a4-0000-7000-8000-${of.padStart(12, '0')}`), nodeRandom, nodeHasher));

it('no two of 2 x 1,000 of laptops that never met are one', () => {
  const numbers = [...ids('1', 1_000), ...ids('2', 1_000)].map(awardNumber);
  expect(new Set(numbers).size).toBe(2_000);
  for (const number of numbers) expect(number).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){2}$/);
});

it('leads back to its record', () => {
  for (const id of ids('1', 200)) expect(id.startsWith(idsOfNumber(awardNumber(id)))).toBe(true);
  expect(awardNumber('00000000-0000-b000-8000-000000000000')).toBe('0000-0000-0000');
  expect(awardNumber('ffffffff-ffff-bfff-bfff-ffffffffffff')).toMatch(/^ZZZZ-ZZZZ-ZZZ/);
});

it('is read as it is typed or read aloud', () => {
  const number = '0000-0000-0000';
  for (const typed of ['000000000000', ' 0000 0000 0000 ', 'oooo-OOOO-0000', '0000–0000–0000']) expect(readAwardNumber(typed)).toBe(number);
  const [id] = ids('1', 1);
  const own = awardNumber(id!);
  expect(readAwardNumber(own.toLowerCase().replaceAll('1', 'l').replaceAll('0', 'o'))).toBe(own);
  for (const none of ['', '0000', `${own}0`, own.replace(/.$/, 'U'), '****-****-****']) expect(readAwardNumber(none)).toBeNull();
});

it('is none with one sign changed, or with any two that changed places', () => {
  for (const id of ids('1', 40)) {
    const signs = awardNumber(id).replaceAll('-', '');
    for (let at = 0; at < signs.length; at++) {
      for (const sign of SIGNS)
        if (sign !== signs[at]) expect(readAwardNumber(`${signs.slice(0, at)}${sign}${signs.slice(at + 1)}`)).toBeNull();
      for (let to = at + 1; to < signs.length; to++) {
        if (signs[to] === signs[at]) continue;
        const swapped = [...signs].with(at, signs[to]!).with(to, signs[at]!).join('');
        expect(readAwardNumber(swapped)).toBeNull();
      }
    }
  }
});
