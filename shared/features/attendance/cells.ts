import { STATUSES, type Status } from '../../model/vocabularies.ts';
import { inConflict } from '../../sync/register.ts';
import type { Head } from '../../sync/types.ts';

/** A value of a mark's status register. */
export interface HeadOfMark {
  readonly value: unknown;
}

/** The mark that a cell of the sheet shows. */
export interface CellShown {
  readonly status: Status;
  readonly conflict: boolean;
  /** Something stands there that this program cannot read; `status` is then *not yet taken*. */
  readonly unreadable: boolean;
}

/** The status that a cell shows: the value shown first; a value that this program does not know (a newer one's) shows as not taken. */
export function statusShown(heads: readonly HeadOfMark[]): Status {
  return STATUSES.find((status) => status === heads[0]?.value) ?? 'notTaken';
}

/** Whether the value shown first is one that this program does not know. */
export function isUnreadable(heads: readonly HeadOfMark[]): boolean {
  const value = heads[0]?.value ?? null;
  return value !== null && !STATUSES.some((status) => status === value);
}

/** Returns what a cell shows: the status of its values, the one shown first at index 0, whether they are in conflict, and whether one cannot be read. */
export function cellShown(heads: readonly Pick<Head, 'value' | 'erased'>[]): CellShown {
  return { status: statusShown(heads), conflict: inConflict(heads), unreadable: isUnreadable(heads) };
}

/**
 * Returns the status values that differ, each status once: two people who marked alike ask no question. Takes what stands now, the one shown first at index 0.
 */
export function statusesApart<E extends { readonly status: Status }>(current: readonly E[]): E[] {
  return current.filter(({ status }, at) => current.findIndex((one) => one.status === status) === at);
}

/** Whether a tap would write what is there already. A cell in conflict is settled even by the status that it shows. */
export function showsAlready(cell: Pick<CellShown, 'status' | 'conflict'>, status: Status): boolean {
  return cell.status === status && !cell.conflict;
}
