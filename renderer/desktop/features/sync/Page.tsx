import { Tabs } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Column } from '../../../ui/Column.tsx';
import { Loaded } from '../../../ui/Loaded.tsx';
import { PageHeader } from '../../../ui/PageHeader.tsx';
import { useRead, type Answer } from '../../app/engine.ts';
import { SYNC_TABS, useView, type SyncTab } from '../../app/view.ts';
import { Conflicts } from './review/Conflicts.tsx';
import { Enrol } from './Enrol.tsx';
import { Lan } from './lan/Lan.tsx';
import { Laptop } from './Laptop.tsx';
import { SyncHistory } from './SyncHistory.tsx';
import { LostAccess } from './review/LostAccess.tsx';
import { Overview } from './Overview.tsx';
import { Quarantine } from './review/Quarantine.tsx';
import { Usb } from './usb/Usb.tsx';
import { Waits } from './Waits.tsx';
import classes from './Page.module.css';

/** Sync: how it stands, and behind tabs what waits, what people must decide, what travelled, the other ways, and this laptop. */
export function Page({ tab }: { readonly tab: SyncTab }) {
  const { t } = useTranslation('sync');
  return (
    <Loaded query={useRead('sync.status', {})}>
      {(status) => (
        <Column>
          {status.enrolled ? <Overview status={status} /> : <PageHeader title={t('title')} />}
          {status.enrolled && <LostAccess />}
          <Parts status={status} tab={tab} />
        </Column>
      )}
    </Loaded>
  );
}

function Parts({ status, tab }: { readonly status: Answer<'sync.status'>; readonly tab: SyncTab }) {
  const { t } = useTranslation('sync');
  const go = useView((state) => state.go);
  const counts: Partial<Record<SyncTab, number>> = {
    waiting: status.enrolled ? status.pending + status.pendingFiles : 0,
    conflicts: status.conflicts,
    setAside: status.refused,
  };
  // The room and the stick stay where they are: an exchange under way in one goes on while another tab is looked at.
  return (
    <Tabs
      value={tab}
      onChange={(next) => go({ page: 'sync', tab: SYNC_TABS.find((known) => known === next) ?? 'waiting' }, { replace: true })}
      keepMounted={false}
      keepMountedMode="display-none"
      classNames={{ list: classes.tabs!, tab: classes.tab!, panel: classes.panel! }}
    >
      <Tabs.List aria-label={t('tab.label')}>
        {SYNC_TABS.map((name) => (
          <Tabs.Tab key={name} value={name}>
            {name === 'waiting' && !status.enrolled ? t('tab.enrol') : t(`tab.${name}`)}
            <Count count={counts[name] ?? 0} warn={name !== 'waiting'} />
          </Tabs.Tab>
        ))}
      </Tabs.List>
      <Tabs.Panel value="waiting">{status.enrolled ? <Waits status={status} /> : <Enrol />}</Tabs.Panel>
      <Tabs.Panel value="conflicts">
        <Conflicts />
      </Tabs.Panel>
      <Tabs.Panel value="setAside">
        <Quarantine />
      </Tabs.Panel>
      <Tabs.Panel value="history">
        <SyncHistory />
      </Tabs.Panel>
      <Tabs.Panel value="room" keepMounted>
        <Lan />
      </Tabs.Panel>
      <Tabs.Panel value="stick" keepMounted>
        <Usb />
      </Tabs.Panel>
      <Tabs.Panel value="laptop">
        <Laptop status={status} />
      </Tabs.Panel>
    </Tabs>
  );
}

function Count({ count, warn }: { readonly count: number; readonly warn: boolean }) {
  if (count === 0) return null;
  return (
    <span className={classes.count} data-warn={warn || undefined}>
      {count}
    </span>
  );
}
