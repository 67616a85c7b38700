import type { ResultOf } from '../../../../shared/contract/call.ts';
import type { syncContract } from '../../../../shared/features/sync/contract.ts';
import type { Hasher } from '../../../../shared/kernel/ports.ts';
import { parseSpace } from '../../../../shared/model/spaces.ts';
import type { QuarantinedChangeSet } from '../../../../shared/node/store/sqlite/quarantined.ts';
import { decodeChangeSet } from '../../../../shared/sync/change-set.ts';
import type { LocalSettings } from '../../local-settings.ts';
import { putEvicted, evictedSpaces, type EvictedSpace } from './evicted-spaces.ts';

const ORDER = ['institution', 'directory', 'plan', 'people', 'answers'];

type LostAccess = ResultOf<(typeof syncContract)['sync.lost']>;

/** The workshops that this laptop may no longer read, newest first. */
export function listEvictedWorkshops(settings: Pick<LocalSettings, 'list'>): LostAccess {
  const byOwner = new Map<string, EvictedSpace[]>();
  for (const lost of evictedSpaces(settings)) {
    if (lost.stage !== 'leaving' && lost.stage !== 'wiped') continue;
    const owner = lost.activityId ?? '';
    byOwner.set(owner, [...(byOwner.get(owner) ?? []), lost]);
  }
  const list = [...byOwner].map(([activityId, spaces]) => ({
    activityId,
    title: spaces.find(({ title }) => title !== '')?.title ?? '',
    since: spaces.map(({ since }) => since).sort()[0]!,
    kinds: spaces.map(({ space }) => parseSpace(space)?.kind ?? '').sort((a, b) => ORDER.indexOf(a) - ORDER.indexOf(b)),
    removed: spaces.every(({ stage }) => stage === 'wiped'),
    setAside: spaces.reduce((sum, { kept }) => sum + kept.filter(({ offered }) => offered).length, 0),
    seen: spaces.every(({ seen }) => seen),
  }));
  return list.sort((a, b) => (a.since < b.since ? 1 : -1));
}

/** Dismisses the notice about an evicted workshop. */
export function dismissEvictionNotice(settings: LocalSettings, activityId: string): void {
  for (const lost of evictedSpaces(settings)) if ((lost.activityId ?? '') === activityId) putEvicted(settings, { ...lost, seen: true });
}

/** The user's own change-sets in spaces that were wiped, newest first, as the tray shows them. */
export function listQuarantinedInEvicted(settings: Pick<LocalSettings, 'list'>, hasher: Hasher): QuarantinedChangeSet[] {
  return evictedSpaces(settings)
    .filter(({ stage }) => stage === 'wiped' || stage === 'returning')
    .flatMap(({ kept }) => kept.toReversed())
    .flatMap(({ body, code }) => {
      const decoded = decodeChangeSet(Uint8Array.from(Buffer.from(body, 'base64')), hasher);
      return decoded.ok ? [{ changeSet: decoded.value, reason: code }] : [];
    });
}
