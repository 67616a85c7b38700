import { randomUUID } from 'node:crypto';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { CallContext, Progress } from '../../../shared/contract/rpc.ts';
import type { usbContract } from '../../../shared/features/sync/usb-contract.ts';
import type { ParsedArgsOf, ResultOf } from '../../../shared/contract/call.ts';
import type { Result } from '../../../shared/kernel/result.ts';
import { changeSetsAfter } from '../../../shared/node/store/sqlite/change-log.ts';
import { nodeHasher } from '../../../shared/node/crypto.ts';
import { decodeChangeSet } from '../../../shared/sync/change-set.ts';
import { type Laptop } from './laptop.ts';
import { quietCall } from '../quiet-call.ts';
import { sourceFile } from '../../../shared/node/files/source-file.ts';

type Contract = typeof usbContract;
type ExportWish = Partial<Omit<ParsedArgsOf<Contract['sync.export']>, 'path'>>;

/** Writes a bundle, with the refusal as a value. */
export async function tryExport(
  laptop: Laptop,
  path: string,
  wish: ExportWish = {},
  call: CallContext = quietCall(),
): Promise<Result<ResultOf<Contract['sync.export']>>> {
  return laptop.sync.handlers['sync.export']({ path, files: true, recipients: [], ...wish }, call);
}

/** Writes a bundle; a refusal is an error here. */
export async function exported(laptop: Laptop, path: string, wish: ExportWish = {}): Promise<ResultOf<Contract['sync.export']>> {
  const done = await tryExport(laptop, path, wish);
  if (!done.ok) throw new Error(done.refusal.code);
  return done.value;
}

/** Reads a bundle, with the refusal as a value. */
export async function tryImport(
  laptop: Laptop,
  path: string,
  call: CallContext = quietCall(),
): Promise<Result<ResultOf<Contract['sync.import']>>> {
  return laptop.sync.handlers['sync.import']({ path }, call);
}

/** Reads a bundle; a refusal is an error here. */
export async function imported(laptop: Laptop, path: string): Promise<ResultOf<Contract['sync.import']>> {
  const done = await tryImport(laptop, path);
  if (!done.ok) throw new Error(done.refusal.code);
  return done.value;
}

/** What is known of bundles here. */
export function bundles(laptop: Laptop): ResultOf<Contract['sync.bundles']> {
  const answer = laptop.sync.handlers['sync.bundles']({}, quietCall());
  if (answer instanceof Promise || !answer.ok) throw new Error('bundles');
  return answer.value;
}

/** A call that is cancelled as soon as `when` says so of its progress. */
export function cancelledWhen(when: (progress: Progress) => boolean): CallContext {
  const controller = new AbortController();
  return {
    ...quietCall(controller.signal),
    progress: (progress) => {
      if (when(progress)) controller.abort();
    },
  };
}

/**
 * The log as a set: what each change-set says, by its hash. Whether one carries a signature of its own or is vouched for by a later one is
 * how it travelled, not what it says.
 */
export function logOf(laptop: Pick<Laptop, 'store'>): Map<string, string> {
  const log = new Map<string, string>();
  for (const space of laptop.store.spaces()) {
    for (const { hash, bytes, refused } of changeSetsAfter(laptop.store.db, space, 0, 10_000_000)) {
      const decoded = decodeChangeSet(bytes, nodeHasher);
      if (!decoded.ok) throw new Error(decoded.refusal.code);
      const { header, ops } = decoded.value;
      log.set(hash, JSON.stringify([header, ops, refused]));
    }
  }
  return log;
}

/** Everything of a store that a refused or cancelled import must not have touched. */
export function stateOf({ store }: Pick<Laptop, 'store'>): string {
  const tables = ['change_set', 'tip', 'held', 'certificate', 'acknowledged', 'refusal', 'erasure', 'written'];
  return JSON.stringify([store.digest(), tables.map((table) => store.db.prepare(`select count(*) from "${table}"`).pluck().get())]);
}

/** Makes places for files, each on a stick of its own. */
export function sticksIn(folder: string): (name?: string) => string {
  let sticks = 0;
  return (name = 'records.itinera') => {
    const place = path.join(folder, `STICK ${++sticks}`);
    mkdirSync(place);
    return path.join(place, name);
  };
}

/** Adds a material with one file to a space; two change-sets. Its hash. */
export async function addFile(laptop: Laptop, space: string, bytes: Uint8Array): Promise<string> {
  const source = path.join(laptop.folder, `${randomUUID()}.source`);
  writeFileSync(source, bytes);
  const { sha256, size } = await laptop.files.put(sourceFile(source));
  rmSync(source);
  const materialId = randomUUID();
  laptop.write(space, 'material', materialId, { name: 'Diapositives', kind: 'slides' });
  laptop.write(space, 'materialVersion', randomUUID(), {
    materialId,
    language: 'fr',
    fileName: 'x.pdf',
    type: 'application/pdf',
    sha256,
    size,
  });
  return sha256;
}
