import { Modal } from '@mantine/core';
import { Fragment } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './Shortcuts.module.css';

const EVERYWHERE = [
  ['Ctrl K', 'find'],
  ['/', 'search'],
  ['?', 'help'],
  ['Ctrl Z', 'undo'],
  ['Alt 1 – 5', 'places'],
  ['Alt ← →', 'back'],
  ['Esc', 'close'],
] as const;
const ATTENDANCE = [
  ['P L E A R D', 'marks'],
  ['← ↑ → ↓', 'move'],
  ['Shift', 'fill'],
] as const;

/** The keys, on one page. */
export function Shortcuts({ close }: { readonly close: () => void }) {
  const { t } = useTranslation('app');
  return (
    <Modal opened onClose={close} title={t('keys.title')} closeButtonProps={{ 'aria-label': t('close') }}>
      <Keys title={t('keys.everywhere')} keys={EVERYWHERE.map(([key, what]) => [key, t(`keys.${what}`)])} />
      <Keys title={t('keys.attendance')} keys={ATTENDANCE.map(([key, what]) => [key, t(`keys.${what}`)])} />
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
