import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useFormats } from '../../../ui/formats.ts';
import { useWrite, type Answer } from '../../app/engine.ts';
import { say } from '../../app/frame/notices.tsx';
import { Rows } from '../../../ui/Rows.tsx';
import { useWorkshopWords } from './workshop-words.ts';
import classes from './Sync.module.css';

type Usage = Answer<'store.usage'>;

/** The room that this laptop's data take, in bytes, and how much of it can be let go without losing anything. */
export function Storage({ usage }: { readonly usage: Usage }) {
  const { t } = useTranslation('sync');
  const format = useFormats();
  const free = useWrite('store.free');
  const workshopName = useWorkshopWords();
  const { records, files, backups } = usage;
  const total = records + backups.bytes + files.reduce((sum, { bytes }) => sum + bytes, 0);
  return (
    <>
      <h2 className={classes.heading} data-spot="storage" tabIndex={-1}>
        {t('storage.title')}
      </h2>
      <p className={classes.quiet}>{t('storage.total', { size: format.bytes(total) })}</p>
      <ul className={classes.parts}>
        <li>
          <span>{t('storage.records')}</span>
          <span className={classes.quiet}>{format.bytes(records)}</span>
        </li>
        <li>
          <span>{t('storage.backups', { count: backups.count })}</span>
          <span className={classes.quiet}>{format.bytes(backups.bytes)}</span>
        </li>
        <Rows of={files} as="li" by={({ activityId }) => activityId ?? ''}>
          {({ activityId, files: count, bytes, freeable }) => (
            <li>
              <span>
                {t('storage.files', { count, name: activityId === null ? t('storage.library') : workshopName(activityId) })}
                {freeable === 0 && <span className={classes.trust}> {t('storage.needed', { count })}</span>}
              </span>
              <span className={`${classes.quiet} ${classes.free}`}>
                {freeable > 0 && (
                  <Button
                    variant="subtle"
                    size="compact-md"
                    loading={free.isPending}
                    onClick={() =>
                      free.mutate({ activityId }, { onSuccess: (freed) => say(t('storage.freed', { size: format.bytes(freed.bytes) })) })
                    }
                  >
                    {t('storage.free', { size: format.bytes(freeable) })}
                  </Button>
                )}{' '}
                {format.bytes(bytes)}
              </span>
            </li>
          )}
        </Rows>
      </ul>
      <p className={classes.quiet}>{t('storage.hint')}</p>
    </>
  );
}
