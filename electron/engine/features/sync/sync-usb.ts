import path from 'node:path';
import type { CallContext, Handlers } from '../../../../shared/contract/rpc.ts';
import type { usbContract } from '../../../../shared/features/sync/usb-contract.ts';
import { ok } from '../../../../shared/kernel/result.ts';
import { heldChains } from '../../../../shared/node/store/sqlite/held.ts';
import type { ReplicaId } from '../../../../shared/sync/types.ts';
import { countConflicts, instant } from '../../sync/review/conflicts.ts';
import type { SyncPorts } from '../../sync/context.ts';
import { exportBundle, planExport } from '../../sync/usb/export.ts';
import { lastWrittenTo, readBundles, writtenBundles } from '../../sync/usb/history.ts';
import { importBundle } from '../../sync/usb/import.ts';
import type { ExportWish } from '../../sync/usb/prepare.ts';
import { recipientsHere } from '../../sync/usb/recipients.ts';
import { shareableSpaces } from '../../sync/usb/sharing.ts';
import { attributionOf } from '../../attribution.ts';

/** The calls that carry records and files on a USB stick. */
export function usbHandlers(ports: SyncPorts): Handlers<typeof usbContract> {
  const device = (replica: ReplicaId) => ({ replica, ...attributionOf(ports, replica) });
  let turn: Promise<unknown> = Promise.resolve();
  // One at a time: two imports at once would each hold a file's records in memory.
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const mine = turn.then(work);
    turn = mine.catch(() => undefined);
    return mine;
  };

  return {
    'sync.exportPlan': (args) => {
      const plan = planExport(ports, wishOf(args, args.to ?? ''));
      if (!plan.ok) return plan;
      const { prepared, bytes } = plan.value;
      return ok({
        changeSets: prepared.feeds.length,
        files: prepared.files.length,
        filesNotHere: prepared.filesNotHere,
        fileBytes: prepared.files.reduce((sum, { size }) => sum + size, 0),
        bytes,
        spaces: prepared.spaces.map(({ space }) => space),
        leftOut: [...prepared.leftOut],
        buildsOn: buildsOn(ports, args.since, args.to ?? ''),
      });
    },

    'sync.export': (args, call: CallContext) =>
      inTurn(async () => {
        const file = path.resolve(args.path);
        const to = args.to ?? path.basename(path.dirname(file));
        ports.departures.prepare();
        const done = await exportBundle(ports, file, wishOf(args, to), call);
        if (!done.ok) return done;
        const { id, sha256, bytes, prepared } = done.value;
        return ok({
          changeSets: prepared.feeds.length,
          bytes,
          id,
          sha256,
          to,
          files: prepared.files.length,
          filesNotHere: prepared.filesNotHere,
          spaces: prepared.spaces.map(({ space }) => space),
          leftOut: [...prepared.leftOut],
        });
      }),

    'sync.import': (args, call: CallContext) =>
      inTurn(async () => {
        const done = await importBundle(ports, path.resolve(args.path), call);
        if (!done.ok) return done;
        const { applied, held, refused, known, released, files, filesLeft, stopped, sender, writtenAt, again } = done.value;
        const missing = done.value.missing.map(({ space, replica, seq }) => ({ ...device(replica), space, seq }));
        return ok({
          applied,
          held,
          refused,
          known,
          released,
          files,
          filesLeft,
          stopped,
          missing,
          from: device(sender),
          writtenAt: instant(writtenAt),
          again,
          conflicts: countConflicts(ports),
        });
      }),

    'sync.bundles': () =>
      ok({
        written: writtenBundles(ports.settings).map(({ id, at, name, to, changeSets, files, bytes, recipients }) => ({
          id,
          at,
          name,
          to,
          changeSets,
          files: files.length,
          bytes,
          recipients: recipients.map(device),
        })),
        read: readBundles(ports.settings).map(({ at, name, code, sender, writtenAt, applied, held, refused, files }) => ({
          at,
          name,
          code,
          from: sender === '' ? null : device(sender),
          writtenAt,
          applied,
          held,
          refused,
          files,
        })),
        waiting: heldChains(ports.store.db).map(({ space, replica, changeSets, firstSeq }) => ({
          ...device(replica),
          space,
          changeSets,
          seq: firstSeq - 1,
        })),
        recipients: recipientsHere(ports).map(({ replica, role, scope }) => ({ ...device(replica), role, scope })),
        spaces: shareableSpaces(ports),
      }),
  };
}

function wishOf(
  args: {
    readonly spaces?: string[] | undefined;
    readonly since?: string | undefined;
    readonly files: boolean;
    readonly recipients: string[];
  },
  to: string,
): ExportWish {
  return { spaces: args.spaces ?? null, since: args.since ?? null, to, files: args.files, recipients: args.recipients };
}

function buildsOn({ settings }: SyncPorts, since: string | undefined, to: string): string {
  if (since === undefined) return '';
  const earlier = since === 'last' ? lastWrittenTo(settings, to) : writtenBundles(settings).find(({ id }) => id === since);
  return earlier?.at ?? '';
}
