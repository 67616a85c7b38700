import path from 'node:path';
import { ok, type Refusal, type Result } from '../../shared/kernel/result.ts';
import { newSeed, nodeHasher, signerOf } from '../../shared/node/crypto.ts';
import type { RepositoryFiles } from '../../shared/node/files/repository-files.ts';
import { LIBRARY_PACK, libraryMissingFrom } from '../../shared/node/store/library.ts';
import * as log from '../../shared/node/store/postgres/change-log.ts';
import { openDatabase } from '../../shared/node/store/postgres/database.ts';
import { postgresStore, type PostgresStore } from '../../shared/node/store/postgres/postgres-store.ts';
import { projectNext } from '../../shared/node/store/postgres/projections.ts';
import { migrate } from '../../shared/node/store/postgres/schema.ts';
import { LIBRARY } from '../../shared/model/spaces.ts';
import { encodeCertificate } from '../../shared/sync/certificate.ts';
import { postgresBook } from '../book.ts';
import { PostgresRegistry } from './postgres-registry.ts';
import { postgresRepositoryStore } from './postgres-repository-store.ts';
import { PostgresWrongCodes } from './postgres-wrong-codes.ts';
import { withDefaults, drawSecrets, serve, type Serving, type ServingOptions } from '../serving.ts';

export interface PostgresRepositoryOptions extends ServingOptions {
  /** `postgres://user:password@host:port/database`; the key that certifies devices is in there too. */
  readonly url: string;
  /** Where the files of materials are. */
  readonly files: RepositoryFiles;
}

/** A running server process on a database that others may serve as well. */
export interface PostgresRepository extends Serving {
  readonly store: PostgresStore;
  readonly registry: PostgresRegistry;
}

/** Returns the refusal that an error of the connection means for who operates the server; null: a bug. */
export function databaseRefusal(error: unknown): Refusal | null {
  if (typeof error !== 'object' || error === null) return null;
  // Several addresses were tried.
  if (error instanceof AggregateError && error.errors.length > 0) return databaseRefusal(error.errors[0]);
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  const reason = REASONS.test(code) ? code : error instanceof Error && /timeout|terminated/i.test(error.message) ? 'timeout' : null;
  return reason === null ? null : { code: 'administration.database', details: { reason } };
}

/** Connections (08), passwords and rights (28, 42501), no such database (3D), no room (53), starting up or going down (57); and the network's own. */
const REASONS = /^(08...|28...|3D...|42501|53...|57P..|E[A-Z_]{3,})$/;

/** How often a process looks for what another has left unshown: one that ended right after a commit. */
const LOOK_EVERY = 5_000;
/** Laptops that push one after the other, or one laptop's next pack, come within a second. */
const QUIET_FOR = 1_000;
const LONGEST_WAIT = 30_000;

/**
 * Opens a server process on a database: the composition root over PostgreSQL. It keeps nothing in itself that another process would miss. Refuses
 * `store.newer`, `administration.database` where the database cannot be reached or used, and what `libraryMissingFrom` refuses.
 */
export async function openPostgresRepository(given: PostgresRepositoryOptions): Promise<Result<PostgresRepository>> {
  const options = withDefaults(given);
  const db = openDatabase(options.url, { report: options.report });
  const opened = await openOn(db, options).catch(async (error: unknown) => {
    const refusal = databaseRefusal(error);
    if (refusal) return { ok: false, refusal } as const;
    await db.close();
    throw error;
  });
  if (!opened.ok) await db.close();
  return opened;
}

async function openOn(
  db: ReturnType<typeof openDatabase>,
  { resources, files, clock, random, isProxy, quotas, report }: Required<PostgresRepositoryOptions>,
): Promise<Result<PostgresRepository>> {
  const migrated = await migrate(db);
  if (!migrated.ok) return migrated;
  const registry = new PostgresRegistry(db);
  // Drawn by whichever process is the first; all of them use what is kept.
  const signer = signerOf(await registry.secret('key', newSeed()));
  const drawn = drawSecrets(random, (name, bytes) => registry.secret(name, bytes));
  const [cursorKey, challengeKey, epoch] = await Promise.all([drawn.cursorKey, drawn.challengeKey, drawn.epoch]);
  const secrets = { cursorKey, challengeKey, epoch };
  const store = postgresStore(db, { signer, clock, random, hasher: nodeHasher, author: () => 'repository', clockTrust: () => 2 });
  await store.trustRulings([store.replica]);
  const library = resources === null ? ok(0) : await ingestLibrary(store, path.join(resources, LIBRARY_PACK));
  if (!library.ok) return library;

  const showing = showInOrder(store, report);
  const serving = serve({
    ...{ registry, files, signer, clock, random, secrets, isProxy, quotas, report },
    store: postgresRepositoryStore(store, nodeHasher),
    book: postgresBook(db),
    wrongCodes: new PostgresWrongCodes(db),
  });
  return ok({
    store,
    registry,
    listen: serving.listen,
    async close() {
      await serving.close();
      await showing.stop();
      await db.close();
    },
  });
}

async function ingestLibrary(store: PostgresStore, file: string): Promise<Result<number>> {
  const { db } = store;
  const content = libraryMissingFrom((await log.tips(db, [LIBRARY])).get(LIBRARY) ?? [], file);
  if (!content.ok) return content;
  if (content.value === null) return ok(0);
  for (const { certificate } of content.value.publishers) {
    await db.run('insert into certificate values ($1, $2) on conflict do nothing', certificate.replica, encodeCertificate(certificate));
  }
  return ok((await store.ingest(content.value.changeSets)).applied);
}

/**
 * Shows what is added, in the order of the feed, one transaction after the other, once nothing was added for a moment: pushes go first. `stop` waits for
 * the one under way. Whoever cannot wait shows it before asking.
 */
function showInOrder(store: PostgresStore, report: (error: unknown) => void): { stop(): Promise<void> } {
  let running: Promise<void> | null = null;
  let timer: NodeJS.Timeout | undefined;
  let waitsSince = 0;
  let ended = false;
  const run = async (): Promise<void> => {
    while (!ended && (await projectNext(store.db)));
  };
  const start = (): void => {
    timer = undefined;
    if (ended) return;
    running ??= run()
      .catch(report)
      .finally(() => (running = null));
  };
  const wake = (): void => {
    const now = performance.now();
    if (timer === undefined) waitsSince = now;
    clearTimeout(timer);
    timer = setTimeout(start, Math.max(0, Math.min(QUIET_FOR, waitsSince + LONGEST_WAIT - now))).unref();
  };
  store.onAdded(wake);
  const looking = setInterval(wake, LOOK_EVERY).unref();
  wake();
  return {
    async stop() {
      ended = true;
      clearInterval(looking);
      clearTimeout(timer);
      await running;
    },
  };
}
