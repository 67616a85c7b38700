import { Button, Stack, TextInput } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CallRefused } from '../../../../../shared/contract/rpc.ts';
import type { HalfDay } from '../../../../../shared/kernel/dates.ts';
import type { Id } from '../../../../../shared/kernel/ids.ts';
import { Dialog } from '../../../../ui/dialog/Dialog.tsx';
import { DialogFoot } from '../../../../ui/dialog/DialogFoot.tsx';
import { Form } from '../../../../ui/dialog/Form.tsx';
import { useHalfDay } from '../../../../ui/formats.ts';
import { Refusal } from '../../../../ui/Refusal.tsx';
import { call, useRead, useWrite } from '../../../app/engine.ts';
import { offerUndo } from '../../../app/frame/notices.tsx';
import { CountrySelect } from '../../people/person/CountrySelect.tsx';
import { useKnownNames } from '../../people/known-names.ts';
import { fullName } from '../../people/person/person-words.ts';
import type { GridModel } from '../grid/grid-model.ts';
import { Candidates, type Recognised } from './Candidates.tsx';
import classes from './WalkIn.module.css';

interface Props {
  readonly activityId: Id;
  readonly model: GridModel;
  /** The half-day that is open. */
  readonly halfDay: HalfDay;
  /** What was looked for and not found. */
  readonly typed: string;
  onClose(): void;
}

/**
 * Somebody at the door: one field and Enter adds them and marks them present in the open half-day. Whoever may be in the list already is proposed first. It stays open for
 * the next one.
 */
export function WalkIn({ activityId, model, halfDay, typed, onClose }: Props) {
  const { t } = useTranslation(['attendance', 'people', 'app']);
  const halfDayWords = t('grid.halfDay', useHalfDay()(halfDay));
  const countries = useRead('activity.get', { id: activityId }).data?.countries ?? NONE;
  const [name, setName] = useState(typed);
  const [turned, setTurned] = useState(false);
  const [chosen, setChosen] = useState<string | null | undefined>(undefined);
  // The one country of a workshop is most probably theirs.
  const country = chosen === undefined ? (countries.length === 1 ? countries[0]! : null) : chosen;
  const [tried, setTried] = useState(false);
  const [asked, setAsked] = useState<Recognised | null>(null);
  const [said, setSaid] = useState('');
  const [refusal, setRefusal] = useState<CallRefused | null>(null);
  const args = { activityId, name: name.trim(), country, turned };
  const look = useRead('attendance.recognise', args, { enabled: args.name !== '', keep: true });
  const shown = args.name === '' ? null : (asked ?? look.data ?? null);
  const add = useWrite('attendance.walkIn', { shownHere: true });
  const field = useRef<HTMLInputElement>(null);
  const choices = useRef<HTMLDivElement>(null);
  const known = useKnownNames(activityId);
  useEffect(() => {
    if (asked !== null) choices.current?.querySelector('button')?.focus();
  }, [asked]);

  const next = (done: string) => {
    setSaid(done);
    setName('');
    setTurned(false);
    setAsked(null);
    setTried(false);
    field.current?.focus();
  };
  const nameOf = (personId: Id) => known.find(({ id }) => id === personId)?.name ?? '';
  const mark = (personId: Id) => {
    model.mark([{ halfDay, people: [personId] }], 'present');
    next(t('walkIn.marked', { name: nameOf(personId), halfDay: halfDayWords }));
  };
  const addNew = async ({ familyName, givenName, sex }: Recognised) => {
    if (add.isPending) return;
    const added = await add.mutateAsync({ activityId, halfDay, familyName, givenName, country, sex }).catch(() => undefined);
    if (!added) return;
    const done = t('walkIn.done', { name: fullName({ familyName, givenName }), halfDay: halfDayWords });
    // Who is gone already needs no undo.
    const opened = await call('people.open', { id: added.id }).catch(() => null);
    if (opened) offerUndo(done, () => call('people.remove', { id: added.id, seen: opened.seen }));
    next(done);
  };
  const submit = async () => {
    setTried(true);
    if (args.name === '') return;
    const who = await call('attendance.recognise', args).catch((error: CallRefused) => setRefusal(error));
    if (!who) return;
    setRefusal(null);
    if (who.candidates.length > 0) setAsked(who);
    else if (who.familyName !== '') await addNew(who);
  };
  return (
    <Dialog help="walkIn" onClose={onClose} unsaved={name.trim() !== '' && name !== typed} title={t('walkIn.title')} size={600}>
      <Form onSubmit={() => void submit()}>
        <Stack gap="md">
          <p className={classes.intro}>{t('walkIn.intro', { halfDay: halfDayWords })}</p>
          <TextInput
            ref={field}
            label={t('walkIn.name')}
            value={name}
            onChange={(event) => {
              setName(event.currentTarget.value);
              setAsked(null);
            }}
            error={tried && args.name === '' ? t('people:add.nameMissing') : undefined}
            maxLength={500}
            data-autofocus
          />
          {shown !== null && shown.givenName !== '' && (
            <p className={classes.parts}>
              <span>{t('walkIn.parts', { familyName: shown.familyName, givenName: shown.givenName })}</span>
              <Button
                variant="subtle"
                size="compact-md"
                onClick={() => {
                  setTurned(!turned);
                  setAsked(null);
                }}
              >
                {t('walkIn.turn')}
              </Button>
            </p>
          )}
          <CountrySelect countries={countries} placeholder={t('people:country.choose')} value={country} onChange={setChosen} />
          {shown !== null && shown.candidates.length > 0 && (
            <Candidates
              ref={choices}
              who={shown}
              nameOf={nameOf}
              statusOf={(personId) => model.marks.cell(personId, halfDay).status}
              onMark={mark}
              onNew={() => void addNew(shown)}
            />
          )}
          <Refusal error={refusal ?? add.error} />
          <p className={classes.said} role="status">
            {said}
          </p>
          <DialogFoot>
            <Button variant="default" onClick={onClose}>
              {t('app:close')}
            </Button>
            <Button type="submit">{t('walkIn.add')}</Button>
          </DialogFoot>
        </Stack>
      </Form>
    </Dialog>
  );
}

const NONE: readonly string[] = [];
