import { Button, Checkbox, Select, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { isDay } from '../../../../shared/kernel/dates.ts';
import { textIn } from '../../../../shared/kernel/text.ts';
import { TITLE_REGISTERS } from '../../../../shared/model/title.ts';
import { ACTIVITY_KINDS, ACTIVITY_MODES } from '../../../../shared/model/vocabularies.ts';
import { SidePanel } from '../../../ui/dialog/Dialog.tsx';
import { Form } from '../../../ui/dialog/Form.tsx';
import { useFieldFaults, useLanguage } from '../../../ui/formats.ts';
import { RemoveIcon, StartIcon } from '../../../ui/theme/icons.tsx';
import { Loaded } from '../../../ui/Loaded.tsx';
import { Refusal } from '../../../ui/Refusal.tsx';
import { today } from '../../app/clock.ts';
import { call, useRead, useWrite, type Answer } from '../../app/engine.ts';
import { offerUndo } from '../../app/frame/notices.tsx';
import { useOpenForm } from '../../app/use-open-form.ts';
import { go } from '../../app/view.ts';
import { PartOf } from '../activity/PartOf.tsx';
import { Period } from '../activity/Period.tsx';
import { offers, useRights } from '../sync/MayNot.tsx';
import type { Activity } from './CalendarPage.tsx';
import { useCalendarWords } from './use-calendar-words.ts';
import classes from './Calendar.module.css';

interface Props {
  readonly entry: Activity;
  readonly mayChange: boolean;
  close(): void;
}

/** An entry of the calendar that is no workshop: what it says, as it was published, and the way to a workshop. */
export function EntryPanel({ entry, mayChange, close }: Props) {
  const language = useLanguage();
  const query = useRead('activity.get', { id: entry.id });
  const [unsaved, setUnsaved] = useState(false);
  return (
    <SidePanel help="calendar" title={textIn(entry.title, language)} size={520} unsaved={unsaved} onClose={close}>
      <Loaded query={query}>{(detail) => <Entry entry={detail} mayChange={mayChange} touch={setUnsaved} close={close} />}</Loaded>
    </SidePanel>
  );
}

type Detail = Answer<'activity.get'>;

function Entry({
  entry,
  mayChange,
  touch,
  close,
}: {
  readonly entry: Detail;
  readonly mayChange: boolean;
  touch(is: boolean): void;
  close(): void;
}) {
  const { t } = useTranslation(['calendar', 'activity', 'app']);
  const language = useLanguage();
  const { when } = useCalendarWords();
  const mayOpen = offers(useRights(), 'plan');
  const update = useWrite('calendar.update', { shownHere: true });
  const now = {
    title: textIn(entry.title, language),
    kind: entry.kind,
    mode: entry.mode,
    days: { start: entry.start, end: entry.end },
    dateTbc: entry.dateTbc,
    partOf: entry.partOf,
  };
  const form = useOpenForm({
    fields: now,
    seen: entry.seen,
    registersOf: (field) => (field === 'title' ? TITLE_REGISTERS : field === 'days' ? ['start', 'end', 'precision'] : [field]),
  });
  const faultOf = useFieldFaults(entry);
  const { fields } = form;
  const set = (part: Partial<typeof now>) => {
    form.set({ ...fields, ...part });
    touch(true);
  };
  const submit = () => {
    const { title, ...changed } = form.touched();
    const said = title?.trim() ? { title: typeof entry.title === 'object' ? { [language]: title } : title } : {};
    update.mutate({ id: entry.id, ...changed, ...said, seen: form.seenNow() }, { onSuccess: close });
  };
  const remove = () => {
    const { id } = entry;
    void call('activity.remove', { id, seen: entry.seen }).then(() =>
      offerUndo(t('removed', { title: now.title }), () => call('activity.restore', { id })),
    );
    close();
  };
  const known = isDay(fields.days.start) && isDay(fields.days.end);
  return (
    <Form onSubmit={submit}>
      <Stack gap="md">
        <dl className={classes.told}>
          <dt>{t('table.when')}</dt>
          <dd>{[when(entry), ...(entry.dateTbc ? [t('activity:dateTbc')] : [])].join(', ')}</dd>
          <dt>{t('activity:field.projects')}</dt>
          <dd>{[...entry.projects, ...entry.partners].join(', ')}</dd>
          <dt>{t('activity:field.wording')}</dt>
          <dd className={classes.wording}>{entry.wording}</dd>
        </dl>
        {mayOpen && (
          <Button leftSection={<StartIcon />} onClick={() => go({ page: 'workshops', create: true, entryId: entry.id })}>
            {t('openWorkshop')}
          </Button>
        )}
        {mayChange && (
          <>
            <TextInput
              label={t('activity:field.title')}
              value={fields.title}
              onChange={(event) => set({ title: event.currentTarget.value })}
              error={faultOf('title')}
            />
            <Select
              label={t('activity:field.kind')}
              data={ACTIVITY_KINDS.map((kind) => ({ value: kind, label: t(`activity:kind.${kind}`) }))}
              value={fields.kind}
              onChange={(value) => set({ kind: ACTIVITY_KINDS.find((kind) => kind === value) ?? fields.kind })}
              allowDeselect={false}
              error={faultOf('kind')}
            />
            <Select
              label={t('activity:field.mode')}
              data={ACTIVITY_MODES.map((mode) => ({ value: mode, label: t(`activity:mode.${mode}`) }))}
              value={fields.mode}
              onChange={(value) => set({ mode: ACTIVITY_MODES.find((mode) => mode === value) ?? fields.mode })}
              allowDeselect={false}
              error={faultOf('mode')}
            />
            {known ? (
              <Period start={fields.days.start} end={fields.days.end} change={(start, end) => set({ days: { start, end } })} />
            ) : (
              <Button variant="default" onClick={() => set({ days: { start: firstDay(entry), end: firstDay(entry) } })}>
                {t('giveDays')}
              </Button>
            )}
            <Checkbox
              label={t('activity:field.dateTbc')}
              checked={fields.dateTbc}
              onChange={(event) => set({ dateTbc: event.currentTarget.checked })}
            />
            <PartOf id={entry.id} value={fields.partOf} change={(partOf) => set({ partOf })} error={faultOf('partOf')} />
            <Refusal error={update.error} />
            <div className={classes.foot}>
              <Button variant="subtle" color="red" leftSection={<RemoveIcon />} onClick={remove}>
                {t('remove')}
              </Button>
              <Button type="submit" disabled={!form.isTouched} loading={update.isPending}>
                {t('saveEntry')}
              </Button>
            </div>
          </>
        )}
      </Stack>
    </Form>
  );
}

/** Where days begin that nobody named yet. */
function firstDay({ listedUnder }: Pick<Detail, 'listedUnder'>): string {
  return listedUnder === null ? today() : `${listedUnder}-01`;
}
