import { readingActor } from '../../shared/features/sync/reading.ts';
import { placeOfRefused } from '../../shared/features/sync/refused-place.ts';
import { authorise, isNeverAllowed, mayOpen, mayRead, type Actor, type Facts } from '../../shared/features/sync/rights.ts';
import type { Hasher } from '../../shared/kernel/ports.ts';
import type { PushReply } from '../../shared/contract/repository.ts';
import { ok, refuse, type Result } from '../../shared/kernel/result.ts';
import { workshopOf } from '../../shared/model/spaces.ts';
import { decodeChangeSet, encodeChangeSet, redactChangeSet } from '../../shared/sync/change-set.ts';
import { TOO_MANY_VALUES } from '../../shared/sync/accept.ts';
import { SPACE_CLOSED } from '../../shared/sync/exchange.ts';
import { erasureWrites, refusalWrites } from '../../shared/sync/merge.ts';
import type { ChangeSet, Hash, ReplicaId, SpaceId } from '../../shared/sync/types.ts';
import { unprovable, type VouchingLink } from '../../shared/sync/vouching.ts';
import type { ExchangePorts, Session } from '../exchange.ts';
import { keysOf } from './push-decoder.ts';
import type { ActNote } from '../acts.ts';
import { PushCount } from '../quotas.ts';
import type { RefusedRecord } from '../registry.ts';
import type { JudgeContext, PushJudge, PushEffects, RepositoryStore } from '../repository-store.ts';

/** The most that a push may point at, in bytes as they are stored; one that points at more is to name it in full. */
const MOST_REFERRED = 8 << 20;

/**
 * Takes a push: one pack, signed by the device that sends it. A pack that is malformed, not the device's, or holds a wrongly signed
 * change-set is refused whole and leaves nothing. Otherwise every change-set is judged by itself: known (a no-op), applied, missing its
 * parent (answered with the tip that is here), or refused: kept, ruled out for everybody, and told to its author, again if need be.
 */
export async function receivePush(ports: ExchangePorts, session: Session, body: Uint8Array): Promise<Result<PushReply>> {
  const { store, certificates, decoding, signer } = ports;
  const sender = { sender: session.device.replica, repositoryKey: signer.publicKey };
  const count = new PushCount(ports.usage, ports, session.device.user);
  const early = store.readEarly?.();
  const read = await decoding.read(body, sender, {
    async lookUp(opened) {
      await certificates.learn(opened.certificates);
      const bodies = await store.bodiesAt(opened.places, MOST_REFERRED);
      if (!bodies) return refuse('sync.packUnresolved');
      const keys = keysOf(await certificates.of(opened.replicas));
      return ok({ bodies, keys: keys.set(store.replica, signer.publicKey) });
    },
    made(changeSets) {
      count.lookUp(changeSets);
      early?.add(changeSets);
    },
  });
  if (!read.ok) return read;
  early?.end();
  const counted = await count.count(read.value);
  if (!counted.ok) return counted;
  let judged: PushEffects | undefined;
  let push: Push;
  try {
    const taking: JudgingPorts['store'] = { replica: store.replica, take: (...taken) => (early ?? store).take(...taken) };
    push = await takeJudged({ ...ports, store: taking }, session, read.value, counted.value.refusedRoom);
    judged = push.effects();
  } finally {
    await counted.value.settle(judged);
  }
  for (const act of push.erasures) await ports.registry.record(act, ports.clock.now());
  return ok(push.reply());
}

/** The parts of the repository, beside its store, that judging asks. */
export interface JudgingPorts extends Pick<ExchangePorts, 'clock' | 'hasher'> {
  readonly store: Pick<RepositoryStore, 'replica' | 'take'>;
}

/**
 * Has the store judge and add change-sets whose signatures are checked, and returns the judgement of each; what cannot be proven from the log alone is not
 * added to it: then they are judged again without it. `refusedRoom`: bytes of what is refused that are kept; beyond that its hash alone is.
 */
export async function takeJudged(
  { store, clock, hasher }: JudgingPorts,
  session: Session,
  changeSets: readonly ChangeSet[],
  refusedRoom: number,
): Promise<Push> {
  const now = clock.now();
  for (let unprovable: ReadonlySet<Hash> = new Set(); ;) {
    const push = new Push(session, store.replica, now, hasher, refusedRoom, unprovable);
    try {
      await store.take(changeSets, push);
      return push;
    } catch (error) {
      if (!(error instanceof Unprovable)) throw error;
      unprovable = new Set([...unprovable, ...error.hashes]);
    }
  }
}

/** Undoes the transaction in which a push was judged: no signature in what was added leads back to these. */
class Unprovable extends Error {
  readonly hashes: readonly Hash[];

  constructor(hashes: readonly Hash[]) {
    super('a push would leave what nothing vouches for');
    this.hashes = hashes;
  }
}

