import type { ReactNode } from 'react';
import classes from './Figure.module.css';

/** One number, as `Formats` writes it, with its name and, beneath, what it is of. `null` is said as *not recorded* by the caller, never as 0. */
export function Figure(props: { readonly label: string; readonly value: string; readonly of?: ReactNode }) {
  return (
    <div className={classes.root}>
      <dt className={classes.label}>{props.label}</dt>
      <dd className={classes.value}>{props.value}</dd>
      {props.of && <dd className={classes.of}>{props.of}</dd>}
    </div>
  );
}

/** A row of figures. */
export function Figures(props: { readonly label: string; readonly children: ReactNode }) {
  return (
    <dl className={classes.row} aria-label={props.label}>
      {props.children}
    </dl>
  );
}
