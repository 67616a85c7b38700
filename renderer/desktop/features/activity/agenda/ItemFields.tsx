import { sessionMode } from '../../../../../shared/features/activity/session-mode.ts';
import { Select, SimpleGrid, Stack, Switch, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { halfDaysBetween, type HalfDay } from '../../../../../shared/kernel/dates.ts';
import type { Language } from '../../../../../shared/kernel/text.ts';
import { ITEM_FIELDS, type ItemField } from '../../../../../shared/features/activity/form-fields.ts';
import { agendaItem } from '../../../../../shared/model/activity.ts';
import { labelKey } from '../../../../../shared/model/entity.ts';
import type { FilledField } from '../../../../../shared/model/records.ts';
import { MODES } from '../../../../../shared/model/vocabularies.ts';
import { useHalfDay } from '../../../../ui/formats.ts';
import type { Answer } from '../../../app/engine.ts';
import { ClockField } from './ClockField.tsx';
import classes from './ItemDialog.module.css';

type Workshop = Answer<'activity.get'>;
export type Item = Workshop['agenda'][number];

/** A session as it is filled in: its title in one language. */
export type ItemValues = Pick<Item, ItemField> & { readonly title: string; readonly halfDay: HalfDay };

/** Fields that are drawn alike, in the order of the form. */
type LineField = FilledField<typeof agendaItem, 'line'>;
const LINES = ITEM_FIELDS.filter((field): field is LineField => agendaItem.fields[field].input === 'line');

/** Key of what a field of a session is called; its half-day is part of its place. */
export function itemLabel(field: keyof ItemValues): string {
  return labelKey(agendaItem, field === 'halfDay' ? 'placement' : field);
}

interface Props {
  readonly workshop: Workshop;
  /** The session as it is now; undefined for one that is added. */
  readonly item: Item | undefined;
  readonly fields: ItemValues;
  /** The language of the title. */
  readonly shownIn: Language;
  readonly mayChange: boolean;
  /** Somebody tried to save it: what is missing is said. */
  readonly tried: boolean;
  /** It ends before it starts. */
  readonly wrongOrder: boolean;
  /** Why what is recorded cannot be read. */
  faultOf(field: keyof ItemValues): string | undefined;
  set<K extends keyof ItemValues>(field: K, value: ItemValues[K]): void;
}

/** The fields of a session. */
export function ItemFields({ workshop, item, fields, shownIn, mayChange, tried, wrongOrder, faultOf, set }: Props) {
  const { t } = useTranslation('activity');
  const halfDayWords = useHalfDay();
  const label = (field: keyof ItemValues) => t(itemLabel(field));
  // A field that is drawn in no other way is missing here, and does not compile.
  const drawn: Record<Exclude<ItemField, LineField>, ReactNode> = {
    start: (
      <ClockField
        label={label('start')}
        value={fields.start}
        change={(value) => set('start', value)}
        tried={tried}
        error={faultOf('start')}
      />
    ),
    end: (
      <ClockField
        label={label('end')}
        value={fields.end}
        change={(value) => set('end', value)}
        tried={tried}
        error={tried && wrongOrder ? t('agenda.endBeforeStart') : faultOf('end')}
      />
    ),
    mode: (
      <Select
        label={label('mode')}
        data={MODES.map((mode) => ({ value: mode, label: t(`mode.${mode}`) }))}
        value={fields.mode}
        onChange={(value) => set('mode', MODES.find((mode) => mode === value) ?? sessionMode(workshop.mode))}
        error={faultOf('mode')}
        allowDeselect={false}
      />
    ),
    counts: (
      <Switch
        label={label('counts')}
        description={t('agenda.countsHint')}
        checked={fields.counts}
        onChange={(event) => set('counts', event.currentTarget.checked)}
        error={faultOf('counts')}
      />
    ),
  };
  return (
    <fieldset disabled={!mayChange} className={classes.fields}>
      <Stack gap="md">
        <TextInput
          label={label('title')}
          lang={shownIn}
          value={fields.title}
          onChange={(event) => set('title', event.currentTarget.value)}
          error={tried && !fields.title.trim() ? t('agenda.titleMissing') : faultOf('title')}
          maxLength={500}
          required
          data-autofocus
        />
        <div className={classes.when}>
          <Select
            label={label('halfDay')}
            data={halfDaysBetween(workshop.start, workshop.end).map((value) => {
              const { day, half } = halfDayWords(value);
              return { value, label: `${day}, ${half}` };
            })}
            value={fields.halfDay}
            error={item?.outside && fields.halfDay === item.halfDay ? t('agenda.outsideChoose') : undefined}
            onChange={(value) => value && set('halfDay', value)}
            allowDeselect={false}
          />
          {drawn.start}
          {drawn.end}
        </div>
        <SimpleGrid cols={2}>
          {LINES.map((field) => (
            <TextInput
              key={field}
              label={label(field)}
              value={fields[field]}
              onChange={(event) => set(field, event.currentTarget.value)}
              error={faultOf(field)}
            />
          ))}
        </SimpleGrid>
        {drawn.mode}
        {drawn.counts}
      </Stack>
    </fieldset>
  );
}
