import { Button, Select, Stack, TextInput } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Id } from '../../../../shared/kernel/ids.ts';
import { LANGUAGES } from '../../../../shared/kernel/text.ts';
import { isEmail } from '../../../../shared/model/values.ts';
import { PROFESSIONS, SEXES } from '../../../../shared/model/vocabularies.ts';
import { SidePanel } from '../../../ui/Dialog.tsx';
import { unsettled } from '../../../ui/Form.tsx';
import { useFormats, useReadable } from '../../../ui/formats.ts';
import { ConflictIcon, DownloadIcon, RemoveIcon } from '../../../ui/icons.tsx';
import { Loaded } from '../../../ui/Loaded.tsx';
import { Refusal } from '../../../ui/Refusal.tsx';
import { SaveState } from '../../../ui/SaveState.tsx';
import { today } from '../../app/clock.ts';
import { call, useJob, useWrite } from '../../app/engine.ts';
import { offerUndo, say } from '../../app/notices.tsx';
import { go } from '../../app/view.ts';
import { LANGUAGE_CHOICES, useProfessionChoices, useSexChoices } from './choices.ts';
import { CountrySelect } from './CountrySelect.tsx';
import { RemovedNotice } from '../activity/RemovedNotice.tsx';
import { FieldHistory } from '../sync/FieldHistory.tsx';
import { EraseDialog } from './EraseDialog.tsx';
import type { Person } from './find-people.ts';
import { LinkedRecords, SamePerson } from './LinkedRecords.tsx';
import { useRecordName } from './known-names.ts';
import { useNameShown } from './person-words.ts';
import { usePerson, type PersonField } from './use-person.ts';
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
        <SidePanel help="people" onClose={onClose} size={480} title={person ? nameShown(person) : ''} titleClass={classes.title}>
          <Loaded query={form.opened}>
            {(opened) => {
              const { participant } = opened;
              return (
                <Stack gap="md">
                  <div className={classes.state} hidden={participant.complete && !participant.homonym && form.state === 'idle'}>
                    {!participant.complete && (
                      <span className={classes.toComplete}>
                        <i />
                        {t('panel.toComplete')}
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
                        <Fields person={participant} countries={countries} form={form} />
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
        <FieldHistory entityType="participant" entity={history} fields={FIELDS} onClose={() => setHistory(null)} readOnly={!mayChange} />
      )}
      {erasing && person && (
        <EraseDialog id={id} name={nameShown(person)} records={recordNames} onClose={() => setErasing(false)} onErased={onClose} />
      )}
    </>
  );
}

/** In the order of the form. */
const FIELDS = ['familyName', 'givenName', 'profession', 'institution', 'country', 'sex', 'language', 'email', 'ref'] as const;

/** What the person may ask for: their data in hand, or gone for ever. */
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

function Fields(props: { readonly person: Person; readonly countries: readonly string[]; readonly form: ReturnType<typeof usePerson> }) {
  const { person, form } = props;
  const { t } = useTranslation(['people', 'errors']);
  const professionChoices = useProfessionChoices();
  const sexChoices = useSexChoices();
  const text = (field: 'familyName' | 'givenName' | 'institution' | 'email' | 'ref', required = false) => (
    <TextField
      label={t(`field.${field}`)}
      value={person[field]}
      required={required}
      missing={t('add.nameMissing')}
      wrong={(value) => (field === 'email' && value !== '' && !isEmail(value) ? t('errors:email.invalid') : undefined)}
      error={form.refusals[field] ?? (readable(person, field, '') || undefined)}
      onBegin={() => form.begin(field)}
      onSave={(value) => form.save(field, value)}
    />
  );
  const readable = useReadable();
  // What cannot be read stands until another value is written.
  const error = (field: PersonField) => {
    const words = form.refusals[field] ?? readable(person, field, '');
    return words ? { error: words } : {};
  };
  const clear = { clearable: true, clearButtonProps: { 'aria-label': t('clear') } };
  return (
    <>
      {text('familyName', true)}
      {text('givenName')}
      <Select
        label={t('field.profession')}
        placeholder={t('notRecorded')}
        data={professionChoices}
        value={person.profession}
        onChange={(value) => void form.save('profession', PROFESSIONS.find((profession) => profession === value) ?? null)}
        {...clear}
        {...error('profession')}
      />
      {text('institution')}
      <CountrySelect
        countries={props.countries}
        placeholder={t('notRecorded')}
        value={person.country}
        onChange={(value) => void form.save('country', value)}
        {...error('country')}
      />
      <div className={classes.pair}>
        <Select
          label={t('field.sex')}
          data={sexChoices}
          value={person.sex}
          onChange={(value) => void form.save('sex', SEXES.find((sex) => sex === value) ?? 'notStated')}
          allowDeselect={false}
          {...error('sex')}
        />
        <Select
          label={t('field.language')}
          placeholder={t('notRecorded')}
          data={LANGUAGE_CHOICES}
          value={person.language}
          onChange={(value) => void form.save('language', LANGUAGES.find((language) => language === value) ?? null)}
          {...clear}
          {...error('language')}
        />
      </div>
      {text('email')}
      {text('ref')}
    </>
  );
}

/** Saved when it is left, or on Enter, unless it is no value of its kind: it then stays and says so. Escape puts back what is saved. */
function TextField(props: {
  readonly label: string;
  readonly value: string;
  readonly required: boolean;
  readonly missing: string;
  /** What is the matter with a text; undefined: nothing. */
  wrong(value: string): string | undefined;
  readonly error: string | undefined;
  /** At the first key. */
  onBegin(): void;
  onSave(value: string): Promise<boolean>;
}) {
  const { t } = useTranslation('app');
  const [typed, setTyped] = useState(props.value);
  // What is being typed stays when another value arrives, which is said; Escape takes it.
  const [begunOver, setBegunOver] = useState<string | null>(null);
  const isTyping = begunOver !== null;
  useEffect(() => {
    if (!isTyping) setTyped(props.value);
  }, [props.value, isTyping]);
  const [wrong, setWrong] = useState<string | undefined>();
  const missing = props.required && typed.trim() === '';
  const leave = () => {
    const value = typed.trim();
    const said = value === props.value ? undefined : props.wrong(value);
    setWrong(said);
    if (said !== undefined) return;
    if (!missing) setBegunOver(null);
    if (value !== props.value && !missing) void props.onSave(value);
  };
  // Going to another page takes the field away without leaving it first.
  const latest = useRef(leave);
  useEffect(() => {
    latest.current = leave;
  });
  useEffect(() => () => latest.current(), []);
  const fault = missing ? props.missing : (wrong ?? props.error);
  return (
    <TextInput
      label={props.label}
      value={typed}
      required={props.required}
      maxLength={500}
      {...unsettled(wrong !== undefined)}
      onChange={(event) => {
        setWrong(undefined);
        if (!isTyping) {
          setBegunOver(props.value);
          props.onBegin();
        }
        setTyped(event.currentTarget.value);
      }}
      onBlur={leave}
      onKeyDown={(event) => {
        if (event.key === 'Enter') leave();
        if (event.key === 'Escape' && typed !== props.value) {
          event.stopPropagation();
          setBegunOver(null);
          setWrong(undefined);
          setTyped(props.value);
        }
      }}
      {...(isTyping && begunOver !== props.value
        ? { description: t('changed.field', { field: props.label, value: props.value === '' ? t('changed.empty') : props.value }) }
        : {})}
      {...(fault ? { error: fault } : {})}
    />
  );
}
