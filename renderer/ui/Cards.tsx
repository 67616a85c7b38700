import type { ReactNode } from 'react';
import classes from './Cards.module.css';

/** Cards with what several people said, side by side: for somebody to choose, or to read. */
export function Cards({ children }: { readonly children: ReactNode }) {
  return <div className={classes.cards}>{children}</div>;
}

interface CardProps {
  /** Left out where the user may only read. */
  readonly onChoose?: (() => void) | undefined;
  readonly disabled?: boolean;
  /** What a click does, in words, at its foot. */
  readonly does?: ReactNode;
  /** What becomes of everything then. */
  readonly meaning?: ReactNode;
  readonly children: ReactNode;
}

/** One of them, chosen by a click. */
export function Card({ onChoose, disabled, does, meaning, children }: CardProps) {
  const said = <span className={classes.said}>{children}</span>;
  if (!onChoose) return <div className={classes.card}>{said}</div>;
  return (
    <button type="button" className={classes.card} disabled={disabled} onClick={onChoose}>
      {said}
      {does !== undefined && <span className={classes.does}>{does}</span>}
      {meaning !== undefined && <span className={classes.meaning}>{meaning}</span>}
    </button>
  );
}
