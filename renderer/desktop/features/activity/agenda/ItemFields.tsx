import { Group, Select, Stack, Switch, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { halfDaysBetween, type HalfDay } from '../../../../../shared/kernel/dates.ts';
import type { Language } from '../../../../../shared/kernel/text.ts';
import { MODES } from '../../../../../shared/model/vocabularies.ts';
import { useHalfDay } from '../../../../ui/formats.ts';
import type { Answer } from '../../../app/engine.ts';
import { ClockField } from './ClockField.tsx';
import classes from './ItemDialog.module.css';

type Workshop = Answer<'activity.get'>;
export type Item = Workshop['agenda'][number];

/** A session as it is filled in: its title in one language. */
export interface ItemValues {
  readonly title: string;
  readonly halfDay: HalfDay;
  readonly start: string;
  readonly end: string;
  readonly mode: Workshop['mode'];
  readonly room: string;
  readonly trainers: string;
  readonly counts: boolean;
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
  return (
    <fieldset disabled={!mayChange} className={classes.fields}>
      <Stack gap="md">
        <TextInput
          label={t('agenda.title')}
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
            label={t('agenda.halfDay')}
            data={halfDaysBetween(workshop.start, workshop.end).map((value) => {
              const { day, half } = halfDayWords(value);
              return { value, label: `${day}, ${half}` };
            })}
            value={fields.halfDay}
            error={item?.outside && fields.halfDay === item.halfDay ? t('agenda.outsideChoose') : undefined}
            onChange={(value) => value && set('halfDay', value)}
            allowDeselect={false}
          />
          <ClockField
            label={t('agenda.start')}
            value={fields.start}
            change={(value) => set('start', value)}
            tried={tried}
            error={faultOf('start')}
          />
          <ClockField
            label={t('agenda.end')}
            value={fields.end}
            change={(value) => set('end', value)}
            tried={tried}
            error={tried && wrongOrder ? t('agenda.endBeforeStart') : faultOf('end')}
          />
        </div>
        <Group grow align="flex-start">
          <TextInput
            label={t('agenda.trainers')}
            value={fields.trainers}
            onChange={(event) => set('trainers', event.currentTarget.value)}
            error={faultOf('trainers')}
          />
          <TextInput
            label={t('agenda.room')}
            value={fields.room}
            onChange={(event) => set('room', event.currentTarget.value)}
            error={faultOf('room')}
          />
        </Group>
        <Select
          label={t('field.mode')}
          data={MODES.map((mode) => ({ value: mode, label: t(`mode.${mode}`) }))}
          value={fields.mode}
          onChange={(value) => set('mode', MODES.find((mode) => mode === value) ?? workshop.mode)}
          error={faultOf('mode')}
          allowDeselect={false}
        />
        <Switch
          label={t('agenda.counts')}
          description={t('agenda.countsHint')}
          checked={fields.counts}
          onChange={(event) => set('counts', event.currentTarget.checked)}
          error={faultOf('counts')}
        />
      </Stack>
    </fieldset>
  );
}
