import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Loaded } from '../../../ui/Loaded.tsx';
import { useRead, useWrite } from '../../app/engine.ts';
import { say } from '../../app/notices.tsx';
import { fieldWords, valueWords } from './conflict-words.ts';
import { reasonWords } from './ledger-words.ts';
import { useSpeech } from './use-speech.ts';
import classes from './Sync.module.css';

/** Work that the repository did not take: kept here with the reason, never dropped. */
export function SetAside() {
  const { t } = useTranslation('sync');
  const speech = useSpeech();
  const setAside = useRead('sync.setAside', {});
  const reissue = useWrite('sync.reissue');
  return (
    <Loaded query={setAside}>
      {(list) =>
        list.length > 0 && (
          <section className={classes.section}>
            <h2>{t('setAside.title', { count: list.length })}</h2>
            <p className={classes.quiet}>{t('setAside.text')}</p>
            <ul className={classes.tray}>
              {list.map((one) => (
                <li key={one.changeSet}>
                  <p className={classes.reason}>{reasonWords(one.code, speech)}</p>
                  <p className={classes.quiet}>{speech.format.instant(one.t)}</p>
                  <ul>
                    {one.entities.map(({ entityType, entity, field, value }) => (
                      <li key={`${entity} ${field}`}>
                        {t('setAside.value', {
                          field: fieldWords(entityType, field, speech),
                          value: valueWords(field, value, speech),
                        })}
                      </li>
                    ))}
                  </ul>
                  {one.away ? null : one.reissued === '' ? (
                    <Button
                      variant="default"
                      size="compact-md"
                      loading={reissue.isPending}
                      onClick={() => reissue.mutate({ changeSet: one.changeSet }, { onSuccess: () => say(t('setAside.reissued')) })}
                    >
                      {t('setAside.reissue')}
                    </Button>
                  ) : (
                    <p className={classes.quiet}>{t('setAside.reissued')}</p>
                  )}
                </li>
              ))}
            </ul>
          </section>
        )
      }
    </Loaded>
  );
}
