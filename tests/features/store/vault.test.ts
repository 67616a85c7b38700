import { spawnSync } from 'node:child_process';
import { EventEmitter } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openEngine, type Engine } from '../../../electron/engine/engine.ts';
import { runEngineProcess } from '../../../electron/engine/engine-process.ts';
import { alwaysOpen, openVault } from '../../../electron/engine/vault/vault.ts';
import { desktopContract } from '../../../shared/contract/desktop.ts';
import type { FromEngineProcess, ToEngineProcess } from '../../../shared/contract/engine-process.ts';
import { client, type Client, type FromEngine } from '../../../shared/contract/rpc.ts';
import type { Door } from '../../../shared/contract/caller.ts';
import { LANGUAGES } from '../../../shared/kernel/text.ts';
import { VERSION } from '../../../shared/kernel/version.ts';
import { newSeed, nodeHasher, signerOf } from '../../../shared/node/crypto.ts';
import { replicaIdOf } from '../../../shared/sync/change-set.ts';
import { wrapKey } from '../../../shared/node/sealing.ts';
import { lateVault, type LateVault } from '../../support/late-vault.ts';
import { openTestEngine, ROOT } from '../../support/laptops/engine.ts';
import { quietCall } from '../../support/quiet-call.ts';

const BUNDLED = { resources: path.join(ROOT, 'resources'), locales: path.join(ROOT, 'locales') };

let folder: string;
let data: string;
let engine: Engine | undefined;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'itinera-vault-'));
  data = path.join(folder, 'data');
});
afterEach(async () => {
  await engine?.close();
  engine = undefined;
  rmSync(folder, { recursive: true, force: true });
});

async function engineOn({ vault }: LateVault, options: Partial<Parameters<typeof openEngine>[0]> = {}): Promise<Engine> {
  const opened = await openEngine({ vault, ...BUNDLED, ...options });
  if (!opened.ok) throw new Error(opened.refusal.code);
  engine = opened.value;
  return engine;
}

const codeOf = async (here: Engine, name: string, args: unknown = {}): Promise<string> => {
  const answer = await here.dispatcher.dispatch(name, args, quietCall());
  return answer.ok ? 'ok' : answer.error.code;
};

