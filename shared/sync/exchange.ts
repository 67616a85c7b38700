import type { Hasher } from '../kernel/ports.ts';
import { toHex } from '../kernel/hex.ts';
import type { Hash, ReplicaId, SpaceId, Tip } from './types.ts';

/**
 * The decisions of a laptop in an exchange with the repository: what it lacks, what it sends and in which order. Pure: the driver asks,
 * sends and stores; these functions say what. See SPEC.md, *Exchange*.
 */

/** Where a laptop stands with the repository; stored, and changed only together with what it speaks of. */
export interface ExchangeState {
  /** Position in the repository's feed up to which every space in `filled` is here; null: never met. */
  readonly cursor: string | null;
  /** Names the list in `spaces`. */
  readonly grants: string | null;
  /** The spaces that may be read, in the order to fetch them. */
  readonly spaces: readonly SpaceId[];
  /** Those that are here up to the cursor. */
  readonly filled: readonly SpaceId[];
  /** How far the others have come. */
  readonly filling: Readonly<Record<SpaceId, string>>;
  /** The repository's history is not the one we knew: positions must be compared before anything else. */
  readonly compare: boolean;
}

/** The exchange state before the first meeting with the repository. */
export const NEVER_MET: ExchangeState = { cursor: null, grants: null, spaces: [], filled: [], filling: {}, compare: false };

/** The fields of the repository's `hello` from which the next exchange state follows. */
export interface HelloFacts {
  /** The repository's position, when it is not ours. */
  readonly cursor?: string | undefined;
  readonly reset: boolean;
  readonly behind: boolean;
  readonly grants?: { readonly tag: string; readonly spaces: readonly SpaceId[] } | undefined;
}

/**
 * The state after a `hello`. The running cursor starts at the repository's present head, and every space that is not here yet is filled
 * from its start beside it: what both bring is a no-op. A restored repository (reset) makes everything to be compared anew. Spaces
 * that may no longer be read are left out of further exchanges.
 */
export function afterHello(state: ExchangeState, hello: HelloFacts): ExchangeState {
  const spaces = hello.grants?.spaces ?? state.spaces;
  const readable = new Set(spaces);
  const base = { grants: hello.grants?.tag ?? state.grants, spaces };
  const cursor = hello.cursor ?? state.cursor;
  if (hello.reset) return { ...base, cursor, filled: [], filling: {}, compare: true };
  const filled = state.filled.filter((space) => readable.has(space));
  const nothingBetween = state.cursor === null || !hello.behind;
  return {
    ...base,
    cursor: nothingBetween ? cursor : state.cursor,
    filled,
    filling: Object.fromEntries(Object.entries(state.filling).filter(([space]) => readable.has(space))),
    compare: state.compare,
  };
}

/** The spaces still to be filled, in order, each with how far it has come ('' for the start). `first` go before the rest. */
export function toFill(state: ExchangeState, first: readonly SpaceId[] = []): { readonly space: SpaceId; readonly after: string }[] {
  const filled = new Set(state.filled);
  const wanted = new Set(first);
  const open = state.spaces.filter((space) => !filled.has(space));
  return [...open.filter((space) => wanted.has(space)), ...open.filter((space) => !wanted.has(space))].map((space) => ({
    space,
    after: state.filling[space] ?? '',
  }));
}

/** The position that a frame of a pull led to: in the running feed, and in spaces being filled. */
export interface Position {
  readonly cursor: string | null;
  readonly fills: readonly { readonly space: SpaceId; readonly after: string; readonly done: boolean }[];
}

/** Returns the state after a frame of a pull; to be stored in the same transaction that applies it. */
export function afterFrame(state: ExchangeState, position: Position): ExchangeState {
  let { filled, filling } = state;
  for (const { space, after, done } of position.fills) {
    const { [space]: _, ...others } = filling;
    filling = done ? others : { ...others, [space]: after };
    if (done && state.spaces.includes(space) && !filled.includes(space)) filled = [...filled, space];
  }
  return { ...state, filled, filling, cursor: position.cursor ?? state.cursor };
}

