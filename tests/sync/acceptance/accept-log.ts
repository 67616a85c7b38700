import { RECORD_RULES } from '../../../shared/model/record-rules.ts';
import { newSeed, nodeHasher, signerOf } from '../../../shared/node/crypto.ts';
import {
  accept,
  type AcceptanceFacts,
  type CarriedFacts,
  type CountingFacts,
  type Effect,
  type Judges,
  type LoggedLink,
  type Quarantine,
  type ValueHere,
} from '../../../shared/sync/accept.ts';
import { replicaIdOf, sealChangeSet } from '../../../shared/sync/change-set.ts';
import { entityKey, REFUSED, RULED_TYPE } from '../../../shared/sync/merge.ts';
import type { ChangeSet, ChangeSetKind, Hash, Op, ReplicaId } from '../../../shared/sync/types.ts';

/** Change-sets, and a log that the acceptance core is asked about, without a store. */

export const PEOPLE = 'workshop/w1/people';
export const PLAN = 'workshop/w1/plan';
export const KINDS: readonly ChangeSetKind[] = ['data', 'genesis', 'reissue', 'refuse', 'erase'];

export const [ruler, author] = [signerOf(newSeed()), signerOf(newSeed())];
export const idOf = (signer: typeof ruler): ReplicaId => replicaIdOf(signer.publicKey, nodeHasher);

export type Written = Partial<Op> & { value?: string };

export function sealed(
  signer: typeof ruler,
  before: ChangeSet | null,
  writes: readonly Written[],
  more: { kind?: ChangeSetKind; space?: string } = {},
): ChangeSet {
  const ops = writes.map(({ value = 'x', ...op }): Op => ({
    entityType: 'participant',
    entityId: 'p1',
    field: 'familyName',
    supersedes: [],
    content: { form: 'erasable', value, salt: 'ab'.repeat(16) },
    ...op,
  }));
  const header = {
    version: 1,
    space: more.space ?? PEOPLE,
    replica: idOf(signer),
    seq: (before?.header.seq ?? 0) + 1,
    prev: before?.hash ?? null,
    t: 0,
    tq: 0,
    schema: 1,
    author: 'somebody',
    kind: more.kind ?? 'data',
  } as const;
  return sealChangeSet(header, ops, signer, nodeHasher);
}

export const refusalOf = (hash: Hash, signer = ruler, before: ChangeSet | null = null, reason = 'a.reason'): ChangeSet =>
  sealed(signer, before, [{ entityType: RULED_TYPE, entityId: hash, field: REFUSED, content: { form: 'plain', value: reason } }], {
    kind: 'refuse',
  });

/** A list that effects are carried out on, as a store does. */
export class Log {
  readonly #links = new Map<Hash, LoggedLink>();
  readonly #reasons = new Map<string, string>();
  readonly #erased = new Set<string>();
  readonly #asked = new Set<string>();
  readonly #values = new Map<string, (ValueHere & { effective: boolean })[]>();
  readonly held: ChangeSet[] = [];
  readonly facts: AcceptanceFacts & CountingFacts & CarriedFacts = {
    hasher: nodeHasher,
    rules: RECORD_RULES,
    logged: (hash) => this.#links.get(hash) ?? null,
    mayRule: (replica) => replica === idOf(ruler),
    ruledOut: (hash, space) => this.#reasons.get(`${hash} ${space}`) ?? null,
    isErased: (type, id, space) => this.#erased.has(`${type} ${id} ${space}`),
    isErasedPerson: (id) => this.#erased.has(id),
    takeHeld: (hash) => {
      const waiting = this.held.filter(({ header }) => header.prev === hash);
      for (const one of waiting) this.held.splice(this.held.indexOf(one), 1);
      return waiting;
    },
    isErasureAsked: (type, id) => this.#asked.has(`${type} ${id}`),
    values: (type, id) => this.#values.get(entityKey(type, id)) ?? [],
  };

  /** As it is brought where `quarantine` is given, unless `more` says otherwise. */
  take(changeSets: readonly ChangeSet[], quarantine?: Quarantine, more: Judges = { isCarried: quarantine !== undefined }): Effect[] {
    const effects: Effect[] = [];
    for (const effect of accept(this.facts, changeSets, { quarantine, ...more })) {
      effects.push(effect);
      if (effect.effect === 'append') this.#append(effect);
      else if (effect.effect === 'refuse') this.#refuse(effect);
      else if (effect.effect === 'erase') {
        this.#erased.add(`${effect.entityType} ${effect.entityId} ${effect.space}`);
        if (effect.isPerson) this.#erased.add(effect.entityId);
      }
    }
    return effects;
  }

  #append({ changeSet, ruledOut, quarantined }: Effect & { effect: 'append' }): void {
    const { hash, header, ops } = changeSet;
    this.#links.set(hash, header);
    const effective = ruledOut === null && quarantined === null;
    if (effective && header.kind === 'erase') for (const { entityType, entityId } of ops) this.#asked.add(`${entityType} ${entityId}`);
    const { replica, space } = header;
    ops.forEach(({ entityType, entityId, field, supersedes }, index) => {
      const key = entityKey(entityType, entityId);
      const values = this.#values.get(key) ?? [];
      this.#values.set(key, values);
      values.push({ id: `${hash}:${index}`, hash, field, supersedes, effective, replica, space });
    });
  }

  #refuse({ hash, space, reason, here }: Effect & { effect: 'refuse' }): void {
    this.#reasons.set(`${hash} ${space}`, reason);
    if (!here) return;
    for (const values of this.#values.values()) for (const value of values) if (value.hash === hash) value.effective = false;
  }
}

export const kindsOf = (effects: readonly Effect[]): string[] => effects.map(({ effect }) => effect);
