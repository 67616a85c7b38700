import { Button, Group } from '@mantine/core';
import { lazy, Suspense, useDeferredValue, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { groupWorkshops, isNarrowed } from '../../../../../shared/features/activity/workshop-list.ts';
import type { Id } from '../../../../../shared/kernel/ids.ts';
import { EmptyRoom } from '../../../../ui/theme/drawings.tsx';
import { EmptyState } from '../../../../ui/EmptyState.tsx';
import { useFormats } from '../../../../ui/formats.ts';
import { PlusIcon, UndoIcon } from '../../../../ui/theme/icons.tsx';
import { Loaded } from '../../../../ui/Loaded.tsx';
import { PageHeader } from '../../../../ui/PageHeader.tsx';
import { today } from '../../../app/clock.ts';
import { useRead, type Answer } from '../../../app/engine.ts';
import { go } from '../../../app/view.ts';
import { useListChoice } from './list-choice.ts';
import { useLoadSample } from '../today/sample.ts';
import { WorkshopFilters } from './WorkshopFilters.tsx';
import { WorkshopRow } from './WorkshopRow.tsx';
import { Rows } from '../../../../ui/Rows.tsx';
import { MayNot, offers, useRights } from '../../sync/MayNot.tsx';
import classes from './WorkshopsPage.module.css';

const CreateDialog = lazy(() => import('../CreateDialog.tsx').then((module) => ({ default: module.CreateDialog })));

type Workshop = Answer<'activity.list'>[number];

/** Every workshop on this laptop, by what is now, ahead and behind, and the year. */
export function WorkshopsPage({
  create,
  courseId,
  entryId,
}: {
  readonly create: boolean;
  readonly courseId: Id | undefined;
  readonly entryId: Id | undefined;
}) {
  const { t } = useTranslation('activity');
  const query = useRead('activity.list', { inCalendar: false });
  const rights = useRights();
  const mayCreate = offers(rights, 'plan');
  const open = () => go({ page: 'workshops', create: true });
  const close = () => go({ page: 'workshops' }, { replace: true });
  return (
    <div className={classes.page}>
      <PageHeader
        title={t('list.title')}
        action={
          <Group gap="sm">
            <Button variant="subtle" leftSection={<UndoIcon />} onClick={() => go({ page: 'bin' })}>
              {t('bin')}
            </Button>
            {/* Once it is known: a button that goes when the list is empty would take the keyboard with it. */}
            {(query.data?.length ?? 0) > 0 && mayCreate && (
              <Button leftSection={<PlusIcon />} onClick={open}>
                {t('create.open')}
              </Button>
            )}
          </Group>
        }
      />
      <MayNot rights={rights} task="plan" opening />
      <Loaded query={query}>
        {(workshops) => (workshops.length > 0 ? <List workshops={workshops} /> : <None open={mayCreate ? open : null} />)}
      </Loaded>
      <Suspense>{create && mayCreate && <CreateDialog courseId={courseId} entryId={entryId} close={close} />}</Suspense>
    </div>
  );
}

function List({ workshops }: { readonly workshops: readonly Workshop[] }) {
  const { t } = useTranslation('activity');
  const format = useFormats();
  const choice = useListChoice((state) => state.choice);
  // What is typed stands at once; the list follows as soon as it can.
  const wanted = useDeferredValue(choice);
  const page = useRef<HTMLDivElement>(null);
  const { groups, archived } = useMemo(
    () => groupWorkshops(workshops, wanted, today(), (workshop) => workshop.countries.map(format.country)),
    [workshops, wanted, format],
  );
  const found = groups.reduce((sum, { rows }) => sum + rows.length, 0);
  return (
    <div ref={page}>
      <WorkshopFilters
        workshops={workshops}
        found={found}
        archived={archived}
        onDown={() => page.current?.querySelector<HTMLElement>('li button')?.focus()}
      />
      {found === 0 && <p className={classes.none}>{isNarrowed(wanted) ? t('list.noneFound') : t('list.allArchived')}</p>}
      {groups.map(({ state, year, rows }) => (
        <section key={`${state} ${year}`} className={classes.group}>
          <h2 className={classes.heading}>
            {state !== 'past' ? t(`list.states.${state}`) : year === null ? t('list.pastUnknown') : t('list.pastIn', { year })}
            {rows.length > 1 && <span className={classes.count}>{format.number(rows.length)}</span>}
          </h2>
          <ul className={classes.list}>
            <Rows of={rows} as="li">
              {(workshop) => <WorkshopRow workshop={workshop} />}
            </Rows>
          </ul>
        </section>
      ))}
    </div>
  );
}

function None({ open }: { readonly open: (() => void) | null }) {
  const { t } = useTranslation('activity');
  const sample = useLoadSample();
  return (
    <EmptyState drawing={<EmptyRoom />} title={t('list.emptyTitle')} text={t('list.emptyText')}>
      {open && <Button onClick={open}>{t('create.open')}</Button>}
      <Button variant="default" onClick={sample.load} loading={sample.loading}>
        {t('sample')}
      </Button>
    </EmptyState>
  );
}
