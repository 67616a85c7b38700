import { sessionMode } from '../../../../../shared/features/activity/session-mode.ts';
import { Button } from '@mantine/core';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { halfDaysBetween, splitHalfDay, type HalfDay } from '../../../../../shared/kernel/dates.ts';
import type { Id } from '../../../../../shared/kernel/ids.ts';
import { textIn } from '../../../../../shared/kernel/text.ts';
import { useFormats, useLanguage, useReadableTitle } from '../../../../ui/formats.ts';
import { PlusIcon } from '../../../../ui/theme/icons.tsx';
import { Loaded } from '../../../../ui/Loaded.tsx';
import { useRead, useWrite, type Answer } from '../../../app/engine.ts';
import { offerUndo } from '../../../app/frame/notices.tsx';
import { WorkshopCourse } from '../../course/WorkshopCourse.tsx';
import { MaterialSection } from '../../material/MaterialSection.tsx';
import { AgendaItem } from './AgendaItem.tsx';
import type { Editing } from './ItemDialog.tsx';
import { Rows } from '../../../../ui/Rows.tsx';
import { MayNot, offers, useRights } from '../../sync/MayNot.tsx';
import classes from './AgendaTab.module.css';

const ItemDialog = lazy(() => import('./ItemDialog.tsx').then((module) => ({ default: module.ItemDialog })));

type Workshop = Answer<'activity.get'>;
type Item = Workshop['agenda'][number];

/** The programme: a column a day, mornings above afternoons; then the workshop's own materials. */
export function AgendaTab({ activityId }: { readonly activityId: Id }) {
  return <Loaded query={useRead('activity.get', { id: activityId })}>{(workshop) => <Agenda workshop={workshop} />}</Loaded>;
}

function Agenda({ workshop }: { readonly workshop: Workshop }) {
  const { t } = useTranslation('activity');
  const format = useFormats();
  const [editing, setEditing] = useState<Editing | undefined>();
  const rights = useRights(workshop.id);
  const mayChange = offers(rights, 'agenda');
  const takeOut = useRemoveItem();
  const remove = (item: Item) => (mayChange ? takeOut(item) : undefined);
  const halfDays = halfDaysBetween(workshop.start, workshop.end);
  const days = [...new Set(halfDays.map((halfDay) => splitHalfDay(halfDay).day))];
  const shared = { workshop, mayChange, edit: setEditing, remove };
  const outside = workshop.agenda.filter((item) => item.outside);
  return (
    <>
      <MayNot rights={rights} task="agenda" />
      {outside.length > 0 && (
        <section className={classes.outside} aria-label={t('agenda.outside', { count: outside.length })}>
          <h2>{t('agenda.outside', { count: outside.length })}</h2>
          <p>{t('agenda.outsideText')}</p>
          <ul className={classes.items}>
            {outside.map((item) => (
              <li key={item.id}>
                <AgendaItem
                  item={item}
                  language={workshop.languages[0]}
                  workshopMode={sessionMode(workshop.mode)}
                  open={() => setEditing({ item, halfDay: item.halfDay })}
                  remove={() => remove(item)}
                />
              </li>
            ))}
          </ul>
        </section>
      )}
      <div className={classes.days}>
        {days.map((day, index) => (
          <section key={day} className={classes.day} aria-label={format.longDay(day)}>
            <h2 className={classes.dayHead}>
              <span className={classes.dayNumber}>{t('agenda.day', { number: index + 1 })}</span>
              <time dateTime={day}>{format.weekday(day)}</time>
            </h2>
            <Half {...shared} halfDay={`${day}-AM`} />
            <Half {...shared} halfDay={`${day}-PM`} />
          </section>
        ))}
      </div>
      {workshop.courseId !== null && <WorkshopCourse activityId={workshop.id} courseId={workshop.courseId} />}
      <MaterialSection activityId={workshop.id} courseId={workshop.courseId} />
      <Suspense>
        {editing && (
          <ItemDialog workshop={workshop} editing={editing} mayChange={mayChange} close={() => setEditing(undefined)} remove={remove} />
        )}
      </Suspense>
    </>
  );
}

interface HalfProps {
  readonly workshop: Workshop;
  readonly halfDay: HalfDay;
  readonly mayChange: boolean;
  readonly edit: (editing: Editing) => void;
  readonly remove: (item: Item) => void;
}

function Half({ workshop, halfDay, mayChange, edit, remove }: HalfProps) {
  const { t } = useTranslation(['activity', 'app']);
  const format = useFormats();
  const items = workshop.agenda.filter((item) => item.halfDay === halfDay);
  const half = t(`app:half.${splitHalfDay(halfDay).half}`);
  return (
    <div className={classes.half}>
      <h3 className={classes.halfHead}>{half}</h3>
      {items.length > 0 && (
        <ul className={classes.items}>
          <Rows of={items} as="li">
            {(item) => (
              <li>
                <AgendaItem
                  item={item}
                  language={workshop.languages[0]}
                  workshopMode={sessionMode(workshop.mode)}
                  open={() => edit({ item, halfDay })}
                  remove={() => remove(item)}
                />
              </li>
            )}
          </Rows>
        </ul>
      )}
      {mayChange && (
        <Button
          variant="subtle"
          size="compact-md"
          className={classes.add!}
          leftSection={<PlusIcon size={16} />}
          onClick={() => edit({ halfDay })}
          aria-label={t('agenda.addTo', { day: format.weekday(splitHalfDay(halfDay).day), half })}
        >
          {t('agenda.add')}
        </Button>
      )}
    </div>
  );
}

/** Takes a session out at once; the notice offers to bring it back. */
function useRemoveItem() {
  const { t } = useTranslation('activity');
  const remove = useWrite('activity.removeItem');
  const restore = useWrite('activity.restoreItem', { shownHere: true });
  const language = useLanguage();
  const readableTitle = useReadableTitle();
  return (item: Item) =>
    remove.mutate(
      { id: item.id, seen: item.seen },
      {
        onSuccess: () =>
          offerUndo(t('agenda.removed', { title: readableTitle(item, textIn(item.title, language)) }), () =>
            restore.mutateAsync({ id: item.id }),
          ),
      },
    );
}
