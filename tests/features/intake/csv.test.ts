import fc from 'fast-check';
import Papa from 'papaparse';
import { expect, test } from 'vitest';
import { csvOf, delimiterOf, withoutGuard } from '../../../shared/kernel/csv.ts';
import { LANGUAGES } from '../../../shared/kernel/text.ts';

test('a text that a spreadsheet would run is guarded, numbers are written in the language\u2019s own way', () => {
  const rows = [['=SUM(A1)', '+1', '-1', '@x', '\tx', 'a;b', 'say "yes"', 'two\nlines', -1.5, null]];
  expect(csvOf(rows, 'en')).toBe(`\uFEFF'=SUM(A1),'+1,'-1,'@x,'\tx,a;b,"say ""yes""","two\nlines",-1.5,\r\n`);
  expect(csvOf(rows, 'pt')).toBe(`\uFEFF'=SUM(A1);'+1;'-1;'@x;'\tx;"a;b";"say ""yes""";"two\nlines";-1,5;\r\n`);
});

test('whatever the cells, they come out as they went in, and none begins a formula', () => {
  const cell = fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc.string({ unit: fc.constantFrom("'", '=', '+', '-', '@', '\t', '\r', '\n', '"', ',', ';', 'a') }),
  );
  fc.assert(
    fc.property(
      fc.array(fc.array(cell, { minLength: 2, maxLength: 2 }), { minLength: 1, maxLength: 5 }),
      fc.constantFrom(...LANGUAGES),
      (rows, language) => {
        const { data } = Papa.parse<string[]>(csvOf(rows, language).slice(1, -2), { delimiter: delimiterOf(language), newline: '\r\n' });
        expect(data.map((row) => row.map(withoutGuard))).toEqual(rows);
        expect(data.flat().some((text) => /^[=+\-@\t\r]/.test(text))).toBe(false);
      },
    ),
  );
});
