import { Button, Group, Menu } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ORPHAN_REASONS } from '../../../../shared/features/attendance/orphans.ts';
import type { HalfDay } from '../../../../shared/kernel/dates.ts';
import type { Id } from '../../../../shared/kernel/ids.ts';
import { useHalfDay } from '../../../ui/formats.ts';
import { Refusal } from '../../../ui/Refusal.tsx';
import { Rows } from '../../../ui/Rows.tsx';
import { call, useRead, useWrite, type Answer } from '../../app/engine.ts';
import { offerUndo } from '../../app/frame/notices.tsx';
import { MarkWords, useMarkWords } from './grid/MarkWords.tsx';
import { MoveMarks } from './MoveMarks.tsx';
import { offers, type Rights } from '../sync/MayNot.tsx';
import classes from './Orphans.module.css';

export type Orphan = Answer<'attendance.orphans'>[number];

/** Marks that lost their place while they were made elsewhere: they stay here, counted in no figure, until somebody decides. */
export function Orphans({ activityId, rights }: { readonly activityId: Id; readonly rights: Rights | undefined }) {
  const orphans = useRead('attendance.orphans', { activityId }).data ?? [];
  return ORPHAN_REASONS.map((reason) => {
    const marks = orphans.filter((mark) => mark.reason === reason);
    return marks.length === 0 ? null : <OneReason key={reason} activityId={activityId} rights={rights} reason={reason} marks={marks} />;
  });
}

function OneReason({
  activityId,
  rights,
  reason,
  marks,
}: {
  readonly activityId: Id;
  readonly rights: Rights | undefined;
  readonly reason: Orphan['reason'];
  readonly marks: readonly Orphan[];
}) {
  const { t } = useTranslation('attendance');
  const words = useHalfDay();
  const { nameOf, statusOf } = useMarkWords();
  const workshop = useRead('activity.get', { id: activityId }).data;
  const [moving, setMoving] = useState<readonly Orphan[] | undefined>();
  const [isOpen, setOpen] = useState(false);
  const back = useWrite('activity.bringHalfDayBack', { shownHere: true });
  const letGo = useWrite('attendance.letGo', { shownHere: true });
  const mayMark = offers(rights, 'attendance');
  const movable = !mayMark ? [] : marks.filter(({ movedTo }) => movedTo !== null);
  const halfDays = [
    ...new Set(
      marks.filter(({ canComeBack }) => canComeBack && offers(rights, 'plan') && offers(rights, 'agenda')).map(({ halfDay }) => halfDay),
    ),
  ];
  const bringBack = (halfDay: HalfDay) => {
    if (!workshop) return;
    const seenItems = Object.fromEntries(workshop.agenda.map((item) => [item.id, item.seen]));
    back.mutate({ id: activityId, halfDay, seen: workshop.seen, seenItems });
  };
  const go = (those: readonly Orphan[]) => {
    const cells = those.map(({ personId, halfDay }) => ({ personId, halfDay }));
    letGo.mutate(
      { activityId, marks: those.map(({ personId, halfDay, heads }) => ({ personId, halfDay, seen: heads })) },
      {
        onSuccess: ({ letGo: count }) =>
          offerUndo(t('orphans.gone', { count }), () => call('attendance.bringBack', { activityId, marks: cells })),
      },
    );
  };
  return (
    <section className={classes.root} aria-label={t(`orphans.${reason}`, { count: marks.length })} data-testid={`orphans-${reason}`}>
      <div className={classes.head}>
        <h2>{t(`orphans.${reason}`, { count: marks.length })}</h2>
        <Button variant="default" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
          {t(isOpen ? 'orphans.close' : 'orphans.open')}
        </Button>
      </div>
      {isOpen && (
        <>
          <p>{t(`orphans.why.${reason}`)}</p>
          <ul className={classes.list}>
            <Rows of={marks} as="li" by={({ personId, halfDay }) => `${personId} ${halfDay}`}>
              {(mark) => (
                <li>
                  <MarkWords mark={mark}>{mark.author !== '' && t('orphans.by', { author: mark.author })}</MarkWords>
                  {reason !== 'workshopRemoved' && mayMark && (
                    <Button
                      variant="default"
                      size="compact-md"
                      onClick={() => setMoving([mark])}
                      aria-label={t('orphans.moveNamed', { name: nameOf(mark), status: statusOf(mark) })}
                    >
                      {t('orphans.move')}
                    </Button>
                  )}
                </li>
              )}
            </Rows>
          </ul>
          <Refusal error={back.error ?? letGo.error} />
          {reason === 'workshopRemoved' ? (
            <p className={classes.quiet}>{t('orphans.above')}</p>
          ) : (
            <Group gap="sm">
              {movable.length > 0 && <Button onClick={() => setMoving(movable)}>{t('orphans.moveAll', { count: movable.length })}</Button>}
              {halfDays.length > 0 && (
                <Menu position="bottom-start" shadow="md" loop>
                  <Menu.Target>
                    <Button variant="default" loading={back.isPending}>
                      {t('orphans.bringBack')}
                    </Button>
                  </Menu.Target>
                  <Menu.Dropdown>
                    {halfDays.map((halfDay) => (
                      <Menu.Item key={halfDay} onClick={() => bringBack(halfDay)}>
                        {t('grid.halfDay', words(halfDay))}
                      </Menu.Item>
                    ))}
                  </Menu.Dropdown>
                </Menu>
              )}
              {mayMark && (
                <Button variant="subtle" color="var(--absent-text)" loading={letGo.isPending} onClick={() => go(marks)}>
                  {t('orphans.letGo', { count: marks.length })}
                </Button>
              )}
            </Group>
          )}
        </>
      )}
      {moving && <MoveMarks activityId={activityId} marks={moving} onClose={() => setMoving(undefined)} />}
    </section>
  );
}
