import classes from './StatusGlyph.module.css';
import { useLetters } from '../letters/letters-shown.tsx';
import type { Status } from '../../../../../shared/model/vocabularies.ts';

/**
 * A status as LOOK wants it: letter, colour and outline (disc, diamond, tag, open square, square, hexagon, empty ring), so that
 * neither colour nor reading is needed. One element, for a sheet holds thousands. Hidden from screen readers: the cell says it.
 */
export function StatusGlyph({ status, large = false }: { readonly status: Status | 'unreadable'; readonly large?: boolean }) {
  const letters = useLetters();
  return (
    <span className={classes.root} data-status={status} data-large={large || undefined} aria-hidden>
      {status === 'unreadable' ? '?' : status === 'notTaken' ? '' : letters[status]}
    </span>
  );
}
