import { nodeHasher, nodeRandom } from '../../shared/node/crypto.ts';
import { RECORD_RULES } from '../../shared/model/record-rules.ts';
import type { CommitRequest, Ingested } from '../../shared/node/store/store.ts';
import { changeSetBuilder } from '../../shared/node/store/change-set-builder.ts';
import {
  accept,
  canTakeEffect,
  isRuling,
  rulingEffects,
  withoutErased,
  type AcceptanceFacts,
  type CarriedFacts,
  type CountingFacts,
  type Effect,
  type LoggedLink,
  type Quarantine,
  type RulingEffect,
} from '../../shared/sync/accept.ts';
import { notAncestorsOf, tipsOf } from '../../shared/sync/chain.ts';
import { encodeChangeSet, replicaIdOf } from '../../shared/sync/change-set.ts';
import { digestHeads, digestOf } from '../../shared/sync/digest.ts';
import { entityKey, mergeEntity } from '../../shared/sync/merge.ts';
import { latestFirst, type WrittenValue } from '../../shared/sync/register.ts';
import type { ChangeSet, Hash, Head, ReplicaId, SpaceId, Tip } from '../../shared/sync/types.ts';
import type { Subject, SubjectOptions } from './subject.ts';

/** What a repository, or a laptop that judges, asks of it besides. */
export interface MemoryStore extends Subject {
  /** All that it holds, in the order in which it came. */
  log(): readonly ChangeSet[];
  /** As every subject's; `quarantine`: what else speaks against a change-set. */
  ingestJudged(changeSets: readonly ChangeSet[], quarantine?: Quarantine, isCarried?: boolean): readonly Hash[];
  ingest(changeSets: readonly ChangeSet[], alongside?: () => void): Ingested;
  commit(requests: readonly CommitRequest[]): readonly ChangeSet[];
  heads(entityType: string, entityId: string, field: string): readonly Head[];
  history(entityId: string, field: string, entityType?: string): readonly (Head & { readonly current: boolean })[];
  digest(): Readonly<Record<SpaceId, string>>;
  tips(space: SpaceId): readonly Tip[];
  spaces(): readonly SpaceId[];
  liveness(entityType: string, entityId: string): { readonly live: boolean; readonly flagged: boolean };
  /** What it knows just now. */
  facts(): AcceptanceFacts & CountingFacts;
  /** Why a change-set has no effect here; null: it has. */
  refusalOf(changeSet: ChangeSet): string | null;
  /** Why a change-set was set aside here alone; null: it was not. */
  setAsideFor(hash: Hash): string | null;
  /** Takes away the effect of a change-set that is here. */
  quarantine(hash: Hash, reason: string): void;
  /** Gives back the effect of what had been set aside here and stands with those who judge. */
  release(isConfirmed: (hash: Hash) => boolean): void;
  /** The change-sets as they travel: without what was erased. */
  travelling(): readonly ChangeSet[];
  /** All that this adds, or nothing where it throws. */
  transact<T>(work: () => T): T;
}

type SpacedValue = WrittenValue & { readonly space: SpaceId };

