import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useFormats } from '../../../ui/formats.ts';
import { Loaded } from '../../../ui/Loaded.tsx';
import { useRead, useWrite, type Answer } from '../../app/engine.ts';
import { laptopWords } from './device-words.ts';
import { useSpaceWords } from './workshop-words.ts';
import { useSpeech } from './lan/use-speech.ts';
import { Rows } from '../../../ui/Rows.tsx';
import classes from './Sync.module.css';

/** The records that came from others since it was last marked as seen: from whom, in which workshop, how many records of each kind. */
export function Arrived() {
  return <Loaded query={useRead('sync.arrived', {})}>{(arrived) => arrived.from.length > 0 && <News arrived={arrived} />}</Loaded>;
}

function News({ arrived }: { readonly arrived: Answer<'sync.arrived'> }) {
  const { t, i18n } = useTranslation(['sync', 'usb', 'app']);
  const speech = useSpeech();
  const format = useFormats();
  const seen = useWrite('sync.arrivedSeen');
  const spaceWords = useSpaceWords();
  const kindWords = (entityType: string, count: number): string =>
    t(i18n.exists(`sync:record.${entityType}_other`) ? (`sync:record.${entityType}` as 'sync:record.mark') : 'sync:record.other', {
      count,
    });
  return (
    <section className={classes.arrived} aria-labelledby="sync-arrived">
      <h2 id="sync-arrived">{t('sync:arrived.title')}</h2>
      <p className={classes.quiet}>
        {arrived.since === '' ? t('sync:arrived.ever') : t('sync:arrived.since', { at: format.instant(arrived.since) })}
      </p>
      <ul className={classes.parts}>
        <Rows of={arrived.from} as="li" by={({ device, space }) => `${device} ${space}`}>
          {({ space, changeSets, kinds, ...written }) => (
            <li>
              <span>
                {laptopWords(written, speech.t)}
                <br />
                <span className={classes.quiet}>{spaceWords(space)}</span>
              </span>
              <span className={classes.quiet}>
                {kinds.length > 0
                  ? speech.format.list(kinds.map(({ entityType, records }) => kindWords(entityType, records)))
                  : t('sync:waiting.count', { count: changeSets })}
              </span>
            </li>
          )}
        </Rows>
      </ul>
      <Button variant="default" size="compact-md" mt="sm" loading={seen.isPending} onClick={() => seen.mutate({ upTo: arrived.upTo })}>
        {t('sync:arrived.seen')}
      </Button>
    </section>
  );
}
