import type { ReactNode } from 'react';
import classes from './BoxedList.module.css';

/** Rows in a box, a line between each two; never so wide that what stands at the end of a row is far from its words. */
export function BoxedList(props: { readonly label: string; readonly children: ReactNode }) {
  return (
    <ul className={classes.list} aria-label={props.label}>
      {props.children}
    </ul>
  );
}

/** A row of a boxed list, from the start to the end; where there is little room it goes on beneath. */
export function BoxedRow({ busy, children }: { readonly busy?: boolean; readonly children: ReactNode }) {
  return (
    <div className={classes.row} aria-busy={busy}>
      {children}
    </div>
  );
}

/** The title of a row, and quieter lines beneath it; it takes the room that the rest leaves. */
export function RowWords({ title, children }: { readonly title: ReactNode; readonly children?: ReactNode }) {
  return (
    <div className={classes.words}>
      <span>{title}</span>
      {children}
    </div>
  );
}

/** A quieter line of a row, or what it says at its end. */
export function RowFacts({ children }: { readonly children: ReactNode }) {
  return <span className={classes.facts}>{children}</span>;
}

/** The buttons of a row; where they have no room beside its words they go beneath them together. */
export function RowActions({ children }: { readonly children: ReactNode }) {
  return <div className={classes.actions}>{children}</div>;
}
