import { Tabs } from '@mantine/core';
import { Suspense, type ComponentType } from 'react';
import { useTranslation } from 'react-i18next';
import type { Id } from '../../../../../shared/kernel/ids.ts';
import { textIn } from '../../../../../shared/kernel/text.ts';
import { useLanguage, useReadableTitle } from '../../../../ui/formats.ts';
import { Loaded, Waiting } from '../../../../ui/Loaded.tsx';
import { PageHeader } from '../../../../ui/PageHeader.tsx';
import { Boundary } from '../../../app/Boundary.tsx';
import { useRead } from '../../../app/engine.ts';
import { lazyPart } from '../../../app/lazy-part.tsx';
import { go, WORKSHOP_TABS, type WorkshopTab } from '../../../app/view.ts';
import { ArchivedWorkshop } from './ArchivedWorkshop.tsx';
import { RemovedWorkshop } from './RemovedWorkshop.tsx';
import { WorkshopActions } from './WorkshopActions.tsx';
import { WorkshopFacts } from './WorkshopFacts.tsx';
import { RowBoundary } from '../../../../ui/Rows.tsx';
import { RecordTitle } from '../../../../ui/fields/RecordText.tsx';
import classes from './WorkshopPage.module.css';

/** Each tab is a part of the program of its own, loaded when it is first opened. */
const TABS: Readonly<Record<WorkshopTab, ComponentType<{ readonly activityId: Id }>>> = {
  agenda: lazyPart(() => import('../agenda/AgendaTab.tsx').then((module) => module.AgendaTab)),
  people: lazyPart(() => import('../../people/Tab.tsx').then((module) => module.Tab)),
  attendance: lazyPart(() => import('../../attendance/Tab.tsx').then((module) => module.Tab)),
  evaluation: lazyPart(() => import('../../evaluation/Tab.tsx').then((module) => module.Tab)),
  report: lazyPart(() => import('../../report/Tab.tsx').then((module) => module.Tab)),
  certificates: lazyPart(() => import('../../award/Tab.tsx').then((module) => module.Tab)),
  papers: lazyPart(() => import('../../paper/Tab.tsx').then((module) => module.Tab)),
};

/** A workshop: its facts, and its tabs. */
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
            shown={<RecordTitle of={workshop} writtenIn={workshop.languages} />}
            action={<WorkshopActions workshop={workshop} offline={offline} />}
            serif
            compact
            folds={tab === 'people' || tab === 'attendance' || tab === 'evaluation'}
          >
            <RowBoundary of={workshop} as="div">
              <WorkshopFacts workshop={workshop} />
            </RowBoundary>
          </PageHeader>
          {/* While attendance is taken, nothing that comes from elsewhere moves a row: it stands beneath the sheet there. */}
          {tab !== 'attendance' && <RemovedWorkshop workshop={workshop} />}
          {tab !== 'attendance' && <ArchivedWorkshop workshop={workshop} />}
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
