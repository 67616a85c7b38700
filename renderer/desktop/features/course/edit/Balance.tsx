import { SegmentedControl } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { balanceOf, FULL_HALF_DAY, lengthsOf } from '../../../../../shared/features/course/balance.ts';
import type { Course, Opened } from './CourseEditor.tsx';
import classes from './Editor.module.css';

/** The minutes of each half-day, as figures and bars, in a length of the course that is chosen. */
export function Balance({ course, layouts }: { readonly course: Course; readonly layouts: Opened['layouts'] }) {
  const { t } = useTranslation(['editor', 'app', 'course']);
  const lengths = lengthsOf(course);
  const [chosen, setChosen] = useState(course.days);
  const days = lengths.includes(chosen) ? chosen : course.days;
  const sessions = course.modules.flatMap((module) =>
    module.sessions.map((session) => ({ ...session, layouts: layouts[session.id] ?? {} })),
  );
  if (sessions.length === 0) return null;
  const { halfDays, outside } = balanceOf(sessions, days);
  const fullest = Math.max(FULL_HALF_DAY, ...halfDays.map(({ minutes }) => minutes));
  return (
    <section className={classes.balance} aria-label={t('editor:balance.title')}>
      <h2>{t('editor:balance.title')}</h2>
      {lengths.length > 1 && (
        <SegmentedControl
          aria-label={t('editor:balance.length')}
          value={String(days)}
          onChange={(value) => setChosen(Number(value))}
          data={lengths.map((length) => ({ value: String(length), label: t('editor:balance.days', { count: length }) }))}
          mb="sm"
        />
      )}
      {outside > 0 && <p className={classes.facts}>{t('editor:balance.outside', { count: outside })}</p>}
      <ul className={classes.loads}>
        {halfDays.map(({ day, half, minutes, isOver }) => (
          <li key={`${day}${half}`} data-over={isOver || undefined}>
            <span>{t('course:dayHalf', { day, half: t(`app:half.${half}`) })}</span>
            <svg viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true" className={classes.bar}>
              <rect width={(minutes / fullest) * 100} height="8" />
            </svg>
            <span className={classes.figure}>
              {t('course:minutes', { minutes })}
              {isOver && ` · ${t('editor:balance.over')}`}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
