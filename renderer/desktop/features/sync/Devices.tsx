import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormats } from '../../../ui/formats.ts';
import { useNow } from '../../app/clock.ts';
import type { Answer } from '../../app/engine.ts';
import { go } from '../../app/view.ts';
import { laptopWords } from './device-words.ts';
import { Rows } from '../../../ui/Rows.tsx';
import { useWorkshopWords } from './workshop-words.ts';
import classes from './Sync.module.css';

/** Who this laptop is to others: its name, what it may do and since when; what it was before; and who was turned out. */
export function Devices({ devices, status }: { readonly devices: Answer<'sync.devices'>; readonly status: Answer<'sync.status'> }) {
  const { t, i18n } = useTranslation('sync');
  const format = useFormats();
  const now = useNow().getTime();
  const workshopName = useWorkshopWords();
  const { here, earlier, revoked } = devices;
  const scopeWords = (scope: string): string => {
    const [kind, id = ''] = scope.split(':');
    if (kind === 'country') return format.country(id);
    if (kind === 'workshop') return workshopName(id);
    return t(kind === 'institution' ? 'laptop.institution' : 'laptop.all', { id });
  };
  const roleKey = `laptop.role.${here.role}`;
  return (
    <>
      <h2 className={classes.heading}>{t('laptop.title')}</h2>
      <dl className={classes.rows}>
        <Row label={t('laptop.name')}>{here.author === '' ? t('value.empty') : here.author}</Row>
        <Row label={t('laptop.ownName')}>
          {here.laptop === '' ? t('laptop.noName') : here.laptop}{' '}
          <Button variant="subtle" size="compact-md" onClick={() => go({ page: 'settings' })}>
            {t('laptop.rename')}
          </Button>
        </Row>
        <Row label={t('laptop.device')}>{here.device}</Row>
        <Row label={t('laptop.repository')}>{here.url === '' ? t('laptop.notEnrolled') : here.url.replace(/^https?:\/\//, '')}</Row>
        {here.role !== '' && (
          <Row label={t('laptop.as')}>{i18n.exists(`sync:${roleKey}`) ? t(roleKey as 'laptop.role.trainer') : here.role}</Row>
        )}
        {here.role !== '' && <Row label={t('laptop.reach')}>{scopeWords(here.scope)}</Row>}
        {here.url !== '' && (
          <Row label={t('laptop.certificate')}>
            {here.certified ? t('laptop.since', { at: format.day(here.since.slice(0, 10)) }) : t('laptop.notCertified')}
          </Row>
        )}
        {here.url !== '' && <Row label={t('laptop.last')}>{status.last === null ? t('last.never') : format.ago(status.last.at, now)}</Row>}
      </dl>
      {earlier.length > 0 && (
        <>
          <h3 className={classes.subheading}>{t('laptop.earlier')}</h3>
          <p className={classes.quiet}>{t('laptop.earlierText')}</p>
          <dl className={classes.rows}>
            <Rows of={earlier} as="div" by={({ replica }) => replica}>
              {({ changeSets, ...written }) => (
                <Row label={laptopWords({ ...written, author: '' }, t)}>{t('waiting.count', { count: changeSets })}</Row>
              )}
            </Rows>
          </dl>
        </>
      )}
      {revoked.length > 0 && (
        <>
          <h3 className={classes.subheading}>{t('laptop.revoked')}</h3>
          <p className={classes.quiet}>{t('laptop.revokedText')}</p>
          <dl className={classes.rows}>
            <Rows of={revoked} as="div" by={({ replica }) => replica}>
              {({ at, ...written }) => <Row label={laptopWords(written, t)}>{format.instant(at)}</Row>}
            </Rows>
          </dl>
        </>
      )}
    </>
  );
}

function Row({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}
