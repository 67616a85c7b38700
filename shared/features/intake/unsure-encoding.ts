import type { z } from 'zod';
import type { RejectedRow } from '../../contract/shapes.ts';
import type { question } from './shapes.ts';
import type { Source } from '../../kernel/source.ts';

/** The key of the question. */
export const ENCODING_QUESTION = 'encoding';

/** What is asked of a file whose bytes read plausibly in several encodings. */
export interface UnsureEncoding {
  /** Of a row with these cells: names that other encodings read otherwise hold it up, other texts are doubtful. */
  judge(row: number, names: readonly string[], others: readonly string[]): { readonly asks: RejectedRow[]; readonly doubts: RejectedRow[] };
  /** The one question for the file, with the rows that were judged to hang on it; its answer holds like the option `encoding`. */
  questions(): z.infer<typeof question>[];
}

/** The judge of rows of a source; asks nothing where the encoding is sure, by evidence or because a person chose it. */
export function unsureEncoding({ encoding }: Source): UnsureEncoding {
  const rows: number[] = [];
  if (encoding === null || encoding.sure) return { judge: () => ({ asks: [], doubts: [] }), questions: () => [] };
  return {
    judge(row, names, others) {
      const said = (field: string): RejectedRow[] => [{ row, field, code: 'encoding.unsure' }];
      if (names.some(isBeyondAscii)) {
        rows.push(row);
        return { asks: said('fullName'), doubts: [] };
      }
      return { asks: [], doubts: others.some(isBeyondAscii) ? said('') : [] };
    },
    questions: () => (rows.length === 0 ? [] : encodingQuestion({ encoding }, rows)),
  };
}

/** The question in which encoding a file is to be read, with the rows that hang on it; none where the encoding is sure. */
export function encodingQuestion({ encoding }: Pick<Source, 'encoding'>, rows: readonly number[]): z.infer<typeof question>[] {
  if (encoding === null || encoding.sure) return [];
  const options = encoding.candidates.map(({ name }) => name);
  return [{ key: ENCODING_QUESTION, code: 'encoding', column: '', subject: encoding.name, options, chosen: null, rows: [...rows] }];
}

function isBeyondAscii(text: string): boolean {
  return /[^\u0020-\u007e\s]/u.test(text);
}
