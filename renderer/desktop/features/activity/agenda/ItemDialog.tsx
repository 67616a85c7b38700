import { sessionMode } from '../../../../../shared/features/activity/session-mode.ts';
import { Stack } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { HalfDay } from '../../../../../shared/kernel/dates.ts';
import { textIn } from '../../../../../shared/kernel/text.ts';
import { Dialog } from '../../../../ui/dialog/Dialog.tsx';
import { ChangedMeanwhile } from '../../../../ui/dialog/ChangedMeanwhile.tsx';
import { Form } from '../../../../ui/dialog/Form.tsx';
import { useFieldFaults, useLanguage } from '../../../../ui/formats.ts';
import { Refusal } from '../../../../ui/Refusal.tsx';
import { useWrite, type Answer } from '../../../app/engine.ts';
import { useOpenForm } from '../../../app/use-open-form.ts';
import { FieldHistory } from '../../sync/review/FieldHistory.tsx';
import { valueWords } from '../../sync/review/conflict-words.ts';
import { timesOfAdded } from '../../../../../shared/features/activity/agenda.ts';
import { ITEM_FIELDS, itemFieldsOf } from '../../../../../shared/features/activity/form-fields.ts';
import { agendaItem } from '../../../../../shared/model/activity.ts';
import { blankOf } from '../../../../../shared/model/records.ts';
import { TITLE_REGISTERS, titleFields } from '../../../../../shared/model/title.ts';
import { useSpeech } from '../../sync/lan/use-speech.ts';
import { isClock } from './clock-text.ts';
import { itemLabel, ItemFields, type Item, type ItemValues } from './ItemFields.tsx';
import { ItemFoot } from './ItemFoot.tsx';

type Workshop = Answer<'activity.get'>;

/** The registers of fields that are not called like theirs. */
const REGISTERS: Readonly<Record<string, readonly string[]>> = { title: TITLE_REGISTERS, halfDay: ['placement'] };

/** A session that is open, or the half-day where a new one goes. */
export interface Editing {
  readonly item?: Item;
  readonly halfDay: HalfDay;
}

interface Props {
  readonly workshop: Workshop;
  readonly editing: Editing;
  /** False: it is shown, and nothing can be changed. */
  readonly mayChange: boolean;
  readonly close: () => void;
  readonly remove: (item: Item) => void;
}

/** Adds a session to the agenda, or changes one. */
export function ItemDialog({ workshop, editing, mayChange, close, remove }: Props) {
  const { t } = useTranslation(['activity', 'app', 'sync']);
  const language = useLanguage();
  // As it is now: it may change while the dialog is open.
  const item = editing.item && (workshop.agenda.find(({ id }) => id === editing.item?.id) ?? editing.item);
  const shownIn = workshop.languages[0] ?? language;
  const add = useWrite('activity.addItem', { shownHere: true });
  const update = useWrite('activity.updateItem', { shownHere: true });
  const [begins] = useState(() =>
    timesOfAdded(
      editing.halfDay,
      workshop.agenda.filter((one) => one.halfDay === editing.halfDay).map(({ end }) => end),
    ),
  );
  const now: ItemValues = {
    title: item ? textIn(item.title, shownIn) : '',
    halfDay: item?.halfDay ?? editing.halfDay,
    ...(item ? itemFieldsOf(item) : { ...blankOf(agendaItem), ...begins, mode: sessionMode(workshop.mode) }),
  };
  const form = useOpenForm({ fields: now, seen: item?.seen ?? {}, registersOf: (field) => REGISTERS[field] ?? [field] });
  const { fields } = form;
  const faultOf = useFieldFaults(item);
  const speech = useSpeech();
  const [tried, setTried] = useState(false);
  const [history, setHistory] = useState(false);
  const set = <K extends keyof ItemValues>(key: K, value: ItemValues[K]) => form.set({ ...fields, [key]: value });
  const wrongOrder = isClock(fields.start) && isClock(fields.end) && fields.end <= fields.start;

  const submit = () => {
    setTried(true);
    // What cannot be read may stay as it is.
    const stays = (field: 'title' | 'start' | 'end') => faultOf(field) !== undefined && fields[field] === now[field];
    if (!fields.title.trim() && !stays('title')) return;
    if ((!isClock(fields.start) && !stays('start')) || (!isClock(fields.end) && !stays('end')) || wrongOrder) return;
    // A title in four languages changes in the one on screen; what was not touched is not written again.
    if (item) {
      const { title, ...changed } = form.touched();
      const newTitle = title === undefined ? {} : { title: typeof item.title === 'object' ? { [shownIn]: title } : title };
      update.mutate({ id: item.id, ...changed, ...newTitle, seen: form.seenNow() }, { onSuccess: close });
    } else {
      add.mutate({ activityId: workshop.id, ...fields }, { onSuccess: close });
    }
  };

  if (item && history) {
    const fields = [...titleFields(item.title), ...ITEM_FIELDS];
    return (
      <FieldHistory entityType="agendaItem" entity={item.id} fields={fields} onClose={() => setHistory(false)} readOnly={!mayChange} />
    );
  }
  return (
    <Dialog help="agenda" onClose={close} unsaved={form.isTouched} title={item ? t('agenda.editTitle') : t('agenda.addTitle')}>
      <Form onSubmit={submit}>
        <Stack gap="md">
          <ItemFields
            workshop={workshop}
            item={item}
            fields={fields}
            shownIn={shownIn}
            mayChange={mayChange}
            tried={tried}
            wrongOrder={wrongOrder}
            faultOf={faultOf}
            set={set}
          />
          <ChangedMeanwhile
            changed={form.changed.map((field) => ({ field, label: t(itemLabel(field)), value: valueWords(field, now[field], speech) }))}
            take={form.take}
          />
          <Refusal error={add.error ?? update.error} />
          <ItemFoot
            isThere={item !== undefined}
            mayChange={mayChange}
            isSaving={add.isPending || update.isPending}
            onRemove={() => {
              if (item) remove(item);
              close();
            }}
            onHistory={() => setHistory(true)}
            onClose={close}
          />
        </Stack>
      </Form>
    </Dialog>
  );
}
