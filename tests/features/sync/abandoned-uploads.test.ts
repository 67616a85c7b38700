import { expect, it } from 'vitest';
import { abandonedUploads, type UnderWay } from '../../../shared/node/files/abandoned-uploads.ts';

const upload = (file: number, sender: string): string => file.toString(16).padStart(64, '0') + (sender && `-${sender.repeat(32)}`);
const of = (file: number, sender: string, bytes: number, at: number): UnderWay => ({ upload: upload(file, sender), bytes, at });

it('gives up what nobody has gone on with since, and of one sender the oldest beyond what may lie here', () => {
  const underWay = [of(1, 'a', 40, 10), of(2, 'a', 40, 30), of(3, 'a', 30, 20), of(4, 'b', 90, 11), of(5, '', 90, 12), of(6, '', 90, 13)];
  const givenUp = (since: number, ofOneSender: number): string[] => abandonedUploads(underWay, { since, ofOneSender }).sort();
  const names = (...files: number[]): string[] => underWay.flatMap(({ upload: name }, n) => (files.includes(n + 1) ? [name] : [])).sort();
  expect(givenUp(0, 1_000)).toEqual([]);
  expect(givenUp(11, 1_000)).toEqual(names(1));
  expect(givenUp(0, 100)).toEqual(names(1));
  expect(givenUp(0, 75)).toEqual(names(1, 4, 5, 6));
  expect(givenUp(31, 1_000)).toEqual(names(1, 2, 3, 4, 5, 6));
});
