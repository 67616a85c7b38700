import { authorQuarantine } from '../../shared/features/sync/author-quarantine.ts';
import { countriesIn, readingActor, type ReadingActor } from '../../shared/features/sync/reading.ts';
import { mayRead, type Facts, type RecordFacts } from '../../shared/features/sync/rights.ts';
import type { Verifier } from '../../shared/kernel/ports.ts';
import { planSpace } from '../../shared/model/spaces.ts';
import { nodeHasher, nodeVerifier } from '../../shared/node/crypto.ts';
import { isRulingKind, lacksValues, OwnValues, withoutErased, type Quarantine } from '../../shared/sync/accept.ts';
import { verifyChangeSet } from '../../shared/sync/change-set.ts';
import type { Certificate } from '../../shared/sync/certificate.ts';
import type { ChangeSet, Hash, ReplicaId } from '../../shared/sync/types.ts';
import { firstUnproven, unprovable, type VouchingLink } from '../../shared/sync/vouching.ts';
import type { PushReply } from '../../shared/contract/repository.ts';
import { takeJudged } from '../../server/push/push.ts';
import type { JudgeContext, PushJudge } from '../../server/repository-store.ts';
import type { MemoryStore } from './memory-store.ts';

/** As Node's; a signature over the same hash is looked at once. */
function rememberingVerifier(): Verifier {
  const verifier = nodeVerifier();
  const known = new Map<string, boolean>();
  return {
    verify(key, message, signature) {
      const name = Buffer.concat([key, message, signature]).toString('latin1');
      const is = known.get(name) ?? verifier.verify(key, message, signature);
      known.set(name, is);
      return is;
    },
  };
}

const PORTS = { hasher: nodeHasher, verifier: rememberingVerifier() };

/** Who is enrolled, and with which rights just now; everybody in a test knows it at once. */
export class Enrolled {
  readonly #certificates = new Map<ReplicaId, Certificate>();
  readonly #revoked = new Set<ReplicaId>();

  enrol(certificate: Certificate): void {
    this.#certificates.set(certificate.replica, certificate);
    this.#revoked.delete(certificate.replica);
  }

  revoke(replica: ReplicaId): void {
    this.#revoked.add(replica);
  }

  isRevoked(replica: ReplicaId): boolean {
    return this.#revoked.has(replica);
  }

  of(replica: ReplicaId): Certificate | undefined {
    return this.#certificates.get(replica);
  }

  userOf(replica: ReplicaId): string {
    return this.of(replica)?.user ?? '';
  }

  actorOf(replica: ReplicaId): ReadingActor | null {
    const certificate = this.of(replica);
    return certificate ? readingActor(certificate) : null;
  }

  keyOf(replica: ReplicaId): Uint8Array | undefined {
    const certificate = this.of(replica);
    return certificate && Uint8Array.from(Buffer.from(certificate.publicKey, 'hex'));
  }
}

/** Where a record lives and who wrote it first, of what has effect; null: nobody. */
function recordIn(store: MemoryStore, { userOf }: { userOf(replica: ReplicaId): string }): Facts['record'] {
  return (entityType, entityId): RecordFacts | null => {
    const first = store
      .log()
      .find((one) => one.ops.some((op) => op.entityType === entityType && op.entityId === entityId) && store.refusalOf(one) === null);
    return first ? { space: first.header.space, creator: userOf(first.header.replica) } : null;
  };
}

function countriesOf(store: MemoryStore, workshop: string): readonly string[] {
  const [shown] = store.heads('activity', workshop, 'countries');
  return countriesIn(JSON.stringify(shown?.value ?? []));
}

/** What speaks on a laptop against what a stick brings, by what it holds. */
export function laptopQuarantine(store: MemoryStore, enrolled: Enrolled, repository: ReplicaId): Quarantine {
  return authorQuarantine({
    hasher: nodeHasher,
    record: recordIn(store, { userOf: (replica) => enrolled.userOf(replica) }),
    workshop(id) {
      const inPlan = store.log().filter(({ header }) => header.space === planSpace(id) && !isRulingKind(header.kind));
      const opener = inPlan.find((one) => one.header.kind === 'genesis' && store.refusalOf(one) === null) ?? inPlan[0];
      return opener ? { creator: enrolled.userOf(opener.header.replica), countries: countriesOf(store, id) } : null;
    },
    trusted: [store.replica, repository],
    quarantined: (hash) => store.setAsideFor(hash),
    isRevoked: (replica) => enrolled.isRevoked(replica),
    actorOf: (replica) => enrolled.actorOf(replica),
  });
}

/** A repository whose pushes are judged by the server's own steps, over a store that keeps a list. */
export class MemoryRepository {
  readonly store: MemoryStore;
  readonly #enrolled: Enrolled;
  readonly #key: Uint8Array;
  readonly #creators = new Map<string, string>();
  readonly #quarantine = new Map<Hash, Uint8Array>();
  readonly #verified = new WeakSet<ChangeSet>();
  readonly #workshop: JudgeContext['workshop'];
  readonly #record: JudgeContext['record'];

