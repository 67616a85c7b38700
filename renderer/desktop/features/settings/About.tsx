import { Button } from '@mantine/core';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './SettingsPage.module.css';

const Notices = lazy(() => import('./Notices.tsx').then((module) => ({ default: module.Notices })));

/** The licence of Itinera itself, as package.json names it. */
const LICENCE = 'MIT';

/** Which version this is, under which licence, and what others have made of it. */
export function About({ version }: { readonly version: string }) {
  const { t } = useTranslation('settings');
  const [open, setOpen] = useState(false);
  return (
    <>
      <div>
        <p className={classes.label}>{t('about.version')}</p>
        <p className={classes.path}>{version}</p>
      </div>
      <div>
        <p className={classes.label}>{t('about.licence')}</p>
        <p className={classes.quiet}>{t('about.licenceText', { licence: LICENCE })}</p>
      </div>
      <div>
        <Button data-spot="about" variant="default" onClick={() => setOpen(true)}>
          {t('about.notices')}
        </Button>
      </div>
      <Suspense>{open && <Notices onClose={() => setOpen(false)} />}</Suspense>
    </>
  );
}
