import { useCallback, useMemo, useState, type Dispatch, type SetStateAction } from 'react';
import type { Id } from '../../../../../shared/kernel/ids.ts';
import { useLatest } from '../../../../ui/latest.ts';
import type { Person } from '../find-people.ts';
import { extendedTo, NOBODY, toggled, type Selection } from './selection.ts';

interface SelectedPeople {
  readonly selection: Selection;
  readonly setSelection: Dispatch<SetStateAction<Selection>>;
  /** Those of them who are shown. */
  readonly selected: readonly Person[];
  /** The same for as long as the list lives, for every row has it. */
  readonly select: (id: Id, range: boolean) => void;
}

/** Who is selected. */
export function useSelection(found: readonly Person[], order: readonly Id[]): SelectedPeople {
  const [selection, setSelection] = useState(NOBODY);
  // Whoever is not shown is changed by nothing that is done here.
  const selected = useMemo(() => found.filter(({ id, erased }) => !erased && selection.ids.has(id)), [found, selection]);
  const latestOrder = useLatest(order);
  const select = useCallback(
    (id: Id, range: boolean) => setSelection((before) => (range ? extendedTo(before, latestOrder.current, id) : toggled(before, id))),
    [latestOrder],
  );
  return { selection, setSelection, selected, select };
}
