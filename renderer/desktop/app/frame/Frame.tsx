import { Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import type { RailChoice } from '../../../../shared/kernel/look.ts';
import { typedAhead } from '../../../ui/dialog/typed-ahead.ts';
import { Waiting } from '../../../ui/Loaded.tsx';
import { Boundary } from '../Boundary.tsx';
import { useHeldFocus } from '../keyboard/held-focus.ts';
import { helpHere } from './help-here.ts';
import { useShortcuts } from '../keyboard/keys.ts';
import { lazyPart } from '../lazy-part.tsx';
import { openHelp, useOverlay } from '../overlay.ts';
import { Page } from '../Page.tsx';
import { useRailFold } from './rail-fold.ts';
import { Rail } from './Rail.tsx';
import { useSpots } from '../spots.ts';
import { useView } from '../view.ts';
import classes from './Frame.module.css';

const Finder = lazyPart(() => import('../finder/Finder.tsx').then((module) => module.Finder));
const Help = lazyPart(() => import('../../features/help/HelpDialog.tsx').then((module) => module.HelpDialog));
const Shortcuts = lazyPart(() => import('./Shortcuts.tsx').then((module) => module.Shortcuts));

const typed = typedAhead(document);
/** In which a dialog has closed, in milliseconds. */
const CLOSED = 60;

/** Rail on the left, the work on the right. */
export function Frame({ ready, rail }: { readonly ready: boolean; readonly rail: RailChoice }) {
  const { t } = useTranslation('app');
  const view = useView((state) => state.view);
  const { overlay, show, close: closeOverlay } = useOverlay();
  const { folded, turn } = useRailFold(rail);
  // It is loaded when it is first asked for, and takes a moment to open: who knows the key types on.
  const find = () => {
    if (overlay === null) typed.start();
    show({ is: 'finder' });
  };
  const shortcuts = () => show({ is: 'shortcuts' });
  const guide = () => overlay?.is !== 'help' && openHelp(helpHere(view));
  useShortcuts({ find, shortcuts, guide, fold: turn });
  useHeldFocus();
  useSpots();
  const close = () => {
    typed.take();
    closeOverlay();
  };
  return (
    <div className={classes.root} data-folded={folded || undefined}>
      <a className={classes.skip} href="#work" onClick={skipToWork}>
        {t('skip')}
      </a>
      <Rail find={find} shortcuts={shortcuts} guide={guide} folded={folded} fold={turn} />
      <main id="work" tabIndex={-1} className={classes.work} key={'id' in view ? `${view.page}:${view.id}` : view.page}>
        <Boundary>
          <Suspense fallback={<Waiting />}>{ready ? <Page view={view} /> : <Waiting />}</Suspense>
        </Boundary>
      </main>
      <Boundary key={overlay?.is} leave={close}>
        <Suspense>
          {overlay?.is === 'finder' && (
            <Finder close={close} typedBefore={typed.take} guide={later(guide)} shortcuts={later(shortcuts)} fold={turn} />
          )}
          {overlay?.is === 'shortcuts' && <Shortcuts close={close} />}
          {overlay?.is === 'help' && <Help page={overlay.page} close={close} />}
        </Suspense>
      </Boundary>
    </div>
  );
}

/** Once the finder that asked for it has gone. */
function later(action: () => void): () => void {
  return () => setTimeout(action, CLOSED);
}

function skipToWork(event: React.MouseEvent) {
  event.preventDefault();
  document.getElementById('work')?.focus();
}
