import type { ReactNode } from 'react';
import classes from './EmptyState.module.css';

/** The notice of a screen when there is nothing yet: a drawing, one sentence, and the one thing to do next. */
export function EmptyState(props: {
  readonly drawing: ReactNode;
  readonly title: string;
  readonly text: string;
  readonly children?: ReactNode;
}) {
  return (
    <section className={classes.root}>
      {props.drawing}
      <h2 className={classes.title}>{props.title}</h2>
      <p className={classes.text}>{props.text}</p>
      {props.children && <div className={classes.actions}>{props.children}</div>}
    </section>
  );
}
