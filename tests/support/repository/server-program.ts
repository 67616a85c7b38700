import { execFile, spawn } from 'node:child_process';
import { promisify } from 'node:util';
import { programOfRun } from '../programs.ts';

/** The repository's program in a process of its own, as an operator starts it. */
export interface ServerProgram {
  readonly url: string;
  readonly port: number;
  kill(): Promise<void>;
  /** As an operator ends it; gives its exit code. */
  stop(): Promise<number | null>;
}

/** The program, as it is bundled for an operator, and what it is started with on a database. */
async function programOn(database: string): Promise<{ readonly file: string; readonly env: NodeJS.ProcessEnv }> {
  const { file, env } = await programOfRun('repository');
  return { file, env: { ...env, DATABASE_URL: database, npm_lifecycle_event: undefined } };
}

/** Starts it on a database, with a folder for the files of materials, and waits until it listens. Throws what it said where it ends instead. */
export async function startServerProgram(database: string, folder: string): Promise<ServerProgram> {
  const { file, env } = await programOn(database);
  const child = spawn(process.execPath, [file, '--data', folder, '--port', '0'], {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const gone = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)));
  let [out, err] = ['', ''];
  child.stderr.on('data', (piece: Buffer) => (err += String(piece)));
  const url = await new Promise<string>((resolve, reject) => {
    child.stdout.on('data', (piece: Buffer) => {
      out += String(piece);
      const match = /listening on (\S+)\n/.exec(out);
      if (match) resolve(match[1]!);
    });
    void gone.then(() => reject(new Error(err)));
  });
  return {
    url,
    port: Number(new URL(url).port),
    async kill() {
      child.kill('SIGKILL');
      await gone;
    },
    async stop() {
      child.kill('SIGTERM');
      return gone;
    },
  };
}

/** Runs a command of the program on a database; gives what it printed. Throws with its standard error where it refuses. */
export async function administer(database: string, ...args: readonly string[]): Promise<string> {
  const { file, env } = await programOn(database);
  const { stdout } = await promisify(execFile)(process.execPath, [file, ...args], { env });
  return stdout.trim();
}
