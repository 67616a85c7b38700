// `itinera --data FOLDER CALL ['JSON' | -]`: the desktop's calls from a terminal. Standard output holds one JSON document and nothing else.
import { existsSync } from 'node:fs';
import path from 'node:path';
import { runBatch } from './cli/batch.ts';
import { parseCommand, type Command } from './cli/command.ts';
import { helpFor } from './cli/help.ts';
import { environmentLanguage } from './cli/language.ts';
import { readWhole, TOO_LONG } from './cli/standard-input.ts';
import { endsQuietly, write } from './cli/standard-output.ts';
import { desktopContract } from '../shared/contract/desktop.ts';
import type { CallContext, SpokenRefusal } from '../shared/contract/rpc.ts';
import type { Refusal } from '../shared/kernel/result.ts';
import { writeForOwnerOnly } from '../shared/node/files/private-folder.ts';
import type { Engine } from './engine/engine.ts';
import { stateFolder } from './engine/state-folder.ts';
import { openSentences } from './engine/sentences.ts';

writeForOwnerOnly();

const root = path.resolve(import.meta.dirname, '..');
const locales = path.join(root, 'locales');
const language = environmentLanguage(process.env);
const sentences = openSentences(locales);

/** Exit codes: a result, a refusal (nothing changed), wrong usage. */
const DONE = 0;
const REFUSED = 1;
const USAGE = 2;

const interrupted = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => interrupted.abort());

async function run(command: Command): Promise<number> {
  if (command.kind === 'usage') return wrongUsage(command.key, command.values);
  if (command.kind === 'help') {
    const help = helpFor(command.call, (key) => sentences.translate(language, key));
    if (!help) return refused(said({ code: 'call.unknown', details: { name: command.call ?? '' } }));
    await write(process.stdout, help, true);
    return DONE;
  }
  if (command.kind === 'batch') {
    const engine = await open(command.data);
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
    return refused(said({ code: 'call.unknown', details: { name: command.call.slice(0, 100) } }));
  }
  const args = await argumentsOf(command.args);
  if (!args.ok) return args.key === 'tooLong' ? refused(said({ code: 'call.tooLarge', details: {} })) : wrongUsage(args.key, {});
  return call(command.data, command.call, args.value);
}

async function call(data: string, name: string, args: unknown): Promise<number> {
  const engine = await open(data);
  if ('code' in engine && engine.code === 'store.damaged' && name === 'store.restore') return restoreDamaged(data, args);
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
async function restoreDamaged(data: string, args: unknown): Promise<number> {
  const wanted = desktopContract['store.restore'].args.safeParse(args);
  if (!wanted.success) return refused(said({ code: 'call.arguments', details: { call: 'store.restore', field: 'path', issues: [] } }));
  const { replaceDamaged } = await import('./engine/backup/restore.ts');
  const replaced = replaceDamaged(data, path.resolve(wanted.data.path), Date.now(), { account: wanted.data.account });
  if (!replaced.ok) return refused(said(replaced.refusal));
  const engine = await open(data);
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
async function open(data: string): Promise<Engine | SpokenRefusal> {
  // Help and wrong usage do not pay for the engine.
  const { openEngine } = await import('./engine/engine.ts');
  const opened = await openEngine({
    folder: data,
    resources: path.join(root, 'resources'),
    locales,
    language,
    state: stateFolder() ?? undefined,
  });
  return opened.ok ? opened.value : said(opened.refusal);
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

function said(refusal: Refusal): SpokenRefusal {
  return { ...refusal, message: sentences.speak(language, refusal) };
}

async function refused({ code, message, details }: SpokenRefusal): Promise<number> {
  await write(process.stderr, { error: { code, message, details } }, true);
  return REFUSED;
}

async function wrongUsage(key: string, values: Readonly<Record<string, unknown>>): Promise<number> {
  const message = `${sentences.translate(language, `cli:${key}`, values)} ${sentences.translate(language, 'cli:usage')}`;
  await write(process.stderr, { error: { code: `cli.${key}`, message, details: values } }, true);
  return USAGE;
}

endsQuietly(process.stdout, () => interrupted.abort());
endsQuietly(process.stderr, () => undefined);
// A bug says no more than that it was one: its message may quote what somebody typed.
const failed = () => refused(said({ code: 'call.failed', details: {} }));
process.exit(await run(parseCommand(process.argv.slice(2))).catch(failed));
