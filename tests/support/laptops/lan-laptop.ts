import { askHere, NO_SHELL } from '../../../shared/contract/shell-port.ts';
import { trustIn } from '../../../electron/engine/sync/trust.ts';
import { lanFeature, type LanFeature } from '../../../electron/engine/features/sync/sync-lan.ts';
import type { EngineContext } from '../../../electron/engine/context.ts';
import type { ResultOf } from '../../../shared/contract/call.ts';
import type { lanContract } from '../../../shared/features/sync/lan-contract.ts';
import type { Result } from '../../../shared/kernel/result.ts';
import { nodeClock, nodeHasher, nodeRandom, signerOf, nodeVerifier } from '../../../shared/node/crypto.ts';
import { readOrMintKey } from '../../../shared/node/store/sqlite/opening/replica-key.ts';
import { openLaptop, type Laptop, type LaptopOptions } from './laptop.ts';
import { quietCall } from '../quiet-call.ts';
import { openVault } from '../../../electron/engine/vault/vault.ts';
import { madeDocuments } from '../../../electron/engine/files/made-documents.ts';
import { openTypesetter } from '../../../shared/node/papers/typesetter.ts';

type Calls = typeof lanContract;

/** A laptop with its door on loopback, on a port that the system chooses. */
export interface LanLaptop extends Laptop {
  /** Runs a call of LAN sync; a refusal is an error here. */
  lan<K extends keyof Calls>(name: K, args?: Record<string, unknown>): Promise<ResultOf<Calls[K]>>;
  tryLan<K extends keyof Calls>(name: K, args?: Record<string, unknown>, signal?: AbortSignal): Promise<Result<ResultOf<Calls[K]>>>;
  /** Opens the door; its address. */
  openDoor(): Promise<string>;
}

export interface LanLaptopOptions extends LaptopOptions {
  readonly name?: string;
  isRevoked?(replica: string): boolean;
}

/** Gives a laptop (a new one, or the one given) LAN sync. */
export function openLanLaptop(options: LanLaptopOptions = {}, laptop: Laptop = openLaptop(options)): LanLaptop {
  const { store, settings, files, folder } = laptop;
  const { clock = nodeClock, random = nodeRandom } = options;
  if (options.name !== undefined) settings.set('name', options.name);
  const context: EngineContext = {
    store,
    settings,
    trust: trustIn({ store, settings, verifier: nodeVerifier(), hasher: nodeHasher }),
    files,
    clock,
    random,
    vault: openVault(folder),
    shell: askHere(NO_SHELL),
    folder,
    hasher: nodeHasher,
    typesetter: openTypesetter(folder),
    madeDocuments: madeDocuments(),
    resources: folder,
    language: () => 'en',
    translate: (_language, key) => key,
    departures: laptop.departures,
  };
  const faults: unknown[] = [];
  const feature: LanFeature = lanFeature(context, {
    store,
    signer: signerOf(readOrMintKey(folder, store.db)),
    background: false,
    pause: 1,
    isRevoked: options.isRevoked ?? (() => false),
    report: (error) => void faults.push(error),
  });
  const tryLan: LanLaptop['tryLan'] = async (name, args = {}, signal) => {
    const parsed = feature.handlers[name] as (args: never, call: unknown) => unknown;
    return (await parsed(withDefaults(name, args) as never, quietCall(signal))) as never;
  };
  return {
    ...laptop,
    tryLan,
    async lan(name, args) {
      const answer = await tryLan(name, args);
      if (!answer.ok) throw new Error(`${name}: ${answer.refusal.code}`);
      return answer.value;
    },
    async openDoor() {
      const opened = await tryLan('sync.lanOpen', { host: '127.0.0.1', port: 0, visible: false });
      if (!opened.ok) throw new Error(opened.refusal.code);
      return `127.0.0.1:${opened.value.port}`;
    },
    async close() {
      await feature.close();
      await laptop.close();
    },
    async end() {
      await feature.close();
      await laptop.end();
      if (faults.length > 0) throw faults[0];
    },
  };
}

/** What the contract's schema would fill in. */
function withDefaults(name: keyof Calls, args: Record<string, unknown>): Record<string, unknown> {
  if (name === 'sync.lanConfirm') return { workshops: [], ...args };
  if (name === 'sync.lanRun') return { files: true, ...args };
  return args;
}

/** Pairs two laptops whose owners see the same code; `asked` has its door open. What each shares with the other. */
export async function pair(
  asking: LanLaptop,
  asked: LanLaptop,
  address: string,
  workshops: { readonly asking?: readonly string[]; readonly asked?: readonly string[] } = {},
): Promise<void> {
  const shown = await asking.lan('sync.lanPair', { address });
  const there = await shownAt(asked);
  if (shown.code !== there.code) throw new Error(`the codes differ: ${shown.code} and ${there.code}`);
  await Promise.all([
    asking.lan('sync.lanConfirm', { equal: true, workshops: workshops.asking ?? [] }),
    asked.lan('sync.lanConfirm', { equal: true, workshops: workshops.asked ?? [] }),
  ]);
}

/** The pairing that a laptop shows, once it does. */
export async function shownAt(laptop: LanLaptop): Promise<NonNullable<ResultOf<Calls['sync.lanStatus']>['pairing']>> {
  for (;;) {
    const { pairing } = await laptop.lan('sync.lanStatus');
    if (pairing) return pairing;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
