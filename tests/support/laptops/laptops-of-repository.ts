import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import type { Role } from '../../../shared/features/sync/reading.ts';
import { startRepository, type TestRepository } from '../repository/repository.ts';
import { openTestEngine, type TestEngine } from './engine.ts';

/** A repository and laptops of it, as long as the tests of a file run. */
export interface LaptopsOfRepository {
  /** The folder in which they lie. */
  readonly folder: string;
  /** All of them, in the order in which they were opened. */
  readonly opened: readonly TestEngine[];
  /** There once the tests run. */
  server(): TestRepository;
  /** A laptop that knows no repository. */
  alone(name: string): Promise<TestEngine>;
  /** One whose user has a role there, `scope` of everything where none is said; it has what it may read. */
  enrolled(name: string, role: Role, scope?: string): Promise<TestEngine>;
}

/** Returns the laptops of a repository of its own, which are closed when the tests of the file are through. */
export function laptopsOfRepository(prefix: string): LaptopsOfRepository {
  const folder = mkdtempSync(path.join(tmpdir(), prefix));
  const opened: TestEngine[] = [];
  let server: TestRepository;
  beforeAll(async () => {
    server = await startRepository({ library: false });
  });
  afterAll(async () => {
    for (const engine of opened) await engine.close();
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  });
  const alone: LaptopsOfRepository['alone'] = async (name) => {
    const engine = await openTestEngine(path.join(folder, name));
    opened.push(engine);
    await engine.call('settings.set', { name });
    return engine;
  };
  return {
    folder,
    opened,
    server: () => server,
    alone,
    async enrolled(name, role, scope = 'all') {
      const engine = await alone(name);
      await engine.call('sync.enrol', { url: server.url, code: await server.invite(role, scope), name });
      await engine.call('sync.run', {});
      return engine;
    },
  };
}
