import type { HalfDay } from '../../kernel/dates.ts';
import type { Id } from '../../kernel/ids.ts';
import type { WrittenSheet } from '../../kernel/table.ts';
import type { Document } from '../document/blocks.ts';
import { linesOf } from '../document/csv.ts';
import type { ActivityFigures } from './contract.ts';
import { listHeadings } from './report-document.ts';
import type { ReportWords } from './report-words.ts';

/** A participant in an annex; what is not recorded is ''. */
export interface AnnexPerson {
  readonly id: Id;
  readonly familyName: string;
  readonly givenName: string;
  readonly sex: string;
  readonly profession: string;
  readonly institution: string;
  readonly country: string;
}

/** The figures of the report, a line each. */
export function figuresSheet(document: Document, words: ReportWords): WrittenSheet {
  const { part, figure, value } = listHeadings(words);
  return { name: words.say('annex.figures'), headings: [part, figure, value], rows: linesOf(document) };
}

/** Who took part. */
export function participantsSheet(people: readonly AnnexPerson[], { say }: ReportWords): WrittenSheet {
  const columns = ['familyName', 'givenName', 'sex', 'profession', 'institution', 'country'] as const;
  return {
    name: say('annex.participants'),
    headings: [say('annex.number'), ...columns.map((column) => say(`annex.${column}`))],
    rows: people.map((person, at) => [at + 1, ...columns.map((column) => person[column] || say('notRecorded'))]),
  };
}

/** How each participant's presence was taken in each half-day attended (`taken`: the words, by person and half-day), and in how many half-days. */
export function signaturesSheet(
  people: readonly AnnexPerson[],
  halfDays: readonly HalfDay[],
  taken: (person: Id, halfDay: HalfDay) => string | null,
  { say, halfDay: named }: ReportWords,
): WrittenSheet {
  return {
    name: say('annex.signatures'),
    headings: [
      ...(['number', 'familyName', 'givenName', 'institution', 'country'] as const).map((column) => say(`annex.${column}`)),
      ...halfDays.map(named),
      say('annex.attended'),
    ],
    rows: people.map(({ id, familyName, givenName, institution, country }, at) => {
      const signed = halfDays.map((halfDay) => taken(id, halfDay));
      const attended = signed.filter((one) => one !== null).length;
      return [at + 1, familyName, givenName, institution || say('notRecorded'), country || say('notRecorded'), ...signed, attended];
    }),
  };
}

/** The sheet of answers without names: how many gave each answer, then what people wrote. No line is a person's, and nothing stands here that the report withholds. */
export function answersSheet(opinions: ActivityFigures['opinions'], { say }: ReportWords): WrittenSheet {
  const columns = ['questionnaire', 'question', 'answer', 'count'] as const;
  const rows = opinions.flatMap(({ title, items, comments }) => [
    ...items.flatMap(({ text, dist }) => dist.map(({ label, count }) => [title, text, label, count])),
    ...comments.flatMap(({ text, comments: own }) => own.map((comment) => [title, text, comment, null])),
  ]);
  return { name: say('annex.answers'), headings: columns.map((column) => say(`annex.${column}`)), rows };
}