/** Returns the state when a space turned out to have a hole (a link whose parent is not here): it is filled again from its start. */
export function withHoles(state: ExchangeState, spaces: readonly SpaceId[]): ExchangeState {
  if (spaces.length === 0) return state;
  const holed = new Set(spaces);
  return {
    ...state,
    filled: state.filled.filter((space) => !holed.has(space)),
    filling: Object.fromEntries(Object.entries(state.filling).filter(([space]) => !holed.has(space))),
  };
}

/**
 * The state when spaces that the repository did not have were opened by us: whatever is written there comes after our cursor, so there
 * is nothing to fill.
 */
export function withOpened(state: ExchangeState, spaces: readonly SpaceId[]): ExchangeState {
  const opened = spaces.filter((space) => !state.spaces.includes(space));
  if (state.cursor === null || opened.length === 0) return state;
  return { ...state, spaces: [...state.spaces, ...opened], filled: [...state.filled, ...opened] };
}

/** The state once positions were compared: the spaces of which the repository has nothing that is not here need no filling. `compare`: others still must be. */
export function afterComparison(state: ExchangeState, complete: readonly SpaceId[], compare = false): ExchangeState {
  const known = new Set([...state.filled, ...complete]);
  return { ...state, compare, filled: state.spaces.filter((space) => known.has(space)) };
}

/** A place in a chain, with its space. */
export interface ChainTip extends Tip {
  readonly space: SpaceId;
}

/** Returns a digest of a set of positions: where both sides compute the same, nothing needs to be listed. */
export function positionsDigest(positions: readonly Pick<ChainTip, 'space' | 'seq' | 'hash'>[], hasher: Hasher): string {
  const lines = positions.map(({ space, seq, hash }) => `${space} ${seq} ${hash}\n`).sort();
  return toHex(hasher.sha256(new TextEncoder().encode(lines.join(''))).subarray(0, 8));
}

/**
 * Returns a digest of the readable spaces, whatever their order, and the number of the list of devices turned out: both sides compute it, so what the other has
 * need not travel.
 */
export function grantsTag(spaces: readonly SpaceId[], revocations: number, hasher: Hasher): string {
  const lines = [...spaces].sort().join('\n') + (revocations > 0 ? `\n#${revocations}` : '');
  return toHex(hasher.sha256(new TextEncoder().encode(lines)).subarray(0, 8));
}

/** Returns a digest of the change-sets in a space, from its tips: equal where both sides hold the same (invariant 4). */
export function spaceDigest(tips: readonly Pick<Tip, 'seq' | 'hash'>[], hasher: Hasher): string {
  return positionsDigest(
    tips.map(({ seq, hash }) => ({ space: '', seq, hash })),
    hasher,
  );
}

const KIND_ORDER = ['plan', 'people', 'answers'];

/** The place of a space among those of its workshop: its plan 0, its people 1, its answers 2; -1 where it belongs to none. */
export function workshopOrder(space: SpaceId): number {
  return KIND_ORDER.indexOf(space.split('/')[2] ?? '');
}

/**
 * Sorts spaces in the order in which they are sent: those of the workshop under way first, each workshop's plan before its people before its answers (a
 * workshop is opened by its plan), what belongs to no workshop last.
 */
export function sendingOrder(spaces: readonly SpaceId[], underWay: ReadonlySet<SpaceId>): SpaceId[] {
  const rank = (space: SpaceId): string => {
    const parts = space.split('/');
    const kind = workshopOrder(space);
    return `${underWay.has(space) ? 0 : 1} ${kind < 0 ? 1 : 0} ${parts[1] ?? ''} ${kind} ${space}`;
  };
  return [...spaces].sort((a, b) => (rank(a) < rank(b) ? -1 : 1));
}

export const SMALLEST_FRAME = 4 << 10;
export const LARGEST_FRAME = 256 << 10;
const FRAME_SECONDS = 8;

/** On a link that was not measured yet: a push is a request a frame, an answer holds many, so there a cut can be made to cost less. */
const UNMEASURED = { up: 64 << 10, down: 16 << 10 } as const;

