import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Id } from '../../../../shared/kernel/ids.ts';
import { USUAL_THRESHOLD } from '../../../../shared/features/attendance/rules.ts';
import { useFormats, useHalfDay } from '../../../ui/formats.ts';
import { Loaded } from '../../../ui/Loaded.tsx';
import { useRead, type Answer } from '../../app/engine.ts';
import { nameShown } from '../people/person/person-words.ts';
import { StatusGlyph } from './grid/StatusGlyph.tsx';
import { STATUSES } from '../../../../shared/model/vocabularies.ts';
import { ThresholdInput } from './ThresholdInput.tsx';
import classes from './Summary.module.css';

/** Every mark of a workshop by status, and who reaches a threshold of half-days: what a certificate is given by. */
export function Summary({ activityId }: { readonly activityId: Id }) {
  const { t } = useTranslation('attendance');
  const [threshold, setThreshold] = useState(USUAL_THRESHOLD);
  const summary = useRead('attendance.summary', { activityId, threshold }, { keep: true });
  return (
    <section className={classes.root} aria-label={t('summary.title')}>
      <h2 className={classes.title}>{t('summary.title')}</h2>
      <Loaded query={summary}>
        {(answer) =>
          answer.cells === 0 ? (
            <p className={classes.quiet}>{t('summary.noHalfDays')}</p>
          ) : (
            <>
              <Marks summary={answer} />
              <ThresholdInput className={classes.threshold} label={t('summary.threshold')} value={threshold} onChange={setThreshold} />
              <Reached activityId={activityId} summary={answer} />
            </>
          )
        }
      </Loaded>
    </section>
  );
}

function Marks({ summary }: { readonly summary: Answer<'attendance.summary'> }) {
  const { t } = useTranslation('attendance');
  const format = useFormats();
  return (
    <>
      <p className={classes.quiet}>{t('summary.possible', { count: summary.cells })}</p>
      {summary.outside > 0 && <p className={classes.quiet}>{t('summary.outside', { count: summary.outside })}</p>}
      <dl className={classes.marks} aria-label={t('summary.label')}>
        {STATUSES.map((status) => (
          <div key={status} data-status={status}>
            <dt>
              <StatusGlyph status={status} />
              {t(`status.${status}`)}
            </dt>
            <dd>{format.number(summary.codes[status] ?? 0)}</dd>
          </div>
        ))}
      </dl>
    </>
  );
}

function Reached({ activityId, summary }: { readonly activityId: Id; readonly summary: Answer<'attendance.summary'> }) {
  const { t } = useTranslation(['attendance', 'app']);
  const format = useFormats();
  const people = useRead('people.list', { activityId }).data;
  const notReadable = t('app:notReadable');
  // The summary names people by the list's own id, or by ours where the list has none.
  const names = useMemo(
    () =>
      new Map(
        (people ?? []).map((person) => [
          person.ref || person.id,
          [nameShown(person, notReadable), person.institution].filter(Boolean).join(', '),
        ]),
      ),
    [people, notReadable],
  );
  const share = format.percent(summary.threshold / 100, 1);
  const halfDay = useHalfDay();
  const words = (one: string): string => {
    const { day, half } = halfDay(one);
    return t('summary.halfDay', { day, half });
  };
  return (
    <>
      <p className={classes.reached} role="status">
        {t('summary.reach', { count: summary.eligible, of: summary.registered, threshold: share })}{' '}
        {summary.eligible > 0 && t('summary.test', { count: summary.eligibleWithPostTest })}
      </p>
      {summary.notHeld.length > 0 && summary.held.length > 0 && (
        <p className={classes.quiet}>
          {t('summary.notHeld', { count: summary.notHeld.length, halfDays: format.list(summary.notHeld.map(words)) })}
        </p>
      )}
      <dl className={classes.named}>
        {(['below', 'exactly'] as const).map((standing) => (
          <div key={standing}>
            <dt>{t(`summary.${standing}`)}</dt>
            {summary[standing].length === 0 && <dd className={classes.quiet}>{t('summary.nobody')}</dd>}
            {summary[standing].map((ref) => (
              <dd key={ref}>{names.get(ref) ?? ref}</dd>
            ))}
          </div>
        ))}
      </dl>
    </>
  );
}
