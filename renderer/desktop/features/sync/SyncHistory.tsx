import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Loaded } from '../../../ui/Loaded.tsx';
import { useNow } from '../../app/clock.ts';
import { useRead } from '../../app/engine.ts';
import { Arrived } from './Arrived.tsx';
import { durationWords, ranWords, reasonWords } from './run-words.ts';
import { useSpeech } from './lan/use-speech.ts';
import { Rows } from '../../../ui/Rows.tsx';
import classes from './Sync.module.css';

const FIRST = 10;

/** The syncs of the past, the newest first: sizes and times in words. */
export function SyncHistory() {
  const { t } = useTranslation('sync');
  const speech = useSpeech();
  const history = useRead('sync.runs', {});
  const now = useNow().getTime();
  const [all, setAll] = useState(false);
  return (
    <section className={classes.section}>
      <Arrived />
      <h2>{t('runs.title')}</h2>
      <Loaded query={history}>
        {(runs) =>
          runs.length === 0 ? (
            <p className={classes.quiet}>{t('runs.empty')}</p>
          ) : (
            <>
              <ol className={classes.runs}>
                <Rows of={runs.slice(0, all ? runs.length : FIRST)} as="li" by={(run, index) => `${run.at} ${index}`}>
                  {(run) => (
                    <li data-failed={run.ok ? undefined : true}>
                      <time dateTime={run.at} title={speech.format.instant(run.at)}>
                        {speech.format.ago(run.at, now)}
                      </time>
                      <span>
                        {run.way !== 'repository' && (
                          <strong>{t(`runs.${run.way}`, { name: run.with === '' ? t('runs.someone') : run.with })} </strong>
                        )}
                        {run.ok ? ranWords(run, speech) : reasonWords(run.code, speech)}
                      </span>
                      <span className={classes.size}>
                        {run.milliseconds > 0
                          ? t('runs.size', {
                              size: speech.format.bytes(run.bytesUp + run.bytesDown),
                              duration: durationWords(run.milliseconds, speech),
                            })
                          : run.bytesUp + run.bytesDown > 0 && speech.format.bytes(run.bytesUp + run.bytesDown)}
                      </span>
                    </li>
                  )}
                </Rows>
              </ol>
              {!all && runs.length > FIRST && (
                <Button variant="subtle" onClick={() => setAll(true)}>
                  {t('runs.more', { count: runs.length - FIRST })}
                </Button>
              )}
            </>
          )
        }
      </Loaded>
    </section>
  );
}
