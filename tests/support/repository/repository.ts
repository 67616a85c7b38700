import { readFileSync, readdirSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import type { Clock } from '../../../shared/kernel/ports.ts';
import { nodeClock, nodeRandom } from '../../../shared/node/crypto.ts';
import { openDatabase } from '../../../shared/node/store/sqlite/opening/open-database.ts';
import type { RepositoryFiles } from '../../../shared/node/files/repository-files.ts';
import type { IsProxy } from '../../../server/access/doorkeeper.ts';
import { invite } from '../../../server/access/enrolment.ts';
import { openRepository, type Repository } from '../../../server/repository.ts';
import type { Quotas } from '../../../server/quotas.ts';
import type { Registry } from '../../../server/registry.ts';
import type { Role } from '../../../shared/features/sync/reading.ts';
import type { Head, SpaceId, Tip, ValueId } from '../../../shared/sync/types.ts';
import { ROOT } from '../laptops/engine.ts';
import { startPostgresRepository } from './postgres-repository.ts';
import { expectFillable } from './provable.ts';
import { quickFolder } from './quick-folder.ts';

export interface TestRepository {
  readonly folder: string;
  readonly url: string;
  /** Only where it lies in a folder. */
  readonly repository: Repository;
  /** Where it lies in PostgreSQL. */
  readonly database?: string;
  readonly registry: Pick<Registry, 'acts' | 'quarantinedAmong' | 'counts' | 'creatorOf' | 'device' | 'revocations' | 'revoke'>;
  /** A one-time code. */
  invite(role: Role, scope: string, whom?: Parameters<typeof invite>[5]): Promise<string>;
  digest(): Promise<Readonly<Record<SpaceId, string>>>;
  spaces(): Promise<readonly SpaceId[]>;
  tips(space: SpaceId): Promise<readonly Tip[]>;
  history(entity: string, field: string): Promise<readonly Pick<Head, 'id' | 'value'>[]>;
  /** The rows of an entity's projection, by id. */
  shown(type: string): Promise<readonly Readonly<Record<string, unknown>>[]>;
  /** When it received what these values were written by; what is not known is left out. */
  receivedAt(values: readonly ValueId[]): Promise<ReadonlyMap<ValueId, number>>;
  /** Whether a text lies anywhere in what it keeps, also in what nobody is shown. */
  holds(text: string): Promise<boolean>;
  /** Runs a statement on its register of devices. */
  alterRegister(sql: string): Promise<void>;
  /** Takes everything of a space out, as if it had been put back to the time before there was one. */
  forgetSpace(space: SpaceId): Promise<void>;
  /** Faults that the server reported. */
  readonly faults: unknown[];
  /** Stops it; its folder goes, unless it is `kept`. Before it goes a fresh device must be able to fill itself from it (`expectFillable`). */
  stop(kept?: boolean): Promise<void>;
}

export interface RepositoryChoices {
  readonly folder?: string;
  readonly clock?: Clock;
  /** Where it keeps files; its folder where this is left out. */
  readonly files?: RepositoryFiles;
  /** Which addresses are proxies. */
  readonly isProxy?: IsProxy;
  /** What a device may cause in a day. */
  readonly quotas?: Quotas;
  /** False: without the courses and questionnaires that ship with the program. */
  readonly library?: boolean;
  /** Why no fresh device can be asked to fill itself from it in the end: what the test does to it on purpose. */
  readonly unfillable?: string;
}

/**
 * A real repository in this process, on a folder of its own (or the one given) and a port that the system chooses; on PostgreSQL where the tests run with
 * ITINERA_TEST_STORE=postgres.
 */
export async function startRepository(options: RepositoryChoices = {}): Promise<TestRepository> {
  const server = await (process.env['ITINERA_TEST_STORE'] === 'postgres' ? startPostgresRepository : startFolderRepository)(options);
  if (options.unfillable !== undefined) return server;
  const { stop } = server;
  let stopped = false;
  return Object.assign(server, {
    async stop(kept = false) {
      try {
        if (!kept && !stopped) await expectFillable(server);
      } finally {
        stopped = true;
        await stop(kept);
      }
    },
  });
}

async function startFolderRepository(options: RepositoryChoices): Promise<TestRepository> {
  const folder = options.folder ?? quickFolder('itinera-repository-');
  const clock = options.clock ?? nodeClock;
  const faults: unknown[] = [];
  const opened = openRepository({
    folder,
    clock,
    ...(options.files && { files: options.files }),
    ...(options.isProxy && { isProxy: options.isProxy }),
    ...(options.quotas && { quotas: options.quotas }),
    resources: (options.library ?? true) ? path.join(ROOT, 'resources') : null,
    report: (error) => faults.push(error),
  });
  if (!opened.ok) throw new Error(`openRepository: ${opened.refusal.code}`);
  const repository = opened.value;
  const url = await repository.listen('127.0.0.1', 0);
  return {
    folder,
    url,
    repository,
    registry: repository.registry,
    digest: async () => repository.store.digest(),
    spaces: async () => repository.store.spaces(),
    tips: async (space) => repository.store.tips(space),
    history: async (entity, field) => repository.store.reader.history(entity, field),
    shown: async (type) => repository.store.reader.all(`select * from "${type}" order by id`),
    receivedAt: async (values) => repository.store.reader.receivedAt(values),
    async holds(text) {
      repository.store.db.pragma('wal_checkpoint(TRUNCATE)');
      const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
      const kept = names.map((name) => path.join(folder, name)).filter((file) => statSync(file).isFile());
      return kept.some((file) => readFileSync(file).includes(text));
    },
    async alterRegister(sql) {
      const registry = openDatabase(path.join(folder, 'registry.db'));
      registry.prepare(sql).run();
      registry.close();
    },
    async forgetSpace(space) {
      const { db } = repository.store;
      db.prepare('delete from written where feed in (select feed from change_set where space = ?)').run(space);
      for (const table of ['change_set', 'tip']) db.prepare(`delete from ${table} where space = ?`).run(space);
    },
    faults,
    invite: async (role, scope, whom) => (await invite(repository.registry, role, scope, clock, nodeRandom, whom)).code,
    async stop(kept = false) {
      await repository.close();
      if (!kept) rmSync(folder, { recursive: true, force: true });
    },
  };
}
