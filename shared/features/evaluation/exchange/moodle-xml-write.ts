import { escapedXml } from '../../../kernel/xml.ts';
import { readMoodleXml } from './moodle-xml.ts';
import { writeEach, type Question, type QuestionOption, type WrittenQuestions } from './question.ts';

/** The questions as Moodle's XML, and what of them it does not carry. */
export function writeMoodleXml(questions: readonly Question[]): WrittenQuestions {
  return writeEach(questions, xmlOf, readMoodleXml, ['<?xml version="1.0" encoding="UTF-8"?>\n<quiz>\n', '</quiz>\n']);
}

function xmlOf(question: Question, before: Question | null): string | null {
  const answers = answersOf(question);
  if (answers === null) return null;
  const { topic, name, text, points, explanation } = question;
  const path = topic === '' ? '$course$' : `$course$/${topic}`;
  const switched =
    topic === (before?.topic ?? '') ? '' : `<question type="category"><category><text>${escapedXml(path)}</text></category></question>\n`;
  return `${switched}<question type="${answers.type}">
  <name><text>${escapedXml(name)}</text></name>
  ${part('questiontext', text)}
  ${part('generalfeedback', explanation)}
  <defaultgrade>${points}</defaultgrade>
${answers.parts.map((one) => `  ${one}\n`).join('')}</question>
`;
}

interface Answers {
  readonly type: string;
  readonly parts: readonly string[];
}

function answersOf({ kind, options, rows, right, numbers }: Question): Answers | null {
  switch (kind) {
    case 'one':
    case 'several':
    case 'scale':
      if (options.length < 2) return null;
      return {
        type: 'multichoice',
        parts: [
          `<single>${kind !== 'several'}</single>`,
          '<shuffleanswers>false</shuffleanswers>',
          ...options.map((option) => answer(option)),
        ],
      };
    case 'trueFalse': {
      if (right === null) return null;
      const said = (value: boolean) => ({
        ...{ text: String(value), share: value === right ? 100 : 0 },
        explanation: options.find(({ text }) => text === String(value))?.explanation ?? '',
      });
      return { type: 'truefalse', parts: [answer(said(true)), answer(said(false))] };
    }
    case 'text':
      if (options.length === 0) return { type: 'essay', parts: ['<responseformat>plain</responseformat>'] };
      return { type: 'shortanswer', parts: ['<usecase>0</usecase>', ...options.map((option) => answer(option))] };
    case 'number':
      if (numbers.length === 0) return null;
      return {
        type: 'numerical',
        parts: numbers.map(({ value, tolerance, share, explanation }) =>
          answer({ text: String(value), share, explanation }, `<tolerance>${tolerance}</tolerance>`),
        ),
      };
    case 'matrix':
      if (rows.length < 2 || rows.some((row) => row.right === null || options[row.right] === undefined)) return null;
      return {
        type: 'matching',
        parts: [
          ...rows.map((row) => pair(row.text, options[row.right!]!.text)),
          ...options.filter((_, place) => rows.every((row) => row.right !== place)).map(({ text }) => pair('', text)),
        ],
      };
    case 'ranking':
      return { type: 'ordering', parts: options.map((option, place) => answer({ ...option, share: 0 }, '', String(place + 1))) };
    default:
      return null;
  }
}

function answer({ text, share, explanation }: QuestionOption, more = '', fraction = String(share)): string {
  return `<answer fraction="${fraction}" format="plain_text"><text>${escapedXml(text)}</text>${part('feedback', explanation)}${more}</answer>`;
}

function pair(text: string, right: string): string {
  return `<subquestion format="plain_text"><text>${escapedXml(text)}</text><answer><text>${escapedXml(right)}</text></answer></subquestion>`;
}

function part(name: string, text: string): string {
  return `<${name} format="plain_text"><text>${escapedXml(text)}</text></${name}>`;
}
