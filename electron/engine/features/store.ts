import type { BackupRefusal } from '../../../shared/features/sync/refusals.ts';
import path from 'node:path';
import type { CallContext, Handlers } from '../../../shared/contract/rpc.ts';
import type { storeContract } from '../../../shared/features/sync/contract.ts';
import type { Signer } from '../../../shared/kernel/ports.ts';
import { fromHex } from '../../../shared/kernel/hex.ts';
import { ok, refuse, type Result } from '../../../shared/kernel/result.ts';
import { nodeVerifier } from '../../../shared/node/crypto.ts';
import { backup } from '../../../shared/node/store/sqlite/backup/backup.ts';
import { checkStore, type CheckResult } from '../../../shared/node/store/sqlite/backup/check.ts';
import type { SqliteStore } from '../../../shared/node/store/sqlite/sqlite-store.ts';
import { replicaIdOf } from '../../../shared/sync/change-set.ts';
import type { ReplicaId } from '../../../shared/sync/types.ts';
import type { EngineContext } from '../context.ts';
import { everyFile } from '../files/needs.ts';
import { accountOf } from '../sync/repository/account.ts';
import { compareBackup } from '../backup/compare-backup.ts';
import type { AccountChoice } from '../backup/restored-state.ts';
import { backupOptions } from '../backup/daily-backup.ts';
import type { BackupOutcome } from '../backup/take-backup.ts';
import { PUBLIC_KEYS } from '../local-state/every-declaration.ts';
import { ADOPTED_REPOSITORY } from '../local-state/of-rooms-and-sticks.ts';

/** The function that replaces the store by a backup and opens it again; made by the composition root, which holds everything that must be opened anew. */
export type Restore = (path: string, account: AccountChoice) => Promise<Result<Restored, BackupRefusal>>;

export interface Restored extends BackupOutcome {
  readonly kept: string;
  readonly changeSets: number;
  readonly salvaged: number;
}

type StoreContext = Pick<EngineContext, 'folder' | 'vault' | 'shell' | 'hasher' | 'clock' | 'settings' | 'files'>;

// Work goes on while a check runs; one that was disturbed is run again.
const ATTEMPTS = 5;

/** The calls that look after the store itself. */
export function storeHandlers(context: StoreContext, store: SqliteStore, signer: Signer, restore: Restore): Handlers<typeof storeContract> {
  const check = async (call: CallContext): Promise<CheckResult> => {
    for (let attempt = 1; ; attempt++) {
      let disturbed = false;
      const stop = store.onChanged(() => {
        disturbed = true;
      });
      try {
        const result = await checkStore(store.db, {
          hasher: context.hasher,
          verifier: nodeVerifier(),
          keys: knownKeys(context, signer),
          strict: true,
          unsigned: store.replica,
          signal: call.signal,
          onProgress: (done, total) => call.progress({ label: 'store.checking', done, total, unit: 'items' }),
        });
        if (result.ok || !disturbed || attempt === ATTEMPTS) return result;
      } finally {
        stop();
      }
    }
  };

  return {
    'store.showFolder': () => context.shell('reveal', { path: context.folder }),

    'store.digest': () => ok({ spaces: store.digest() }),

    'store.check': async (_args, call) => {
      try {
        const result = await check(call);
        const problems = [...result.problems, ...(await damagedFiles(context, store, call.signal))];
        return ok({ ok: problems.length === 0, problems, changeSets: result.changeSets });
      } catch (error) {
        if (call.signal.aborted) return refuse('job.cancelled');
        throw error;
      }
    },

    'store.backup': async ({ path: wanted }, call) => {
      const target = path.resolve(wanted);
      // Beside the store lie its key, its lock and its logs: a backup must not take the place of any of them.
      if (path.dirname(target) === path.resolve(context.folder)) return refuse('store.backupFailed');
      call.progress({ label: 'store.backingUp', done: 0, total: 1, unit: 'items' });
      store.signRuns();
      return backup(store.db, target, backupOptions(context.vault, context.clock.now()));
    },

    'store.compareBackup': ({ path: source }) => compareBackup(context.vault, store.db, path.resolve(source)),

    'store.restore': async ({ path: source, account }, call) => {
      call.progress({ label: 'store.restoring', done: 0, total: 1, unit: 'items' });
      return restore(path.resolve(source), account);
    },
  };
}

/** The public keys that are known here beside those of certificates: of what this laptop is and was, of laptops met in the room or by stick, of authors in a backup. */
function knownKeys({ vault, hasher, settings }: StoreContext, signer: Signer): ReadonlyMap<ReplicaId, Uint8Array> {
  // The repository rules under its own key.
  const rulers = [accountOf(settings)?.repositoryKey, ADOPTED_REPOSITORY.read(settings)];
  const learnt = [...rulers, ...PUBLIC_KEYS.flatMap((keys) => keys.list(settings).map(({ value }) => value))];
  const written = learnt.flatMap((key) => (typeof key === 'string' && /^[0-9a-f]{64}$/.test(key) ? [fromHex(key)] : []));
  // A key speaks for itself: it is that of the replica whose name follows from it.
  return new Map([signer.publicKey, ...vault.publicKeys(), ...written].map((key) => [replicaIdOf(key, hasher), key]));
}

/** The files of materials that are here and are not what their name says, as problems; one that is not here is none. */
async function damagedFiles({ files }: StoreContext, store: SqliteStore, signal: AbortSignal): Promise<string[]> {
  const damaged: string[] = [];
  for (const sha256 of everyFile(store.reader)) {
    signal.throwIfAborted();
    if (files.has(sha256) && !(await files.verify(sha256))) damaged.push(`file ${sha256}`);
  }
  return damaged;
}