/** Bytes on the wire for a frame at a measured rate (bytes a second; null: not measured yet): about eight seconds of it, so that a cut costs no more. */
export function frameBytes(rate: number | null, way: 'up' | 'down'): number {
  if (rate === null) return UNMEASURED[way];
  return Math.round(Math.min(LARGEST_FRAME, Math.max(SMALLEST_FRAME, rate * FRAME_SECONDS)));
}

/** The most bytes of others' certificates in one request or pack; what more authors wrote goes in the next. */
export const CERTIFICATES_AT_ONCE = 256 << 10;

/**
 * Returns the first of these rows, up to the first author whose certificate has no room among those of the others; `certificateBytes`: how long one is, 0 for
 * none.
 */
export function withRoom<R extends { readonly replica: ReplicaId }>(
  rows: readonly R[],
  certificateBytes: (replica: ReplicaId) => number,
): readonly R[] {
  const met = new Set<ReplicaId>();
  let size = 0;
  const end = rows.findIndex(({ replica }) => {
    if (met.has(replica)) return false;
    met.add(replica);
    size += certificateBytes(replica);
    return met.size > 1 && size > CERTIFICATES_AT_ONCE;
  });
  return end < 0 ? rows : rows.slice(0, end);
}

/** A change-set as it was sent. */
export interface SentChangeSet {
  readonly hash: Hash;
  readonly space: SpaceId;
  readonly replica: ReplicaId;
  readonly seq: number;
}

/** The repository's answer to a push. */
export interface PushFacts {
  readonly missing: readonly { readonly space: SpaceId; readonly replica: ReplicaId; readonly seq: number; readonly hash: string }[];
  readonly refused: readonly { readonly hash: Hash; readonly code: string }[];
}

/** The code of a refusal that closes a whole space: nothing more is sent into it until it may be read. */
export const SPACE_CLOSED = 'sync.spaceClosed';

/** The outcome of a push: tips that the repository holds, spaces that are closed, refusals. */
export interface Settled {
  /** The tips that the repository now holds. */
  readonly held: readonly ChainTip[];
  /** The spaces that are closed to us: it said so of work of our own. */
  readonly closed: readonly SpaceId[];
  /** What has no effect, whatever the reason. */
  readonly turnedDown: ReadonlySet<Hash>;
  /** Work of others whose author may not write there. A verdict concerns whose work it is about, and nobody else's. */
  readonly foreign: readonly (SentChangeSet & { readonly code: string })[];
  /** A chain must be sent again from an earlier place: its tips are then the repository's own. */
  readonly again: boolean;
}

/** Returns what the answer to a push settles for the replica `own`. */
export function afterPush(sent: readonly SentChangeSet[], reply: PushFacts, own: ReplicaId): Settled {
  const codes = new Map(reply.refused.map(({ hash, code }) => [hash, code]));
  const missing = new Map(reply.missing.map((chain) => [chainName(chain), chain]));
  const held = new Map<string, ChainTip>();
  const closed = new Set<SpaceId>();
  const foreign = new Map<string, SentChangeSet & { readonly code: string }>();
  for (const one of sent) {
    const { hash, space, replica, seq } = one;
    const name = chainName(one);
    const code = codes.get(hash);
    if (code === SPACE_CLOSED && replica === own) closed.add(space);
    else if (code === SPACE_CLOSED) foreign.set(hash, { ...one, code });
    else if (!missing.has(name) && seq >= (held.get(name)?.seq ?? 0)) held.set(name, { space, replica, seq, hash });
  }
  const stopped = new Set([...foreign.values()].map(chainName));
  for (const [name, { space, replica, seq, hash }] of missing)
    if (hash !== '' && !stopped.has(name)) held.set(name, { space, replica, seq, hash });
  const again = [...missing.keys()].some((name) => !stopped.has(name));
  return { held: [...held.values()], closed: [...closed], turnedDown: new Set(codes.keys()), foreign: [...foreign.values()], again };
}

/** The key of a chain: one text for a replica in a space. */
export function chainName({ replica, space }: Pick<SentChangeSet, 'replica' | 'space'>): string {
  return `${replica} ${space}`;
}
