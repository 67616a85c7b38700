import type { ExchangeRefusal } from '../../../../shared/features/sync/refusals.ts';
import { fromHex } from '../../../../shared/kernel/hex.ts';
import { ok, type Result } from '../../../../shared/kernel/result.ts';
import { changeSetAlone, type LoggedChangeSet } from '../../../../shared/node/store/sqlite/change-log.ts';
import { alsoAcknowledge, ownPending } from '../../../../shared/node/store/sqlite/own-chains.ts';
import { acknowledge, acknowledgedTips, pendingChangeSets, pendingFor } from '../../../../shared/node/store/sqlite/peers.ts';
import { closedSpaces, quarantine, turnedDown } from '../../../../shared/node/store/sqlite/quarantine.ts';
import { DERIVATIONS } from '../../../../shared/model/derivations.ts';
import { isSigned, replicaIdOf } from '../../../../shared/sync/change-set.ts';
import {
  SPACE_CLOSED,
  afterPush,
  chainName,
  frameBytes,
  sendingOrder,
  withOpened,
  withRoom,
  type ChainTip,
  type PushFacts,
  type Settled,
} from '../../../../shared/sync/exchange.ts';
import type { Referent } from '../../../../shared/sync/pack/frame-layout.ts';
import { packOfFirst } from '../../../../shared/sync/pack/pack-writer.ts';
import type { Hash, ReplicaId, SpaceId } from '../../../../shared/sync/types.ts';
import { noteReceived } from '../../../../shared/node/store/sqlite/received.ts';
import { PEER, keepState, stateOf } from './account.ts';
import { certifiedBy, linkOf, type Exchanging } from '../context.ts';
import type { Rate } from './rate.ts';
import { spacesThatStay } from '../waiting.ts';

/** A chain that is asked for from an earlier place again and again would never end: the repository and this laptop then disagree. */
const ROUNDS_WITHOUT_PROGRESS = 3;

/**
 * Sends what the repository has not confirmed, a frame a request: own work, and others' that it lost. Returns how many change-sets of ours it
 * refused. What an answer settles is written down at once, so that a cut costs one frame.
 */
export async function pushAll(
  run: Exchanging,
  only: ReadonlySet<SpaceId> | null,
  underWay: ReadonlySet<SpaceId>,
  rate: Rate,
): Promise<Result<number, ExchangeRefusal>> {
  let refused = 0;
  let idle = 0;
  let sentBytes = 0;
  // The repository may not hold what we think it does (it was restored, or a chain forked there): then everything is named in full.
  let inFull = false;
  const locate = (hash: Hash): Referent | null => changeSetAlone(run.store.db, hash, run.hasher);
  const shut = new Set<SpaceId>();
  // Chains of others that the repository does not take; a later run tries what is not known to be turned down.
  const stopped = new Set<string>();
  while (idle < ROUNDS_WITHOUT_PROGRESS) {
    run.store.signRuns();
    setClosedAside(run);
    const waiting = waitingFor(run, (space) => !shut.has(space) && (only === null || only.has(space)), underWay).filter(
      (row) => !stopped.has(chainName(row)),
    );
    if (waiting.length === 0) break;
    const totalBytes = sentBytes + bytesIn(waiting);
    let rest = waiting;
    let again = false;
    while (rest.length > 0 && !again) {
      const within = run.budget.check();
      if (!within.ok) return within;
      run.progress({ label: 'sync.sending', done: sentBytes, total: totalBytes, unit: 'bytes' });
      const isShort = run.remote.isShort();
      const { pack, count } = nextPush(run, rest, frameBytes(rate.up(), 'up'), inFull ? undefined : locate);
      const frame = rest.slice(0, count);
      const started = performance.now();
      const reply = await run.remote.push(pack);
      if (!reply.ok && reply.refusal.code === 'sync.packUnresolved' && !inFull) {
        inFull = true;
        continue;
      }
      // It knows no abridged packs: sent once more, as it reads them.
      if (!reply.ok && isShort && !run.remote.isShort()) continue;
      if (!reply.ok) return reply;
      rate.sent(pack.length, performance.now() - started);
      const settled = afterPush(frame, reply.value, run.store.replica);
      const confirmed = settle(run, frame, settled, reply.value, reply.value.known === 0 ? reply.value.at : undefined);
      const ours = new Set(frame.filter(({ replica }) => replica === run.store.replica).map(({ hash }) => hash));
      const turnedDownOurs = reply.value.refused.filter(({ hash }) => ours.has(hash)).length;
      refused += turnedDownOurs;
      run.tally.refused += turnedDownOurs;
      run.tally.pushed += confirmed;
      idle = confirmed > 0 ? 0 : idle + 1;
      sentBytes += bytesIn(frame);
      for (const space of settled.closed) shut.add(space);
      for (const one of settled.foreign) stopped.add(chainName(one));
      rest = rest.slice(frame.length).filter((row) => !shut.has(row.space) && !stopped.has(chainName(row)));
      again = settled.again;
    }
    run.progress({ label: 'sync.sending', done: sentBytes, total: totalBytes, unit: 'bytes' });
  }
  return ok(refused);
}