describe('a locked vault', () => {
  it('has nothing opened: no folder is made, and another engine may have it', async () => {
    const locked = await engineOn(lateVault(data), { background: true });
    expect(locked.state()).toBe('locked');
    expect(existsSync(data)).toBe(false);
    const other = await openTestEngine(data);
    expect(await codeOf(locked, 'settings.get')).toBe('vault.locked');
    await other.close();
  });

  it('refuses every call of every door but those that need no store', async () => {
    const locked = await engineOn(lateVault(data));
    const served: string[] = [];
    for (const door of ['window', 'terminal', 'engine'] as const satisfies readonly Door[]) {
      for (const name of Object.keys(desktopContract)) {
        const answer = await locked.dispatcher.dispatch(name, {}, { ...quietCall(), caller: { door } });
        const code = answer.ok ? 'ok' : answer.error.code;
        if (code === 'ok') served.push(`${door} ${name}`);
        // Arguments are looked at first, as ever.
        else expect(['vault.locked', 'call.arguments'], name).toContain(code);
      }
    }
    expect(served).toEqual(['window vault.status', 'terminal vault.status', 'engine vault.status']);
    const phone = await locked.dispatcher.dispatch('vault.status', {}, { ...quietCall(), caller: { door: 'participant', token: 'x' } });
    expect(phone).toMatchObject({ ok: false, error: { code: 'call.unknown' } });
    expect(await codeOf(locked, 'people.add', { activityId: '018f0000-0000-7000-8000-000000000000' })).not.toBe('ok');
    expect(existsSync(data)).toBe(false);
  });

  it.each(LANGUAGES)('says so, and how it stands, in %s', async (language) => {
    const locked = await engineOn(lateVault(data), { language });
    const refused = await locked.dispatcher.dispatch('activity.list', {}, quietCall());
    const words = refused.ok ? '' : refused.error.message;
    expect(words).not.toContain('vault.locked');
    expect(words.length).toBeGreaterThan(40);
    expect(await locked.dispatcher.dispatch('vault.status', {}, quietCall())).toEqual({
      ok: true,
      result: { state: 'locked', version: VERSION, language },
    });
  });

  it('opens everything once it is opened, and goes on without a restart', async () => {
    const before = await openTestEngine(data);
    await before.call('settings.set', { language: 'pt', name: 'Awa' });
    await before.close();
    const late = lateVault(data);
    const here = await engineOn(late);
    expect(await codeOf(here, 'settings.get')).toBe('vault.locked');
    late.open();
    // What is asked while it opens waits for it, or is refused as before; nothing else.
    expect(['ok', 'vault.locked']).toContain(await codeOf(here, 'settings.get'));
    expect(await here.opened).toMatchObject({ ok: true });
    expect(here.state()).toBe('opened');
    const settings = await here.dispatcher.dispatch('settings.get', {}, quietCall());
    expect(settings).toMatchObject({ ok: true, result: { name: 'Awa', language: 'pt' } });
    expect(await here.dispatcher.dispatch('vault.status', {}, quietCall())).toMatchObject({
      ok: true,
      result: { state: 'opened', language: 'pt' },
    });
  });

  it('stays locked where its store does not open, and says why', async () => {
    const other = await openTestEngine(data);
    const late = lateVault(data);
    const here = await engineOn(late);
    late.open();
    expect(await here.opened).toMatchObject({ ok: false, refusal: { code: 'store.inUse' } });
    expect(here.state()).toBe('locked');
    expect(await codeOf(here, 'settings.get')).toBe('vault.locked');
    await other.close();
  });

  it('closed before it was opened, opens nothing any more', async () => {
    const late = lateVault(data);
    const here = await engineOn(late);
    await here.close();
    late.open();
    await here.opened;
    expect(here.state()).toBe('locked');
    expect(existsSync(data)).toBe(false);
  });
});

it('an opened vault opens what was sealed for the replica that the folder is or was, and for no other', async () => {
  const first = await openTestEngine(data);
  await first.close();
  const vault = openVault(data);
  const key = newSeed();
  const sealedFor = (publicKey: Uint8Array) => {
    const { ephemeral, wrapped } = wrapKey(key, [publicKey]);
    return { ephemeral, recipients: [{ replica: replicaIdOf(publicKey, nodeHasher), wrapped: wrapped[0]! }] };
  };
  expect(vault.unseal(sealedFor(vault.signer().publicKey))).toEqual(key);
  expect(vault.unseal(sealedFor(signerOf(newSeed()).publicKey))).toBeNull();
  expect(vault.publicKeys()).toEqual([vault.signer().publicKey]);
});

describe('the command line on a locked vault', () => {
  const terminal = (...args: readonly string[]) =>
    spawnSync(process.execPath, [path.join(ROOT, 'tests/support/late-terminal.ts'), '--data', data, ...args], {
      encoding: 'utf8',
      env: { ...process.env, LC_ALL: '', LC_MESSAGES: '', LANG: 'fr_FR.UTF-8' },
      input: '{"call":"settings.get"}\n{"call":"vault.status"}\n',
    });

  it('refuses what needs the store, by its code and with its words, and serves the rest', () => {
    const refused = terminal('activity.list');
    expect([refused.status, refused.stdout]).toEqual([1, '']);
    const { error } = JSON.parse(refused.stderr) as { error: { code: string; message: string } };
    expect(error.code).toBe('vault.locked');
    expect(error.message).toContain('verrouillées');
    const served = terminal('vault.status');
    expect([served.status, served.stderr]).toEqual([0, '']);
    expect(JSON.parse(served.stdout)).toEqual({ state: 'locked', version: VERSION, language: 'fr' });
    const many = terminal('batch', '--continue');
    expect(
      many.stdout
        .trim()
        .split('\n')
        .map((line) => (JSON.parse(line) as { ok: boolean }).ok),
    ).toEqual([false, true]);
    expect(existsSync(data)).toBe(false);
  });
});

