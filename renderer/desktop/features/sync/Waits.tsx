import { useTranslation } from 'react-i18next';
import type { Answer } from '../../app/engine.ts';
import { Schedule } from './Schedule.tsx';
import { waitingBySpace } from './spaces.ts';
import { useWorkshopWords } from './workshop-words.ts';
import { Rows } from '../../../ui/Rows.tsx';
import classes from './Sync.module.css';

/** The work that would travel next, by workshop, and when and how much does. */
export function Waits({ status }: { readonly status: Answer<'sync.status'> }) {
  const { t } = useTranslation('sync');
  const workshopName = useWorkshopWords();
  const waiting = waitingBySpace(status.spaces);
  return (
    <div className={classes.now}>
      {waiting.length > 0 && (
        <section aria-labelledby="sync-next">
          <h2 id="sync-next" className={classes.heading}>
            {t('waiting.next')}
          </h2>
          <ul className={classes.parts}>
            <Rows of={waiting} as="li" by={({ workshop, part }) => `${workshop ?? ''} ${part}`}>
              {({ workshop, part, pending }) => (
                <li>
                  <span>
                    {workshop === null
                      ? t(`space.${part}`)
                      : t('waiting.part', { workshop: workshopName(workshop), part: t(`space.${part}`) })}
                  </span>
                  <span className={classes.quiet}>{t('waiting.count', { count: pending })}</span>
                </li>
              )}
            </Rows>
          </ul>
        </section>
      )}
      <section aria-labelledby="sync-when" className={classes.now}>
        <h2 id="sync-when" className={classes.heading}>
          {t('schedule.title')}
        </h2>
        <Schedule schedule={status.schedule} />
      </section>
    </div>
  );
}