  constructor(store: MemoryStore, key: Uint8Array, enrolled: Enrolled) {
    this.store = store;
    this.#key = key;
    this.#enrolled = enrolled;
    this.#workshop = (id, opener) => {
      const creator = this.#creators.get(id) ?? opener;
      return creator === undefined ? null : { creator, countries: countriesOf(store, id) };
    };
    this.#record = recordIn(store, { userOf: (replica) => enrolled.userOf(replica) });
  }

  /** Takes what a device sends, as far as it is proven; null: the push is refused whole. */
  async push(sender: ReplicaId, changeSets: readonly ChangeSet[]): Promise<PushReply | null> {
    const actor = this.#enrolled.actorOf(sender);
    if (!actor || this.#enrolled.isRevoked(sender)) return null;
    if (firstUnproven(changeSets, (replica) => this.#keyOf(replica), PORTS) !== null) return null;
    const session = { device: { replica: sender } as Parameters<typeof takeJudged>[1]['device'], actor };
    const ports = { store: { replica: this.store.replica, take: this.#take }, clock: { now: () => Date.now() }, hasher: nodeHasher };
    return (await takeJudged(ports, session, changeSets, Infinity)).reply();
  }

  /** All that a device may read, each vouched for by what is sent with it. */
  pull(reader: ReplicaId): ChangeSet[] {
    const actor = this.#enrolled.actorOf(reader);
    if (!actor || this.#enrolled.isRevoked(reader)) return [];
    const spaces = new Set(
      this.store.spaces().filter((space) => mayRead(actor, space, { workshop: (id) => this.#workshop(id, undefined) })),
    );
    const sent = this.store.travelling().filter(({ header }) => spaces.has(header.space));
    const wrong = this.#firstUnproven(sent);
    if (wrong !== undefined) throw new Error(`what the repository sends: nothing proves ${wrong}`);
    return sent;
  }

  /** `verifyAll` for what is sent over and over: the signature of each is looked at once, what it proves each time. */
  #firstUnproven(changeSets: readonly ChangeSet[]): Hash | undefined {
    const links: VouchingLink[] = [];
    for (const changeSet of changeSets) {
      const { hash, header, signature } = changeSet;
      const signed = signature !== '';
      if (!this.#verified.has(changeSet)) {
        const key = this.#keyOf(header.replica);
        if (!key || (signed && !verifyChangeSet(changeSet, key, PORTS.verifier, PORTS.hasher))) return hash;
        this.#verified.add(changeSet);
      }
      links.push({ hash, header, signed });
    }
    return unprovable(links)[0]?.hash;
  }

  /** What nothing in the log proves. */
  unprovable(): readonly Hash[] {
    const links = this.store.log().map(({ hash, header, signature }) => ({ hash, header, signed: signature !== '' }));
    return unprovable(links).map(({ hash }) => hash);
  }

  #keyOf(replica: ReplicaId): Uint8Array | undefined {
    return replica === this.store.replica ? this.#key : this.#enrolled.keyOf(replica);
  }

  readonly #take = (changeSets: readonly ChangeSet[], push: PushJudge): void => {
    const { store } = this;
    store.transact(() => {
      let own: OwnValues | null = null;
      const context: JudgeContext = {
        logged(hash) {
          const held = store.log().find((one) => one.hash === hash);
          return held && { refused: store.refusalOf(held) };
        },
        tipsOf: (space, replica) => store.tips(space).filter((tip) => tip.replica === replica),
        admits: (changeSet) => (own ??= new OwnValues(store.facts())).admit(changeSet),
        add(changeSet, verdict) {
          if (verdict === null) return store.ingest([changeSet]).missing.length === 0 ? 'added' : 'missing';
          if (store.ingestJudged([changeSet], () => verdict).length > 0) return 'added';
          return context.logged(changeSet.hash) ? 'ruledOut' : 'missing';
        },
        write: (request) => void store.commit([request]),
        workshop: this.#workshop,
        record: this.#record,
        certificate: (replica) => this.#enrolled.of(replica),
        isRevoked: (replica) => this.#enrolled.isRevoked(replica),
        quarantined: (hash) => this.#quarantine.get(hash),
        withoutErased: (changeSet) => withoutErased(store.facts(), changeSet),
        lacksValues: (changeSet) => lacksValues(store.facts(), changeSet),
      };
      for (const changeSet of changeSets) push.judge(changeSet, context);
      push.judged();
      push.finish(context.write);
    });
    store.release(() => true);
    const { creators, refused, stands } = push.effects();
    for (const [workshop, user] of creators) this.#creators.set(workshop, user);
    for (const { hash, bytes } of refused) if (bytes) this.#quarantine.set(hash, bytes);
    for (const hash of stands) this.#quarantine.delete(hash);
  };
}
