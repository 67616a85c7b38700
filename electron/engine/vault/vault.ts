import { existsSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import type { Signer } from '../../../shared/kernel/ports.ts';
import { nodeHasher, signerOf } from '../../../shared/node/crypto.ts';
import { writeTextAtomically } from '../../../shared/node/files/atomic-file.ts';
import { openFileRoom, type FileRoom } from '../../../shared/node/files/file-room.ts';
import { unwrapKey } from '../../../shared/node/sealing.ts';
import { lockFolder } from '../../../shared/node/store/sqlite/opening/folder-lock.ts';
import { openDatabase, type OpenDatabase } from '../../../shared/node/store/sqlite/opening/open-database.ts';
import { openStore, type StoreOptions } from '../../../shared/node/store/sqlite/opening/open-store.ts';
import { earlierSeeds, presentSeed, readOrMintKey } from '../../../shared/node/store/sqlite/opening/replica-key.ts';
import type { SealedFor } from '../../../shared/sync/bundle.ts';
import { replicaIdOf } from '../../../shared/sync/change-set.ts';

/** The vault of a data folder's keys: locked at first or not; opened, it gives what opens everything in the folder. */
export interface Vault {
  /** The data folder. */
  readonly folder: string;
  /** What opens; null while the vault is locked. */
  readonly opened: OpenedVault | null;
  /** Fulfilled once the vault is opened; where it stays locked, never. */
  whenOpened(): Promise<OpenedVault>;
}

/** Opens the databases, files and signers of one data folder. No key leaves it, and nothing else in the engine opens any of these. */
export interface OpenedVault {
  /** The data folder. */
  readonly folder: string;
  /** Opens a database of this laptop's: its store, a backup, a copy of either. Throws as `openDatabase` does. */
  readonly open: OpenDatabase;
  /** Takes the folder for this process; refuses `store.inUse`. */
  lock(): ReturnType<typeof lockFolder>;
  /** Opens the store of the folder, and takes the folder with it. Refuses as the function of this name does. */
  openStore(options: Omit<StoreOptions, 'folder' | 'file' | 'signer' | 'open' | 'signerFor'>): ReturnType<typeof openStore>;
  /** The signer of the replica that the folder is; throws before a store was opened in it. */
  signer(): Signer;
  /** The signers of the replicas that the folder was before, as far as their keys are here. */
  earlierSigners(): readonly Signer[];
  /** The public keys of the replicas that the folder is and was. */
  publicKeys(): readonly Uint8Array[];
  /** The key of a body that was sealed for the replica that the folder is, or for one that it was; null: for none of them. */
  unseal(sealed: SealedFor): Uint8Array | null;
  /** Opens the room of the files; what is noted of them lies in the store's database. `onSet`: called with what a note concerns. */
  openFiles(...opened: Tail<Parameters<typeof openFileRoom>>): FileRoom;
  /** A secret text that lies beside the store under this name; null where there is none. */
  readSecret(name: string): string | null;
  /** Writes it, whole or not at all, synced. Throws what the disk says. */
  keepSecret(name: string, text: string): void;
  forgetSecret(name: string): void;
}

type Tail<T extends readonly unknown[]> = T extends readonly [unknown, ...infer Rest] ? Rest : never;

/** Returns a vault that asks for no key: its folder is not encrypted. */
export function alwaysOpen(folder: string): Vault {
  const opened = openVault(folder);
  return { folder, opened, whenOpened: () => Promise.resolve(opened) };
}

/** Returns the opened vault of a data folder that is not encrypted. */
export function openVault(folder: string): OpenedVault {
  const everySeed = (): readonly Uint8Array[] => {
    const present = presentSeed(folder);
    return present ? [present, ...earlierSeeds(folder)] : earlierSeeds(folder);
  };
  const secretFile = (name: string): string => path.join(folder, name);
  return {
    folder,
    open: openDatabase,
    lock: () => lockFolder(folder),
    openStore: (options) => openStore({ ...options, folder, open: openDatabase, signerFor: (db) => signerOf(readOrMintKey(folder, db)) }),
    signer() {
      const seed = presentSeed(folder);
      if (!seed) throw new Error('no store was opened in this folder');
      return signerOf(seed);
    },
    earlierSigners: () => earlierSeeds(folder).map(signerOf),
    publicKeys: () => everySeed().map((seed) => signerOf(seed).publicKey),
    unseal: (sealed) => keyBy(everySeed(), sealed),
    openFiles: (...opened) => openFileRoom(folder, ...opened),
    readSecret: (name) => (existsSync(secretFile(name)) ? readFileSync(secretFile(name), 'utf8') : null),
    keepSecret: (name, text) => writeTextAtomically(secretFile(name), text),
    forgetSecret: (name) => rmSync(secretFile(name), { force: true }),
  };
}

function keyBy(seeds: readonly Uint8Array[], { ephemeral, recipients }: SealedFor): Uint8Array | null {
  for (const seed of seeds) {
    const { publicKey } = signerOf(seed);
    const own = recipients.find(({ replica }) => replica === replicaIdOf(publicKey, nodeHasher));
    const key = own && unwrapKey(ephemeral, own.wrapped, seed, publicKey);
    if (key) return key;
  }
  return null;
}
