import { Button, Stack } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { Dialog } from '../../../ui/Dialog.tsx';
import { ChangedMeanwhile } from '../../../ui/ChangedMeanwhile.tsx';
import { DialogFoot } from '../../../ui/DialogFoot.tsx';
import { Form } from '../../../ui/Form.tsx';
import { useFormats, useLanguage } from '../../../ui/formats.ts';
import { Refusal } from '../../../ui/Refusal.tsx';
import { useWrite, type Answer } from '../../app/engine.ts';
import { say } from '../../app/notices.tsx';
import { useOpenForm } from '../../app/use-open-form.ts';
import { DropList, overflowOf } from './DropList.tsx';
import { Period } from './Period.tsx';

/** Moves a workshop or changes its length; what no longer fits is asked about before anything changes. */
export function DatesDialog({ workshop, close }: { readonly workshop: Answer<'activity.get'>; readonly close: () => void }) {
  const { t } = useTranslation(['activity', 'app']);
  const language = useLanguage();
  const format = useFormats();
  const reschedule = useWrite('activity.reschedule', { shownHere: true });
  const form = useOpenForm({
    fields: { start: workshop.start, end: workshop.end },
    seen: workshop.seen,
    registersOf: (field) => [field],
  });
  const { start, end } = form.fields;
  const [chosen, setChosen] = useState<readonly string[] | undefined>();
  const overflow = overflowOf(reschedule.error);
  const drop = overflow && (chosen ?? overflow.map((item) => item.id));
  const submit = () => {
    reschedule.mutate(
      {
        id: workshop.id,
        start,
        end,
        ...(drop ? { drop: [...drop] } : {}),
        seen: form.seenNow(),
        seenItems: Object.fromEntries(workshop.agenda.map((item) => [item.id, item.seen])),
      },
      {
        onSuccess: () => {
          say(t('dates.done', { days: format.days(start, end) }));
          close();
        },
      },
    );
  };
  return (
    <Dialog help="agenda" onClose={close} unsaved={form.isTouched} title={t('dates.title')} size={680}>
      <Form onSubmit={submit}>
        <Stack gap="md">
          <Period
            start={start}
            end={end}
            change={(from, to) => {
              form.set({ start: from, end: to });
              setChosen(undefined);
              reschedule.reset();
            }}
          />
          <ChangedMeanwhile
            changed={form.changed.map((field) => ({ field, label: t(`field.${field}`), value: format.day(workshop[field]) }))}
            take={form.take}
          />
          {overflow && drop ? (
            <DropList
              overflow={overflow}
              all={workshop.agenda}
              dropped={drop}
              drop={setChosen}
              language={workshop.languages[0] ?? language}
            />
          ) : (
            <Refusal error={reschedule.error} />
          )}
          <DialogFoot>
            <Button variant="default" onClick={close}>
              {t('app:cancel')}
            </Button>
            <Button type="submit" loading={reschedule.isPending}>
              {drop ? t('dates.submitWithout', { count: drop.length }) : t('dates.submit')}
            </Button>
          </DialogFoot>
        </Stack>
      </Form>
    </Dialog>
  );
}
