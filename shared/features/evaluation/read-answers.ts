import { refuse, ok, type Result } from '../../kernel/result.ts';
import type { Sheet, Source } from '../../kernel/source.ts';
import { findList, takenByHand, type FoundList, type ListSaid } from '../intake/find-list.ts';
import type { IntakeOptions } from '../intake/shapes.ts';
import { sheetsByHand } from '../intake/unknown-columns.ts';
import { answerColumnReader, type AnswerColumnReader, type AnswerColumns } from './answer-columns.ts';
import { AnswerFile } from './answer-file.ts';
import { isMarks } from './answer-row.ts';
import type { Questionnaire } from './answers.ts';
import { holdsOthersAnswers } from './foreign-answers.ts';
import type { ReadAnswers } from './read-sheet.ts';

/** A questionnaire with its title in the language of whoever reads. */
export interface NamedForm extends Questionnaire {
  readonly name: string;
}

/**
 * Reads the answers of every visible sheet that holds some, unless one is chosen. Refuses `evaluation.notThisForm` where the columns are not this form's
 * (with the title of one of `others` whose they are), `table.empty` where nothing stands under the headings.
 */
export function readAnswers(
  source: Source,
  form: Questionnaire,
  options: IntakeOptions,
  others: readonly NamedForm[] = [],
): Result<ReadAnswers, 'evaluation.notThisForm' | 'table.empty'> {
  const reader = answerColumnReader(form, options.columns);
  const visible = source.sheets.filter((sheet) => (options.sheet === undefined ? !sheet.hidden : sheet.name === options.sheet));
  const listIn = (sheet: Sheet, by: AnswerColumnReader, headerRow?: number) =>
    listOf(sheet, by, { headerRow, taken: takenByHand(options, sheet.name) });
  const known = () => {
    const without = answerColumnReader(form);
    return new Map(
      visible.flatMap((sheet) => {
        const list = listIn(sheet, without);
        return list && (without.fits(list.reading) || isMarks(list.reading)) ? [[sheet, list] as const] : [];
      }),
    );
  };
  const found = sheetsByHand(visible, options, known).flatMap(({ sheet, headerRow, columns }) => {
    const isAll = Object.keys(columns).length === Object.keys(options.columns ?? {}).length;
    return listIn(sheet, isAll ? reader : answerColumnReader(form, columns), headerRow) ?? [];
  });
  const lists = found.filter(
    (list) => list.reading.chosen.size > 0 || isMarks(list.reading) || (reader.fits(list.reading) && !holdsOthersAnswers(list)),
  );
  if (lists.length === 0) return refuse('evaluation.notThisForm', { form: fittingForm(source, others) });
  const file = new AnswerFile(source, form, reader, lists, options);
  if (file.isEmpty) return refuse('table.empty');
  return ok(file.read());
}

/** The name of the form whose questions a file's columns are; '' where they are none's. */
function fittingForm(source: Source, others: readonly NamedForm[]): string {
  let best = { name: '', items: 0 };
  for (const form of others) {
    const reader = answerColumnReader(form);
    for (const sheet of source.sheets) {
      const found = sheet.hidden ? null : listOf(sheet, reader);
      if (found && reader.fits(found.reading) && !holdsOthersAnswers(found) && found.reading.items > best.items)
        best = { name: form.name, items: found.reading.items };
    }
  }
  return best.name;
}

function listOf(sheet: Sheet, reader: AnswerColumnReader, said: ListSaid = {}): FoundList<AnswerColumns> | null {
  return findList(sheet, reader.read, said);
}
