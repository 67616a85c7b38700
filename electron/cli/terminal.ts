import { existsSync } from 'node:fs';
import path from 'node:path';
import { desktopContract } from '../../shared/contract/desktop.ts';
import type { CallContext, SpokenRefusal } from '../../shared/contract/rpc.ts';
import { askHere } from '../../shared/contract/shell-port.ts';
import type { Refusal } from '../../shared/kernel/result.ts';
import { writeForOwnerOnly } from '../../shared/node/files/private-folder.ts';
import type { Engine } from '../engine/engine.ts';
import { openSentences, type Sentences } from '../engine/sentences.ts';
import { stateFolder } from '../engine/state-folder.ts';
import type { OpenedVault, Vault } from '../engine/vault/vault.ts';
import { runBatch } from './batch.ts';
import { parseCommand, type Command } from './command.ts';
import { helpFor } from './help.ts';
import { environmentLanguage } from './language.ts';
import { readWhole, TOO_LONG } from './standard-input.ts';
import { TERMINAL_SHELL } from './terminal-shell.ts';
import { endOnBrokenPipe, write } from './standard-output.ts';

const language = environmentLanguage(process.env);

/** The parts that the composition root hands to the command line. */
export interface TerminalOptions {
  /** Where `resources/` and `locales/` lie. */
  readonly root: string;
  /** What opens the data folder that a command names. */
  vaultOf(folder: string): Vault;
}

interface Here extends TerminalOptions {
  readonly sentences: Sentences;
}

/** Exit codes: a result, a refusal (nothing changed), wrong usage. */
const DONE = 0;
const REFUSED = 1;
const USAGE = 2;

const interrupted = new AbortController();

/** Runs what a command line asks for and ends the process with its exit code. Standard output holds one JSON document and nothing else. */
export async function runTerminal(argv: readonly string[], options: TerminalOptions): Promise<never> {
  const here: Here = { ...options, sentences: openSentences(path.join(options.root, 'locales')) };
  writeForOwnerOnly();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => interrupted.abort());
  endOnBrokenPipe(process.stdout, () => interrupted.abort());
  endOnBrokenPipe(process.stderr, () => undefined);
  // A bug says no more than that it was one: its message may quote what somebody typed.
  const failed = () => refused(said(here, { code: 'call.failed', details: {} }));
  process.exit(await run(here, parseCommand(argv)).catch(failed));
}

async function run(here: Here, command: Command): Promise<number> {
  if (command.kind === 'usage') return wrongUsage(here, command.key, command.values);
  if (command.kind === 'help') {
    const help = helpFor(command.call, (key) => here.sentences.translate(language, key));
    if (!help) return refused(said(here, { code: 'call.unknown', details: { name: command.call ?? '' } }));
    await write(process.stdout, help, true);
    return DONE;
  }
  if (command.kind === 'batch') {
    const engine = await open(here, here.vaultOf(command.data));
    if ('code' in engine) return refused(engine);
    try {
      const batch = { keepGoing: command.keepGoing, signal: interrupted.signal, speak: engine.speak };
      return (await runBatch(engine.dispatcher, process.stdin, process.stdout, batch)) ? DONE : REFUSED;
    } finally {
      await engine.close();
    }
  }
  // An unknown call is refused before a folder is made for it.
  if (!Object.hasOwn(desktopContract, command.call) && !existsSync(command.data)) {
    return refused(said(here, { code: 'call.unknown', details: { name: command.call.slice(0, 100) } }));
  }
  const args = await argumentsOf(command.args);
  if (!args.ok)
    return args.key === 'tooLong' ? refused(said(here, { code: 'call.tooLarge', details: {} })) : wrongUsage(here, args.key, {});
  return call(here, here.vaultOf(command.data), command.call, args.value);
}

async function call(here: Here, vault: Vault, name: string, args: unknown): Promise<number> {
  const engine = await open(here, vault);
  if ('code' in engine && engine.code === 'store.damaged' && name === 'store.restore' && vault.opened)
    return restoreDamaged(here, vault, vault.opened, args);
  if ('code' in engine) return refused(engine);
  try {
    const answer = await engine.dispatcher.dispatch(name, args, {
      caller: { door: 'terminal' },
      signal: interrupted.signal,
      progress: () => undefined,
    });
    if (!answer.ok) return await refused(answer.error);
    await write(process.stdout, answer.result, true);
    return DONE;
  } finally {
    await engine.close();
  }
}

/** A store that does not open is restored from outside: no engine can be asked to do it. */
async function restoreDamaged(here: Here, vault: Vault, opened: OpenedVault, args: unknown): Promise<number> {
  const wanted = desktopContract['store.restore'].args.safeParse(args);
  if (!wanted.success)
    return refused(said(here, { code: 'call.arguments', details: { call: 'store.restore', field: 'path', issues: [] } }));
  const { replaceDamaged } = await import('../engine/backup/restore.ts');
  const replaced = replaceDamaged(opened, path.resolve(wanted.data.path), Date.now(), { account: wanted.data.account });
  if (!replaced.ok) return refused(said(here, replaced.refusal));
  const engine = await open(here, vault);
  if ('code' in engine) return refused(engine);
  try {
    const context: CallContext = { caller: { door: 'terminal' }, signal: interrupted.signal, progress: () => undefined };
    const checked = await engine.dispatcher.dispatch('store.check', {}, context);
    if (!checked.ok) return await refused(checked.error);
    const { changeSets } = checked.result as { readonly changeSets: number };
    await write(process.stdout, { ...replaced.value, changeSets, salvaged: engine.salvaged ?? 0 }, true);
    return DONE;
  } finally {
    await engine.close();
  }
}

/** The engine, or why it does not open. */
async function open(here: Here, vault: Vault): Promise<Engine | SpokenRefusal> {
  // Help and wrong usage do not pay for the engine.
  const { openEngine } = await import('../engine/engine.ts');
  const opened = await openEngine({
    vault,
    resources: path.join(here.root, 'resources'),
    locales: path.join(here.root, 'locales'),
    language,
    state: stateFolder() ?? undefined,
    shell: askHere(TERMINAL_SHELL),
  });
  return opened.ok ? opened.value : said(here, opened.refusal);
}

type Arguments = { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly key: 'json' | 'tooLong' };

async function argumentsOf(text: string | undefined): Promise<Arguments> {
  const json = text === '-' ? await readWhole(process.stdin) : (text ?? '{}');
  if (json === TOO_LONG) return { ok: false, key: 'tooLong' };
  try {
    return { ok: true, value: json.trim() === '' ? {} : (JSON.parse(json) as unknown) };
  } catch {
    return { ok: false, key: 'json' };
  }
}

function said({ sentences }: Here, refusal: Refusal): SpokenRefusal {
  return { ...refusal, message: sentences.speak(language, refusal) };
}

async function refused({ code, message, details }: SpokenRefusal): Promise<number> {
  await write(process.stderr, { error: { code, message, details } }, true);
  return REFUSED;
}

async function wrongUsage({ sentences }: Here, key: string, values: Readonly<Record<string, unknown>>): Promise<number> {
  const message = `${sentences.translate(language, `cli:${key}`, values)} ${sentences.translate(language, 'cli:usage')}`;
  await write(process.stderr, { error: { code: `cli.${key}`, message, details: values } }, true);
  return USAGE;
}
