import { ActionIcon, Button, Menu } from '@mantine/core';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  ArchiveIcon,
  CalendarIcon,
  CheckIcon,
  DownloadIcon,
  DuplicateIcon,
  EditIcon,
  KeepIcon,
  LettersIcon,
  MoreIcon,
  RemoveIcon,
  UndoIcon,
} from '../../../../ui/theme/icons.tsx';
import { isKeptOffline } from '../../../../../shared/features/material/rules.ts';
import { textIn } from '../../../../../shared/kernel/text.ts';
import { useLanguage, useReadableTitle } from '../../../../ui/formats.ts';
import { useRead, useWrite, type Answer } from '../../../app/engine.ts';
import { offerUndo } from '../../../app/frame/notices.tsx';
import { offers, useReason, useRights } from '../../sync/MayNot.tsx';
import { go } from '../../../app/view.ts';
import { useArchive } from './use-archive.ts';
import classes from './WorkshopPage.module.css';

const DatesDialog = lazy(() => import('../DatesDialog.tsx').then((module) => ({ default: module.DatesDialog })));
const DetailsDialog = lazy(() => import('../DetailsDialog.tsx').then((module) => ({ default: module.DetailsDialog })));
const DuplicateDialog = lazy(() => import('../DuplicateDialog.tsx').then((module) => ({ default: module.DuplicateDialog })));
const LettersDialog = lazy(() =>
  import('../../attendance/letters/LettersDialog.tsx').then((module) => ({ default: module.LettersDialog })),
);
const SaveAgenda = lazy(() => import('../../calendar/SaveAgenda.tsx').then((module) => ({ default: module.SaveAgenda })));
const OfflineDialog = lazy(() => import('../../material/OfflineDialog.tsx').then((module) => ({ default: module.OfflineDialog })));

/** The actions on a whole workshop. */
export function WorkshopActions({ workshop, offline }: { readonly workshop: Answer<'activity.get'>; readonly offline: boolean }) {
  const { t } = useTranslation(['activity', 'attendance', 'calendar']);
  const [open, setOpen] = useState<'dates' | 'details' | 'letters' | 'duplicate' | 'offline' | 'agenda' | undefined>(
    offline ? 'offline' : undefined,
  );
  const rights = useRights(workshop.id);
  const language = useLanguage();
  const readableTitle = useReadableTitle();
  const mayChange = offers(rights, 'plan');
  const mayCreate = offers(useRights(), 'plan');
  const why = useReason(rights, 'plan');
  const archive = useArchive(workshop);
  const remove = useWrite('activity.remove');
  const restore = useWrite('activity.restore', { shownHere: true });
  const close = () => setOpen(undefined);
  const files = useRead('material.offlinePlan', { activityId: workshop.id }).data?.files ?? [];
  const isKept = isKeptOffline(files);
  const offlineLabel = isKept ? t('offlineReady') : t('offline');
  // What is about to go, as it stands on this laptop while the menu is open.
  const [menu, setMenu] = useState(false);
  const contents = useRead('activity.contents', { id: workshop.id }, { enabled: menu }).data;
  const takeAway = () =>
    remove.mutate(
      { id: workshop.id, seen: contents?.seen ?? workshop.seen },
      {
        onSuccess: () => {
          go({ page: 'workshops' }, { replace: true });
          offerUndo(t('removed', { title: readableTitle(workshop, textIn(workshop.title, language)) }), () =>
            restore.mutateAsync({ id: workshop.id }),
          );
        },
      },
    );
  return (
    <>
      <Button variant="default" leftSection={isKept ? <CheckIcon /> : <KeepIcon />} title={offlineLabel} onClick={() => setOpen('offline')}>
        <span className={classes.foldedLabel}>{offlineLabel}</span>
      </Button>
      <Menu position="bottom-end" shadow="md" loop opened={menu} onChange={setMenu}>
        <Menu.Target>
          <ActionIcon variant="default" size={42} aria-label={t('more')}>
            <MoreIcon />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {mayChange ? (
            <>
              <Menu.Item leftSection={<CalendarIcon />} onClick={() => setOpen('dates')}>
                {t('dates.open')}
              </Menu.Item>
              <Menu.Item leftSection={<EditIcon />} onClick={() => setOpen('details')}>
                {t('details.open')}
              </Menu.Item>
              <Menu.Item leftSection={<LettersIcon />} onClick={() => setOpen('letters')}>
                {t('attendance:letters.choose.open')}
              </Menu.Item>
            </>
          ) : (
            <Menu.Label maw={320}>{why}</Menu.Label>
          )}
          {mayCreate && (
            <Menu.Item leftSection={<DuplicateIcon />} onClick={() => setOpen('duplicate')}>
              {t('duplicate.open')}
            </Menu.Item>
          )}
          <Menu.Item leftSection={<DownloadIcon />} onClick={() => setOpen('agenda')}>
            {t('calendar:agenda.open')}
          </Menu.Item>
          <Menu.Divider />
          {mayChange && (
            <Menu.Item leftSection={<ArchiveIcon />} onClick={() => archive(!workshop.archived)}>
              {workshop.archived ? t('archive.back') : t('archive.open')}
            </Menu.Item>
          )}
          {mayChange && (
            <Menu.Item leftSection={<RemoveIcon />} onClick={takeAway}>
              {t('remove')}
            </Menu.Item>
          )}
          <Menu.Item leftSection={<UndoIcon />} onClick={() => go({ page: 'bin', activityId: workshop.id })}>
            {t('binOf')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <Suspense>
        {open === 'dates' && <DatesDialog workshop={workshop} close={close} />}
        {open === 'details' && <DetailsDialog workshop={workshop} close={close} />}
        {open === 'letters' && <LettersDialog activityId={workshop.id} onClose={close} />}
        {open === 'duplicate' && <DuplicateDialog workshop={workshop} close={close} />}
        {open === 'agenda' && <SaveAgenda workshop={workshop} close={close} />}
        {open === 'offline' && <OfflineDialog activityId={workshop.id} close={close} />}
      </Suspense>
    </>
  );
}