/** As they are stored; on the wire it is less. */
function bytesIn(rows: readonly LoggedChangeSet[]): number {
  return rows.reduce((sum, { bytes }) => sum + bytes.length, 0);
}

/** A pack of the first of these change-sets: about a frame, with no more authors than have room in a request. */
export function nextPush(
  run: Exchanging,
  rows: readonly Pick<LoggedChangeSet, 'bytes' | 'replica'>[],
  frame: number,
  locate?: (hash: Hash) => Referent | null,
): { readonly pack: Uint8Array; readonly count: number } {
  const few = withRoom(rows, (replica) => (replica === run.store.replica ? 0 : (certifiedBy(run, replica)?.length ?? 0)));
  const made = packOf(few);
  // The signature that vouches for the first lies behind others' work.
  return made.count === 0 && few.length < rows.length ? packOf(rows) : made;

  function packOf(some: typeof rows): { readonly pack: Uint8Array; readonly count: number } {
    const link = run.remote.isShort() ? { link: linkOf(run, run.signer.publicKey) } : {};
    return packOfFirst(
      some.map(({ bytes }) => bytes),
      (most) => ({ spaces: [], certificates: certificatesOf(run, some.slice(0, most)) }),
      { ...run, derivations: DERIVATIONS, ...link, ...(locate && { locate }) },
      frame,
    );
  }
}

/** The certificates of others whose work is brought: the repository may have lost them. */
function certificatesOf(run: Exchanging, frame: readonly Pick<LoggedChangeSet, 'replica'>[]): Uint8Array[] {
  const others = new Set(frame.map(({ replica }) => replica).filter((replica) => replica !== run.store.replica));
  return [...others].flatMap((replica) => certifiedBy(run, replica) ?? []);
}

/** Everything to send, in order. What nobody of this repository made (the library of another program) cannot be brought to it. */
function waitingFor(run: Exchanging, isWanted: (space: SpaceId) => boolean, underWay: ReadonlySet<SpaceId>): LoggedChangeSet[] {
  const { store } = run;
  const stay = spacesThatStay(store);
  const spaces = pendingFor(store.db, PEER)
    .map(({ space }) => space)
    .filter((space) => !stay.has(space) && isWanted(space));
  const isOurs = sendableAuthors(run);
  const down = turnedDown(store);
  return sendingOrder(spaces, underWay).flatMap((space) =>
    withoutUnsigned(untilTurnedDown(pendingChangeSets(store.db, PEER, space), down).filter(({ replica }) => isOurs(replica))),
  );
}

/** Leaves out what the repository has turned down, and what follows it in its chain. */
function untilTurnedDown(rows: readonly LoggedChangeSet[], down: ReadonlySet<Hash>): LoggedChangeSet[] {
  if (down.size === 0) return [...rows];
  const ended = new Set<string>();
  return rows.filter((row) => {
    if (down.has(row.hash)) ended.add(chainName(row));
    return !ended.has(chainName(row));
  });
}

