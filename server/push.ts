import { fromHex } from '../shared/kernel/hex.ts';
import type { PushReply } from '../shared/contract/repository.ts';
import { ok, refuse, type Result } from '../shared/kernel/result.ts';
import { changeSetOf, changeSetsAt, tips } from '../shared/node/store/sqlite/change-log.ts';
import { decodeChangeSet, encodeChangeSet, redactChangeSet } from '../shared/sync/change-set.ts';
import { SPACE_CLOSED } from '../shared/sync/exchange.ts';
import { erasureWrites, refusalWrites } from '../shared/sync/merge.ts';
import type { Place, Referent } from '../shared/sync/frame-layout.ts';
import { decodePack } from '../shared/sync/pack.ts';
import { firstUnproven } from '../shared/sync/vouching.ts';
import type { ChangeSet, ReplicaId, SpaceId } from '../shared/sync/types.ts';
import { authorise, mayOpen, mayRead, type Actor, type Facts } from './authorisation.ts';
import type { ExchangePorts, Session } from './exchange.ts';
import { actorOf, factsOf, workshopOf } from './facts.ts';
import { eraseFromRefused, withoutErased } from './refused-erasure.ts';
import type { RefusedRecord } from './registry.ts';

/** A push body may unpack to this much. */
const MAX_UNPACKED = 4 << 20;

/**
 * Takes a push: one pack, signed by the device that sends it. A pack that is malformed, not the device's, or holds a wrongly signed
 * change-set is refused whole and leaves nothing. Otherwise every change-set is judged by itself: known (a no-op), applied, missing its
 * parent (answered with the tip that is here), or refused: kept, ruled out for everybody, and told to its author, again if need be.
 */
export function receivePush(ports: ExchangePorts, session: Session, body: Uint8Array): Result<PushReply> {
  const held = (place: Place): Referent[] => changeSetsAt(ports.store.db, place, ports.hasher);
  const pack = decodePack(body, { ...ports, held }, MAX_UNPACKED);
  if (!pack.ok) return pack;
  if (pack.value.sender !== session.device.replica) return refuse('sync.senderWrong');
  ports.certificates.learn(pack.value.header.certificates);
  const keyOf = (replica: ReplicaId): Uint8Array | undefined => {
    const certified = ports.certificates.of(replica)?.publicKey;
    return replica === ports.store.replica ? ports.signer.publicKey : certified === undefined ? undefined : fromHex(certified);
  };
  const unproven = firstUnproven(pack.value.changeSets, keyOf, ports);
  if (unproven !== null) return refuse('sync.signatureWrong', { changeSet: unproven });
  const push = new Push(ports, session);
  return ok(push.take(pack.value.changeSets));
}

class Push {
  readonly #ports: ExchangePorts;
  readonly #session: Session;
  readonly #creators = new Map<string, string>();
  readonly #facts: Facts;
  readonly #refused: RefusedRecord[] = [];
  readonly #stands: string[] = [];
  #erased = false;
  readonly #rulings = new Map<SpaceId, { hash: string; reason: string }[]>();
  readonly #missing = new Map<string, PushReply['missing'][number]>();
  readonly #answers = new Map<string, string>();
  #applied = 0;
  #known = 0;

  constructor(ports: ExchangePorts, session: Session) {
    this.#ports = ports;
    this.#session = session;
    this.#facts = factsOf(ports.store.reader, ports.registry, (replica) => ports.certificates.userOf(replica), this.#creators);
  }

