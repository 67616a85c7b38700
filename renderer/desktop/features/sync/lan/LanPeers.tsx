import { Button, Group, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Dialog } from '../../../../ui/dialog/Dialog.tsx';
import { DialogFoot } from '../../../../ui/dialog/DialogFoot.tsx';
import { SyncIcon } from '../../../../ui/theme/icons.tsx';
import { JobState } from '../../../../ui/JobState.tsx';
import { Refusal } from '../../../../ui/Refusal.tsx';
import { useNow } from '../../../app/clock.ts';
import { useJob, useWrite, type Answer } from '../../../app/engine.ts';
import { peerWords } from '../device-words.ts';
import { ranWords, reasonWords } from '../run-words.ts';
import { LanWorkshops } from './LanWorkshops.tsx';
import { useSpeech } from './use-speech.ts';
import { Rows } from '../../../../ui/Rows.tsx';
import classes from './Lan.module.css';

type Peer = Answer<'sync.lanStatus'>['peers'][number];

/** The laptops that this one was paired with: when they last exchanged, what waits, and the way to do it again. */
export function LanPeers({ peers }: { readonly peers: readonly Peer[] }) {
  const { t } = useTranslation('lan');
  if (peers.length === 0) return null;
  return (
    <>
      <h3>{t('peers.title')}</h3>
      <ul className={classes.peers}>
        <Rows of={peers} as="li" by={(peer) => peer.replica}>
          {(peer) => <PeerRow peer={peer} />}
        </Rows>
      </ul>
    </>
  );
}

function PeerRow({ peer }: { readonly peer: Peer }) {
  const { t } = useTranslation(['lan', 'sync', 'app']);
  const speech = useSpeech();
  const now = useNow().getTime();
  const run = useJob('sync.lanRun');
  const [asking, setAsking] = useState<'forget' | 'workshops' | null>(null);
  const { replica, last } = peer;
  const name = peerWords(peer, t);
  return (
    <li className={classes.peer}>
      <div className={classes.peerWords}>
        <strong>{name}</strong>
        <span className={classes.quiet}>
          {last === null
            ? t('peers.never')
            : last.ok
              ? t('peers.last', { ago: speech.format.ago(last.at, now) })
              : t('peers.failed', { ago: speech.format.ago(last.at, now), reason: reasonWords(last.code, speech) })}
        </span>
        <span className={classes.quiet}>{peer.waiting > 0 ? t('peers.waiting', { count: peer.waiting }) : t('peers.nothing')}</span>
        {!peer.sameRepository && (
          <span className={classes.quiet}>
            {peer.workshops.length === 0 ? t('peers.sharedNone') : t('peers.shared', { count: peer.workshops.length })}
          </span>
        )}
      </div>
      <Group gap="xs">
        <Button
          variant="default"
          leftSection={<SyncIcon />}
          disabled={run.running}
          onClick={() => void run.start({ replica })}
          aria-label={t('peers.syncWith', { name })}
        >
          {run.running ? t('peers.syncing') : t('peers.sync')}
        </Button>
        {!peer.sameRepository && (
          <Button variant="subtle" onClick={() => setAsking('workshops')} aria-label={t('peers.workshopsOf', { name })}>
            {t('peers.workshops')}
          </Button>
        )}
        <Button variant="subtle" onClick={() => setAsking('forget')} aria-label={t('peers.forgetOne', { name })}>
          {t('peers.forget')}
        </Button>
      </Group>
      <div className={classes.outcome}>
        <JobState job={run} />
        {!run.running && <Refusal error={run.refusal} />}
        {!run.running && run.result && (
          <p className={classes.done} role="status">
            {ranWords(
              {
                ok: true,
                code: '',
                pushed: run.result.sent,
                pulled: run.result.received,
                filesUp: run.result.filesSent,
                filesDown: run.result.filesReceived,
                bytesUp: run.result.bytesUp,
                bytesDown: run.result.bytesDown,
              },
              speech,
            )}
            {run.result.held + run.result.heldThere > 0 && ` ${t('peers.held', { count: run.result.held + run.result.heldThere })}`}
          </p>
        )}
      </div>
      {asking === 'forget' && <Forget replica={replica} name={name} close={() => setAsking(null)} />}
      {asking === 'workshops' && <Workshops peer={peer} name={name} close={() => setAsking(null)} />}
    </li>
  );
}

function Forget({ replica, name, close }: { readonly replica: string; readonly name: string; readonly close: () => void }) {
  const { t } = useTranslation(['lan', 'app']);
  const forget = useWrite('sync.lanForget');
  return (
    <Dialog help="room" onClose={close} title={t('forget.title', { name })}>
      <Stack gap="md">
        <Text>{t('forget.text')}</Text>
        <DialogFoot>
          <Button variant="default" onClick={close}>
            {t('app:cancel')}
          </Button>
          <Button onClick={() => void forget.mutateAsync({ replica }).then(close, close)} loading={forget.isPending}>
            {t('peers.forget')}
          </Button>
        </DialogFoot>
      </Stack>
    </Dialog>
  );
}

function Workshops({ peer, name, close }: { readonly peer: Peer; readonly name: string; readonly close: () => void }) {
  const { t } = useTranslation(['lan', 'app']);
  const share = useWrite('sync.lanShare');
  const [chosen, setChosen] = useState<readonly string[]>(peer.workshops);
  const choose = (workshops: string[]) => {
    setChosen(workshops);
    share.mutateAsync({ replica: peer.replica, workshops }).catch(() => setChosen(peer.workshops));
  };
  return (
    <Dialog help="room" onClose={close} title={t('share.title', { name })}>
      <Stack gap="md">
        <LanWorkshops chosen={chosen} choose={choose} />
        <DialogFoot>
          <Button onClick={close}>{t('app:close')}</Button>
        </DialogFoot>
      </Stack>
    </Dialog>
  );
}
