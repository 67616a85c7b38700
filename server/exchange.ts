import type { Clock, Compression, Hasher, Signer, Verifier } from '../shared/kernel/ports.ts';
import type { HelloReply, HelloRequest, PositionsReply, PullRequest, PushReply, positionsRequest } from '../shared/contract/repository.ts';
import { ok, type Result } from '../shared/kernel/result.ts';
import { feedHead, knownAmong, spaceHead, tips } from '../shared/node/store/sqlite/change-log.ts';
import { ownTips } from '../shared/node/store/sqlite/own-chains.ts';
import type { SqliteStore } from '../shared/node/store/sqlite/sqlite-store.ts';
import { encodeRevocations } from '../shared/sync/revocation.ts';
import { positionsDigest, spaceDigest } from '../shared/sync/exchange.ts';
import type { SpaceId } from '../shared/sync/types.ts';
import type { z } from 'zod';
import type { Actor } from './authorisation.ts';
import type { Certificates } from './certificates.ts';
import type { Cursors } from './cursor.ts';
import type { GrantsBook } from './grants.ts';
import { pull } from './pull.ts';
import { receivePush } from './push.ts';
import type { Device, Registry } from './registry.ts';

/** An enrolled device that asks, with what it may do. */
export interface Session {
  readonly device: Device;
  readonly actor: Actor;
}

export interface ExchangePorts {
  readonly store: SqliteStore;
  readonly registry: Registry;
  readonly certificates: Certificates;
  readonly cursors: Cursors;
  readonly grants: GrantsBook;
  readonly clock: Clock;
  readonly hasher: Hasher;
  readonly verifier: Verifier;
  readonly compression: Compression;
  readonly signer: Signer;
}

/** The repository's side of an exchange (SYNC, *Exchange*): hello, positions, push, pull. */
export interface Exchange {
  hello(session: Session, request: HelloRequest): HelloReply;
  positions(session: Session, request: z.output<typeof positionsRequest>): PositionsReply;
  push(session: Session, body: Uint8Array): Result<PushReply>;
  pull(session: Session, request: PullRequest): Result<Iterable<Uint8Array>>;
  /** The spaces that a device may read now. */
  readable(session: Session): ReadonlySet<SpaceId>;
}

type Leaving = z.output<typeof positionsRequest>['leaving'];

/** The exchange over a store and a registry. */
export function exchangeOver(ports: ExchangePorts): Exchange {
  const { store, registry, cursors, grants, clock, hasher, signer } = ports;
  const { db } = store;
  const signedRevocations = (): string => Buffer.from(encodeRevocations(registry.revocations(), signer)).toString('base64url');
  const between = db.prepare(
    'select 1 from change_set where feed > ? and replica <> ? and space in (select value from json_each(?)) limit 1',
  );

  // A hash that is here is known only to whoever was sent it: no one else learns whether a space is here.
  const lackingOf = ({ space, hashes }: NonNullable<Leaving>, readable: ReadonlySet<SpaceId>): string[] | null => {
    const known = readable.has(space) || spaceHead(db, space) === 0 ? new Set() : knownAmong(db, hashes);
    return known.size === 0 ? null : hashes.filter((hash) => !known.has(hash) && !registry.keptAside(hash));
  };

  return {
    hello({ device, actor }, { cursor, grants: tag, own, here }) {
      const mine = grants.of(actor);
      const chains = ownTips(db, device.replica);
      const feed = cursor === null ? null : cursors.feedOf(cursor);
      const behind = feed !== null && feed < feedHead(db) && between.get(feed, device.replica, JSON.stringify(mine.spaces)) !== undefined;
      const head = cursors.head();
      const agreed = here.filter(([space, theirs]) => mine.readable.has(space) && theirs === spaceDigest(tips(db, space), hasher));
      return {
        now: Math.floor(clock.now()),
        ...(cursor !== head && { cursor: head }),
        reset: cursor !== null && feed === null,
        behind,
        ...(tag !== mine.tag && { grants: { tag: mine.tag, spaces: [...mine.spaces] } }),
        ...(tag !== mine.tag && registry.revocationNumber() > 0 && { revocations: signedRevocations() }),
        ...(own !== positionsDigest(chains, hasher) && { chains }),
        ...(agreed.length > 0 && { agreed: agreed.map(([space]) => space) }),
      };
    },
    positions({ actor }, request) {
      const { readable } = grants.of(actor);
      const asked = request.spaces.filter((space) => readable.has(space));
      const lacks = request.leaving && lackingOf(request.leaving, readable);
      return {
        spaces: Object.fromEntries(asked.map((space) => [space, tips(db, space).map(({ replica, seq, hash }) => [replica, seq, hash])])),
        ...(lacks && { lacks }),
      };
    },
    push: (session, body) => receivePush(ports, session, body),
    pull: (session, request) => ok(pull(ports, session, request)),
    readable: ({ actor }) => grants.of(actor).readable,
  };
}
