import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import errors from '../locales/en/errors.json' with { type: 'json' };
import { refuse, type Refusal, type Result } from '../shared/kernel/result.ts';
import { openDiskFiles } from '../shared/node/files/disk-files.ts';
import { writeForOwnerOnly } from '../shared/node/files/private-folder.ts';
import type { RepositoryFiles } from '../shared/node/files/repository-files.ts';
import { COMMANDS, type Flags } from './administration.ts';
import { proxiesOf } from './access/doorkeeper.ts';
import { filesFromEnvironment } from './files/file-settings.ts';
import { repositoryFolder } from './folder/folder.ts';
import { openPostgresRepository } from './postgres/postgres-repository.ts';
import { quotasFromEnvironment } from './quotas.ts';
import { openRepository } from './repository.ts';
import type { Serving, ServingOptions } from './serving.ts';

writeForOwnerOnly();

/** `npm run repository -- --data DIR --port N [--host H]` serves; `itinera-repository COMMAND --data DIR ...` administers. */
const USAGE = [
  'itinera-repository --data DIR --port N [--host H] [--behind-proxy ADDRESS,...]      DATABASE_URL=postgres://... keeps the records in PostgreSQL',
  ...Object.values(COMMANDS).map(({ usage }) => `itinera-repository ${usage}`),
  'ROLE: trainer expert curriculum officer coordinator administrator. SCOPE: all, country:XX, institution:ID, workshop:ID.',
].join('\n');

function readArguments(): { readonly command: string; readonly flags: Flags } | null {
  try {
    const { positionals, values } = parseArgs({
      allowPositionals: true,
      options: Object.fromEntries(
        ['data', 'port', 'host', 'behind-proxy', 'role', 'scope', 'name', 'device', 'to'].map((name) => [
          name,
          { type: 'string' as const },
        ]),
      ),
    });
    // A password has no place on a command line, which others may read.
    const database = process.env['DATABASE_URL'] || undefined;
    const flags: Flags = { ...values, ...(database !== undefined && { database }) };
    if (positionals.length > 1 || (!flags['data'] && database === undefined)) return null;
    return { command: positionals[0] ?? 'serve', flags };
  } catch {
    return null;
  }
}

/** A server that is just ending still has the folder; whoever starts the next one should not have to know. */
const PREDECESSOR = 3_000;
/** npm leaves a server behind when it is ended: the shell between them passes no signal on. */
const LOOK_FOR_PARENT = 100;

const RESOURCES = path.join(import.meta.dirname, '..', 'resources');

const report = (error: unknown): void => console.error(fault(error));

async function open(flags: Flags): Promise<Result<Serving>> {
  const files = await filesFromEnvironment(process.env);
  if (!files.ok) return files;
  const isProxy = proxiesOf(flags['behind-proxy'] ?? process.env['BEHIND_PROXY']);
  if (!isProxy.ok) return isProxy;
  const quotas = quotasFromEnvironment(process.env);
  if (!quotas.ok) return quotas;
  const serving: ServingChoices = { isProxy: isProxy.value, quotas: quotas.value };
  return flags['database'] === undefined ? openWhenFree(flags['data']!, files.value, serving) : openOnDatabase(flags, files.value, serving);
}

type ServingChoices = Pick<ServingOptions, 'isProxy' | 'quotas'>;

async function openWhenFree(folder: string, files: RepositoryFiles | undefined, choices: ServingChoices): Promise<Result<Serving>> {
  for (const started = performance.now(); ; await setTimeout(100)) {
    const repository = openRepository({ folder, resources: RESOURCES, ...(files && { files }), ...choices, report });
    if (repository.ok || repository.refusal.code !== 'store.inUse' || performance.now() - started > PREDECESSOR) return repository;
  }
}

/** A database that starts together with its servers is waited for. */
const DATABASE_WITHIN = 20_000;

async function openOnDatabase(flags: Flags, bucket: RepositoryFiles | undefined, choices: ServingChoices): Promise<Result<Serving>> {
  const files = bucket ?? (flags['data'] === undefined ? null : openDiskFiles(repositoryFolder(flags['data']).path));
  if (!files) return refuse('administration.filesPlace');
  for (const started = performance.now(); ; await setTimeout(500)) {
    const repository = await openPostgresRepository({ url: flags['database']!, resources: RESOURCES, files, ...choices, report });
    if (repository.ok || !isStarting(repository.refusal) || performance.now() - started > DATABASE_WITHIN) return repository;
  }
}

function isStarting({ code, details }: Refusal): boolean {
  return code === 'administration.database' && ['57P03', 'ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN'].includes(String(details['reason']));
}

/** Resolves when the server is to end: a signal, or the npm that started it is gone. */
function toldToEnd(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.once(signal, () => resolve());
    const parent = process.ppid;
    if (process.env['npm_lifecycle_event'] === undefined) return;
    setInterval(() => process.ppid !== parent && resolve(), LOOK_FOR_PARENT).unref();
  });
}

async function serve(flags: Flags): Promise<number> {
  const port = Number(flags['port'] ?? 8090);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) return usage();
  const ended = toldToEnd();
  const opened = await open(flags);
  if (!opened.ok) return refused(opened.refusal);
  const repository = opened.value;
  try {
    console.log(`listening on ${await repository.listen(flags['host'] ?? '127.0.0.1', port)}`);
  } catch (error) {
    await repository.close();
    return refused({ code: 'administration.cannotListen', details: { reason: codeOf(error), port: String(port) } });
  }
  await ended;
  await repository.close();
  return 0;
}

async function administer(command: string, flags: Flags): Promise<number> {
  if (!Object.hasOwn(COMMANDS, command)) return usage();
  const said = await COMMANDS[command]!.run(flags);
  if (!said.ok) return refused(said.refusal);
  console.log(said.value.out);
  if (said.value.note !== '') console.error(said.value.note);
  return 0;
}

function usage(): number {
  console.error(USAGE);
  return 2;
}

function refused({ code, details }: Refusal): number {
  console.error(JSON.stringify({ error: { code, message: sentenceOf(code, details), details } }));
  return 1;
}

/** The sentence of a code, in English: an administrator at a terminal. The code itself where there is none. */
function sentenceOf(code: string, details: Refusal['details']): string {
  let found: unknown = errors;
  for (const part of code.split('.'))
    found = typeof found === 'object' && found !== null ? (found as Record<string, unknown>)[part] : undefined;
  const words = (name: string): string => {
    const value = details[name];
    return typeof value === 'string' || typeof value === 'number' ? `${value}` : '';
  };
  return typeof found === 'string' ? found.replace(/\{\{(\w+)\}\}/g, (_, name: string) => words(name)) : code;
}

/** Where a fault was, not what it said: a message may quote a value. */
function fault(error: unknown): string {
  const frames = error instanceof Error ? (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line)) : [];
  return [`fault ${codeOf(error)}`, ...frames].join('\n');
}

function codeOf(error: unknown): string {
  if (typeof error === 'object' && error !== null && 'code' in error) return String(error.code);
  return error instanceof Error ? error.name : 'unknown';
}

const asked = readArguments();
process.exitCode =
  asked === null ? usage() : await (asked.command === 'serve' ? serve(asked.flags) : administer(asked.command, asked.flags));
