import { Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Waiting } from '../../ui/Loaded.tsx';
import { Boundary } from './Boundary.tsx';
import { useHeldFocus } from './held-focus.ts';
import { useShortcuts } from './keys.ts';
import { lazyPart } from './lazy-part.ts';
import { Page } from './Page.tsx';
import { Rail } from './Rail.tsx';
import { typedAhead } from './typed-ahead.ts';
import { useView } from './view.ts';
import classes from './Frame.module.css';

const Finder = lazyPart(() => import('./Finder.tsx').then((module) => module.Finder));
const Shortcuts = lazyPart(() => import('./Shortcuts.tsx').then((module) => module.Shortcuts));

const typed = typedAhead(document);

/** Rail on the left, the work on the right. */
export function Frame({ ready }: { readonly ready: boolean }) {
  const { t } = useTranslation('app');
  const view = useView((state) => state.view);
  const [open, setOpen] = useState<'finder' | 'shortcuts' | undefined>();
  // It is loaded when it is first asked for, and takes a moment to open: who knows the key types on.
  const find = () => {
    if (open === undefined) typed.start();
    setOpen('finder');
  };
  useShortcuts({ find, help: () => setOpen('shortcuts') });
  useHeldFocus();
  const close = () => {
    typed.take();
    setOpen(undefined);
  };
  return (
    <div className={classes.root}>
      <a className={classes.skip} href="#work" onClick={skipToWork}>
        {t('skip')}
      </a>
      <Rail find={find} help={() => setOpen('shortcuts')} />
      <main id="work" tabIndex={-1} className={classes.work} key={'id' in view ? `${view.page}:${view.id}` : view.page}>
        <Boundary>
          <Suspense fallback={<Waiting />}>{ready ? <Page view={view} /> : <Waiting />}</Suspense>
        </Boundary>
      </main>
      <Boundary key={open} leave={close}>
        <Suspense>
          {open === 'finder' && <Finder close={close} typedBefore={typed.take} />}
          {open === 'shortcuts' && <Shortcuts close={close} />}
        </Suspense>
      </Boundary>
    </div>
  );
}

function skipToWork(event: React.MouseEvent) {
  event.preventDefault();
  document.getElementById('work')?.focus();
}
