import { open } from 'node:fs/promises';
import { ok, refuse, type Result } from '../../../../shared/kernel/result.ts';
import type { SpaceId } from '../../../../shared/sync/types.ts';
import type { LanPeer } from './peers.ts';
import type { LanPorts } from './ports.ts';
import { sharedWith } from './shared-spaces.ts';
import { PINS } from '../../local-state/of-this-laptop.ts';

/** Files of materials between two laptops: those that a record names in a space which both may read, and no others. */
interface NamedFile {
  readonly sha256: string;
  readonly size: number;
}

/** What travels at once of a file. */
export const PART = 1 << 20;

/** The files that records in open spaces name, smallest first. */
function namedFiles({ store }: LanPorts, isOpen: (space: SpaceId) => boolean): Map<string, NamedFile> {
  const rows = store.reader.all<NamedFile & { readonly space: SpaceId }>(
    'select distinct sha256, size, space from materialVersion where live = 1 order by size, sha256',
  );
  const wellFormed = rows.filter(({ sha256, size, space }) => isHash(sha256) && Number.isSafeInteger(size) && size > 0 && isOpen(space));
  return new Map(wellFormed.map(({ sha256, size }) => [sha256, { sha256, size }]));
}

function isHash(text: unknown): text is string {
  return typeof text === 'string' && /^[0-9a-f]{64}$/.test(text);
}

/** Files that are here and that the peer may have. */
export function filesToOffer(ports: LanPorts, peer: LanPeer): NamedFile[] {
  const shared = sharedWith(ports, peer);
  return [...namedFiles(ports, (space) => shared.isOpen(space)).values()].filter(({ sha256 }) => ports.files.pathOf(sha256) !== null);
}

/** Files that this laptop lacks in the spaces it shares with the peer: those of workshops, and those kept offline. */
export function filesToAskFor(ports: LanPorts, peer: LanPeer): NamedFile[] {
  const shared = sharedWith(ports, peer);
  const inWorkshops = namedFiles(ports, (space) => space.startsWith('workshop/') && shared.isOpen(space));
  const anywhere = namedFiles(ports, (space) => shared.isOpen(space));
  const pinned = new Set(PINS.ids(ports.settings));
  return [...anywhere.values()].filter(
    ({ sha256 }) => (inWorkshops.has(sha256) || pinned.has(sha256)) && ports.files.pathOf(sha256) === null,
  );
}

/** Which of the peer's files are wanted here, and how much of each is here. */
export function wantedOf(ports: LanPorts, peer: LanPeer, offered: readonly string[]): { readonly sha256: string; readonly held: number }[] {
  const theirs = new Set(offered);
  return filesToAskFor(ports, peer)
    .filter(({ sha256 }) => theirs.has(sha256))
    .map(({ sha256 }) => ({ sha256, held: ports.files.partial(sha256) }));
}

/** The path of a file that a peer asks for; refuses `sync.fileUnknown` for one that it may not have or that is not here. */
export function fileFor(ports: LanPorts, peer: LanPeer, sha256: string): Result<string> {
  const file = filesToOffer(ports, peer).find((one) => one.sha256 === sha256);
  const path = file && ports.files.pathOf(sha256);
  return path ? ok(path) : refuse('sync.fileUnknown');
}

/** The next part of a file; empty at its end. */
export async function partOf(path: string, start: number): Promise<Uint8Array> {
  const file = await open(path, 'r');
  try {
    const bytes = Buffer.alloc(PART);
    const { bytesRead } = await file.read(bytes, 0, PART, start);
    return bytes.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

/** Takes a part of a file that is wanted here; at its end the whole is hashed. Refuses `sync.fileUnknown`, `sync.fileOffset`, `sync.fileDamaged`. */
export async function takePart(
  ports: LanPorts,
  peer: LanPeer,
  sha256: string,
  start: number,
  bytes: Uint8Array,
): Promise<Result<{ readonly held: number }>> {
  const { files, store } = ports;
  const wanted = filesToAskFor(ports, peer).find((one) => one.sha256 === sha256);
  if (!wanted) return refuse('sync.fileUnknown');
  const held = files.partial(sha256);
  if (start !== held) return refuse('sync.fileOffset', { held });
  if (held + bytes.length > wanted.size) return refuse('sync.fileDamaged');
  await files.append(sha256, held, bytes);
  if (held + bytes.length < wanted.size) return ok({ held: held + bytes.length });
  if (!(await files.finish(sha256))) return refuse('sync.fileDamaged');
  store.announce(['materialVersion']);
  return ok({ held: wanted.size });
}
