import type { Handlers } from '../../../../shared/contract/rpc.ts';
import type { syncContract } from '../../../../shared/features/sync/contract.ts';
import { ok } from '../../../../shared/kernel/result.ts';
import { listQuarantined } from '../../../../shared/node/store/sqlite/quarantined.ts';
import type { FieldValue } from '../../../../shared/sync/types.ts';
import { isDismissed, reissue, reissuedAs } from '../../sync/review/reissue.ts';
import { aboutOf, conflictPage, type Conflict, instant, settle, shownValue } from '../../sync/review/conflicts.ts';
import type { SyncPorts } from '../../sync/context.ts';
import { permissionToWrite, rightsIn } from '../../sync/access/entitled.ts';
import { syncHistoryOf } from '../../sync/history/sync-history.ts';
import { listEvictedWorkshops, dismissEvictionNotice, listQuarantinedInEvicted } from '../../sync/access/evicted-workshops.ts';
import { blockedSpaces } from '../../sync/access/evicted-spaces.ts';
import { officeOf, attributionOf } from '../../attribution.ts';

/** Conflicts that are given where nobody asks for a page. */
const CONFLICTS_AT_ONCE = 500;

type ReviewCalls = Pick<
  Handlers<typeof syncContract>,
  | 'sync.runs'
  | 'sync.conflicts'
  | 'sync.conflictPage'
  | 'sync.settle'
  | 'sync.lost'
  | 'sync.lostSeen'
  | 'sync.rights'
  | 'sync.setAside'
  | 'sync.reissue'
  | 'sync.history'
>;

/** The calls about what sync left for people to look at: its history, conflicts, access that ended, work that was set aside. */
export function reviewHandlers(ports: SyncPorts): ReviewCalls {
  return {
    'sync.runs': () => ok(syncHistoryOf(ports)),
    'sync.conflicts': () => ok(conflictPage(ports, null, CONFLICTS_AT_ONCE).conflicts.map(withPlainValues)),
    'sync.conflictPage': ({ after, limit }) => {
      const page = conflictPage(ports, after, limit);
      return ok({ ...page, conflicts: page.conflicts.map(withPlainValues) });
    },
    'sync.settle': ({ entity, field, value, seen }) => settle(ports, entity, field, value as FieldValue, seen),
    'sync.lost': () => ok(listEvictedWorkshops(ports.settings)),
    'sync.lostSeen': ({ activityId }) => {
      dismissEvictionNotice(ports.settings, activityId);
      return ok({});
    },
    'sync.rights': ({ activityId }) => ok(rightsIn(ports, activityId ?? null)),
    'sync.setAside': ({ others }) => ok(trayOf(ports, others)),
    'sync.reissue': ({ changeSet }) => reissue(ports, changeSet),
    'sync.history': ({ entity, field }) =>
      ok(
        ports.store.reader
          .history(entity, field)
          .map((value) => ({ ...withPlainValue(shownValue(ports, value)), current: value.current, erased: value.erased })),
      ),
  };
}

/** Work that was not taken: this laptop's; with `others`, also that of others in the spaces that are read here. */
export function trayOf(ports: SyncPorts, others: boolean) {
  const { store, settings, hasher } = ports;
  const closed = blockedSpaces(settings);
  const all = [...listQuarantined(store.db, hasher, others ? undefined : store.replica), ...listQuarantinedInEvicted(settings, hasher)];
  return all.map(({ changeSet, reason }) => ({
    space: changeSet.header.space,
    changeSet: changeSet.hash,
    code: reason,
    t: instant(changeSet.header.t),
    reissued: reissuedAs(settings, changeSet.hash),
    away: closed.has(changeSet.header.space),
    ...attributionOf(ports, changeSet.header.replica),
    ...officeOf(ports, changeSet.header.replica),
    own: changeSet.header.replica === store.replica,
    leftAside: isDismissed(settings, changeSet.hash),
    permission: permissionToWrite(
      ports,
      changeSet.header.space,
      changeSet.ops.map(({ entityType, entityId }) => ({ entityType, entity: entityId })),
    ),
    entities: changeSet.ops.map(({ entityType, entityId, field, content }) => ({
      entityType,
      entity: entityId,
      field,
      value: content.form === 'redacted' ? null : plain(content.value),
      about: aboutOf(ports, entityType, entityId),
    })),
  }));
}

/** A field's value as JSON has it: the same thing, of a type that may be written to. */
function plain(value: FieldValue): Json {
  return value as Json;
}

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

function withPlainValues({ base, ...conflict }: Conflict) {
  return {
    ...conflict,
    seen: [...conflict.seen],
    values: conflict.values.map(withPlainValue),
    ...(base !== undefined && { base: plain(base) }),
  };
}

function withPlainValue<V extends { readonly value: FieldValue }>(shown: V): Omit<V, 'value'> & { value: Json } {
  return { ...shown, value: plain(shown.value) };
}