/** Ports as Electron has them, in this process. */
class Port extends EventEmitter {
  other: Port | undefined;
  postMessage(message: unknown, ports: readonly unknown[] = []): void {
    const data: unknown = structuredClone(message);
    setImmediate(() => this.other?.emit('message', { data, ports }));
  }
  start(): void {
    return;
  }
  close(): void {
    this.other?.emit('close');
  }
}

function pair(): readonly [Port, Port] {
  const [one, other] = [new Port(), new Port()];
  one.other = other;
  other.other = one;
  return [one, other];
}

describe('the engine’s process on a locked vault', () => {
  it('answers locked, asks nobody, and opens on opened only', async () => {
    const late = lateVault(data);
    const [shell, child] = pair();
    const said: FromEngineProcess[] = [];
    shell.on('message', ({ data: message }: { data: FromEngineProcess }) => said.push(message));
    // The user would say yes.
    shell.on('message', ({ data: message }: { data: FromEngineProcess }) => {
      if (message.type === 'ask') shell.postMessage({ type: 'answer', id: message.id, ok: true, value: true });
    });
    const ended = new Promise<void>((resolve) => runEngineProcess(child as unknown as Electron.ParentPort, () => late.vault, resolve));
    const tell = (message: ToEngineProcess, ports: readonly unknown[] = []) => shell.postMessage(message, ports);
    tell({ type: 'open', folder: data, ...BUNDLED, language: 'en' });
    const [port, given] = pair();
    tell({ type: 'window' }, [given]);
    const states: string[] = [];
    const window: Client<typeof desktopContract> = client(
      (message) => port.postMessage(message),
      (receive) => port.on('message', ({ data: message }: { data: FromEngine }) => receive(message)),
    );
    window.onVault((state) => states.push(state));
    await expect(window.call('people.erase', { id: '018f0000-0000-7000-8000-000000000000', reason: 'asked' })).rejects.toMatchObject({
      code: 'vault.locked',
    });
    expect(await window.call('vault.status', {})).toMatchObject({ state: 'locked' });
    expect([said.map(({ type }) => type), states, existsSync(data)]).toEqual([['locked'], ['locked'], false]);
    late.open();
    await expect.poll(() => states).toEqual(['locked', 'opened']);
    expect(await window.call('settings.get', {})).toMatchObject({ languageChosen: false });
    expect(said.map(({ type }) => type)).toEqual(['locked', 'opened']);
    tell({ type: 'close' });
    await ended;
  });

  it('of a vault that asks for no key says opened, and nothing of a vault to the window', async () => {
    const [shell, child] = pair();
    const said: FromEngineProcess[] = [];
    shell.on('message', ({ data: message }: { data: FromEngineProcess }) => said.push(message));
    const ended = new Promise<void>((resolve) => runEngineProcess(child as unknown as Electron.ParentPort, alwaysOpen, resolve));
    shell.postMessage({ type: 'open', folder: data, ...BUNDLED, language: 'en' } satisfies ToEngineProcess);
    const [port, given] = pair();
    const heard: FromEngine[] = [];
    port.on('message', ({ data: message }: { data: FromEngine }) => heard.push(message));
    shell.postMessage({ type: 'window' } satisfies ToEngineProcess, [given]);
    port.postMessage({ type: 'call', id: 1, name: 'vault.status', args: {} });
    await expect.poll(() => heard.some(({ type }) => type === 'answer')).toBe(true);
    expect(heard.filter(({ type }) => type === 'vault')).toEqual([]);
    expect(said).toEqual([{ type: 'opened', salvaged: null }]);
    shell.postMessage({ type: 'close' } satisfies ToEngineProcess);
    await ended;
  });
});
