import type { ReactNode } from 'react';
import classes from './DialogFoot.module.css';

/** A dialog's buttons, always in sight; `before` stands apart on the left. */
export function DialogFoot({ before, children }: { readonly before?: ReactNode; readonly children: ReactNode }) {
  return (
    <footer className={classes.root} data-dialog-foot>
      <div>{before}</div>
      <div className={classes.buttons}>{children}</div>
    </footer>
  );
}
