import { readAiken, writeAiken } from './aiken.ts';
import { readGift, writeGift } from './gift.ts';
import { writeMoodleXml } from './moodle-xml-write.ts';
import { readMoodleXml } from './moodle-xml.ts';
import type { Question, ReadQuestions, WrittenQuestions } from './question.ts';

/** The formats in which questions go out and come in. */
export const QUESTION_FORMATS: Readonly<
  Record<
    'gift' | 'moodleXml' | 'aiken',
    { readonly read: (text: string) => ReadQuestions; readonly write: (questions: readonly Question[]) => WrittenQuestions }
  >
> = {
  gift: { read: readGift, write: writeGift },
  moodleXml: { read: readMoodleXml, write: writeMoodleXml },
  aiken: { read: readAiken, write: writeAiken },
};
