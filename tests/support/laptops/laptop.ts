import { askHere, NO_SHELL } from '../../../shared/contract/shell-port.ts';
import { USER } from '../../../electron/engine/local-state/of-this-laptop.ts';
import { trustIn } from '../../../electron/engine/sync/trust.ts';
import { readFileSync, rmSync } from 'node:fs';
import type { EngineContext } from '../../../electron/engine/context.ts';
import { departures, type Departures } from '../../../electron/engine/departures.ts';
import { accountOf, clockTrustOf } from '../../../electron/engine/sync/repository/account.ts';
import { doorOf } from '../../../electron/engine/sync/repository/door.ts';
import { remoteAt, type Remote } from '../../../electron/engine/sync/repository/remote.ts';
import { syncFeature, type SyncFeature } from '../../../electron/engine/features/sync/sync.ts';
import type { LocalSettings } from '../../../electron/engine/local-settings.ts';
import type { Clock, Random } from '../../../shared/kernel/ports.ts';
import type { Result } from '../../../shared/kernel/result.ts';
import { nodeClock, nodeHasher, nodeRandom, nodeVerifier, signerOf } from '../../../shared/node/crypto.ts';
import { openFileRoom, type FileRoom } from '../../../shared/node/files/file-room.ts';
import { openLocalSettings } from '../../../shared/node/store/sqlite/local.ts';
import { openStore } from '../../../shared/node/store/sqlite/opening/open-store.ts';
import { readOrMintKey } from '../../../shared/node/store/sqlite/opening/replica-key.ts';
import type { SqliteStore } from '../../../shared/node/store/sqlite/sqlite-store.ts';
import type { FieldWrite } from '../../../shared/sync/types.ts';
import { placeOfFile } from './stored-file.ts';
import { quickFolder } from '../repository/quick-folder.ts';
import { quietCall } from '../quiet-call.ts';
import { openVault } from '../../../electron/engine/vault/vault.ts';
import { madeDocuments } from '../../../electron/engine/files/made-documents.ts';
import { openTypesetter } from '../../../shared/node/papers/typesetter.ts';

/** A laptop's store, files and sync on a folder, without the other features. */
export interface Laptop {
  readonly folder: string;
  readonly store: SqliteStore;
  readonly settings: LocalSettings;
  readonly files: FileRoom;
  readonly sync: SyncFeature;
  /** What is done before records leave, by whatever door. */
  readonly departures: Departures;
  /** The repository as this laptop sees it, for asking what the program does not ask. */
  remote(): Remote;
  enrol(url: string, code: string, name?: string): Promise<Result<unknown>>;
  run(options?: {
    readonly spaces?: string[];
    readonly files?: boolean;
    readonly signal?: AbortSignal;
  }): ReturnType<SyncFeature['handlers']['sync.run']>;
  /** Writes fields in a space; `record` maps field to value. */
  write(
    space: string,
    entityType: string,
    entityId: string,
    record: Readonly<Record<string, FieldWrite['value']>>,
    genesis?: boolean,
  ): void;
  /** Closes the store; the folder stays. */
  close(): Promise<void>;
  /** Closes it and throws the folder away. */
  end(): Promise<void>;
}

export interface LaptopOptions {
  readonly folder?: string;
  readonly clock?: Clock;
  readonly random?: Random;
}

/** Opens a laptop on a new folder, or on the one given. */
export function openLaptop(options: LaptopOptions = {}): Laptop {
  const folder = options.folder ?? quickFolder('itinera-laptop-');
  const { clock = nodeClock, random = nodeRandom } = options;
  const late: { settings?: LocalSettings } = {};
  const opened = openStore({
    folder,
    clock,
    random,
    hasher: nodeHasher,
    author: () => (late.settings && USER.read(late.settings)) ?? '',
    clockTrust: () => (late.settings ? clockTrustOf(late.settings, clock.now()) : 0),
    signs: 'runs',
  });
  if (!opened.ok) throw new Error(`openStore: ${opened.refusal.code}`);
  const store = opened.value;
  const local = openLocalSettings(store);
  late.settings = local;
  const files = openFileRoom(folder, store.db);
  const context: EngineContext = {
    store,
    settings: local,
    trust: trustIn({ store, settings: local, verifier: nodeVerifier(), hasher: nodeHasher }),
    files,
    clock,
    random,
    vault: openVault(folder),
    shell: askHere(NO_SHELL),
    folder,
    hasher: nodeHasher,
    typesetter: openTypesetter(folder),
    madeDocuments: madeDocuments(),
    resources: folder,
    language: () => 'en',
    translate: (_language, key) => key,
    departures: departures(),
  };
  const signer = signerOf(readOrMintKey(folder, store.db));
  const sync = syncFeature(context, { store, signer, background: false, pause: 1 });
  return {
    folder,
    store,
    settings: local,
    files,
    sync,
    departures: context.departures,
    remote() {
      const account = accountOf(local)!;
      const door = doorOf(
        { store, signer, vault: context.vault, hasher: nodeHasher, verifier: nodeVerifier(), memory: { session: null } },
        account,
      );
      return remoteAt(account.url, door, new AbortController().signal);
    },
    enrol: async (url, code, name = 'Awa Diop') =>
      sync.handlers['sync.enrol']({ url, code, name, allowPlain: false, held: false }, quietCall()),
    run: ({ spaces, files: withFiles = true, signal } = {}) =>
      sync.handlers['sync.run']({ files: withFiles, ...(spaces && { spaces }) }, quietCall(signal)),
    write(space, entityType, entityId, record, genesis = false) {
      const writes = Object.entries(record).map(([field, value]) => ({ entityType, entityId, field, value }));
      store.commit([{ space, writes, ...(genesis && { kind: 'genesis' as const }) }]);
    },
    async close() {
      await sync.close();
      store.close();
    },
    async end() {
      await sync.close();
      store.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The bytes of a file of the laptop by its hash; null when it is not there. */
export function fileBytes(laptop: Laptop, sha256: string): Uint8Array | null {
  return laptop.files.has(sha256) ? readFileSync(placeOfFile(laptop.folder, sha256)) : null;
}

/** Whether a text lies anywhere in a laptop's database: bytes of the file, log and all. */
export function holds(laptop: Laptop, text: string): boolean {
  laptop.store.db.pragma('wal_checkpoint(TRUNCATE)');
  return laptop.store.db.serialize().includes(Buffer.from(text));
}
