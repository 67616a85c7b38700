import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { AlertIcon, CheckIcon, ConflictIcon, FolderIcon, OfflineIcon, OnlineIcon, UploadIcon } from '../../../ui/theme/icons.tsx';
import { useEngineState } from '../connection.ts';
import { useRead } from '../engine.ts';
import { useView, type SyncTab } from '../view.ts';
import classes from './Rail.module.css';

/** Where you stand, in words: network, what waits to be synced, conflicts. */
export function Standing() {
  const { t } = useTranslation('app');
  const go = useView((state) => state.go);
  const online = useOnline();
  const engine = useEngineState((state) => state.state);
  const { data } = useRead('sync.status', {});
  const waiting = (data?.pending ?? 0) + (data?.pendingFiles ?? 0);
  const brought = data ? data.brought.changeSets + data.brought.files : 0;
  const conflicts = data?.conflicts ?? 0;
  const refused = data?.refused ?? 0;
  // The system may have a network, and the repository be out of reach all the same.
  const unreachable = data?.enrolled === true && data.last?.code === 'sync.unreachable';
  const PendingIcon = !data?.enrolled ? FolderIcon : waiting + brought > 0 ? UploadIcon : CheckIcon;
  const sync = (tab: SyncTab) => () => go({ page: 'sync', tab });
  return (
    <section className={classes.standing} aria-label={t('standing.label')}>
      {engine === 'lost' && (
        <p className={`${classes.line} ${classes.warn}`} role="status">
          <ConflictIcon size={18} />
          <span>{t('standing.engineLost')}</span>
        </p>
      )}
      <button type="button" className={`${classes.line} ${classes.quiet}`} onClick={sync('waiting')}>
        {online && !unreachable ? <OnlineIcon size={18} /> : <OfflineIcon size={18} />}
        <span>{!online ? t('standing.offline') : unreachable ? t('standing.unreachable') : t('standing.online')}</span>
      </button>
      {data && (
        <button
          type="button"
          className={`${classes.line} ${classes.quiet}`}
          onClick={sync('waiting')}
          data-testid="pending"
          data-count={(data.enrolled && waiting) || undefined}
        >
          <PendingIcon size={18} />
          <span>{pendingWords()}</span>
        </button>
      )}
      {refused > 0 && (
        <button type="button" className={`${classes.line} ${classes.warn}`} onClick={sync('setAside')} data-count={refused}>
          <AlertIcon size={18} />
          <span>{t('standing.refused', { count: refused })}</span>
        </button>
      )}
      {conflicts > 0 && (
        <button type="button" className={`${classes.line} ${classes.warn}`} onClick={sync('conflicts')} data-count={conflicts}>
          <ConflictIcon size={18} />
          <span>{t('standing.conflicts', { count: conflicts })}</span>
        </button>
      )}
    </section>
  );

  function pendingWords(): string {
    if (data?.running) return t('standing.syncing');
    if (!data?.enrolled) return t('standing.notEnrolled');
    if (data.held) return t('standing.held');
    if (data.schedule.when === 'tomorrow') return waiting > 0 ? t('standing.pausedWaiting', { count: waiting }) : t('standing.paused');
    if (data.schedule.spent) return t('standing.spent', { count: waiting });
    if (waiting > 0) return t('standing.waiting', { count: waiting });
    if (brought > 0) return t('standing.brought');
    // What was set aside is not in the repository.
    return refused > 0 ? t('standing.nothingWaits') : t('standing.synced');
  }
}

/** Whether the system has a network at all; what it reaches is the sync page's business. */
function useOnline(): boolean {
  const [online, setOnline] = useState(navigator.onLine);
  useEffect(() => {
    const look = () => setOnline(navigator.onLine);
    window.addEventListener('online', look);
    window.addEventListener('offline', look);
    return () => {
      window.removeEventListener('online', look);
      window.removeEventListener('offline', look);
    };
  }, []);
  return online;
}