/** A store that keeps its change-sets in a list and derives everything anew at each question: slow, and hard to get wrong. */
export function openMemoryStore(options: SubjectOptions): MemoryStore {
  const hasher = nodeHasher;
  const replica = replicaIdOf(options.signer.publicKey, hasher);
  let log: readonly ChangeSet[] = [];
  let rulers: ReadonlySet<ReplicaId> = new Set();
  let aside: ReadonlyMap<Hash, string> = new Map();

  const inSpace = (space: SpaceId): ChangeSet[] => log.filter((changeSet) => changeSet.header.space === space);

  const builder = changeSetBuilder(
    { endsOf: (space, of) => tipsOf(inSpace(space).filter((changeSet) => changeSet.header.replica === of)) },
    { ...options, hasher, random: nodeRandom, clock: { now: options.now } },
  );

  const spaces = (): SpaceId[] => [...new Set(log.map((changeSet) => changeSet.header.space))].sort();

  const mayRule = (by: ReplicaId): boolean => rulers.has(by);

  // Lists and sets are replaced, never changed: for the same ones the answers are the same.
  const once = <T>(derive: () => T): (() => T) => {
    let known: { readonly of: readonly unknown[]; readonly answer: T } | null = null;
    return () => {
      const of = [log, rulers, aside];
      if (known === null || of.some((one, i) => one !== known!.of[i])) known = { of, answer: derive() };
      return known.answer;
    };
  };
  const rulingsHere = once(() => rulingsOver(log));

  /** The log with what was erased taken out, and what was refused marked. */
  const ruled = once((): readonly { readonly changeSet: ChangeSet; readonly refused: boolean }[] =>
    log.map((changeSet) => ({
      changeSet: withoutErased({ hasher, rules: RECORD_RULES, ...rulingsHere() }, changeSet),
      refused: refusalUnder(rulingsHere(), changeSet) !== null,
    })),
  );

  const refusalUnder = ({ ruledOut }: Pick<AcceptanceFacts, 'ruledOut'>, { hash, header }: ChangeSet): string | null =>
    aside.get(hash) ?? (isRuling({ mayRule }, header) ? null : ruledOut(hash, header.space));

  /** What the rulings of a log say, all of them taken together. */
  const rulingsOver = (changeSets: readonly ChangeSet[]): Pick<AcceptanceFacts, 'ruledOut' | 'isErased' | 'isErasedPerson'> => {
    const logged = (hash: Hash): LoggedLink | null => changeSets.find((other) => other.hash === hash)?.header ?? null;
    const reasons = new Map<string, string>();
    const erased = new Set<string>();
    for (const changeSet of changeSets) {
      for (const effect of rulingEffects({ logged, mayRule, rules: RECORD_RULES }, changeSet)) {
        if (effect.effect === 'erase') {
          erased.add(`${effect.entityType} ${effect.entityId} ${effect.space}`);
          if (effect.isPerson) erased.add(`person ${effect.entityId}`);
          continue;
        }
        const name = `${effect.hash} ${effect.space}`;
        const known = reasons.get(name);
        if (known === undefined || effect.reason < known) reasons.set(name, effect.reason);
      }
    }
    return {
      ruledOut: (hash, space) => reasons.get(`${hash} ${space}`) ?? null,
      isErased: (type, id, space) => erased.has(`${type} ${id} ${space}`),
      isErasedPerson: (id) => erased.has(`person ${id}`),
    };
  };

  /** What is derived of one entity, asked for again and again between two changes of the log. */
  const onceEach = <T>(derive: (entityType: string, entityId: string) => T): ((entityType: string, entityId: string) => T) => {
    const answers = once(() => new Map<string, T>());
    return (entityType, entityId) => {
      const [known, name] = [answers(), entityKey(entityId, entityType)];
      if (!known.has(name)) known.set(name, derive(entityType, entityId));
      return known.get(name)!;
    };
  };
  const valuesOf = onceEach((entityType, entityId): readonly SpacedValue[] => {
    const values: SpacedValue[] = [];
    for (const { changeSet, refused } of ruled()) {
      const { hash, header, ops } = changeSet;
      for (const [index, op] of ops.entries()) {
        if (op.entityType !== entityType || op.entityId !== entityId) continue;
        const { space, kind, replica: by, author: user, t, tq } = header;
        const erased = op.content.form === 'redacted';
        values.push({
          id: `${hash}:${index}`,
          hash,
          index,
          field: op.field,
          value: op.content.form === 'redacted' ? null : op.content.value,
          erased,
          supersedes: op.supersedes,
          effective: !refused && canTakeEffect(RECORD_RULES, { kind, space }, op),
          replica: by,
          author: user,
          t,
          tq,
          space,
        });
      }
    }
    return values;
  });
  const shownValues = (entityType: string, entityId: string): SpacedValue[] => {
    const values = valuesOf(entityType, entityId);
    const standing = values.filter((value) => value.effective);
    const [first] = (standing.length > 0 ? standing : values).map((value) => value.space).sort();
    return values.filter((value) => value.space === first);
  };
  const merged = onceEach((entityType, entityId) => mergeEntity(shownValues(entityType, entityId)));
  const heads = (entityType: string, entityId: string, field: string): Head[] =>
    (merged(entityType, entityId).registers.get(field)?.heads ?? []).map(asHead);

  const entities = (): { type: string; id: string }[] => {
    const all = new Map<string, { type: string; id: string }>();
    for (const { ops } of log)
      for (const op of ops) all.set(entityKey(op.entityId, op.entityType), { type: op.entityType, id: op.entityId });
    return [...all].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, entity]) => entity);
  };

  /** All of it or nothing. */
  const transact = <T>(work: () => T): T => {
    const before = log;
    try {
      return work();
    } catch (error) {
      log = before;
      throw error;
    }
  };

  const factsNow = (): AcceptanceFacts & CountingFacts & CarriedFacts => ({
    hasher,
    rules: RECORD_RULES,
    logged: (hash) => log.find((other) => other.hash === hash)?.header ?? null,
    mayRule,
    takeHeld: () => [],
    values: valuesOf,
    isErasureAsked: (type, id, space) =>
      ruled().some(
        ({ changeSet: { header, ops }, refused }) =>
          refused === null &&
          header.kind === 'erase' &&
          (space === null || header.space === space) &&
          ops.some(({ entityType, entityId }) => entityType === type && entityId === id),
      ),
    ...rulingsHere(),
  });

  return {
    replica,
    commit: (requests) =>
      transact(() =>
        requests.flatMap((request) =>
          builder.parts(request).flatMap((part) => {
            const changeSet = builder.seal(
              part,
              { heads: (type, id, field) => merged(type, id).registers.get(field)?.heads ?? [] },
              ({ header }) => header.prev === null || tipsOf(inSpace(header.space)).some((tip) => tip.hash === header.prev),
            );
            if (!changeSet) return [];
            log = [...log, changeSet];
            return [changeSet];
          }),
        ),
      ),
    ingest: (changeSets, alongside) =>
      transact(() => {
        let applied = 0;
        let known = 0;
        const missing: { space: SpaceId; replica: ReplicaId; prev: string }[] = [];
        // What is ruled out or erased is worked out of the whole log at each question.
        for (const { effect, changeSet } of appendings(accept(factsNow(), changeSets))) {
          if (effect === 'known') known++;
          else if (effect === 'append') {
            log = [...log, changeSet];
            applied++;
          } else {
            const { header, hash } = changeSet;
            missing.push({ space: header.space, replica: header.replica, prev: header.prev ?? hash });
          }
        }
        alongside?.();
        return { applied, known, missing };
      }),
    ingestJudged(changeSets, quarantine = () => null, isCarried = false) {
      const without: Hash[] = [];
      for (const effect of appendings(accept(factsNow(), changeSets, { quarantine, isCarried }))) {
        if (effect.effect !== 'append') continue;
        log = [...log, effect.changeSet];
        if (effect.quarantined === null) continue;
        without.push(effect.changeSet.hash);
        aside = new Map([...aside, [effect.changeSet.hash, effect.quarantined]]);
      }
      return without;
    },
    trustRulings(replicas) {
      rulers = new Set(replicas);
    },
    tips: (space) => tipsOf(inSpace(space)),
    spaces,
    digest: () =>
      digestOf(
        entities().flatMap(({ type, id }) => digestHeads(type, id, valuesOf(type, id))),
        hasher,
      ),
    heads,
    headsOfEntity: (type, id) =>
      [...merged(type, id).registers].flatMap(([field, register]) => register.heads.map((head) => ({ ...asHead(head), field }))),
    history(entityId, field, entityType) {
      const written = new Set(log.flatMap(({ ops }) => ops.filter((op) => op.entityId === entityId).map((op) => op.entityType)));
      const types = entityType === undefined ? [...written].sort() : [entityType];
      return types.flatMap((type) => {
        const current = new Set(heads(type, entityId, field).map((head) => head.id));
        const values = shownValues(type, entityId).filter((value) => value.field === field);
        return latestFirst(values).map((value) => ({ ...asHead(value), current: current.has(value.id) }));
      });
    },
    liveness(type, id) {
      const { live, flagged } = merged(type, id);
      return { live, flagged };
    },
    after: (space, feed, limit) =>
      ruled()
        .map(({ changeSet }) => ({ changeSet, feed: log.findIndex((other) => other.hash === changeSet.hash) + 1 }))
        .filter((entry) => entry.changeSet.header.space === space && entry.feed > feed)
        .sort((a, b) => a.feed - b.feed)
        .slice(0, limit)
        .map((entry) => ({ feed: entry.feed, bytes: encodeChangeSet(entry.changeSet) })),
    beyond: (space, tips) => notAncestorsOf(inSpace(space), tips).map(encodeChangeSet),
    log: () => log,
    facts: factsNow,
    refusalOf: (changeSet) => refusalUnder(rulingsHere(), changeSet),
    transact,
    setAsideFor: (hash) => aside.get(hash) ?? null,
    quarantine(hash, reason) {
      aside = new Map([...aside, [hash, reason]]);
    },
    release(isConfirmed) {
      const left = new Map([...aside].filter(([hash]) => !isConfirmed(hash)));
      if (left.size < aside.size) aside = left;
    },
    travelling: () => ruled().map(({ changeSet }) => changeSet),
    close: () => undefined,
  };
}

function* appendings(effects: Iterable<Effect>): Generator<Exclude<Effect, RulingEffect>, void> {
  for (const effect of effects) if (effect.effect !== 'refuse' && effect.effect !== 'erase') yield effect;
}

function asHead({ id, value, erased, replica, author: user, t, tq }: WrittenValue): Head {
  return { id, value, erased, replica, author: user, t, tq };
}
