import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { promisify } from 'node:util';
import type { Role } from '../../../shared/features/sync/reading.ts';
import { programIn } from '../../support/programs.ts';

export interface RunningRepository {
  readonly url: string;
  /** A one-time code, as the administrator prints it. */
  invite(role: Role, scope: string): Promise<string>;
  /** Stops it as an administrator does. The same folder and port can be started again: the network is back. */
  stop(): Promise<void>;
}

/** The repository as `npm run repository` starts it, in a process of its own on loopback. `port` 0: the system chooses. */
export async function runRepository(folder: string, port = 0): Promise<RunningRepository> {
  const { file, env } = programIn(process.env['ITINERA_PROGRAMS'], 'repository');
  const child = spawn(process.execPath, [file, '--data', folder, '--port', String(port)], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env,
  });
  const [said] = (await Promise.race([once(child.stdout.setEncoding('utf8'), 'data'), once(child, 'exit')])) as [unknown];
  const url = /^listening on (\S+)/.exec(String(said))?.[1];
  if (url === undefined) throw new Error(`the repository did not start: ${String(said)}`);
  return {
    url,
    async invite(role, scope) {
      const args = [file, 'invite', '--data', folder, '--role', role, '--scope', scope];
      const { stdout } = await promisify(execFile)(process.execPath, args, { env });
      return stdout.trim();
    },
    async stop() {
      if (child.exitCode !== null) return;
      child.kill('SIGTERM');
      await once(child, 'exit');
    },
  };
}
