import type { Clock, Compression, Hasher, Signer, Verifier } from '../shared/kernel/ports.ts';
import type {
  HelloReply,
  HelloRequest,
  PositionsReply,
  PullRequest,
  PullWish,
  PushReply,
  positionsRequest,
  revocationsReply,
} from '../shared/contract/repository.ts';
import type { Actor } from '../shared/features/sync/rights.ts';
import { fromHex } from '../shared/kernel/hex.ts';
import { ok, refuse, type Result } from '../shared/kernel/result.ts';
import { namesOf, restoredPack, type PackLink } from '../shared/sync/pack/abridged.ts';
import { encodeRevocations, readRevocations } from '../shared/sync/revocation.ts';
import { positionsDigest, spaceDigest } from '../shared/sync/exchange.ts';
import type { Hash, SpaceId } from '../shared/sync/types.ts';
import type { z } from 'zod';
import type { Certificates } from './access/certificates.ts';
import type { Cursors } from './pull/cursor.ts';
import type { Decoding } from './push/decoding.ts';
import type { GrantsBook } from './access/grants.ts';
import type { Usage } from './quotas.ts';
import { pull } from './pull/pull.ts';
import { receivePush } from './push/push.ts';
import type { Device, Registry } from './registry.ts';
import type { RepositoryStore } from './repository-store.ts';
import { LONGEST_PUSH } from './limits.ts';

/** An enrolled device that asks, with what it may do. */
export interface Session {
  readonly device: Device;
  readonly actor: Actor;
}

export interface ExchangePorts {
  readonly usage: Usage;
  readonly store: RepositoryStore;
  readonly registry: Registry;
  readonly certificates: Certificates;
  readonly cursors: Cursors;
  readonly grants: GrantsBook;
  readonly decoding: Decoding;
  readonly clock: Clock;
  /** Told of change-sets in the log that nothing in it proves, when a pull leaves them out. */
  stepOver(unproven: readonly Hash[]): void;
  readonly hasher: Hasher;
  readonly verifier: Verifier;
  readonly compression: Compression;
  readonly signer: Signer;
}

/** The repository's side of an exchange (SYNC, *Exchange*): hello, positions, push, pull. */
export interface Exchange {
  hello(session: Session, request: HelloRequest): Promise<HelloReply>;
  positions(session: Session, request: z.output<typeof positionsRequest>): Promise<PositionsReply>;
  push(session: Session, body: Uint8Array): Promise<Result<PushReply>>;
  pull(session: Session, request: PullRequest): Promise<AsyncIterable<Uint8Array>>;
  /** Takes back a signed list of devices turned out; answers with the list as it stands then. Refuses `sync.malformed` for what this repository did not sign. */
  takeRevocations(session: Session, bytes: Uint8Array): Promise<Result<z.output<typeof revocationsReply>>>;
  /** As `push`, of an abridged pack. */
  pushShort(session: Session, body: Uint8Array): Promise<Result<PushReply>>;
  /** As `pull`, answered by an abridged pack. */
  pullShort(session: Session, wish: PullWish): Promise<AsyncIterable<Uint8Array>>;
  /** The spaces that a device may read now. */
  readable(session: Session): Promise<ReadonlySet<SpaceId>>;
}

/** Returns the facts that a device and the repository know of each other; `publicKey`: of who signs. */
function linkOf({ device }: Session, publicKey: Uint8Array): PackLink {
  return { publicKey, names: namesOf(fromHex(device.replica), device.user) };
}

type Leaving = z.output<typeof positionsRequest>['leaving'];

/** The exchange over a store and a registry. */
export function exchangeOver(ports: ExchangePorts): Exchange {
  const { store, registry, cursors, grants, clock, hasher, signer } = ports;
  const signedRevocations = async (): Promise<string> =>
    Buffer.from(encodeRevocations(await registry.revocations(), signer)).toString('base64url');

  // A hash that is here is known only to whoever was sent it: no one else learns whether a space is here.
  const lackingOf = async ({ space, hashes }: NonNullable<Leaving>, readable: ReadonlySet<SpaceId>): Promise<string[] | null> => {
    if (readable.has(space) || (await store.spaceHead(space)) === 0) return null;
    const known = await store.knownAmong(hashes, space);
    if (known.size === 0) return null;
    const unknown = hashes.filter((hash) => !known.has(hash));
    const quarantined = await registry.quarantinedAmong(unknown);
    return unknown.filter((hash) => !quarantined.has(hash));
  };

  const agreedOn = async (here: HelloRequest['here'], readable: ReadonlySet<SpaceId>): Promise<SpaceId[]> => {
    const asked = here.filter(([space]) => readable.has(space));
    if (asked.length === 0) return [];
    const tips = await store.tips(asked.map(([space]) => space));
    return asked.flatMap(([space, theirs]) => (theirs === spaceDigest(tips.get(space) ?? [], hasher) ? [space] : []));
  };

  return {
    async hello({ device, actor }, { cursor, grants: tag, own, here }) {
      // Looked up first: whatever is committed from here on lies after this position.
      const end = await store.feedHead();
      const mine = await grants.of(actor);
      const chains = await store.ownTips(device.replica);
      const feed = cursor === null ? null : await cursors.feedOf(cursor);
      const behind = feed !== null && feed < end && (await store.hasNews(mine.spaces, feed, device.replica));
      const head = await cursors.at(end);
      const agreed = await agreedOn(here, mine.readable);
      const isNew = tag !== mine.tag;
      const revocations = isNew && (await registry.revocationNumber()) > 0 ? await signedRevocations() : null;
      return {
        now: Math.floor(clock.now()),
        ...(cursor !== head && { cursor: head }),
        reset: cursor !== null && feed === null,
        behind,
        ...(isNew && { grants: { tag: mine.tag, spaces: [...mine.spaces] } }),
        ...(revocations !== null && { revocations }),
        ...(own !== positionsDigest(chains, hasher) && { chains: [...chains] }),
        ...(agreed.length > 0 && { agreed }),
      };
    },
    async positions({ actor }, request) {
      const { readable } = await grants.of(actor);
      const asked = request.spaces.filter((space) => readable.has(space));
      const tips = await store.tips(asked);
      const lacks = request.leaving && (await lackingOf(request.leaving, readable));
      return {
        spaces: Object.fromEntries(
          asked.map((space) => [space, (tips.get(space) ?? []).map(({ replica, seq, hash }) => [replica, seq, hash])]),
        ),
        ...(lacks && { lacks }),
      };
    },
    push: (session, body) => receivePush(ports, session, body),
    async takeRevocations({ device }, bytes) {
      const list = readRevocations(bytes, signer.publicKey, ports.verifier);
      if (!list) return refuse('sync.malformed');
      await registry.takeRevocations(list, device.replica, clock.now());
      return ok({ revocations: await signedRevocations() });
    },
    async pushShort(session, body) {
      const certificate = (await ports.certificates.of([session.device.replica])).get(session.device.replica);
      // A register that is newer than its log (one of the two was put back): the whole form names the key itself.
      if (!certificate) return refuse('sync.mediaType');
      const pack = restoredPack(body, linkOf(session, fromHex(certificate.publicKey)), ports, LONGEST_PUSH);
      return 'code' in pack ? { ok: false, refusal: pack } : receivePush(ports, session, pack);
    },
    pull: (session, request) => pull(ports, session, { ...request, complete: false }, null),
    pullShort: (session, wish) => pull(ports, session, wish, linkOf(session, signer.publicKey)),
    readable: async ({ actor }) => (await grants.of(actor)).readable,
  };
}