/** Returns a test of whose work can be brought to the repository. */
export function sendableAuthors(run: Exchanging): (replica: ReplicaId) => boolean {
  // The repository's own rulings among them: a restored one has lost them.
  const known = new Map<ReplicaId, boolean>([
    [run.store.replica, true],
    [replicaIdOf(fromHex(run.account.repositoryKey), run.hasher), true],
  ]);
  return (replica) => {
    const answer = known.get(replica) ?? certifiedBy(run, replica) !== null;
    known.set(replica, answer);
    return answer;
  };
}

/** Leaves out the end of a chain that no signature vouches for: it can only be another replica's whose key is lost, and nobody would take it. */
export function withoutUnsigned(rows: readonly LoggedChangeSet[]): LoggedChangeSet[] {
  const last = new Map<ReplicaId, number>();
  for (const { replica, feed, bytes } of rows) if (isSigned(bytes)) last.set(replica, feed);
  return rows.filter(({ replica, feed }) => feed <= (last.get(replica) ?? 0));
}

/** Writes an answer down; returns how many of the frame are now settled. */
function settle(run: Exchanging, frame: readonly LoggedChangeSet[], settled: Settled, reply: PushFacts, at: number | undefined): number {
  const { store } = run;
  const missing = new Set(reply.missing.map(chainName));
  const stopped = new Set(settled.foreign.map(chainName));
  store.transaction(() => {
    const bySpace = new Map<SpaceId, ChainTip[]>();
    for (const tip of settled.held) bySpace.set(tip.space, [...(bySpace.get(tip.space) ?? []), tip]);
    for (const name of missing) {
      if (stopped.has(name)) continue;
      // The repository has less of this chain than it had confirmed: its word replaces what was written down.
      const [replica, space] = name.split(' ') as [ReplicaId, SpaceId];
      const others = acknowledgedTips(store.db, PEER, space).filter((tip) => tip.replica !== replica);
      acknowledge(store.db, PEER, space, others);
    }
    for (const [space, tips] of bySpace) alsoAcknowledge(store.db, PEER, space, tips);
    const accepted = frame.filter(
      ({ hash, space, replica }) => !settled.turnedDown.has(hash) && !missing.has(chainName({ space, replica })),
    );
    // Others learn it with what they are sent; what was made here is sent here by nobody.
    if (at !== undefined)
      noteReceived(
        store.db,
        accepted.filter(({ replica }) => replica === store.replica).map(({ hash }) => ({ hash, at })),
      );
    const opened = frame.filter(
      ({ kind, replica, space }) => kind === 'genesis' && replica === store.replica && !settled.closed.includes(space),
    );
    keepState(run.settings, withOpened(stateOf(run.settings), [...new Set(opened.map(({ space }) => space))]));
    for (const space of settled.closed) {
      // What came before the first of them was taken.
      const own = frame.filter((row) => row.space === space && row.replica === store.replica);
      const first = own.findIndex(({ hash }) => reply.refused.some((one) => one.hash === hash && one.code === SPACE_CLOSED));
      const hashes = own.slice(first).map(({ hash }) => hash);
      quarantine(store, space, hashes, SPACE_CLOSED, 'closed');
    }
    for (const { space, hash, code } of settled.foreign) quarantine(store, space, [hash], code, 'repository');
  });
  return frame.filter((row) => !missing.has(chainName(row)) && !stopped.has(chainName(row)) && !settled.closed.includes(row.space)).length;
}

/** Sets aside what was written since into a space that the repository keeps closed, without being sent. */
function setClosedAside({ store }: Exchanging): void {
  const closed = closedSpaces(store);
  if (closed.length === 0) return;
  for (const { space } of ownPending(store.db, PEER, store.replica).filter(({ space: one }) => closed.includes(one))) {
    const fresh = pendingChangeSets(store.db, PEER, space).filter(({ replica, refused }) => replica === store.replica && refused === null);
    quarantine(
      store,
      space,
      fresh.map(({ hash }) => hash),
      SPACE_CLOSED,
      'closed',
    );
  }
}
