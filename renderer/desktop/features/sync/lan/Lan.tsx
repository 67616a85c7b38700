import { Button, Switch, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Form } from '../../../../ui/dialog/Form.tsx';
import { parseLanAddress } from '../../../../../shared/features/sync/lan-address.ts';
import { JobState } from '../../../../ui/JobState.tsx';
import { Loaded } from '../../../../ui/Loaded.tsx';
import { Refusal } from '../../../../ui/Refusal.tsx';
import { useJob, useRead, useWrite, type Answer } from '../../../app/engine.ts';
import { say } from '../../../app/frame/notices.tsx';
import { LanPairing } from './LanPairing.tsx';
import { LanPeers } from './LanPeers.tsx';
import { LanQr } from './LanQr.tsx';
import { Rows } from '../../../../ui/Rows.tsx';
import classes from './Lan.module.css';

type Status = Answer<'sync.lanStatus'>;

/** Sync with laptops in the room: turn it on, find the other one, compare the code, exchange. */
export function Lan() {
  const { t } = useTranslation('lan');
  return (
    <section className={classes.section} aria-labelledby="lan-title">
      <h2 id="lan-title">{t('title')}</h2>
      <p className={classes.quiet}>{t('text')}</p>
      <Loaded query={useRead('sync.lanStatus', {})}>{(status) => <Room status={status} />}</Loaded>
    </section>
  );
}

function Room({ status }: { readonly status: Status }) {
  const { t } = useTranslation('lan');
  const open = useWrite('sync.lanOpen');
  const shut = useWrite('sync.lanClose');
  const pair = useJob('sync.lanPair');
  const confirm = useJob('sync.lanConfirm');
  const decide = async (equal: boolean, workshops: readonly string[]) => {
    const decided = await confirm.start({ equal, workshops: [...workshops] });
    if (decided?.replica) say(t('paired', { name: decided.name.trim() === '' ? t('someone') : decided.name }));
  };
  const ask = (address: string) => {
    confirm.reset();
    void pair.start({ address });
  };
  return (
    <>
      <Switch
        data-spot="room"
        label={t('on.label')}
        description={t('on.hint')}
        checked={status.on}
        disabled={open.isPending || shut.isPending}
        onChange={(event) => (event.currentTarget.checked ? open.mutate({}) : shut.mutate({}))}
        className={classes.switch}
      />
      <LanPeers peers={status.peers} />
      {status.on && (
        <div className={classes.room}>
          <div className={classes.find}>
            <Nearby status={status} ask={ask} busy={pair.running} />
            <AddressForm ask={ask} busy={pair.running} />
            <JobState job={pair} />
            {!pair.running && <Refusal error={pair.refusal} />}
            {!confirm.running && <Refusal error={confirm.refusal} />}
          </div>
          <Here status={status} />
        </div>
      )}
      {!status.on && status.peers.length === 0 && <p className={classes.empty}>{t('empty')}</p>}
      {status.pairing && <LanPairing pairing={status.pairing} confirm={confirm} decide={(...said) => void decide(...said)} />}
    </>
  );
}

interface Asking {
  readonly ask: (address: string) => void;
  readonly busy: boolean;
}

function Nearby({ status, ask, busy }: Asking & { readonly status: Status }) {
  const { t } = useTranslation('lan');
  const strangers = status.nearby.filter(({ replica }) => replica === null);
  return (
    <>
      <h3>{t('nearby.title')}</h3>
      {strangers.length === 0 ? (
        <p className={classes.quiet}>{status.multicast ? t('nearby.none') : t('nearby.hidden')}</p>
      ) : (
        <ul className={classes.nearby}>
          <Rows of={strangers} as="li" by={({ address }) => address}>
            {({ label, address }) => (
              <li>
                <span>
                  <strong className={classes.label}>{label}</strong> <span className={classes.quiet}>{address}</span>
                </span>
                <Button variant="default" disabled={busy} onClick={() => ask(address)} aria-label={t('nearby.pairWith', { label })}>
                  {t('pair')}
                </Button>
              </li>
            )}
          </Rows>
        </ul>
      )}
    </>
  );
}

function AddressForm({ ask, busy }: Asking) {
  const { t } = useTranslation('lan');
  const [address, setAddress] = useState('');
  const [tried, setTried] = useState(false);
  const wrong = tried && parseLanAddress(address) === null;
  const submit = () => {
    setTried(true);
    if (parseLanAddress(address) !== null) ask(address.trim());
  };
  return (
    <Form onSubmit={submit} className={classes.address}>
      <TextInput
        label={t('address.label')}
        description={t('address.hint')}
        value={address}
        onChange={(event) => setAddress(event.currentTarget.value)}
        error={wrong ? t('address.wrong') : undefined}
        autoComplete="off"
        spellCheck={false}
        maxLength={300}
      />
      <Button type="submit" variant="default" disabled={busy}>
        {t('pair')}
      </Button>
    </Form>
  );
}

/** The facts that the other person needs to find this laptop: its label, its addresses, and a code for a camera. */
function Here({ status }: { readonly status: Status }) {
  const { t } = useTranslation('lan');
  const [invitation] = status.invitations;
  return (
    <div className={classes.here}>
      <p>
        {t('here.label')} <strong className={classes.label}>{status.label}</strong>
      </p>
      {status.addresses.length === 0 ? (
        <p className={classes.quiet}>{t('here.noNetwork')}</p>
      ) : (
        <>
          <p className={classes.quiet}>{t('here.address')}</p>
          <ul className={classes.addresses}>
            {status.addresses.map((address) => (
              <li key={address}>{address}</li>
            ))}
          </ul>
        </>
      )}
      {invitation !== undefined && (
        <>
          <LanQr text={invitation} label={t('here.qr')} />
          <p className={classes.invitation}>{invitation}</p>
        </>
      )}
    </div>
  );
}
