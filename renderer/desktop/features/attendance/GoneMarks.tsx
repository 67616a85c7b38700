import { Button, Group } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Id } from '../../../../shared/kernel/ids.ts';
import { useFormats, useHalfDay } from '../../../ui/formats.ts';
import { UndoIcon } from '../../../ui/theme/icons.tsx';
import { Loaded } from '../../../ui/Loaded.tsx';
import { Rows } from '../../../ui/Rows.tsx';
import { useRead, useWrite, type Answer } from '../../app/engine.ts';
import { say } from '../../app/frame/notices.tsx';
import { MarkWords, useMarkWords } from './grid/MarkWords.tsx';
import classes from './Orphans.module.css';

type GoneMark = Answer<'attendance.gone'>[number];

interface Props {
  readonly activityId: Id;
  /** How many there are; 0 shows nothing. */
  readonly count: number;
  readonly mayMark: boolean;
}

/** Marks that somebody took out: which, by whom and when, each to be put back. They are read when the list is opened. */
export function GoneMarks({ activityId, count, mayMark }: Props) {
  const { t } = useTranslation('attendance');
  const [isOpen, setOpen] = useState(false);
  if (count === 0) return null;
  return (
    <section className={classes.gone} aria-label={t('gone.title', { count })} data-testid="gone-marks">
      <div className={classes.head}>
        <h2>{t('gone.title', { count })}</h2>
        <Button variant="subtle" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
          {t(isOpen ? 'orphans.close' : 'gone.open')}
        </Button>
      </div>
      {isOpen && <GoneList activityId={activityId} mayMark={mayMark} />}
    </section>
  );
}

function GoneList({ activityId, mayMark }: Pick<Props, 'activityId' | 'mayMark'>) {
  const { t } = useTranslation(['attendance', 'app']);
  const format = useFormats();
  const words = useHalfDay();
  const { nameOf } = useMarkWords();
  const gone = useRead('attendance.gone', { activityId });
  const back = useWrite('attendance.bringBack');
  const putBack = (marks: readonly GoneMark[]) =>
    back.mutate(
      { activityId, marks: marks.map(({ personId, halfDay }) => ({ personId, halfDay })) },
      { onSuccess: ({ back: count }) => say(t('gone.done', { count })) },
    );
  return (
    <Loaded query={gone}>
      {(marks) => (
        <>
          <p>{t('gone.why')}</p>
          <ul className={classes.list}>
            <Rows of={marks} as="li" by={({ personId, halfDay }) => `${personId} ${halfDay}`}>
              {(mark) => (
                <li>
                  <MarkWords mark={mark}>
                    {t('gone.row', { author: mark.goneBy || mark.goneDevice, when: format.instant(mark.goneAt) })}
                  </MarkWords>
                  {mayMark && (
                    <Button
                      variant="default"
                      size="compact-md"
                      leftSection={<UndoIcon size={16} />}
                      disabled={back.isPending}
                      onClick={() => putBack([mark])}
                      aria-label={t('gone.putBackNamed', { name: nameOf(mark), ...words(mark.halfDay) })}
                    >
                      {t('gone.putBack')}
                    </Button>
                  )}
                </li>
              )}
            </Rows>
          </ul>
          {mayMark && marks.length > 1 && (
            <Group>
              <Button variant="default" loading={back.isPending} onClick={() => putBack(marks)}>
                {t('gone.putAllBack', { count: marks.length })}
              </Button>
            </Group>
          )}
        </>
      )}
    </Loaded>
  );
}
