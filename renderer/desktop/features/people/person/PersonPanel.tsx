import { Button, Stack } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FORM_FIELDS, missingFields } from '../../../../../shared/features/people/rules.ts';
import type { Id } from '../../../../../shared/kernel/ids.ts';
import { SidePanel } from '../../../../ui/dialog/Dialog.tsx';
import { useFormats } from '../../../../ui/formats.ts';
import { ConflictIcon, DownloadIcon, RemoveIcon } from '../../../../ui/theme/icons.tsx';
import { Loaded } from '../../../../ui/Loaded.tsx';
import { Refusal } from '../../../../ui/Refusal.tsx';
import { SaveState } from '../../../../ui/fields/SaveState.tsx';
import { today } from '../../../app/clock.ts';
import { call, useJob, useWrite } from '../../../app/engine.ts';
import { offerUndo, say } from '../../../app/frame/notices.tsx';
import { go } from '../../../app/view.ts';
import { RemovedNotice } from '../../activity/workshop/RemovedNotice.tsx';
import { FieldHistory } from '../../sync/review/FieldHistory.tsx';
import { EraseDialog } from './EraseDialog.tsx';
import type { Person } from '../find-people.ts';
import { LinkedRecords, SamePerson } from '../links/LinkedRecords.tsx';
import { useRecordName } from '../known-names.ts';
import { useNameShown } from './person-words.ts';
import { PersonFields } from './PersonFields.tsx';
import { usePerson } from './use-person.ts';
import classes from './PersonPanel.module.css';

interface Props {
  readonly activityId: Id;
  readonly id: Id;
  readonly countries: readonly string[];
  readonly mayChange: boolean;
  readonly mayErase: boolean;
  onClose(): void;
}

/** One person's details at the side of the list. Every field is saved when it is left; there is nothing to confirm. */
export function PersonPanel({ activityId, id, countries, mayChange, mayErase, onClose }: Props) {
  const nameShown = useNameShown();
  const { t } = useTranslation(['people', 'app']);
  const format = useFormats();
  const form = usePerson(id);
  const remove = useWrite('people.remove');
  const keep = useWrite('people.restore');
  const takeOff = (name: string) =>
    remove.mutate(
      { id, seen: form.opened.data?.seen ?? {} },
      {
        onSuccess: () => {
          onClose();
          offerUndo(t('panel.removed', { name }), () => call('people.restore', { id }));
        },
      },
    );
  const [erasing, setErasing] = useState(false);
  const [history, setHistory] = useState<Id | null>(null);
  const person = form.opened.data?.participant;
  const conflicts = form.opened.data?.conflict ?? false;
  const recordName = useRecordName();
  const recordNames = (form.opened.data?.records ?? []).flatMap(({ erased, values }) => {
    const { familyName = '', givenName = '', institution = '', country } = values;
    return erased ? [] : [recordName({ familyName, givenName, institution, country: country ?? null })];
  });
  // One at a time: what is asked over the panel stands in its place.
  return (
    <>
      {history === null && !erasing && (
        <SidePanel help="people" onClose={onClose} size={480} title={person ? nameShown(person) : ''}>
          <Loaded query={form.opened}>
            {(opened) => {
              const { participant } = opened;
              return (
                <Stack gap="md">
                  <div className={classes.state} hidden={participant.complete && !participant.homonym && form.state === 'idle'}>
                    {!participant.complete && (
                      <span className={classes.toComplete}>
                        <i />
                        {t('panel.toComplete', { fields: format.list(missingFields(participant).map((field) => t(`field.${field}`))) })}
                      </span>
                    )}
                    {participant.homonym && <span>{t('panel.homonym')}</span>}
                    <SaveState state={form.state} />
                  </div>
                  {conflicts && (
                    <Button variant="default" leftSection={<ConflictIcon />} onClick={() => go({ page: 'sync', tab: 'conflicts' })}>
                      {t('panel.conflict')}
                    </Button>
                  )}
                  {participant.removed && (
                    <RemovedNotice
                      removed={participant.removed}
                      mayDecide={mayChange}
                      busy={keep.isPending || remove.isPending}
                      keep={() => keep.mutate({ id })}
                      remove={() => takeOff(nameShown(participant))}
                    />
                  )}
                  {!participant.erased && (
                    <LinkedRecords activityId={activityId} opened={opened} mayChange={mayChange} onHistory={setHistory} />
                  )}
                  {participant.erased ? <p className={classes.erased}>{t('erased.badge')}</p> : null}
                  {!participant.erased && (
                    <fieldset disabled={!mayChange} className={classes.fields}>
                      <Stack gap="md">
                        <PersonFields person={participant} countries={countries} form={form} />
                      </Stack>
                    </fieldset>
                  )}
                  {mayChange && !participant.erased && <SamePerson activityId={activityId} opened={opened} />}
                  <Button variant="subtle" className={classes.remove} onClick={() => setHistory(participant.id)}>
                    {t('panel.history')}
                  </Button>
                  {!participant.erased && (
                    <Button variant="subtle" className={classes.remove} onClick={() => go({ page: 'person', id: participant.id })}>
                      {t('history.elsewhere')}
                    </Button>
                  )}
                  {!participant.erased && <DataOf person={participant} mayErase={mayErase} onErase={() => setErasing(true)} />}
                  {mayChange && (
                    <Button
                      variant="subtle"
                      color="var(--absent-text)"
                      leftSection={<RemoveIcon />}
                      className={classes.remove}
                      loading={remove.isPending}
                      onClick={() => takeOff(nameShown(participant))}
                    >
                      {t('panel.remove')}
                    </Button>
                  )}
                </Stack>
              );
            }}
          </Loaded>
        </SidePanel>
      )}
      {history !== null && (
        <FieldHistory
          entityType="participant"
          entity={history}
          fields={FORM_FIELDS}
          onClose={() => setHistory(null)}
          readOnly={!mayChange}
        />
      )}
      {erasing && person && (
        <EraseDialog id={id} name={nameShown(person)} records={recordNames} onClose={() => setErasing(false)} onErased={onClose} />
      )}
    </>
  );
}

/** The actions that the person may ask for: their data in hand, or gone for ever. */
function DataOf({ person, mayErase, onErase }: { readonly person: Person; readonly mayErase: boolean; onErase(): void }) {
  const { t } = useTranslation('people');
  const format = useFormats();
  const job = useJob('people.export');
  const save = async () => {
    const file = await window.shell.chooseSave('material', `${t('export.fileName', { day: today() })}.html`);
    if (!file) return;
    const written = await job.start({ id: person.id, path: file.path });
    if (written) say(t('export.done', { name: file.name, size: format.bytes(written.bytes) }));
  };
  return (
    <div className={classes.data}>
      <Button variant="default" leftSection={<DownloadIcon />} loading={job.running} onClick={() => void save()}>
        {t('export.button')}
      </Button>
      {mayErase && (
        <Button variant="subtle" color="var(--absent-text)" onClick={onErase}>
          {t('erase.button')}
        </Button>
      )}
      <Refusal error={job.refusal} />
    </div>
  );
}
