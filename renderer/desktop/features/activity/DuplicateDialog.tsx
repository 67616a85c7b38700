import { Checkbox, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { datesAfter } from '../../../../shared/features/activity/duplicate.ts';
import { textIn } from '../../../../shared/kernel/text.ts';
import { Dialog } from '../../../ui/dialog/Dialog.tsx';
import { Form } from '../../../ui/dialog/Form.tsx';
import { useLanguage } from '../../../ui/formats.ts';
import { today } from '../../app/clock.ts';
import { call, useWrite, type Answer } from '../../app/engine.ts';
import { offerUndo } from '../../app/frame/notices.tsx';
import { go, useView } from '../../app/view.ts';
import { isClosed, MayNot, offers, useRights } from '../sync/MayNot.tsx';
import { DatesFoot, useAskedDrop } from './agenda/asked-drop.tsx';
import { NewPeriod } from './NewPeriod.tsx';
import { useWeekends } from './use-weekends.ts';

/** Opens a workshop like this one on other dates, with or without its people; what no longer fits is asked about before anything is made. */
export function DuplicateDialog({ workshop, close }: { readonly workshop: Answer<'activity.get'>; readonly close: () => void }) {
  const { t } = useTranslation(['activity', 'app']);
  const language = useLanguage();
  const duplicate = useWrite('activity.duplicate', { shownHere: true });
  // Of the workshop that is made, and of the one that it is like.
  const mayEnter = useRights();
  const maySee = useRights(workshop.id);
  const named = textIn(workshop.title, language);
  const [title, setTitle] = useState(named);
  const [proposed] = useState(() => datesAfter(workshop, today()));
  const [{ start, end }, setDates] = useState(proposed);
  const [people, setPeople] = useState(false);
  const asked = useAskedDrop(duplicate);
  const weekends = useWeekends(workshop, start, end);
  const isNamed = title.trim() !== '';
  const isTouched = title !== named || start !== proposed.start || end !== proposed.end || people;
  const hasPeople = workshop.people > 0 && !isClosed(maySee, 'people');
  const submit = () => {
    if (!isNamed) return;
    duplicate.mutate(
      // A title that stays is kept in all its languages.
      { from: workshop.id, ...(title !== named && { title: title.trim() }), start, end, people, weekends: weekends.also, ...asked.args },
      {
        onSuccess: (made) => {
          close();
          go({ page: 'workshop', id: made.id, tab: 'agenda' });
          const words = made.people > 0 ? t('duplicate.doneWith', { title, count: made.people }) : t('duplicate.done', { title });
          offerUndo(made.left > 0 ? `${words} ${t('duplicate.left', { count: made.left })}` : words, async () => {
            const { seen } = await call('activity.contents', { id: made.id });
            await call('activity.remove', { id: made.id, seen });
            const { view } = useView.getState();
            if (view.page === 'workshop' && view.id === made.id)
              go({ page: 'workshop', id: workshop.id, tab: 'agenda' }, { replace: true });
          });
        },
      },
    );
  };
  return (
    <Dialog help="workshop" onClose={close} unsaved={isTouched} title={t('duplicate.title')} size={680}>
      <Form onSubmit={submit}>
        <Stack gap="md">
          <Text c="dimmed">{t('duplicate.text')}</Text>
          <TextInput
            label={t('field.title')}
            value={title}
            onChange={(event) => setTitle(event.currentTarget.value)}
            error={isNamed ? undefined : t('field.titleMissing')}
            maxLength={500}
            data-autofocus
          />
          <NewPeriod
            start={start}
            end={end}
            weekends={weekends}
            change={(from, to) => setDates({ start: from, end: to })}
            forget={asked.forget}
          />
          {hasPeople && (
            <Checkbox
              label={t('duplicate.people', { count: workshop.people })}
              description={t('duplicate.peopleHint')}
              checked={people}
              disabled={!offers(mayEnter, 'people')}
              onChange={(event) => setPeople(event.currentTarget.checked)}
            />
          )}
          {hasPeople && <MayNot rights={mayEnter} task="people" />}
          <DatesFoot
            asked={asked}
            write={duplicate}
            sessions={workshop.agenda}
            language={workshop.languages[0] ?? language}
            close={close}
            submit={(without) => (without === null ? t('create.submit') : t('create.submitWithout', { count: without }))}
          />
        </Stack>
      </Form>
    </Dialog>
  );
}
