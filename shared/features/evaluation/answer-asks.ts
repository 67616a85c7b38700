import { fold } from '../../kernel/text.ts';
import type { RowAsk } from '../intake/shapes.ts';
import { keptWhole } from '../intake/waiting-rows.ts';
import { answerKey, stepOf, stepsOf } from './answer-values.ts';
import { SCALE } from './answer-codec.ts';
import type { FormItem } from './answers.ts';

type AnswerAsk = NonNullable<RowAsk['answer']>;

/** Whether numbers follow the order of the options, asked once for a file. */
export const OPTION_NUMBERS: AnswerAsk = { key: 'optionNumbers', code: 'evaluation.optionNumbers', options: ['order', 'none'] };

/** Returns the question about a word, folded, that is no step of the scale; null where no answer can be kept under the whole of it. */
export function askOfWord(word: string): AnswerAsk | null {
  return keptWhole({ key: `word ${word}`, code: 'evaluation.word', options: ['', ...SCALE].reverse() });
}

/** Returns the ask of a cell that cannot be read; `item`: the question to which it is no answer. */
export function askOfCell(field: string, code: string, text: string, item?: FormItem): RowAsk {
  return { field, code, about: 'value', text: text.trim(), answer: item === undefined ? null : answerTo(item, text, code) };
}

function answerTo(item: FormItem, text: string, fault: string): AnswerAsk | null {
  if (fault === 'answer.wordUnknown') return askOfWord(fold(stepOf(text.trim())?.label ?? text));
  if (fault === 'answer.optionNumbered') return OPTION_NUMBERS;
  if (fault !== 'answer.letterUnknown' && fault !== 'answer.scaleUnknown') return null;
  return keptWhole({ key: answerKey(item, text.trim()), code: 'evaluation.answer', options: [...stepsOf(item), ''] });
}
