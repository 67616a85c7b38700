import { toHex } from '../../kernel/hex.ts';
import type { Clock, Hasher, Random, Signer } from '../../kernel/ports.ts';
import { entityOf, MODEL_VERSION } from '../../model/entities.ts';
import { isErasable as isErasableField } from '../../model/entity.ts';
import { fieldOf } from '../../model/judge.ts';
import { valueText, canonicalValue } from '../../sync/canonical.ts';
import { replicaIdOf, sealChangeSet } from '../../sync/change-set.ts';
import { DELETED, entityKey } from '../../sync/merge.ts';
import type { WrittenValue } from '../../sync/register.ts';
import type { ChangeSet, ClockTrust, FieldWrite, Op, ReplicaId, SpaceId, Tip } from '../../sync/types.ts';
import { isAppendOnly } from './deletion.ts';
import type { CommitRequest } from './store.ts';

/** The parts with which change-sets are sealed. */
export interface ChangeSetBuilderOptions {
  readonly clock: Clock;
  readonly random: Random;
  readonly hasher: Hasher;
  readonly signer: Signer;
  /** The user who acts: an id, not a name. */
  author(): string;
  /** How far the clock can be trusted now; left out: never checked. */
  clockTrust?(): ClockTrust;
  /**
   * `each`: every change-set is signed as it is sealed. `runs`: the signature waits for `signRuns`, before anything leaves this device; a tap is
   * then a third quicker, and a chain's run travels with one signature.
   */
  readonly signs?: 'each' | 'runs';
}

// A long import is sealed in several change-sets of one transaction, so that each fits a frame on a poor line.
const OPS_PER_CHANGE_SET = 600;
const BYTES_PER_CHANGE_SET = 48 * 1024;
/** So few writes are never split. */
const FEW = 20;
/**
 * Values that one op names as superseded. Where more were seen, the same value is written once for every so many of them: equal values are no conflict,
 * and the next write names them all.
 */
const NAMED_AT_ONCE = 4_000;

/** Reads the ends of chains, as the store stands. */
export interface ChainEnds {
  /** The tips of one replica's chain in a space. */
  endsOf(space: SpaceId, replica: ReplicaId): readonly Tip[];
}

/** Reads the registers as the step under way has left them. */
export interface RegisterView {
  heads(entityType: string, entityId: string, field: string): readonly Pick<WrittenValue, 'id' | 'value' | 'erased' | 'supersedes'>[];
}

/** Seals what features ask to write into change-sets of this replica. */
export interface ChangeSetBuilder {
  /** The parts of a request, one change-set each, at the boundaries of entities. */
  parts(request: CommitRequest): CommitRequest[];
  /**
   * Seals one part as things stand now; null when nothing in it would change anything. Where its chain ends is remembered from the last time:
   * `extend` is told to put the new end in the place of the old one, and says false where that is not an end any more (a transaction
   * around the last commit was undone): then the end is looked up and the part is sealed on that.
   */
  seal(part: CommitRequest, registers: RegisterView, extend: (changeSet: ChangeSet) => boolean): ChangeSet | null;
}

