import type { z } from 'zod';
import type { RowPlace } from '../../contract/shapes.ts';
import type { RowRemark } from './row-places.ts';
import type { question } from './shapes.ts';
import type { Source } from '../../kernel/source.ts';

/** The key of the question in which encoding a file is to be read. */
export const ENCODING_QUESTION = 'encoding';

/** Judges the rows of a file whose bytes read plausibly in several encodings. */
export interface UnsureEncoding {
  /** Of a row that says this: names that other encodings read otherwise hold it up, an institution is doubtful. */
  judge(place: RowPlace, said: WrittenTexts): { readonly asks: readonly RowRemark[]; readonly doubts: readonly RowRemark[] };
  /** The one question for the file, with the rows that were judged to hang on it; its answer holds like the option `encoding`. */
  questions(): z.infer<typeof question>[];
}

/** The texts of a row that hang on the encoding. */
interface WrittenTexts {
  readonly familyName: string;
  readonly givenName?: string;
  readonly institution?: string;
}

const NOTHING_ODD = { asks: [], doubts: [] };

/** Returns the judge of a source's rows; it asks nothing where the encoding is sure, by evidence or because a person chose it. */
export function unsureEncoding({ encoding }: Source): UnsureEncoding {
  const rows: RowPlace[] = [];
  if (encoding === null || encoding.sure) return { judge: () => NOTHING_ODD, questions: () => [] };
  return {
    judge(place, { familyName, givenName = '', institution = '' }) {
      const said = (field: string): RowRemark[] => [{ field, code: 'encoding.unsure' }];
      if (isBeyondAscii(familyName) || isBeyondAscii(givenName)) {
        rows.push(place);
        return { asks: said('fullName'), doubts: [] };
      }
      return isBeyondAscii(institution) ? { asks: [], doubts: said('') } : NOTHING_ODD;
    },
    questions: () => (rows.length === 0 ? [] : encodingQuestion({ encoding }, rows)),
  };
}

/** The question in which encoding a file is to be read, with the rows that hang on it; none where the encoding is sure. */
export function encodingQuestion({ encoding }: Pick<Source, 'encoding'>, rows: readonly RowPlace[]): z.infer<typeof question>[] {
  if (encoding === null || encoding.sure) return [];
  const options = encoding.candidates.map(({ name }) => name);
  return [{ key: ENCODING_QUESTION, code: 'encoding', column: '', subject: encoding.name, options, chosen: null, rows: [...rows] }];
}

function isBeyondAscii(text: string): boolean {
  return /[^\u0020-\u007e\s]/u.test(text);
}
