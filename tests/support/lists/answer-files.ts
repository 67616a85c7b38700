import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Questionnaire } from '../../../shared/features/evaluation/answers.ts';
import { planAnswers, type AnswersContext, type AnswersPlan } from '../../../shared/features/evaluation/plan-answers.ts';
import { readAnswers, type NamedForm } from '../../../shared/features/evaluation/read-answers.ts';
import type { ReadAnswers } from '../../../shared/features/evaluation/read-sheet.ts';
import type { KnownIdentity } from '../../../shared/features/intake/people-index.ts';
import type { IntakeOptions } from '../../../shared/features/intake/shapes.ts';
import type { Result } from '../../../shared/kernel/result.ts';
import { columnLetters, type Sheet, type Source } from '../../../shared/kernel/source.ts';
import { nodeHasher } from '../../../shared/node/crypto.ts';
import { sourceOfText } from '../../../shared/node/tables/read-source-file.ts';

const FORMS = path.resolve(import.meta.dirname, '../../../resources/questionnaires');
export type BundledForm = Questionnaire & { readonly id: string; readonly title: Readonly<Record<string, string>> };

/** A bundled questionnaire by its code. */
export function bundledForm(code: string): BundledForm {
  return {
    id: '00000000-0000-4000-8000-0000000000f0',
    ...(JSON.parse(readFileSync(path.join(FORMS, `${code}.json`), 'utf8')) as Omit<BundledForm, 'id'>),
  };
}

/** All bundled ones but one, as they are offered where a file is not of that one. */
export function otherForms(code: string): NamedForm[] {
  return ['intro-prepost-v1', 'satisfaction-v1', 'followup6m', 'q247']
    .filter((one) => one !== code)
    .map((one) => ({ ...bundledForm(one), name: bundledForm(one).title['en']! }));
}

/** A file of tables out of texts, by the names of their sheets. */
export function workbook(sheets: Readonly<Record<string, string>>): Source {
  const read = Object.entries(sheets).map(([name, text]): Sheet => {
    const source = sourceOfText(text);
    if (!source.ok) throw new Error(source.refusal.code);
    return { ...source.value.sheets[0]!, name };
  });
  return { format: 'xlsx', encoding: null, sheets: read };
}

const sourceOf = (file: string | Source): Source => (typeof file === 'string' ? workbook({ '': file }) : file);

/** What is read of a file that must be readable. */
export function readText(file: string | Source, form: Questionnaire, options: IntakeOptions = {}): ReadAnswers {
  const read = readAnswers(sourceOf(file), form, options);
  if (!read.ok) throw new Error(read.refusal.code);
  return read.value;
}

/** The plan for a file; each row is given by what it does. */
export function planOf(
  file: string | Source,
  form: BundledForm,
  { people = [], stored = [], removed = [], bookKey = '', options = {} }: Partial<AnswersContext> = {},
): AnswersPlan {
  const source = sourceOf(file);
  const read = readAnswers(source, form, options, otherForms(''));
  if (!read.ok) throw new Error(read.refusal.code);
  const plan: Result<AnswersPlan> = planAnswers(source, read.value, {
    ...{ activityId: '00000000-0000-4000-8000-0000000000a0', form, people, stored, removed, bookKey, options, hasher: nodeHasher },
  });
  if (!plan.ok) throw new Error(plan.refusal.code);
  const { cells, taken, left, asked } = plan.value.account;
  if (cells !== taken + left + asked) throw new Error('the account does not add up');
  return plan.value;
}

/** People as a workshop knows them, from `family name|given name|email|ref`. */
export function known(...lines: string[]): KnownIdentity[] {
  return lines.map((line, index) => {
    const [familyName = '', givenName = '', email = '', ref = ''] = line.split('|');
    return {
      id: `00000000-0000-4000-8000-${String(index + 1).padStart(12, '0')}`,
      familyName,
      givenName,
      email,
      ref,
      country: null,
      institution: null,
    };
  });
}

/** A table as text: cells joined by `;`, quoted where they must be. */
export function csv(rows: readonly (readonly string[])[]): string {
  return rows.map((row) => row.map((cell) => (/[;"\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(';')).join('\n');
}

/** The letters of a column by its heading. */
export function lettersOf(headers: readonly string[], header: string): string {
  return columnLetters(headers.indexOf(header));
}