/** The builder of this replica's change-sets, the same over every kind of store. */
export function changeSetBuilder(chains: ChainEnds, options: ChangeSetBuilderOptions): ChangeSetBuilder {
  const { clock, random, hasher, signer } = options;
  const replica = replicaIdOf(signer.publicKey, hasher);

  // Of a forked chain the longest branch goes on; among equals the one with the smallest hash.
  const endOf = (space: SpaceId): Tip | undefined => {
    const ends = chains.endsOf(space, replica);
    return ends.length < 2 ? ends[0] : ends.toSorted((a, b) => b.seq - a.seq || (a.hash < b.hash ? -1 : 1))[0];
  };

  const ends = new Map<SpaceId, Pick<Tip, 'seq' | 'hash'>>();

  const opOf = (write: FieldWrite, registers: RegisterView, saltOf: (entity: string) => string): Op | null => {
    const { entityType, entityId, field } = write;
    const value = canonicalValue(write.value);
    const heads = registers.heads(entityType, entityId, field);
    const only = heads.length === 1 ? heads[0]! : null;
    if (only && !only.erased && valueText(only.value) === valueText(value) && !deletesAgain(only, write)) return null;
    if (heads.length > 0 && field !== DELETED && isAppendOnly(entityType)) throw new Error(`${entityType} is written once`);
    return {
      entityType,
      entityId,
      field,
      supersedes: write.supersedes ?? heads.map((head) => head.id),
      content: isErasable(write) ? { form: 'erasable', value, salt: saltOf(entityKey(entityType, entityId)) } : { form: 'plain', value },
    };
  };

  return {
    parts(whole) {
      const [request, ...more] = namingFew(whole);
      if (request.writes.length <= FEW && !hasRepetition(request.writes)) return [request, ...more];
      const parts: FieldWrite[][] = [];
      let open: FieldWrite[] = [];
      let bytes = 0;
      for (const writes of byEntity(request.writes)) {
        const size = writes.reduce((sum, write) => sum + 120 + JSON.stringify(write.value).length, 0);
        if (open.length > 0 && (open.length + writes.length > OPS_PER_CHANGE_SET || bytes + size > BYTES_PER_CHANGE_SET)) {
          parts.push(open);
          open = [];
          bytes = 0;
        }
        open.push(...writes);
        bytes += size;
      }
      if (open.length > 0) parts.push(open);
      return [...parts.map((writes) => ({ ...request, writes })), ...more];
    },
    seal({ space, writes, kind = 'data', t }, registers, extend) {
      const ops: Op[] = [];
      const saltOf = saltsOf(random);
      for (const write of writes) {
        const op = opOf(write, registers, saltOf);
        if (op) for (const supersedes of inPieces(op.supersedes)) ops.push({ ...op, supersedes });
      }
      if (ops.length === 0) return null;
      const rest = {
        version: 1,
        space,
        replica,
        t: Math.floor(t ?? clock.now()),
        tq: options.clockTrust?.() ?? 0,
        schema: MODEL_VERSION,
        author: options.author(),
        kind,
      } as const;
      const sealOn = (last: Pick<Tip, 'seq' | 'hash'> | undefined): ChangeSet =>
        sealChangeSet(
          { ...rest, seq: (last?.seq ?? 0) + 1, prev: last?.hash ?? null },
          ops,
          options.signs === 'runs' ? null : signer,
          hasher,
        );
      const remembered = ends.get(space);
      let changeSet = sealOn(remembered ?? endOf(space));
      if (!extend(changeSet)) {
        changeSet = sealOn(endOf(space));
        if (!extend(changeSet)) throw new Error('a chain has no end');
      }
      ends.set(space, { seq: changeSet.header.seq, hash: changeSet.hash });
      return changeSet;
    },
  };
}

function inPieces<T>(items: readonly T[]): (readonly T[])[] {
  if (items.length <= NAMED_AT_ONCE) return [items];
  return Array.from({ length: Math.ceil(items.length / NAMED_AT_ONCE) }, (_, i) => items.slice(i * NAMED_AT_ONCE, (i + 1) * NAMED_AT_ONCE));
}

/** The request with no write that names more than one op may, then the rest of what was named, a change-set for each piece. */
function namingFew(request: CommitRequest): [CommitRequest, ...CommitRequest[]] {
  const more: CommitRequest[] = [];
  const writes = request.writes.map((write): FieldWrite => {
    if ((write.supersedes?.length ?? 0) <= NAMED_AT_ONCE) return write;
    const [first, ...others] = inPieces(write.supersedes!);
    for (const supersedes of others) more.push({ ...request, writes: [{ ...write, supersedes }] });
    return { ...write, supersedes: first! };
  });
  return [more.length > 0 ? { ...request, writes } : request, ...more];
}

/** One salt for all that a change-set writes to an entity: it is erased as a whole. */
function saltsOf(random: Random): (entity: string) => string {
  const salts = new Map<string, string>();
  return (entity) => {
    const known = salts.get(entity);
    if (known !== undefined) return known;
    const salt = toHex(random.bytes(16));
    salts.set(entity, salt);
    return salt;
  };
}

function hasRepetition(writes: readonly FieldWrite[]): boolean {
  for (let i = 1; i < writes.length; i++) {
    const { entityType, entityId, field } = writes[i]!;
    for (let j = 0; j < i; j++) {
      const other = writes[j]!;
      if (other.field === field && other.entityId === entityId && other.entityType === entityType) return true;
    }
  }
  return false;
}

// Of two writes to one register in one action the later is what was meant; the entities keep the order they were first named in.
function byEntity(writes: readonly FieldWrite[]): FieldWrite[][] {
  const entities = new Map<string, Map<string, FieldWrite>>();
  for (const write of writes) {
    const key = `${write.entityType} ${write.entityId}`;
    const fields = entities.get(key);
    if (fields) fields.set(write.field, write);
    else entities.set(key, new Map([[write.field, write]]));
  }
  return [...entities.values()].map((fields) => [...fields.values()]);
}

/** A deletion says more than its value: what it names as seen. One that names something new is written though `_deleted` is true already. */
function deletesAgain(only: Pick<WrittenValue, 'id' | 'supersedes'>, write: FieldWrite): boolean {
  if (write.field !== DELETED || write.value !== true || write.supersedes === undefined) return false;
  const named = new Set(only.supersedes);
  return write.supersedes.some((id) => id !== only.id && !named.has(id));
}

function isErasable(write: FieldWrite): boolean {
  if (write.erasable !== undefined) return write.erasable;
  const definition = entityOf(write.entityType);
  const field = definition && fieldOf(definition, write.field);
  return field !== undefined && isErasableField(field);
}
