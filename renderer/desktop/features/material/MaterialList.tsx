import { ActionIcon, Button, Menu } from '@mantine/core';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { textIn } from '../../../../shared/kernel/text.ts';
import { useFormats, useLanguage, useReadable, useReadableTitle } from '../../../ui/formats.ts';
import {
  CheckIcon,
  ClockIcon,
  DownloadIcon,
  FileIcon,
  KeepIcon,
  MoreIcon,
  PlusIcon,
  RemoveIcon,
  SlidesIcon,
} from '../../../ui/theme/icons.tsx';
import { useWrite, type Answer } from '../../app/engine.ts';
import { offerUndo, say } from '../../app/frame/notices.tsx';
import type { Adding } from './AddDialog.tsx';
import { newestPerLanguage } from '../../../../shared/features/material/rules.ts';
import { RemovedFlag } from '../activity/workshop/RemovedNotice.tsx';
import { FieldHistory } from '../sync/review/FieldHistory.tsx';
import { titleFields } from '../../../../shared/model/title.ts';
import { openMaterial, saveMaterialCopy } from './open.ts';
import { Rows } from '../../../ui/Rows.tsx';
import { RecordTitle } from '../../../ui/fields/RecordText.tsx';
import { BoxedList, BoxedRow, RowFacts, RowWords } from '../../../ui/BoxedList.tsx';
import classes from './MaterialList.module.css';

const AddDialog = lazy(() => import('./AddDialog.tsx').then((module) => ({ default: module.AddDialog })));

export type Material = Answer<'material.list'>[number];

/** Materials with what can be done with each; whether a file is on this laptop is said in words. */
export function MaterialList({ materials, label }: { readonly materials: readonly Material[]; readonly label: string }) {
  const [adding, setAdding] = useState<Adding | undefined>();
  return (
    <>
      <BoxedList label={label}>
        <Rows of={materials} as="li">
          {(material) => (
            <li>
              <MaterialRow material={material} newVersion={setAdding} />
            </li>
          )}
        </Rows>
      </BoxedList>
      <Suspense>{adding && <AddDialog adding={adding} close={() => setAdding(undefined)} />}</Suspense>
    </>
  );
}

/** One material, and what can be done with it. */
export function MaterialRow({ material, newVersion }: { readonly material: Material; readonly newVersion: (adding: Adding) => void }) {
  const { t } = useTranslation(['material', 'sync']);
  const [history, setHistory] = useState(false);
  const language = useLanguage();
  const format = useFormats();
  const pin = useWrite('material.pin');
  const unpin = useWrite('material.unpin');
  const remove = useWrite('material.remove');
  const restore = useWrite('material.restore', { shownHere: true });
  const readable = useReadable();
  const readableTitle = useReadableTitle();
  const title = readableTitle(material, textIn(material.title, language));
  const facts = [
    readable(material, 'kind', t(`kind.${material.kind}`)),
    newestPerLanguage(material.versions)
      .map((version) => format.language(version.language))
      .join(', '),
    format.bytes(material.size),
    ...(material.audience === 'everyone' && !material.unreadable.includes('audience')
      ? []
      : [readable(material, 'audience', t(`audience.${material.audience}`))]),
  ];
  const keep = () =>
    pin.mutate(
      { id: material.id },
      { onSuccess: ({ bytesToFetch }) => say(bytesToFetch > 0 ? t('comesWithSync', { size: format.bytes(bytesToFetch) }) : t('kept')) },
    );
  return (
    <BoxedRow>
      {material.kind === 'slides' ? <SlidesIcon className={classes.icon} /> : <FileIcon className={classes.icon} />}
      <RowWords
        title={
          <>
            <RecordTitle of={material} writtenIn={[material.language]} /> <RemovedFlag removed={material.removed} />
          </>
        }
      >
        <RowFacts>{facts.join(' · ')}</RowFacts>
      </RowWords>
      <span className={classes.here} data-here={material.here}>
        {material.here ? <CheckIcon size={16} /> : <DownloadIcon size={16} />}
        {material.here ? (material.pinned ? t('keptOffline') : t('here')) : t('notHere')}
      </span>
      <Button
        variant="default"
        size="sm"
        disabled={!material.here}
        onClick={() => void openMaterial(material.id, language)}
        aria-label={t('openNamed', { title })}
      >
        {t('open')}
      </Button>
      <Menu position="bottom-end" shadow="md">
        <Menu.Target>
          <ActionIcon variant="subtle" size={40} aria-label={t('moreNamed', { title })}>
            <MoreIcon />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {material.pinned ? (
            <Menu.Item leftSection={<KeepIcon />} onClick={() => unpin.mutate({ id: material.id })}>
              {t('unpin')}
            </Menu.Item>
          ) : (
            <Menu.Item leftSection={<KeepIcon />} onClick={keep}>
              {t('pin')}
            </Menu.Item>
          )}
          {material.here && (
            <Menu.Item leftSection={<DownloadIcon />} onClick={() => void saveMaterialCopy(material.id, language)}>
              {t('saveCopy')}
            </Menu.Item>
          )}
          {material.changeable && (
            <Menu.Item leftSection={<PlusIcon />} onClick={() => newVersion({ version: material })}>
              {t('newVersion')}
            </Menu.Item>
          )}
          <Menu.Item leftSection={<ClockIcon />} onClick={() => setHistory(true)}>
            {t('sync:history.open')}
          </Menu.Item>
          {material.changeable && (
            <>
              <Menu.Divider />
              {material.removed && (
                <Menu.Item leftSection={<CheckIcon />} onClick={() => restore.mutate({ id: material.id })}>
                  {t('sync:inSight.keep')}
                </Menu.Item>
              )}
              <Menu.Item
                leftSection={<RemoveIcon />}
                onClick={() =>
                  remove.mutate(
                    { id: material.id, seen: material.seen },
                    { onSuccess: () => offerUndo(t('removed', { title }), () => restore.mutateAsync({ id: material.id })) },
                  )
                }
              >
                {material.removed ? t('sync:inSight.remove') : t('remove')}
              </Menu.Item>
            </>
          )}
        </Menu.Dropdown>
      </Menu>
      {history && (
        <FieldHistory
          entityType="material"
          entity={material.id}
          fields={[...titleFields(material.title), 'kind', 'audience']}
          onClose={() => setHistory(false)}
          readOnly={!material.changeable}
        />
      )}
    </BoxedRow>
  );
}