  take(changeSets: readonly ChangeSet[]): PushReply {
    const { store, registry, clock } = this.#ports;
    store.transaction(() => {
      for (const changeSet of changeSets) this.#one(changeSet);
      this.#rule();
      // Before the transaction ends: a workshop without a creator would be closed to who made it, a creator without a workshop harms nobody.
      if (this.#creators.size > 0) registry.addWorkshops(this.#creators, clock.now());
      if (this.#refused.length > 0) registry.addRefused(this.#refused);
    });
    // Only now: what was set aside is all there is of it until it is in the log.
    for (const hash of this.#stands) registry.forgetRefused(hash);
    if (this.#erased) eraseFromRefused(this.#ports);
    return {
      applied: this.#applied,
      known: this.#known,
      missing: [...this.#missing.values()],
      refused: [...this.#answers].map(([hash, code]) => ({ hash, code })),
    };
  }

  /** A laptop asks for an erasure and may: the repository rules, and its ruling is what every node obeys. */
  #eraseFor({ header, hash, ops }: ChangeSet): void {
    this.#erased = true;
    const writes = ops.flatMap(({ entityType, entityId }) => erasureWrites(entityType, entityId, { asked: hash }));
    this.#ports.store.commit([{ space: header.space, kind: 'erase', writes }]);
  }

  /** Rules out what was refused, but for what an earlier ruling of ours, brought back by a client, has ruled out already. */
  #rule(): void {
    const { store } = this.#ports;
    for (const [space, refusals] of this.#rulings) {
      const open = refusals.filter(({ hash }) => changeSetOf(store.db, hash)?.refused === null);
      if (open.length > 0) store.commit([{ space, kind: 'refuse', writes: refusalWrites(open) }]);
    }
  }

  /** As it was sent the first time: a laptop that had lost its access kept of its own work no personal values. */
  #whole(changeSet: ChangeSet): ChangeSet {
    const bytes = this.#ports.registry.keptAside(changeSet.hash);
    const kept = bytes && decodeChangeSet(bytes, this.#ports.hasher);
    return kept?.ok ? kept.value : changeSet;
  }

  #one(sent: ChangeSet): void {
    const { store, hasher } = this.#ports;
    const { hash, header } = sent;
    const logged = changeSetOf(store.db, hash);
    if (logged) {
      this.#known++;
      if (logged.refused !== null) this.#answers.set(hash, logged.refused);
      return;
    }
    const changeSet = this.#whole(sent);
    const verdict = this.#judge(changeSet);
    if (verdict === null) {
      if (!this.#apply(changeSet)) return;
      this.#stands.push(hash);
      if (header.kind === 'erase' && header.replica !== store.replica) this.#eraseFor(changeSet);
      return;
    }
    const stands = verdict === SPACE_CLOSED || verdict === 'sync.replicaUnknown' || verdict === 'sync.replicaRevoked';
    this.#answers.set(hash, verdict);
    this.#keep(changeSet, verdict, stands || verdict === 'sync.wrongSpace');
    if (stands) return;
    // What was written into the wrong space may be for other eyes: it stays in the chain by its digests alone.
    const shown = verdict === 'sync.wrongSpace' ? redactChangeSet(changeSet, () => true, hasher) : changeSet;
    if (!this.#apply(shown)) return;
    const rulings = this.#rulings.get(header.space) ?? [];
    rulings.push({ hash, reason: verdict });
    this.#rulings.set(header.space, rulings);
  }

  /**
   * The code of what speaks against a change-set; null: nothing. Others' work is judged by its own author's certificate, and our own
   * rulings, which a restored repository has lost, are taken back as they are.
   */
  #judge(changeSet: ChangeSet): string | null {
    const { certificates, registry } = this.#ports;
    const { device, actor } = this.#session;
    const { replica, space } = changeSet.header;
    const own = replica === device.replica;
    let author: Actor | null = actor;
    if (!own) {
      if (!mayRead(actor, space, this.#facts) && !mayOpen(actor, space, this.#facts)) return SPACE_CLOSED;
      if (replica === this.#ports.store.replica) return null;
      const certificate = certificates.of(replica);
      if (!certificate) return 'sync.replicaUnknown';
      if (registry.device(replica)?.revokedAt) return 'sync.replicaRevoked';
      author = actorOf(certificate);
    }
    if (!author) return 'sync.replicaUnknown';
    const verdict = authorise(author, changeSet, this.#facts);
    // A change-set whose chain does not reach it is asked for again, whatever it says.
    return verdict !== SPACE_CLOSED && this.#missingBefore(changeSet) ? null : verdict;
  }

  #missingBefore({ header }: ChangeSet): boolean {
    return header.prev !== null && !changeSetOf(this.#ports.store.db, header.prev);
  }

  /** Whose workshop a change-set opens: the certified user of the replica that made it, whoever brings it. */
  #openedBy(space: SpaceId, replica: string): readonly [workshop: string, user: string] | null {
    const owner = workshopOf(space);
    if (owner === null || this.#facts.workshop(owner) !== null) return null;
    const { device, actor } = this.#session;
    return [owner, replica === device.replica ? actor.user : this.#ports.certificates.userOf(replica)];
  }

  /** False when the change-set before it is not here. */
  #apply(changeSet: ChangeSet): boolean {
    const { store } = this.#ports;
    const { space, replica } = changeSet.header;
    const opened = this.#openedBy(space, replica);
    const { applied, missing } = store.ingest([changeSet]);
    this.#applied += applied;
    if (missing.length === 0) {
      if (opened) this.#creators.set(...opened);
      return true;
    }
    const here = tips(store.db, space)
      .filter((tip) => tip.replica === replica)
      .sort((a, b) => b.seq - a.seq)[0];
    this.#missing.set(`${replica} ${space}`, { space, replica, seq: here?.seq ?? 0, hash: here?.hash ?? '' });
    return false;
  }

  #keep(changeSet: ChangeSet, code: string, withBytes: boolean): void {
    this.#refused.push({
      hash: changeSet.hash,
      code,
      space: changeSet.header.space,
      replica: changeSet.header.replica,
      receivedAt: this.#ports.clock.now(),
      bytes: withBytes ? encodeChangeSet(withoutErased(this.#ports, changeSet)) : null,
    });
  }
}
