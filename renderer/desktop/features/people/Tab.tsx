import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Id } from '../../../../shared/kernel/ids.ts';
import { EmptyList } from '../../../ui/drawings.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { PlusIcon, UploadIcon } from '../../../ui/icons.tsx';
import { Loaded } from '../../../ui/Loaded.tsx';
import { useRead } from '../../app/engine.ts';
import { AddPerson } from './AddPerson.tsx';
import { Erasures } from './Erasures.tsx';
import { ImportPeople } from './ImportPeople.tsx';
import { PeopleList } from './PeopleList.tsx';
import { isClosed, MayNot, offers, useRights } from '../sync/MayNot.tsx';
import { PersonPanel } from './PersonPanel.tsx';

type Dialog = { readonly show: 'import' | 'add' } | { readonly show: 'person'; readonly id: Id };

/** The people of a workshop: their list, an import, a walk-in, and one person's details. */
export function Tab({ activityId }: { readonly activityId: Id }) {
  const { t } = useTranslation('people');
  const people = useRead('people.list', { activityId });
  const countries = useRead('activity.get', { id: activityId }).data?.countries ?? NONE;
  const [dialog, setDialog] = useState<Dialog | null>(null);
  const rights = useRights(activityId);
  const mayChange = offers(rights, 'people');
  const close = () => setDialog(null);
  const importButton = (primary: boolean) => (
    <Button variant={primary ? 'filled' : 'default'} leftSection={<UploadIcon />} onClick={() => setDialog({ show: 'import' })}>
      {t('importList')}
    </Button>
  );
  const addButton = (primary: boolean) => (
    <Button variant={primary ? 'filled' : 'default'} leftSection={<PlusIcon />} onClick={() => setDialog({ show: 'add' })}>
      {t('addPerson')}
    </Button>
  );
  if (isClosed(rights, 'people')) return <MayNot rights={rights} task="people" />;
  return (
    <>
      <MayNot rights={rights} task="people" />
      <Loaded query={people}>
        {(list) =>
          list.length === 0 ? (
            <EmptyState drawing={<EmptyList />} title={t('empty.title')} text={t('empty.text')}>
              {mayChange && importButton(true)}
              {mayChange && addButton(false)}
            </EmptyState>
          ) : (
            <PeopleList
              people={list}
              actions={
                mayChange && (
                  <>
                    {importButton(false)}
                    {addButton(true)}
                  </>
                )
              }
              onOpen={(id) => setDialog({ show: 'person', id })}
            />
          )
        }
      </Loaded>
      <Erasures activityId={activityId} />
      {dialog?.show === 'import' && <ImportPeople activityId={activityId} onClose={close} />}
      {dialog?.show === 'add' && <AddPerson activityId={activityId} countries={countries} onClose={close} />}
      {dialog?.show === 'person' && (
        <PersonPanel
          key={dialog.id}
          id={dialog.id}
          countries={countries}
          mayChange={mayChange}
          mayErase={offers(rights, 'erase')}
          onClose={close}
        />
      )}
    </>
  );
}

const NONE: readonly string[] = [];
