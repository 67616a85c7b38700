import type { Status } from '../../../../shared/model/vocabularies.ts';

/** Every status that a person can be given, in the order in which screens and sheets list them. */
export const MARKS = ['present', 'late', 'leftEarly', 'excused', 'absent', 'remote'] as const satisfies readonly Status[];
export type Mark = (typeof MARKS)[number];

/** One letter per status, the same in every language: on screen, on the keyboard and in files (LOOK, principle 5). */
export const LETTER: Readonly<Record<Mark, string>> = {
  present: 'P',
  late: 'L',
  leftEarly: 'D',
  excused: 'E',
  absent: 'A',
  remote: 'R',
};

const BY_LETTER = new Map<string, Mark>(MARKS.map((mark) => [LETTER[mark], mark]));

/** The status that a typed letter means, in either case; undefined for any other key. */
export function markOfLetter(key: string): Mark | undefined {
  return key.length === 1 ? BY_LETTER.get(key.toUpperCase()) : undefined;
}
