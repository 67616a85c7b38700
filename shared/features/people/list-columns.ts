import { FORM_FIELDS, type PersonField } from './rules.ts';

/** The columns that a list of people can show beside the names, in its order. */
export type ListColumn = Exclude<PersonField, 'familyName' | 'givenName'>;
export const LIST_COLUMNS: readonly ListColumn[] = FORM_FIELDS.filter(
  (field): field is ListColumn => field !== 'familyName' && field !== 'givenName',
);

const USUAL: ReadonlySet<ListColumn> = new Set(['sex', 'profession', 'country', 'institution', 'language', 'email']);

/** The columns that a list of people shows until somebody says otherwise. */
export const USUAL_COLUMNS: readonly ListColumn[] = LIST_COLUMNS.filter((column) => USUAL.has(column));

/** The columns that were chosen, in the list's order; of what was kept by another program those that there are. */
export function chosenColumns(kept: unknown): readonly ListColumn[] {
  return Array.isArray(kept) ? LIST_COLUMNS.filter((column) => kept.includes(column)) : USUAL_COLUMNS;
}
