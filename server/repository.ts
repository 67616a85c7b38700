import path from 'node:path';
import type { Random } from '../shared/kernel/ports.ts';
import { ok, type Result } from '../shared/kernel/result.ts';
import { nodeHasher } from '../shared/node/crypto.ts';
import { openDiskFiles } from '../shared/node/files/disk-files.ts';
import type { RepositoryFiles } from '../shared/node/files/repository-files.ts';
import { LIBRARY_PACK, ingestLibrary } from '../shared/node/store/library.ts';
import { clearPurgePending } from '../shared/node/store/sqlite/purge-pending.ts';
import { lockFolder } from '../shared/node/store/sqlite/opening/folder-lock.ts';
import { openDatabase } from '../shared/node/store/sqlite/opening/open-database.ts';
import { openStore } from '../shared/node/store/sqlite/opening/open-store.ts';
import type { SqliteStore } from '../shared/node/store/sqlite/sqlite-store.ts';
import { folderBook } from './book.ts';
import { folderStore, unregisteredWorkshops } from './folder/folder-store.ts';
import { repositoryFolder, repositorySigner } from './folder/folder.ts';
import { FolderRegistry } from './registry.ts';
import { withDefaults, drawSecrets, serve, type Serving, type ServingOptions } from './serving.ts';
import { WrongCodesHere } from './access/wrong-codes.ts';

export interface RepositoryOptions extends ServingOptions {
  readonly folder: string;
  /** Where the files of materials are; the data folder where this is left out. */
  readonly files?: RepositoryFiles;
}

/** A running server on a folder. */
export interface Repository extends Serving {
  readonly store: SqliteStore;
  readonly registry: FolderRegistry;
}

/**
 * Opens a repository on a data folder: the composition root of the server. Refuses `store.inUse` when another process serves the
 * folder, and what `openStore` and `ingestLibrary` refuse.
 */
export function openRepository(options: RepositoryOptions): Result<Repository> {
  const { resources, clock, random, isProxy, quotas, report } = withDefaults(options);
  const folder = repositoryFolder(options.folder);
  const lock = lockFolder(folder.path);
  if (!lock.ok) return lock;
  const signer = repositorySigner(folder.key);
  const opened = openStore({
    file: folder.store,
    signer,
    clock,
    random,
    hasher: nodeHasher,
    author: () => 'repository',
    clockTrust: () => 2,
  });
  if (!opened.ok) {
    lock.value.release();
    return opened;
  }
  const store = opened.value;
  const registry = new FolderRegistry(folder.registry);
  const noted = openDatabase(folder.registry);
  const close = (): void => {
    noted.close();
    registry.close();
    store.close();
    lock.value.release();
  };
  const kept = folderStore(store, registry, nodeHasher);
  const forgetErased = (): void => {
    kept.redactQuarantine();
    clearPurgePending(store.db);
  };
  store.onErased(forgetErased);
  store.trustRulings([store.replica]);
  // A cut between an erasure and this.
  forgetErased();
  const library = resources === null ? ok(0) : ingestLibrary(store, path.join(resources, LIBRARY_PACK));
  if (!library.ok) {
    close();
    return library;
  }
  registry.addWorkshops(unregisteredWorkshops(store, registry), clock.now());
  beginEpochAfterRestore(registry, random);
  const serving = serve({
    ...{ store: kept, registry, signer, clock, random, isProxy, quotas, report },
    files: options.files ?? openDiskFiles(folder.path),
    book: folderBook(noted),
    wrongCodes: new WrongCodesHere(),
    secrets: drawSecrets(random, (name, drawn) => registry.secret(name, drawn)),
  });
  return ok({
    store,
    registry,
    listen: serving.listen,
    async close() {
      await serving.close();
      close();
    },
  });
}

/** Begins another epoch, once, in a registry that was put back from a backup: then every client compares positions. */
function beginEpochAfterRestore(registry: FolderRegistry, random: Random): void {
  if (!registry.setting(RESTORED)?.length) return;
  registry.setSetting('epoch', random.bytes(8));
  registry.setSetting(RESTORED, new Uint8Array(0));
}

/** The name of the setting that marks a backup as one. */
export const RESTORED = 'restored';
