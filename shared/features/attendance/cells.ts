import { STATUSES, type Status } from '../../model/vocabularies.ts';

/** A value of a mark's status register. */
export interface HeadOfMark {
  readonly value: unknown;
}

/** The status that a cell shows: the value shown first; a value that this program does not know (a newer one's) shows as not taken. */
export function statusShown(heads: readonly HeadOfMark[]): Status {
  return STATUSES.find((status) => status === heads[0]?.value) ?? 'notTaken';
}
