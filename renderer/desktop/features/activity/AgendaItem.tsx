import { useTranslation } from 'react-i18next';
import { useFormats, useReadable, useReadableTitle } from '../../../ui/formats.ts';
import type { Answer } from '../../app/engine.ts';
import type { Mode } from '../../../../shared/model/vocabularies.ts';
import { RemovedFlag } from './RemovedNotice.tsx';
import classes from './AgendaTab.module.css';

interface Props {
  readonly item: Answer<'activity.get'>['agenda'][number];
  readonly title: string;
  /** Said only where a session differs from it. */
  readonly workshopMode: Mode;
  readonly open: () => void;
  readonly remove: () => void;
}

/** One session: time, title, and what is out of the ordinary. Enter opens it, Delete takes it out. */
export function AgendaItem({ item, title, workshopMode, open, remove }: Props) {
  const { t } = useTranslation('activity');
  const format = useFormats();
  const readable = useReadable();
  const readableTitle = useReadableTitle();
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
      <span className={classes.title}>{readableTitle(item, title)}</span>
      <RemovedFlag removed={item.removed} />
      {facts.length > 0 && <span className={classes.itemFacts}>{facts.join(' · ')}</span>}
    </button>
  );
}
