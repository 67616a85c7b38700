import type { Id } from '../../kernel/ids.ts';
import { mark } from '../../model/attendance.ts';
import type { MarkedCell } from '../../model/derivations.ts';
import type { Method, Status } from '../../model/vocabularies.ts';
import { restorationOver, writesOf } from '../../model/field-writes.ts';
import type { FieldWrite, Head, ValueId } from '../../sync/types.ts';
import { cellShown, showsAlready } from './cells.ts';
import { linkedHeads, type LinkedMark } from './linked-cells.ts';

/** A mark as it is to be written. */
export interface NewMark extends MarkedCell {
  readonly status: Status;
  readonly method: Method;
  readonly happenedAt: string;
  /** The value ids that the screen showed in that cell; left out, the current ones. */
  readonly seen?: readonly ValueId[] | undefined;
}

/** The values that the store has under a mark's id. */
export interface KnownMark {
  readonly id: Id;
  /** Its status values, the one shown first at index 0. */
  readonly heads: readonly Head[];
  /** The heads of its removal where the mark was let go or moved away; empty where it stands. */
  readonly removal: readonly Head[];
  /** Where the person has several records: what this one's mark was decided over, and the marks of the others. */
  readonly linked?: { readonly settles: readonly ValueId[]; readonly others: readonly LinkedMark[] };
}

/**
 * The writes of a tap; none where the cell shows that status already, so that a list read twice adds nothing. A mark that was let go or moved away comes back
 * with the new status, over what was decided about then: the cell showed nothing. Marks of the person's other records stay as they are; the new one says that it was
 * decided over those that were seen.
 */
export function markWrites(wanted: NewMark, { id, heads, removal, linked }: KnownMark): FieldWrite[] {
  const { activityId, personId, halfDay, status, method, happenedAt, seen } = wanted;
  const gone = removal.length > 0;
  const own = { heads: gone ? [] : heads, settles: linked?.settles ?? [] };
  if (showsAlready(cellShown(linked ? linkedHeads([own, ...linked.others]) : own.heads), status)) return [];
  const others = (linked?.others ?? []).flatMap((other) => other.heads.map((head) => head.id));
  const decided = others.filter((value) => seen === undefined || seen.includes(value));
  const over = others.length > 0 ? { settles: [...new Set([...own.settles, ...decided])] } : {};
  const shown = seen?.filter((value) => !others.includes(value));
  if (!gone)
    return writesOf(mark, id, { activityId, personId, halfDay, status, method, happenedAt, ...over }, shown ? { status: shown } : {});
  const back = writesOf(mark, id, { status, method, happenedAt, ...over }, { status: heads.map((head) => head.id) });
  return [...restorationOver('mark', id, removal), ...back];
}
