import type { ParticipantRow } from './rules.ts';

/** The fields that can be changed for many people at once, in the order of the form; a name, an address or a number is one person's. */
export const BULK_FIELDS = ['profession', 'institution', 'country', 'sex', 'language'] as const;
export type BulkField = (typeof BULK_FIELDS)[number];

/** The recorded values of somebody in these fields; null: nothing. */
export type BulkValues = Readonly<Record<BulkField, string | null>>;

/** The change that is to be made for people, by field; null: that nothing is known. */
export type BulkChange = { readonly [F in BulkField]?: string | null | undefined };

/** Returns the values recorded of somebody in the fields that can be changed for many. */
export function bulkValuesOf(row: Pick<ParticipantRow, BulkField>): BulkValues {
  const { profession, institution, country, sex, language } = row;
  return { profession, institution: institution || null, country, sex, language };
}

/** The fields of a change that say something else than is recorded, and those in which somebody's records differ (`apart`): one of these is chosen by it. */
export function fieldsChanged(values: BulkValues, apart: readonly string[], change: BulkChange): BulkField[] {
  return BULK_FIELDS.filter((field) => {
    const wanted = change[field];
    return wanted !== undefined && ((wanted || null) !== values[field] || apart.includes(field));
  });
}

/** Returns the values recorded among people in a field, with how many of them, the most frequent first; what is not recorded last. */
export function valuesAmong(people: readonly BulkValues[], field: BulkField): { readonly value: string | null; readonly count: number }[] {
  const counts = new Map<string | null, number>();
  for (const values of people) counts.set(values[field], (counts.get(values[field]) ?? 0) + 1);
  return [...counts]
    .map(([value, count]) => ({ value, count }))
    .toSorted((a, b) => Number(a.value === null) - Number(b.value === null) || b.count - a.count);
}