function chainOf({ header }: ChangeSet): string {
  return `${header.replica} ${header.space}`;
}

/** Milliseconds by which a trusted clock may be ahead of ours. */
const AHEAD = 86_400_000;

/** Judges the change-sets of one push, one after the other. */
class Push implements PushJudge {
  readonly #session: Session;
  readonly #ruler: ReplicaId;
  readonly #now: number;
  readonly #hasher: Hasher;
  /** Bytes of refused work that may still be kept. */
  #refusedRoom: number;
  readonly #creators = new Map<string, string>();
  readonly #refused: RefusedRecord[] = [];
  readonly #stands: string[] = [];
  #erased = false;
  /** What was erased on whose asking, for the record of administrative acts. */
  readonly erasures: ActNote[] = [];
  readonly #rulings = new Map<SpaceId, { hash: string; reason: string }[]>();
  readonly #missing = new Map<string, PushReply['missing'][number]>();
  readonly #answers = new Map<string, string>();
  readonly #unprovable: ReadonlySet<Hash>;
  readonly #added: VouchingLink[] = [];
  /** The chains that end, so far, in what a signature further on is to vouch for. */
  readonly #open = new Set<string>();
  #applied = 0;
  #known = 0;

  constructor(session: Session, ruler: ReplicaId, now: number, hasher: Hasher, refusedRoom: number, unprovable: ReadonlySet<Hash>) {
    this.#refusedRoom = refusedRoom;
    this.#unprovable = unprovable;
    this.#session = session;
    this.#ruler = ruler;
    this.#now = now;
    this.#hasher = hasher;
  }

