import type { FoundList } from '../intake/find-list.ts';
import type { AnswerColumns } from './answer-columns.ts';
import { readAnswer } from './answer-values.ts';

const ROWS_TRIED = 200;

/** Whether columns are known by the numbers of questions alone and hold what answers none of them: *Q1* to *Q12* are in many forms. */
export function holdsOthersAnswers({ reading: { columns }, rows }: FoundList<AnswerColumns>): boolean {
  let [filled, unread] = [0, 0];
  for (const [place, column] of columns.entries()) {
    if (column.is !== 'item' || column.item.type === 'open') continue;
    if (column.match !== 'id') return false;
    for (const { cells } of rows.slice(0, ROWS_TRIED)) {
      const text = cells[place] ?? '';
      if (text === '') continue;
      const read = readAnswer(column.item, text);
      filled++;
      // Of words that are no step of the scale somebody can say which they mean.
      if ('fault' in read && read.fault !== 'answer.wordUnknown' && read.fault !== 'answer.optionNumbered') unread++;
    }
  }
  // A few odd answers are slips.
  return unread > 3 && unread * 2 > filled;
}
