import { useTranslation } from 'react-i18next';
import { Loaded } from '../../../ui/Loaded.tsx';
import { useRead } from '../../app/engine.ts';
import { fieldWords, valueWords } from './conflict-words.ts';
import { reasonWords } from './ledger-words.ts';
import { useSpeech } from './use-speech.ts';
import classes from './Sync.module.css';

/** Work that the repository did not take: kept here with the reason, never dropped. */
export function SetAside() {
  const { t } = useTranslation('sync');
  const speech = useSpeech();
  const setAside = useRead('sync.setAside', {});
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
                </li>
              ))}
            </ul>
          </section>
        )
      }
    </Loaded>
  );
}
