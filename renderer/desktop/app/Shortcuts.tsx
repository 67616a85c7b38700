import { Modal } from '@mantine/core';
import { Fragment } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './Shortcuts.module.css';

const EVERYWHERE = ['find', 'search', 'help', 'undo', 'places', 'back', 'close'] as const;
const ATTENDANCE = ['marks', 'move', 'fill'] as const;

/** The keys, on one page. */
export function Shortcuts({ close }: { readonly close: () => void }) {
  const { t } = useTranslation('app');
  return (
    <Modal opened onClose={close} title={t('keys.title')} closeButtonProps={{ 'aria-label': t('close') }}>
      <Keys title={t('keys.everywhere')} keys={EVERYWHERE.map((what) => [t(`key.${what}`), t(`keys.${what}`)])} />
      <Keys title={t('keys.attendance')} keys={ATTENDANCE.map((what) => [t(`key.${what}`), t(`keys.${what}`)])} />
    </Modal>
  );
}

function Keys({ title, keys }: { readonly title: string; readonly keys: readonly (readonly [string, string])[] }) {
  return (
    <section>
      <h3 className={classes.title}>{title}</h3>
      <dl className={classes.list}>
        {keys.map(([key, what]) => (
          <Fragment key={key}>
            <dt>
              <kbd className={classes.key}>{key}</kbd>
            </dt>
            <dd>{what}</dd>
          </Fragment>
        ))}
      </dl>
    </section>
  );
}
