import { useEffect, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './PageHeader.module.css';

interface Props {
  readonly title: string;
  /** The same as it is drawn, where it says a language of its own. */
  readonly shown?: ReactNode;
  /** What stands before the title, such as the way back. */
  readonly before?: ReactNode;
  /** One quiet line beneath. */
  readonly children?: ReactNode;
  /** The one primary action, always in the same place. */
  readonly action?: ReactNode;
  /** Titles of courses are set in the serif. */
  readonly serif?: boolean;
  /** Smaller, where the work beneath wants the room. */
  readonly compact?: boolean;
  /** In a low window smaller, and without what is beneath it: the work has the room. */
  readonly folds?: boolean;
  /** What the window is called meanwhile, which stands in the system's list of windows too: no person's name. As `title` where left out. */
  readonly windowTitle?: string;
}

/** A page's head: title, a quiet line, and the primary action on the right. */
export function PageHeader(props: Props) {
  const { t } = useTranslation('app');
  const windowTitle = t('windowTitle', { page: props.windowTitle ?? props.title });
  useEffect(() => {
    document.title = windowTitle;
  }, [windowTitle]);
  return (
    <header className={classes.root} data-compact={props.compact} data-folds={props.folds || undefined}>
      <div className={classes.words}>
        {props.before}
        <h1 className={props.serif ? classes.serif : classes.title}>{props.shown ?? props.title}</h1>
        {props.children && <div className={classes.line}>{props.children}</div>}
      </div>
      {props.action && <div className={classes.action}>{props.action}</div>}
    </header>
  );
}
