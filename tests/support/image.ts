import { spawn, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ROOT } from './laptops/engine.ts';

/** One instruction of a Dockerfile. */
export interface Instruction {
  readonly name: string;
  readonly rest: string;
}

export function dockerfile(): Instruction[] {
  return readFileSync(path.join(ROOT, 'Dockerfile'), 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => ({ name: line.split(' ')[0]!, rest: line.slice(line.indexOf(' ') + 1) }));
}

/** What the build copies from the tree. */
export function copiedFromTree(): string[] {
  return dockerfile()
    .filter(({ name, rest }) => name === 'COPY' && !rest.startsWith('--from'))
    .flatMap(({ rest }) => rest.split(' ').slice(0, -1));
}

/** The list of arguments that an instruction gives as JSON. */
export function argumentsOf(name: string): string[] {
  const { rest } = dockerfile().find((each) => each.name === name)!;
  return JSON.parse(rest.slice(rest.indexOf('['))) as string[];
}

/**
 * Does in a temporary folder what the Dockerfile does: the copies, the commands of its build, its start with its arguments, its health check, and
 * SIGTERM. `install`: with the real `npm ci`s; else with what is installed here. Returns how it went.
 */
export async function playImage({
  install,
}: {
  install: boolean;
}): Promise<{ said: string; healthy: number | null; ended: number | null }> {
  const folder = mkdtempSync(path.join(tmpdir(), 'itinera-image-'));
  try {
    const [build, app, data] = ['build', 'app', 'data'].map((name) => path.join(folder, name)) as [string, string, string];
    for (const place of [build, app, data]) mkdirSync(place);
    const there = (text: string): string => text.replaceAll('/app', app).replaceAll('/data', data);
    for (const each of copiedFromTree()) cpSync(path.join(ROOT, each), path.join(build, each), { recursive: true });
    if (!install) {
      symlinkSync(path.join(ROOT, 'node_modules'), path.join(build, 'node_modules'));
      mkdirSync(path.join(app, 'node_modules'));
      symlinkSync(path.join(ROOT, 'node_modules/better-sqlite3'), path.join(app, 'node_modules/better-sqlite3'));
    }
    let at = build;
    for (const { name, rest } of dockerfile()) {
      if (name === 'USER') break;
      if (name === 'WORKDIR' && rest === '/app') at = app;
      if (name !== 'RUN' || rest.startsWith('mkdir /data') || (!install && rest.startsWith('npm ci'))) continue;
      const [program, ...args] = there(rest).split(' ');
      const done = spawnSync(program === 'node' ? process.execPath : program!, args, { cwd: at, encoding: 'utf8' });
      if (done.status !== 0) throw new Error(`${rest}: ${done.stderr}`);
    }
    const port = await freePort();
    const [, ...start] = [...argumentsOf('ENTRYPOINT'), ...argumentsOf('CMD')].map((each) =>
      there(each).replace('0.0.0.0', '127.0.0.1').replace('8090', String(port)),
    );
    const server = spawn(process.execPath, start, { cwd: app, stdio: ['ignore', 'pipe', 'inherit'], env: { PATH: process.env['PATH'] } });
    const ended = new Promise<number | null>((resolve) => server.once('exit', (code) => resolve(code)));
    try {
      const said = await new Promise<string>((resolve) => {
        server.stdout.once('data', (text: Buffer) => resolve(String(text).trim()));
        void ended.then((code) => resolve(`ended with ${code}`));
      });
      const [, ...check] = argumentsOf('HEALTHCHECK').map((each) => each.replace('8090', String(port)));
      const healthy = spawnSync(process.execPath, check, { encoding: 'utf8' }).status;
      server.kill('SIGTERM');
      return { said: said.replace(String(port), 'PORT'), healthy, ended: await ended };
    } finally {
      server.kill('SIGKILL');
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => resolve(port));
    });
  });
}
