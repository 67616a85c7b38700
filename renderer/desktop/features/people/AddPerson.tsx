import { Button, Stack, TextInput } from '@mantine/core';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Id } from '../../../../shared/kernel/ids.ts';
import { Dialog } from '../../../ui/dialog/Dialog.tsx';
import { DialogFoot } from '../../../ui/dialog/DialogFoot.tsx';
import { Form, goToUnsettled } from '../../../ui/dialog/Form.tsx';
import { Refusal } from '../../../ui/Refusal.tsx';
import { call, useWrite } from '../../app/engine.ts';
import { offerUndo } from '../../app/frame/notices.tsx';
import { CountrySelect } from './person/CountrySelect.tsx';
import { fullName } from './person/person-words.ts';

const EMPTY = { familyName: '', givenName: '', country: null as string | null, institution: '' };

interface Props {
  readonly activityId: Id;
  /** The workshop's countries. */
  readonly countries: readonly string[];
  onClose(): void;
}

/** A walk-in: the name is enough to begin with, and the country where it is known. The rest is completed later. */
export function AddPerson({ activityId, countries, onClose }: Props) {
  const { t } = useTranslation(['people', 'app']);
  const [person, setPerson] = useState(EMPTY);
  const [tried, setTried] = useState(false);
  const add = useWrite('people.add', { shownHere: true });
  const first = useRef<HTMLInputElement>(null);
  const isBegun = [person.familyName, person.givenName, person.institution].some((text) => text.trim() !== '');
  const form = useRef<HTMLFormElement>(null);
  const submit = async (another: boolean) => {
    if (goToUnsettled(form.current)) return;
    setTried(true);
    if (person.familyName.trim() === '' || add.isPending) return;
    const added = await add.mutateAsync({ activityId, ...person }).catch(() => undefined);
    if (!added) return;
    const name = fullName(person);
    const done = t(added.homonyms.length > 0 ? 'add.doneHomonym' : 'add.done', { name });
    // Who is gone already needs no undo.
    const opened = await call('people.open', { id: added.id }).catch(() => null);
    if (opened) offerUndo(done, () => call('people.remove', { id: added.id, seen: opened.seen }));
    if (!another) return onClose();
    setPerson({ ...EMPTY, country: person.country });
    setTried(false);
    first.current?.focus();
  };
  return (
    <Dialog help="people" onClose={onClose} unsaved={isBegun} title={t('add.title')} size={560}>
      <Form ref={form} onSubmit={() => void submit(false)}>
        <Stack gap="md">
          <p style={{ margin: 0 }}>{t('add.intro')}</p>
          <TextInput
            ref={first}
            label={t('field.familyName')}
            value={person.familyName}
            onChange={(event) => setPerson({ ...person, familyName: event.currentTarget.value })}
            error={tried && person.familyName.trim() === '' ? t('add.nameMissing') : undefined}
            maxLength={500}
            required
            data-autofocus
          />
          <TextInput
            label={t('field.givenName')}
            value={person.givenName}
            onChange={(event) => setPerson({ ...person, givenName: event.currentTarget.value })}
            maxLength={500}
          />
          <CountrySelect
            countries={countries}
            placeholder={t('country.choose')}
            value={person.country}
            onChange={(country) => setPerson({ ...person, country })}
          />
          <TextInput
            label={t('field.institution')}
            description={t('add.optional')}
            value={person.institution}
            onChange={(event) => setPerson({ ...person, institution: event.currentTarget.value })}
            maxLength={500}
          />
          <Refusal error={add.error} />
          <DialogFoot>
            <Button variant="default" onClick={() => void submit(true)} disabled={add.isPending}>
              {t('add.another')}
            </Button>
            <Button type="submit" loading={add.isPending}>
              {t('add.button')}
            </Button>
          </DialogFoot>
        </Stack>
      </Form>
    </Dialog>
  );
}
