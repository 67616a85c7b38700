import type { Handlers } from '../../../../shared/contract/rpc.ts';
import type { laptopContract } from '../../../../shared/features/sync/laptop-contract.ts';
import { ok, refuse } from '../../../../shared/kernel/result.ts';
import { certificateOf } from '../../../../shared/node/store/sqlite/certificates.ts';
import { listQuarantined } from '../../../../shared/node/store/sqlite/quarantined.ts';
import { decodeCertificate } from '../../../../shared/sync/certificate.ts';
import { accountOf } from '../../sync/repository/account.ts';
import { arrived, markSeen } from '../../sync/history/arrived.ts';
import { instant } from '../../sync/review/conflicts.ts';
import type { SyncPorts } from '../../sync/context.ts';
import { earlierNames } from '../../sync/earlier-names.ts';
import { setDismissed } from '../../sync/review/reissue.ts';
import { revocationsHere } from '../../sync/revocations.ts';
import { backupBytes, filesByWorkshop, freeStorage, recordBytes } from '../../files/storage.ts';
import { attributionOf } from '../../attribution.ts';

/** The calls about this laptop itself. */
export function laptopHandlers(ports: SyncPorts): Handlers<typeof laptopContract> {
  const { store, settings, hasher } = ports;
  return {
    'sync.devices': () => {
      const account = accountOf(settings);
      const stored = certificateOf(store.db, store.replica);
      const certificate = stored && decodeCertificate(stored.bytes);
      const claims = certificate?.ok ? certificate.value : null;
      return ok({
        here: {
          replica: store.replica,
          ...attributionOf(ports, store.replica),
          role: claims?.role ?? '',
          scope: claims?.scope ?? account?.scope ?? '',
          url: account?.url ?? '',
          since: claims ? instant(claims.issuedAt) : '',
          certified: claims !== null,
        },
        earlier: earlierNames(ports),
        revoked: (revocationsHere(settings)?.list.revoked ?? []).map(({ replica, at }) => ({
          replica,
          ...attributionOf(ports, replica),
          at: instant(at),
        })),
      });
    },
    'sync.arrived': () => ok(arrived(ports)),
    'sync.arrivedSeen': ({ upTo }) => {
      markSeen(ports, upTo);
      return ok({});
    },
    'sync.leaveAside': ({ changeSet, aside }) => {
      if (!listQuarantined(store.db, hasher).some((one) => one.changeSet.hash === changeSet)) return refuse('sync.notSetAside');
      setDismissed(settings, changeSet, aside);
      return ok({});
    },
    'store.usage': () => ok({ records: recordBytes(ports), files: filesByWorkshop(ports), backups: backupBytes(ports) }),
    'store.free': ({ activityId }) => ok(freeStorage(ports, activityId)),
  };
}
