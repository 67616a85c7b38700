import { Tabs } from '@mantine/core';
import { lazy, Suspense, type ComponentType } from 'react';
import { useTranslation } from 'react-i18next';
import type { Id } from '../../../../shared/kernel/ids.ts';
import { textIn } from '../../../../shared/kernel/text.ts';
import { useLanguage, useReadableTitle } from '../../../ui/formats.ts';
import { Loaded, Waiting } from '../../../ui/Loaded.tsx';
import { PageHeader } from '../../../ui/PageHeader.tsx';
import { Boundary } from '../../app/Boundary.tsx';
import { call, useRead, useWrite, type Answer } from '../../app/engine.ts';
import { offerUndo } from '../../app/notices.tsx';
import { go, WORKSHOP_TABS, type WorkshopTab } from '../../app/view.ts';
import { RemovedNotice, type Removed } from './RemovedNotice.tsx';
import { WorkshopActions } from './WorkshopActions.tsx';
import { WorkshopFacts } from './WorkshopFacts.tsx';
import { RowBoundary } from '../../../ui/Rows.tsx';
import { offers, useRights } from '../sync/MayNot.tsx';
import classes from './WorkshopPage.module.css';

/** Each tab is a part of the program of its own, loaded when it is first opened. */
const TABS: Readonly<Record<WorkshopTab, ComponentType<{ readonly activityId: Id }>>> = {
  agenda: lazy(() => import('./AgendaTab.tsx').then((module) => ({ default: module.AgendaTab }))),
  people: lazy(() => import('../people/Tab.tsx').then((module) => ({ default: module.Tab }))),
  attendance: lazy(() => import('../attendance/Tab.tsx').then((module) => ({ default: module.Tab }))),
  evaluation: lazy(() => import('../evaluation/Tab.tsx').then((module) => ({ default: module.Tab }))),
  report: lazy(() => import('../report/Tab.tsx').then((module) => ({ default: module.Tab }))),
};

/** Somebody removed this workshop while others wrote to it: kept, or removed after all with what is seen now. */
function RemovedWorkshop({ workshop, removed }: { readonly workshop: Answer<'activity.get'>; readonly removed: Removed }) {
  const { t } = useTranslation('activity');
  const contents = useRead('activity.contents', { id: workshop.id }).data;
  const mayDecide = offers(useRights(workshop.id), 'plan');
  const keep = useWrite('activity.restore');
  const remove = useWrite('activity.remove');
  return (
    <RemovedNotice
      removed={removed}
      mayDecide={mayDecide}
      busy={keep.isPending || remove.isPending || !contents}
      keep={() => keep.mutate({ id: workshop.id })}
      remove={() =>
        remove.mutate(
          { id: workshop.id, seen: contents?.seen ?? {} },
          {
            onSuccess: () => {
              go({ page: 'workshops' }, { replace: true });
              offerUndo(t('removed'), () => call('activity.restore', { id: workshop.id }));
            },
          },
        )
      }
    />
  );
}

/** A workshop: its facts, and its five tabs. */
export function WorkshopPage({ id, tab, offline }: { readonly id: Id; readonly tab: WorkshopTab; readonly offline: boolean }) {
  const { t } = useTranslation('activity');
  const language = useLanguage();
  const readableTitle = useReadableTitle();
  const query = useRead('activity.get', { id });
  const Tab = TABS[tab];
  return (
    <Loaded query={query}>
      {(workshop) => (
        <div className={classes.root}>
          <PageHeader
            title={readableTitle(workshop, textIn(workshop.title, language))}
            action={<WorkshopActions workshop={workshop} offline={offline} />}
            serif
            compact
          >
            <RowBoundary of={workshop} as="div">
              <WorkshopFacts workshop={workshop} />
            </RowBoundary>
          </PageHeader>
          {workshop.removed && <RemovedWorkshop workshop={workshop} removed={workshop.removed} />}
          <Tabs
            value={tab}
            onChange={(next) => go({ page: 'workshop', id, tab: WORKSHOP_TABS.find((known) => known === next) ?? 'agenda' })}
            keepMounted={false}
            classNames={{ list: classes.tabs!, tab: classes.tab!, panel: classes.panel! }}
          >
            <Tabs.List aria-label={t('tab.label')}>
              {WORKSHOP_TABS.map((name) => (
                <Tabs.Tab key={name} value={name}>
                  {t(`tab.${name}`)}
                </Tabs.Tab>
              ))}
            </Tabs.List>
            <Tabs.Panel value={tab}>
              <Boundary key={tab}>
                <Suspense fallback={<Waiting />}>
                  <Tab activityId={id} />
                </Suspense>
              </Boundary>
            </Tabs.Panel>
          </Tabs>
        </div>
      )}
    </Loaded>
  );
}
