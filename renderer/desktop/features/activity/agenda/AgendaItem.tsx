import { useTranslation } from 'react-i18next';
import { useFormats, useReadable } from '../../../../ui/formats.ts';
import type { Answer } from '../../../app/engine.ts';
import type { Language } from '../../../../../shared/kernel/text.ts';
import type { Mode } from '../../../../../shared/model/vocabularies.ts';
import { RemovedFlag } from '../workshop/RemovedNotice.tsx';
import { RecordTitle } from '../../../../ui/fields/RecordText.tsx';
import classes from './AgendaTab.module.css';

interface Props {
  readonly item: Answer<'activity.get'>['agenda'][number];
  /** The one of the workshop's documents. */
  readonly language: Language | undefined;
  /** Said only where a session differs from it. */
  readonly workshopMode: Mode;
  readonly open: () => void;
  readonly remove: () => void;
}

/** One session: time, title, and what is out of the ordinary. Enter opens it, Delete takes it out. */
export function AgendaItem({ item, language, workshopMode, open, remove }: Props) {
  const { t } = useTranslation('activity');
  const format = useFormats();
  const readable = useReadable();
  const facts = [
    ...(item.mode === workshopMode && !item.unreadable.includes('mode') ? [] : [readable(item, 'mode', t(`mode.${item.mode}`))]),
    ...[readable(item, 'room', item.room), readable(item, 'trainers', item.trainers)].filter((words) => words !== ''),
    ...(item.counts ? [] : [t('agenda.doesNotCount')]),
    ...(item.outside ? [format.day(item.halfDay.slice(0, 10))] : []),
  ];
  return (
    <button
      type="button"
      data-spot={`session:${item.id}`}
      className={classes.item}
      onClick={open}
      onKeyDown={(event) => {
        if (event.key === 'Delete') remove();
      }}
    >
      <time className={classes.time}>
        {readable(item, 'start', format.hour(item.start))}–{readable(item, 'end', format.hour(item.end))}
      </time>
      <span className={classes.title}>
        <RecordTitle of={item} prefer={language} />
      </span>
      <RemovedFlag removed={item.removed} />
      {facts.length > 0 && <span className={classes.itemFacts}>{facts.join(' · ')}</span>}
    </button>
  );
}
