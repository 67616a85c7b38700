import { Button, Switch } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { settlesForOthers } from '../../../../../shared/features/sync/reading.ts';
import { textIn } from '../../../../../shared/kernel/text.ts';
import { Loaded } from '../../../../ui/Loaded.tsx';
import { call, useRead, useWrite, type Answer } from '../../../app/engine.ts';
import { offerUndo, say } from '../../../app/frame/notices.tsx';
import { authorWords, fieldWords, halfDayWords, valueWords } from './conflict-words.ts';
import { reasonWords } from '../run-words.ts';
import { NotPermitted } from '../MayNot.tsx';
import { useSpeech } from '../lan/use-speech.ts';
import { Rows } from '../../../../ui/Rows.tsx';
import classes from '../Sync.module.css';

type QuarantinedChange = Answer<'sync.setAside'>[number];

/** Work that the repository did not take: kept here with the reason, never dropped. */
export function Quarantine() {
  const { t } = useTranslation('sync');
  const role = useRead('sync.devices', {}).data?.here.role ?? '';
  const [left, setLeft] = useState(false);
  return (
    <Loaded query={useRead('sync.setAside', { others: settlesForOthers(role) })}>
      {(list) => {
        const open = list.filter(({ leftAside }) => !leftAside);
        const shown = left ? list : open;
        if (list.length === 0) return <p className={classes.none}>{t('setAside.none')}</p>;
        return (
          <section className={classes.section}>
            <h2>{t('setAside.title', { count: open.length })}</h2>
            <p className={classes.quiet}>{t('setAside.text')}</p>
            {open.length < list.length && (
              <Switch
                mt="md"
                label={t('setAside.showLeft', { count: list.length - open.length })}
                checked={left}
                onChange={(event) => setLeft(event.currentTarget.checked)}
              />
            )}
            <ul className={classes.tray}>
              <Rows of={shown} as="li" by={(one) => one.changeSet}>
                {(one) => <Change one={one} />}
              </Rows>
            </ul>
          </section>
        );
      }}
    </Loaded>
  );
}

function Change({ one }: { readonly one: QuarantinedChange }) {
  const { t } = useTranslation('sync');
  const speech = useSpeech();
  const reissue = useWrite('sync.reissue');
  const leave = useWrite('sync.leaveAside');
  const { changeSet } = one;
  const who = t(one.author === '' ? 'wroteLong.somebody' : 'wroteLong.by', {
    author: authorWords(one, speech),
    at: speech.format.instant(one.t),
    on: speech.on(one),
  });
  const activity = one.entities.find(({ about }) => about.activity !== null)?.about.activity;
  return (
    <li>
      {activity && <h3>{textIn(activity, speech.language)}</h3>}
      <p className={classes.reason}>{reasonWords(one.code, speech)}</p>
      <p className={classes.quiet}>{who}</p>
      <ul>
        <Rows of={one.entities} as="li" by={({ entity, field }) => `${entity} ${field}`}>
          {({ entityType, field, value, about }) => (
            <li>
              {[
                about.person || about.title,
                about.halfDay === '' ? '' : halfDayWords(about.halfDay, speech),
                t('setAside.value', { field: fieldWords(entityType, field, speech), value: valueWords(field, value, speech) }),
              ]
                .filter((part) => part !== '')
                .join(' · ')}
            </li>
          )}
        </Rows>
      </ul>
      {one.reissued !== '' && <p className={classes.quiet}>{t('setAside.reissued')}</p>}
      {!one.away && one.reissued === '' && <NotPermitted permission={one.permission} />}
      <div className={classes.actions}>
        {!one.away && one.reissued === '' && one.permission.allowed && (
          <Button
            variant="default"
            size="compact-md"
            loading={reissue.isPending}
            onClick={() => reissue.mutate({ changeSet }, { onSuccess: () => say(t('setAside.reissued')) })}
          >
            {t('setAside.reissue')}
          </Button>
        )}
        {!one.away && (
          <Button
            variant="subtle"
            size="compact-md"
            loading={leave.isPending}
            onClick={() =>
              leave.mutate(
                { changeSet, aside: !one.leftAside },
                {
                  onSuccess: () => {
                    if (!one.leftAside) offerUndo(t('setAside.left'), () => call('sync.leaveAside', { changeSet, aside: false }));
                  },
                },
              )
            }
          >
            {one.leftAside ? t('setAside.bringBack') : t('setAside.leave')}
          </Button>
        )}
      </div>
    </li>
  );
}
