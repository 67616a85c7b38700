import path from 'node:path';
import { expect, it } from 'vitest';
import { localeFaults } from '../../scripts/locale-rule.ts';

it('has every word in four languages, and no word of one in another', () => {
  expect(localeFaults(path.resolve(import.meta.dirname, '../..'))).toEqual([]);
});
