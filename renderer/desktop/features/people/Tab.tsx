import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Id } from '../../../../shared/kernel/ids.ts';
import { EmptyList } from '../../../ui/theme/drawings.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { DownloadIcon, PlusIcon, UploadIcon } from '../../../ui/theme/icons.tsx';
import { useLanguage } from '../../../ui/formats.ts';
import { Loaded } from '../../../ui/Loaded.tsx';
import { useRead } from '../../app/engine.ts';
import { DropHint } from '../../import/DropHint.tsx';
import { useGiven } from '../../import/use-given.ts';
import type { GivenSources } from '../../import/use-plan.ts';
import { AddPerson } from './AddPerson.tsx';
import { CopyPeople } from './CopyPeople.tsx';
import { Erasures } from './Erasures.tsx';
import { ImportPeople } from './ImportPeople.tsx';
import { PairsDialog } from './links/PairsDialog.tsx';
import { PeopleList } from './list/PeopleList.tsx';
import { isClosed, MayNot, offers, useRights } from '../sync/MayNot.tsx';
import { PersonPanel } from './person/PersonPanel.tsx';
import { SavePeople } from './SavePeople.tsx';

type Dialog =
  | { readonly show: 'add' | 'save' | 'pairs' | 'copy' }
  | { readonly show: 'import'; readonly given?: GivenSources }
  | { readonly show: 'person'; readonly id: Id };

/** The people of a workshop: their list, an import, a walk-in, and one person's details. */
export function Tab({ activityId }: { readonly activityId: Id }) {
  const { t } = useTranslation('people');
  const people = useRead('people.list', { activityId });
  const pairs = useRead('people.pairs', { activityId });
  const workshop = useRead('activity.get', { id: activityId }).data;
  const countries = workshop?.countries ?? NONE;
  const language = useLanguage();
  const [dialog, setDialog] = useState<Dialog | null>(null);
  const rights = useRights(activityId);
  const mayChange = offers(rights, 'people');
  const close = () => setDialog(null);
  const over = useGiven(mayChange, (given) => setDialog({ show: 'import', given }));
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
  const saveButton = (
    <Button variant="default" leftSection={<DownloadIcon />} onClick={() => setDialog({ show: 'save' })}>
      {t('save.button')}
    </Button>
  );
  const copyButton = (
    <Button variant="default" onClick={() => setDialog({ show: 'copy' })}>
      {t('copy.open')}
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
              {mayChange && copyButton}
              {saveButton}
            </EmptyState>
          ) : (
            <PeopleList
              activityId={activityId}
              countries={countries}
              people={list}
              mayChange={mayChange}
              pairs={pairs.data?.length ?? 0}
              onPairs={() => setDialog({ show: 'pairs' })}
              actions={
                <>
                  {saveButton}
                  {mayChange && copyButton}
                  {mayChange && importButton(false)}
                  {mayChange && addButton(true)}
                </>
              }
              onOpen={(id) => setDialog({ show: 'person', id })}
            />
          )
        }
      </Loaded>
      <Erasures activityId={activityId} />
      <DropHint shown={over} />
      {dialog?.show === 'import' && <ImportPeople activityId={activityId} given={dialog.given} onClose={close} />}
      {dialog?.show === 'save' && (
        <SavePeople
          activityId={activityId}
          language={workshop?.languages[0] ?? language}
          empty={people.data?.length === 0}
          onClose={close}
        />
      )}
      {dialog?.show === 'copy' && <CopyPeople activityId={activityId} onClose={close} />}
      {dialog?.show === 'pairs' && <PairsDialog activityId={activityId} rights={rights} mayChange={mayChange} onClose={close} />}
      {dialog?.show === 'add' && <AddPerson activityId={activityId} countries={countries} onClose={close} />}
      {dialog?.show === 'person' && (
        <PersonPanel
          key={dialog.id}
          activityId={activityId}
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
