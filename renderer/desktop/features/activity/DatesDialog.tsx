import { Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { activity } from '../../../../shared/model/activity.ts';
import { labelKey } from '../../../../shared/model/entity.ts';
import { Dialog } from '../../../ui/dialog/Dialog.tsx';
import { ChangedMeanwhile } from '../../../ui/dialog/ChangedMeanwhile.tsx';
import { Form } from '../../../ui/dialog/Form.tsx';
import { useFormats, useLanguage } from '../../../ui/formats.ts';
import { useWrite, type Answer } from '../../app/engine.ts';
import { say } from '../../app/frame/notices.tsx';
import { useOpenForm } from '../../app/use-open-form.ts';
import { DatesFoot, useAskedDrop } from './agenda/asked-drop.tsx';
import { NewPeriod } from './NewPeriod.tsx';
import { useWeekends } from './use-weekends.ts';

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
  const asked = useAskedDrop(reschedule);
  const weekends = useWeekends(workshop, start, end);
  const submit = () => {
    reschedule.mutate(
      {
        id: workshop.id,
        start,
        end,
        weekends: weekends.also,
        ...asked.args,
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
          <NewPeriod
            start={start}
            end={end}
            weekends={weekends}
            change={(from, to) => form.set({ start: from, end: to })}
            forget={asked.forget}
          />
          <ChangedMeanwhile
            changed={form.changed.map((field) => ({ field, label: t(labelKey(activity, field)), value: format.day(workshop[field]) }))}
            take={form.take}
          />
          <DatesFoot
            asked={asked}
            write={reschedule}
            sessions={workshop.agenda}
            language={workshop.languages[0] ?? language}
            close={close}
            submit={(without) => (without === null ? t('dates.submit') : t('dates.submitWithout', { count: without }))}
          />
        </Stack>
      </Form>
    </Dialog>
  );
}
