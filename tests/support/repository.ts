import { rmSync } from 'node:fs';
import path from 'node:path';
import type { Clock } from '../../shared/kernel/ports.ts';
import { nodeClock, nodeRandom } from '../../shared/node/crypto.ts';
import type { RepositoryFiles } from '../../shared/node/files/repository-files.ts';
import { invite } from '../../server/enrolment.ts';
import { openRepository, type Repository } from '../../server/repository.ts';
import type { Role } from '../../server/roles.ts';
import { ROOT } from './engine.ts';
import { quickFolder } from './quick-folder.ts';

export interface TestRepository {
  readonly folder: string;
  readonly url: string;
  readonly repository: Repository;
  /** A one-time code. */
  invite(role: Role, scope: string): Promise<string>;
  /** Faults that the server reported. */
  readonly faults: unknown[];
  /** Stops it; its folder goes, unless it is `kept`. */
  stop(kept?: boolean): Promise<void>;
}

export interface RepositoryChoices {
  readonly folder?: string;
  readonly clock?: Clock;
  /** Where it keeps files; its folder where this is left out. */
  readonly files?: RepositoryFiles;
  /** False: without the courses and questionnaires that ship with the program. */
  readonly library?: boolean;
}

/** A real repository in this process, on a folder of its own (or the one given) and a port that the system chooses. */
export async function startRepository(options: RepositoryChoices = {}): Promise<TestRepository> {
  const folder = options.folder ?? quickFolder('itinera-repository-');
  const clock = options.clock ?? nodeClock;
  const faults: unknown[] = [];
  const opened = openRepository({
    folder,
    clock,
    ...(options.files && { files: options.files }),
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
    faults,
    invite: async (role, scope) => (await invite(repository.registry, role, scope, clock, nodeRandom)).code,
    async stop(kept = false) {
      await repository.close();
      if (!kept) rmSync(folder, { recursive: true, force: true });
    },
  };
}
