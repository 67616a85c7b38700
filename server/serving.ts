import type { AddressInfo } from 'node:net';
import type { Clock, Random, Signer } from '../shared/kernel/ports.ts';
import { brotli, nodeClock, nodeHasher, nodeRandom, nodeVerifier } from '../shared/node/crypto.ts';
import type { RepositoryFiles } from '../shared/node/files/repository-files.ts';
import type { Book } from './book.ts';
import { Certificates } from './access/certificates.ts';
import { Cursors } from './pull/cursor.ts';
import { decodingThread, type Decoding } from './push/decoding.ts';
import type { IsProxy } from './access/doorkeeper.ts';
import { enrol, renew, type EnrolmentPorts } from './access/enrolment.ts';
import { exchangeOver, type ExchangePorts } from './exchange.ts';
import { FileRights } from './files/file-rights.ts';
import { MaterialFiles } from './files/files.ts';
import { GrantsBook } from './access/grants.ts';
import { httpServer } from './http.ts';
import { QUOTAS, Usage, type Quotas } from './quotas.ts';
import { recoverCredential } from './access/credential-recovery.ts';
import type { Registry } from './registry.ts';
import type { RepositoryStore } from './repository-store.ts';
import { Sessions } from './access/sessions.ts';
import { enrolGuarded, AttemptQueue, type CountedCodes } from './access/wrong-codes.ts';

/** The options of a server, wherever its records are kept. */
export interface ServingOptions {
  /** Holds the library that ships with the program; null: a repository that starts empty. */
  readonly resources: string | null;
  readonly clock?: Clock;
  readonly random?: Random;
  /** Which addresses are proxies; none where this is left out. */
  readonly isProxy?: IsProxy;
  /** What a device may cause in a day; as `QUOTAS` says where this is left out. */
  readonly quotas?: Quotas;
  /** Gets what was thrown; never anything of a request. */
  readonly report?: (error: unknown) => void;
}

/** Returns the options with the default of each that is left out. */
export function withDefaults<O extends ServingOptions>(options: O): O & Required<ServingOptions> {
  const usual = { clock: nodeClock, random: nodeRandom, isProxy: () => false, quotas: QUOTAS, report: () => undefined };
  return { ...usual, ...options };
}

/** The secrets that a server has drawn once and keeps: they sign cursors and challenges, and name the repository's past. */
export interface Secrets {
  readonly cursorKey: Uint8Array;
  readonly challengeKey: Uint8Array;
  readonly epoch: Uint8Array;
}

/** Draws the secrets of a server; `kept` returns the one that it keeps already, or keeps and returns the drawn one. */
export function drawSecrets<T>(random: Random, kept: (name: keyof Secrets, drawn: Uint8Array) => T): Record<keyof Secrets, T> {
  return {
    cursorKey: kept('cursorKey', random.bytes(32)),
    challengeKey: kept('challengeKey', random.bytes(32)),
    epoch: kept('epoch', random.bytes(8)),
  };
}

/** A running server. */
export interface Serving {
  /** Starts listening; port 0 lets the system choose. Returns the address, `http://host:port`. */
  listen(host: string, port: number): Promise<string>;
  /** Ends in under a second: requests that take longer are cut, and clients resume. */
  close(): Promise<void>;
}

/** The parts of a server, wherever its records are kept. */
export interface ServingPorts {
  readonly store: RepositoryStore;
  readonly registry: Registry;
  readonly files: RepositoryFiles;
  readonly book: Book;
  readonly wrongCodes: CountedCodes;
  readonly signer: Signer;
  readonly clock: Clock;
  readonly random: Random;
  readonly secrets: Secrets;
  readonly isProxy: IsProxy;
  readonly quotas: Quotas;
  readonly report: (error: unknown) => void;
  /** Where pushes are read; the process's own thread where this is left out. */
  readonly decoding?: Decoding;
}

/** The time between two looks for files abandoned on their way, in milliseconds. */
const CLEAR_EVERY = 6 * 3_600_000;

/** One a process: servers that run in one share it. */
const processDecoding = decodingThread();

/** The routes over a store: the same for a folder and for a database server. */
export function serve({
  store,
  registry,
  files,
  book,
  wrongCodes,
  signer,
  clock,
  random,
  secrets,
  isProxy,
  quotas,
  report,
  decoding = processDecoding,
}: ServingPorts): Serving {
  const verifier = nodeVerifier();
  const ports = { store, registry, clock, random, signer, verifier, hasher: nodeHasher, compression: brotli };
  const certificates = new Certificates(store, signer, verifier, nodeHasher);
  const grants = new GrantsBook(store, registry, clock);
  const cursors = new Cursors(store, secrets.cursorKey, secrets.epoch);
  const enrolment: EnrolmentPorts = {
    ...ports,
    feed: () => store.feedHead(),
    certificates,
  };
  const usage = new Usage(book, quotas, clock);
  const rights = new FileRights({
    store,
    book,
    clock,
    key: secrets.challengeKey,
    readableBy: async (actor) => (await grants.of(actor)).readable,
  });
  const attempts = new AttemptQueue();
  const sessions = new Sessions({ registry, certificates, signer, verifier, clock });
  const materialFiles = new MaterialFiles(files, rights, report, usage);
  let clearing: NodeJS.Timeout | undefined;
  let cleared = Promise.resolve();
  const clear = (): void => void (cleared = materialFiles.clearAbandoned(clock.now()));
  const app = httpServer({
    enrol: (request, address) =>
      enrolGuarded(address, clock.now(), wrongCodes, attempts, (wrong) => enrol(request, address, wrong, enrolment)),
    readmit: (request) => recoverCredential(request, secrets.challengeKey, enrolment),
    async renew({ device }, request) {
      const counted = await usage.take(device.user, { certificates: 1 });
      return counted.ok ? renew(device, request, enrolment) : counted;
    },
    exchange: exchangeOver({ ...ports, usage, certificates, cursors, grants, decoding, stepOver: toldOnce(report) }),
    openSession: (request) => sessions.open(request),
    admit: (asked, withBody) => sessions.admit(asked, withBody),
    files: materialFiles,
    isProxy,
    report,
  });
  return {
    async listen(host, port) {
      await app.listen({ host, port });
      clear();
      clearing = setInterval(clear, CLEAR_EVERY).unref();
      const { port: bound } = app.server.address() as AddressInfo;
      return `http://${host.includes(':') ? `[${host}]` : host}:${bound}`;
    },
    async close() {
      clearInterval(clearing);
      await app.close();
      await cleared;
    },
  };
}

/** Tells the operator of what pulls leave out, each change-set once. */
function toldOnce(report: (error: unknown) => void): ExchangePorts['stepOver'] {
  const told = new Set<string>();
  return (unproven) => {
    const news = unproven.filter((hash) => !told.has(hash));
    if (told.size > 10_000) told.clear();
    for (const hash of news) told.add(hash);
    const places = `${news[0]}${news.length > 1 ? ` and ${news.length - 1} more` : ''}`;
    if (news.length > 0)
      report(new Error(`nothing in the log proves who made ${places}; left out of what is sent, see itinera-repository verify`));
  };
}
