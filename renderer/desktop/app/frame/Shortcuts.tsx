import { Kbd } from '@mantine/core';
import { Fragment } from 'react';
import { useTranslation } from 'react-i18next';
import { Dialog } from '../../../ui/dialog/Dialog.tsx';
import { KeyLists } from '../../features/attendance/letters/KeyLists.tsx';
import { SHELL_KEYS, windowKeys } from '../keyboard/key-table.ts';
import { useSingleKeys } from '../keyboard/single-keys.tsx';
import classes from './Shortcuts.module.css';

/** The keys that are in force, on one page. */
export function Shortcuts({ close }: { readonly close: () => void }) {
  const { t } = useTranslation('app');
  // Besides the keys of the table what the window's parts do by themselves.
  const everywhere = [...windowKeys(useSingleKeys()).map(({ id }) => id), ...SHELL_KEYS];
  return (
    <Dialog help="find" onClose={close} size={960} title={t('keys.title')}>
      <section>
        <h3 className={classes.title}>{t('keys.everywhere')}</h3>
        <dl className={classes.list}>
          {everywhere.map((id) => (
            <Fragment key={id}>
              <dt>
                <Kbd size="md" className={classes.key}>
                  {t(`key.${id}`)}
                </Kbd>
              </dt>
              <dd>{t(`keys.${id}`)}</dd>
            </Fragment>
          ))}
        </dl>
      </section>
      <section>
        <h3 className={classes.title}>{t('keys.attendance')}</h3>
        <KeyLists under={3} />
      </section>
    </Dialog>
  );
}
