import type { ReactNode } from 'react';
import classes from './Column.module.css';

/** A page of words and rows, its head included: no wider than the eye goes from the words of a row to what stands at its end. */
export function Column({ children }: { readonly children: ReactNode }) {
  return <div className={classes.root}>{children}</div>;
}
