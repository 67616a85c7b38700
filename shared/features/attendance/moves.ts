import type { HalfDay } from '../../kernel/dates.ts';
import type { Id } from '../../kernel/ids.ts';
import { ok, refuse, type Result } from '../../kernel/result.ts';
import type { FieldValue } from '../../sync/types.ts';

/** A mark that is to go to another cell. */
export interface WantedMove {
  readonly to: { readonly personId: Id; readonly halfDay: HalfDay };
  /** The mark's id and that of the cell it goes to. */
  readonly from: Id;
  readonly target: Id;
  /** The values that go: those that were on screen. */
  readonly values: readonly FieldValue[];
  /** What the cell there holds now. */
  readonly there: readonly FieldValue[];
}

/** The planned move of a mark. `lands`: the values are written there; else an equal mark is there already and takes this one in. */
export type PlannedMove<M extends WantedMove> = M & { readonly lands: boolean };

/**
 * Decides what becomes of marks that are to move. A cell that has another mark is never written over unasked: `ask` refuses the whole
 * (`attendance.cellTaken` {count, cells}), `keep` leaves that mark and this one as they are, `replace` writes over it. Two marks for one cell are taken for the
 * same question. Refuses `attendance.markUnknown` where there is nothing to move.
 */
export function planMoves<M extends WantedMove>(
  wanted: readonly M[],
  taken: 'ask' | 'keep' | 'replace',
): Result<{ readonly moves: readonly PlannedMove<M>[]; readonly left: number }, 'attendance.cellTaken' | 'attendance.markUnknown'> {
  const missing = wanted.filter(({ values, from, target }) => values.length === 0 || from === target);
  if (missing.length > 0) return refuse('attendance.markUnknown', { count: missing.length });
  const moves: PlannedMove<M>[] = [];
  const cells: { personId: Id; halfDay: HalfDay }[] = [];
  const holds = new Map<Id, readonly FieldValue[]>();
  for (const move of wanted) {
    const there = (holds.get(move.target) ?? move.there).filter((value) => value !== 'notTaken');
    const isSame = there.length > 0 && there.every((value) => value === move.values[0]) && move.values.every((value) => value === there[0]);
    if (there.length > 0 && !isSame && taken !== 'replace') cells.push(move.to);
    else {
      moves.push({ ...move, lands: !isSame });
      holds.set(move.target, move.values);
    }
  }
  if (cells.length > 0 && taken === 'ask') return refuse('attendance.cellTaken', { count: cells.length, cells });
  return ok({ moves, left: cells.length });
}
