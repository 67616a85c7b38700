import { Button, Stack } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Id } from '../../../../shared/kernel/ids.ts';
import { textIn } from '../../../../shared/kernel/text.ts';
import { Dialog } from '../../../ui/dialog/Dialog.tsx';
import { ChangedMeanwhile } from '../../../ui/dialog/ChangedMeanwhile.tsx';
import { DialogFoot } from '../../../ui/dialog/DialogFoot.tsx';
import { Form } from '../../../ui/dialog/Form.tsx';
import { useFieldFaults, useLanguage } from '../../../ui/formats.ts';
import { Refusal } from '../../../ui/Refusal.tsx';
import { useWrite, type Answer } from '../../app/engine.ts';
import { useOpenForm } from '../../app/use-open-form.ts';
import { FieldHistory } from '../sync/review/FieldHistory.tsx';
import { valueWords } from '../sync/review/conflict-words.ts';
import { DETAIL_FIELDS, detailsOf } from '../../../../shared/features/activity/form-fields.ts';
import { activity } from '../../../../shared/model/activity.ts';
import { labelKey } from '../../../../shared/model/entity.ts';
import { filledAs } from '../../../../shared/model/records.ts';
import { TITLE_REGISTERS, titleFields } from '../../../../shared/model/title.ts';
import { useSpeech } from '../sync/lan/use-speech.ts';
import { DetailFields, type Details } from './DetailFields.tsx';
import { PartOf, useActivityChoices } from './PartOf.tsx';

/** They are changed in a dialog of their own, with the agenda. */
const DAYS = filledAs(activity, 'day');

/** Changes what a workshop is. Only what was touched is written, so that two people can change different things apart. */
export function DetailsDialog({ workshop, close }: { readonly workshop: Answer<'activity.get'>; readonly close: () => void }) {
  const { t } = useTranslation(['activity', 'app', 'sync']);
  const language = useLanguage();
  const update = useWrite('activity.update', { shownHere: true });
  const choices = useActivityChoices(workshop.id);
  const now: Details & { readonly partOf: Id | null } = {
    title: textIn(workshop.title, language),
    ...detailsOf(workshop),
    partOf: workshop.partOf,
  };
  const form = useOpenForm({ fields: now, seen: workshop.seen, registersOf: (field) => (field === 'title' ? TITLE_REGISTERS : [field]) });
  const details = form.fields;
  const faultOf = useFieldFaults(workshop);
  // What cannot be read may stay as it is.
  const lacks = (field: 'title' | 'languages') => isBlank(details[field]) && (faultOf(field) === undefined || !isBlank(now[field]));
  const speech = useSpeech();
  const [tried, setTried] = useState(false);
  const [history, setHistory] = useState(false);
  const submit = () => {
    setTried(true);
    if (lacks('title') || lacks('languages')) return;
    const { title, ...changed } = form.touched();
    const newTitle = title === undefined ? {} : { title: typeof workshop.title === 'string' ? title : { [language]: title } };
    update.mutate({ id: workshop.id, ...changed, ...newTitle, seen: form.seenNow() }, { onSuccess: close });
  };
  if (history) {
    const fields = [...titleFields(workshop.title), ...DAYS, ...DETAIL_FIELDS, 'letters'];
    return (
      <FieldHistory
        entityType="activity"
        entity={workshop.id}
        fields={fields}
        shownOnly={{ fields: DAYS, why: t('sync:history.datesHint') }}
        onClose={() => setHistory(false)}
      />
    );
  }
  return (
    <Dialog help="workshop" onClose={close} unsaved={form.isTouched} title={t('details.title')} size={720}>
      <Form onSubmit={submit}>
        <Stack gap="md">
          <DetailFields details={details} change={(changed) => form.set({ ...details, ...changed })} faultOf={faultOf} tried={tried} />
          <PartOf id={workshop.id} value={details.partOf} change={(partOf) => form.set({ ...details, partOf })} error={faultOf('partOf')} />
          <ChangedMeanwhile
            changed={form.changed.map((field) => ({
              field,
              label: t(labelKey(activity, field)),
              value:
                field === 'partOf'
                  ? (choices.find(({ value }) => value === now.partOf)?.label ?? t('sync:value.empty'))
                  : valueWords(field, now[field], speech),
            }))}
            take={form.take}
          />
          <Refusal error={update.error} />
          <DialogFoot
            before={
              <Button variant="subtle" onClick={() => setHistory(true)}>
                {t('sync:history.open')}
              </Button>
            }
          >
            <Button variant="default" onClick={close}>
              {t('app:cancel')}
            </Button>
            <Button type="submit" loading={update.isPending}>
              {t('app:save.button')}
            </Button>
          </DialogFoot>
        </Stack>
      </Form>
    </Dialog>
  );
}

function isBlank(value: string | readonly string[]): boolean {
  return (typeof value === 'string' ? value.trim() : value).length === 0;
}
