import type { LanRefusal } from '../../../../shared/features/sync/refusals.ts';
import { ok, refuse, type Result } from '../../../../shared/kernel/result.ts';
import { LAN_ROUTES, partTaken } from '../../../../shared/features/sync/lan-messages.ts';
import { partOf } from '../../../../shared/node/files/blob-store.ts';
import type { FileLink } from '../../files/file-link.ts';
import { filesHere, filesWanted, type NamedFile, type WantedFile } from '../../files/needs.ts';
import { takePart } from '../../files/transfer.ts';
import type { LanRun } from './exchange.ts';
import type { LanPeer } from './peers.ts';
import type { LanPorts } from './ports.ts';
import { sharedWith } from './shared-spaces.ts';

// Files of materials between two laptops: those that a record names in a space which both may read, and no others.

/** The bytes of a part of a file that travel at once. */
export const PART = 1 << 20;

/** Files that are here and that the peer may have. */
export function filesToOffer(ports: LanPorts, peer: LanPeer): NamedFile[] {
  const shared = sharedWith(ports, peer);
  return filesHere(ports, (space) => shared.isOpen(space)).filter(({ size }) => Number.isSafeInteger(size) && size > 0);
}

/** Files that this laptop lacks in the spaces it shares with the peer: those of workshops, and those kept offline. */
export function filesToAskFor(ports: LanPorts, peer: LanPeer): WantedFile[] {
  const shared = sharedWith(ports, peer);
  return filesWanted(ports, { isOpen: (space) => shared.isOpen(space), isWanted: (space) => space.startsWith('workshop/') });
}

/** Which of the peer's files are wanted here, and how much of each is here. */
export function wantedOf(ports: LanPorts, peer: LanPeer, offered: readonly string[]): { readonly sha256: string; readonly held: number }[] {
  const theirs = new Set(offered);
  return filesToAskFor(ports, peer)
    .filter(({ sha256 }) => theirs.has(sha256))
    .map(({ sha256 }) => ({ sha256, held: ports.files.partial(sha256) }));
}

/** The next part of a file that a peer asks for, empty at its end; refuses `sync.fileUnknown` for one that it may not have or that is not here. */
export async function givePart(ports: LanPorts, peer: LanPeer, sha256: string, start: number): Promise<Result<Uint8Array, LanRefusal>> {
  const isOffered = filesToOffer(ports, peer).some((one) => one.sha256 === sha256);
  const part = isOffered ? await partOf(ports.files, sha256, start, PART) : null;
  return part ? ok(part) : refuse('sync.fileUnknown');
}

/** Takes a part of a file that is wanted here; at its end the whole is hashed. Refuses `sync.fileUnknown`, `sync.fileOffset`, `sync.fileDamaged`. */
export async function takeWanted(
  ports: LanPorts,
  peer: LanPeer,
  sha256: string,
  start: number,
  bytes: Uint8Array,
): Promise<Result<{ readonly held: number }, LanRefusal>> {
  const wanted = filesToAskFor(ports, peer).find((one) => one.sha256 === sha256);
  if (!wanted) return refuse('sync.fileUnknown');
  const taken = await takePart(ports.files, wanted, start, bytes);
  if (!taken.ok) return taken;
  if (taken.value.isWhole) ports.store.announce(['materialVersion']);
  return ok({ held: taken.value.held });
}

/** The parts of an exchange that the link to a laptop in the room takes. */
export type LanCarrying = Pick<LanRun, 'remote' | 'tally' | 'progress'> & { readonly store: Pick<LanRun['store'], 'announce'> };

/** Files to and from a paired laptop, as the one that asked for the exchange sees it; `held`: how much of each that goes the other has. */
export function lanLink(
  { remote, tally, progress, store }: LanCarrying,
  up: readonly (NamedFile & { readonly held: number })[],
  down: readonly NamedFile[],
): FileLink<LanRefusal> {
  const there = new Map(up.map(({ sha256, held }) => [sha256, held]));
  const at = (sha256: string, start: number): string => `${LAN_ROUTES.file}${sha256}?start=${start}`;
  const total = [...up, ...down].reduce((sum, { size }) => sum + size, 0);
  return {
    up: {
      files: up,
      again: { wrong: 0, elsewhere: 0 },
      partSize: () => PART,
      held: ({ sha256 }) => Promise.resolve(ok(there.get(sha256) ?? null)),
      async put({ sha256 }, start, bytes) {
        const taken = await remote.bytes('PUT', at(sha256, start), bytes, partTaken);
        return taken.ok ? ok(Math.max(start + bytes.length, taken.value.held)) : taken;
      },
    },
    down: {
      files: down,
      resumes: true,
      again: 0,
      async get({ sha256 }, start) {
        const part = await remote.fetch(at(sha256, start), null);
        if (!part.ok) return { bytes: new Uint8Array(0), refusal: part.refusal };
        return { bytes: part.value, refusal: part.value.length === 0 ? refuse('sync.fileDamaged').refusal : null };
      },
    },
    waits: () => false,
    gate: () => ok(null),
    ended(way, _file, result) {
      if (!result.ok || result.value !== 'carried') return;
      tally[way === 'up' ? 'filesSent' : 'filesReceived']++;
      if (way === 'down') store.announce(['materialVersion']);
    },
    ends: () => 'all',
    progress: (done) => progress({ label: 'sync.files', done: Math.min(total, done), total, unit: 'bytes' }),
  };
}
