import type { AddressInfo } from 'node:net';
import path from 'node:path';
import type { Clock, Random } from '../shared/kernel/ports.ts';
import { ok, type Result } from '../shared/kernel/result.ts';
import { brotli, nodeClock, nodeHasher, nodeRandom, nodeVerifier } from '../shared/node/crypto.ts';
import { openDiskFiles } from '../shared/node/files/disk-files.ts';
import type { RepositoryFiles } from '../shared/node/files/repository-files.ts';
import { LIBRARY_PACK, ingestLibrary } from '../shared/node/store/library.ts';
import { feedHead } from '../shared/node/store/sqlite/change-log.ts';
import { endForgetting } from '../shared/node/store/sqlite/forgetting.ts';
import { lockFolder } from '../shared/node/store/sqlite/folder-lock.ts';
import { openStore } from '../shared/node/store/sqlite/open-store.ts';
import type { SqliteStore } from '../shared/node/store/sqlite/sqlite-store.ts';
import { Certificates } from './certificates.ts';
import { Cursors } from './cursor.ts';
import { WrongCodes, enrol, renew, type EnrolmentPorts } from './enrolment.ts';
import { exchangeOver, type Session } from './exchange.ts';
import { actorOf, factsOf, unregisteredWorkshops } from './facts.ts';
import { MaterialFiles } from './files.ts';
import { repositoryFolder, repositorySigner } from './folder.ts';
import { GrantsBook } from './grants.ts';
import { httpServer } from './http.ts';
import { readmit } from './readmission.ts';
import { eraseFromRefused } from './refused-erasure.ts';
import { Registry } from './registry.ts';

export interface RepositoryOptions {
  readonly folder: string;
  /** Holds the library that ships with the program; null: a repository that starts empty. */
  readonly resources: string | null;
  /** Where the files of materials are; the data folder where this is left out. */
  readonly files?: RepositoryFiles;
  readonly clock?: Clock;
  readonly random?: Random;
  /** Gets what was thrown; never anything of a request. */
  readonly report?: (error: unknown) => void;
}

export interface Repository {
  readonly store: SqliteStore;
  readonly registry: Registry;
  /** Starts listening; port 0 lets the system choose. Returns the address, `http://host:port`. */
  listen(host: string, port: number): Promise<string>;
  /** Ends in under a second: requests that take longer are cut, and clients resume. */
  close(): Promise<void>;
}

/**
 * Opens a repository on a data folder: the composition root of the server. Refuses `store.inUse` when another process serves the
 * folder, and what `openStore` and `ingestLibrary` refuse.
 */
export function openRepository(options: RepositoryOptions): Result<Repository> {
  const { clock = nodeClock, random = nodeRandom, report = () => undefined } = options;
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
  const registry = new Registry(folder.registry);
  const close = (): void => {
    registry.close();
    store.close();
    lock.value.release();
  };
  const forgetErased = (): void => {
    eraseFromRefused({ store, registry, hasher: nodeHasher });
    endForgetting(store.db);
  };
  store.onErased(forgetErased);
  store.trustRulings([store.replica]);
  // A cut between an erasure and this.
  forgetErased();
  const library = options.resources === null ? ok(0) : ingestLibrary(store, path.join(options.resources, LIBRARY_PACK));
  if (!library.ok) {
    close();
    return library;
  }

  const verifier = nodeVerifier();
  const ports = { store, registry, clock, random, signer, verifier, hasher: nodeHasher, compression: brotli };
  const certificates = new Certificates(store, signer, verifier, nodeHasher);
  const today = (): string => new Date(clock.now()).toISOString().slice(0, 10);
  const userOf = (replica: string): string => certificates.userOf(replica);
  registry.addWorkshops(unregisteredWorkshops(store, registry, userOf), clock.now());
  const grants = new GrantsBook(store, registry, factsOf(store.reader, registry, userOf), today);
  const cursors = new Cursors(store.db, secret(registry, random, 'cursorKey', 32), epochOf(registry, random));
  const enrolment: EnrolmentPorts = {
    ...ports,
    feed: () => feedHead(store.db),
    keep: (certificate) => certificates.keep(certificate),
  };
  const wrong = new WrongCodes();
  const app = httpServer({
    enrol: (request, address) => enrol(request, address, wrong, enrolment),
    readmit: (request) => readmit(request, secret(registry, random, 'challengeKey', 32), enrolment),
    renew: ({ device }, request) => renew(device, request, enrolment),
    session: (token) => sessionOf(registry, token, clock),
    exchange: exchangeOver({ ...ports, certificates, cursors, grants }),
    files: new MaterialFiles(options.files ?? openDiskFiles(folder.files), store.reader, report),
    report,
  });

  return ok({
    store,
    registry,
    async listen(host, port) {
      await app.listen({ host, port });
      const { port: bound } = app.server.address() as AddressInfo;
      return `http://${host.includes(':') ? `[${host}]` : host}:${bound}`;
    },
    async close() {
      await app.close();
      close();
    },
  });
}

function sessionOf(registry: Registry, token: string, clock: Clock): Session | null {
  const device = token === '' ? undefined : registry.deviceByToken(token, clock.now());
  const actor = device && actorOf(device);
  return device && actor ? { device, actor } : null;
}

/** A random setting, drawn the first time. */
function secret(registry: Registry, random: Random, name: string, length: number): Uint8Array {
  const known = registry.setting(name);
  if (known) return known;
  const drawn = random.bytes(length);
  registry.setSetting(name, drawn);
  return drawn;
}

/** A registry that was put back from a backup says so once: then the epoch is another, and every client compares positions. */
function epochOf(registry: Registry, random: Random): Uint8Array {
  if (registry.setting(RESTORED)?.length) {
    registry.setSetting('epoch', random.bytes(8));
    registry.setSetting(RESTORED, new Uint8Array(0));
  }
  return secret(registry, random, 'epoch', 8);
}

/** The setting by which a backup is known as one. */
export const RESTORED = 'restored';
