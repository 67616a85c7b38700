import type { ReactNode } from 'react';
import { AlertIcon } from './theme/icons.tsx';
import classes from './Refusal.module.css';

/** A refusal where it happened: the engine's sentence (what happened, what was kept, what to do) and, where there is one, the way out. */
export function Refusal(props: { readonly error: { readonly message: string } | null | undefined; readonly children?: ReactNode }) {
  if (!props.error) return null;
  return (
    <div className={classes.root} role="alert">
      <AlertIcon className={classes.icon} />
      <div className={classes.body}>
        <p className={classes.text}>{props.error.message}</p>
        {props.children}
      </div>
    </div>
  );
}