  reply(): PushReply {
    return {
      at: Math.floor(this.#now),
      applied: this.#applied,
      known: this.#known,
      missing: [...this.#missing.values()],
      refused: [...this.#answers].map(([hash, code]) => ({ hash, code })),
    };
  }

  effects(): PushEffects {
    return { at: this.#now, creators: this.#creators, refused: this.#refused, stands: this.#stands, erased: this.#erased };
  }

  judge(sent: ChangeSet, context: JudgeContext): void {
    const { hash, header } = sent;
    const logged = context.logged(hash);
    if (logged) {
      this.#known++;
      if (logged.refused !== null) this.#answers.set(hash, logged.refused);
      return;
    }
    const changeSet = this.#whole(sent, context);
    const verdict = this.#verdictOn(changeSet, context);
    // Asked for again: from its author it comes whole, and where somebody was erased of whom a repository that was put back has not heard, their erasure comes as well.
    if (verdict === null && header.replica !== this.#session.device.replica && context.lacksValues(changeSet))
      return this.#askAgain(header, context);
    if (verdict === null) {
      if (this.#apply(changeSet, null, context) === 'missing') return;
      this.#stands.push(hash);
      if (header.kind === 'erase' && header.replica !== this.#ruler) this.#eraseFor(changeSet, context);
      return;
    }
    const place = placeOfRefused(changeSet, verdict, this.#open.has(chainOf(changeSet)));
    const isBare = place === 'bareInLog';
    this.#answers.set(hash, verdict);
    this.#keep(changeSet, verdict, isBare || place === 'quarantine', context);
    if (!isBare && place !== 'log') return;
    const shown = isBare ? redactChangeSet(changeSet, () => true, this.#hasher) : changeSet;
    // Without effect from here on, so that what follows in this push is not judged by it; one that an earlier ruling of ours, brought back by a client, names needs no other.
    if (this.#apply(shown, verdict, context) !== 'added') return;
    const rulings = this.#rulings.get(header.space) ?? [];
    rulings.push({ hash, reason: verdict });
    this.#rulings.set(header.space, rulings);
  }

  /** To be called once all is judged, before it is kept: throws where the log would hold what nothing in it proves. */
  judged(): void {
    const open = unprovable(this.#added);
    if (open.length > 0) throw new Unprovable(open.map(({ hash }) => hash));
  }

  /** Rules out what was refused. */
  finish(write: JudgeContext['write']): void {
    for (const [space, refusals] of this.#rulings) write({ space, kind: 'refuse', writes: refusalWrites(refusals) });
  }

  /** A laptop asks for an erasure and may: the repository rules, and its ruling is what every node obeys. */
  #eraseFor({ header, hash, ops }: ChangeSet, context: JudgeContext): void {
    this.#erased = true;
    this.erasures.push({
      who: `device:${header.replica}`,
      what: 'erase',
      details: { space: header.space, asked: hash, people: ops.length },
    });
    const writes = ops.flatMap(({ entityType, entityId }) => erasureWrites(entityType, entityId, { asked: hash }));
    context.write({ space: header.space, kind: 'erase', writes });
  }

  /** As it was sent the first time: a laptop that had lost its access kept of its own work no personal values. */
  #whole(changeSet: ChangeSet, context: JudgeContext): ChangeSet {
    const bytes = context.quarantined(changeSet.hash);
    const kept = bytes && decodeChangeSet(bytes, this.#hasher);
    if (!kept?.ok) return changeSet;
    // What was quarantined for want of a signature comes with one.
    return kept.value.signature === '' ? { ...kept.value, signature: changeSet.signature } : kept.value;
  }

  /**
   * The code of what speaks against a change-set; null: nothing. Others' work is judged by its own author's certificate, and our own
   * rulings, which a restored repository has lost, are taken back as they are.
   */
  #verdictOn(changeSet: ChangeSet, context: JudgeContext): string | null {
    const { device, actor } = this.#session;
    const { replica, space, prev } = changeSet.header;
    if (replica !== this.#ruler && isNeverAllowed(changeSet)) return 'sync.kindNotAllowed';
    if (this.#unprovable.has(changeSet.hash)) return 'sync.unprovable';
    const facts = this.#factsOn(context);
    let author: Actor | null = actor;
    if (replica !== device.replica) {
      if (!mayRead(actor, space, facts) && !mayOpen(actor, space, facts)) return SPACE_CLOSED;
      if (replica === this.#ruler) return null;
      const certificate = context.certificate(replica);
      if (!certificate) return 'sync.replicaUnknown';
      if (context.isRevoked(replica)) return 'sync.replicaRevoked';
      author = readingActor(certificate);
    }
    if (!author) return 'sync.replicaUnknown';
    const verdict = authorise(author, changeSet, facts) ?? this.#judgeClock(changeSet);
    // A change-set whose chain does not reach it is asked for again, whatever it says.
    const isMissing = prev !== null && !context.logged(prev);
    if (verdict !== SPACE_CLOSED && isMissing) return null;
    if (verdict !== null) return verdict;
    return context.admits(changeSet) ? null : TOO_MANY_VALUES;
  }

  /** A clock that calls itself trusted and runs ahead of ours would win everything that is shown first, for as long as it likes. */
  #judgeClock({ header: { t, tq } }: ChangeSet): string | null {
    return tq > 0 && t > this.#now + AHEAD ? 'sync.clockAhead' : null;
  }

  /** The facts of the context, with the workshops that this push opens. */
  #factsOn(context: JudgeContext): Facts {
    return {
      hasher: this.#hasher,
      workshop: (id) => context.workshop(id, this.#creators.get(id)),
      record: (entityType, entityId) => context.record(entityType, entityId),
    };
  }

  /** Whose workshop a change-set opens: the certified user of the replica that made it, whoever brings it. */
  #openedBy(space: SpaceId, replica: string, context: JudgeContext): readonly [workshop: string, user: string] | null {
    const owner = workshopOf(space);
    // A ruling of ours that comes back first opens nothing.
    if (owner === null || replica === this.#ruler || context.workshop(owner, this.#creators.get(owner)) !== null) return null;
    const { device, actor } = this.#session;
    return [owner, replica === device.replica ? actor.user : (context.certificate(replica)?.user ?? '')];
  }

  /** Adds a change-set, without effect where something speaks against it, and remembers what is missing. */
  #apply(changeSet: ChangeSet, verdict: string | null, context: JudgeContext): ReturnType<JudgeContext['add']> {
    const { space, replica } = changeSet.header;
    const opened = this.#openedBy(space, replica, context);
    const became = context.add(changeSet, verdict);
    if (became !== 'missing') {
      this.#applied++;
      const signed = changeSet.signature !== '';
      this.#added.push({ hash: changeSet.hash, header: changeSet.header, signed });
      if (signed) this.#open.delete(chainOf(changeSet));
      else this.#open.add(chainOf(changeSet));
      if (opened) this.#creators.set(...opened);
      return became;
    }
    this.#askAgain(changeSet.header, context);
    return became;
  }

  /** Says how far a chain is here. */
  #askAgain({ space, replica }: ChangeSet['header'], context: JudgeContext): void {
    const here = [...context.tipsOf(space, replica)].sort((a, b) => b.seq - a.seq)[0];
    this.#missing.set(`${replica} ${space}`, { space, replica, seq: here?.seq ?? 0, hash: here?.hash ?? '' });
  }

  #keep(changeSet: ChangeSet, code: string, withBytes: boolean, context: JudgeContext): void {
    const encoded = withBytes && this.#refusedRoom > 0 ? encodeChangeSet(context.withoutErased(changeSet)) : null;
    const bytes = encoded !== null && encoded.length <= this.#refusedRoom ? encoded : null;
    this.#refusedRoom -= bytes?.length ?? 0;
    this.#refused.push({
      hash: changeSet.hash,
      code,
      space: changeSet.header.space,
      replica: changeSet.header.replica,
      receivedAt: this.#now,
      bytes,
    });
  }
}
