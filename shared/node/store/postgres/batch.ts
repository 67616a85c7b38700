import { RECORD_RULES } from '../../../model/record-rules.ts';
import { acceptOne, type AcceptanceFacts, type RulingEffect } from '../../../sync/accept.ts';
import { entityKey } from '../../../sync/merge.ts';
import type { Hasher } from '../../../kernel/ports.ts';
import type { ChangeSet, Hash, ReplicaId, SpaceId, Tip } from '../../../sync/types.ts';
import { addValues, storedOps, type EntityName, type StoredValue } from '../written-rows.ts';
import type { Logged } from './batch-reads.ts';
import { writeChangeSets, writeEnds, writeValues, type Added } from './batch-writes.ts';
import type { Sql } from './database.ts';
import { readLogFacts, readLogState, type AskedBeside, type EarlyFacts } from './log-facts.ts';
import { valuesOf } from './registers.ts';

/**
 * A step of a transaction that adds to the log: everything that deciding asks about these change-sets is read first, then they are decided one after
 * the other without waiting, then what was added is written at once. Whoever opens one holds the lock of the feed.
 */
export interface Batch extends Pick<AcceptanceFacts, 'hasher' | 'rules' | 'isErased' | 'isErasedPerson' | 'mayRule'> {
  /** A change-set that was asked about, or one before it, or one added in this step. */
  logged(hash: Hash): Logged | undefined;
  tipsOf(space: SpaceId, replica: ReplicaId): readonly Tip[];
  /** Every value of an entity that was asked for by `withValues` or `readValues`; null: it was not. */
  values(entityType: string, entityId: string): readonly StoredValue[] | null;
  /** Asks for the values of further entities; to be called before anything is added. */
  readValues(entities: readonly EntityName[]): Promise<void>;
  /**
   * Adds a change-set, without what was erased and without effect where it is ruled out already, or where a `verdict` speaks against it; `ruledOut`: it was the former.
   * `receivedAt` left out: not known.
   */
  add(
    changeSet: ChangeSet,
    more?: { readonly receivedAt?: number | null; readonly verdict?: string | null },
  ): 'added' | 'ruledOut' | 'known' | 'missing' | 'broken';
  /** What these change-sets rule; to be carried out once they are written. */
  readonly ruled: readonly RulingEffect[];
  /** What was added so far, as it is stored. */
  readonly added: readonly Added[];
  /** Whether the log holds the first change-set of a space since this step began. */
  readonly opensSpace: boolean;
  /** Writes what was added. */
  write(): Promise<void>;
}

export interface BatchOptions extends AskedBeside {
  readonly hasher: Hasher;
  /** Entities whose values are asked for. */
  readonly withValues?: readonly EntityName[];
  /** What is known of exactly these change-sets: nothing else is asked about them. */
  readonly early?: EarlyFacts | null;
}

/** Change-sets that are sent to the server in one go; it has the first few early, so that it is at work while the others are decided. */
const PART = 200;
const FIRST_PART = 40;

/** Reads what is asked about change-sets that are to be added. */
export async function openBatch(tx: Sql, changeSets: readonly ChangeSet[], options: BatchOptions): Promise<Batch> {
  const { hasher, withValues = [], early } = options;
  const [{ head, rulers }, { logged, tips, erased, reasons, known }, values] = await Promise.all([
    early?.state ?? readLogState(tx),
    early?.facts ?? readLogFacts(tx, changeSets, options),
    valuesOf(tx, withValues),
  ]);
  // The ends of a chain are there to be continued; what a ruling may name was asked about by its hash.
  for (const [chain, ends] of tips) {
    const [replica, space] = chain.split(' ') as [ReplicaId, SpaceId];
    for (const { hash, seq } of ends) if (!logged.has(hash)) logged.set(hash, { space, replica, seq, kind: 'data', refused: null });
  }

  const watched = new Set(withValues.map(({ type }) => type));
  const added: Added[] = [];
  const sent: Promise<unknown>[] = [];
  let unsent: Added[] = [];
  // While the server writes these, the next are decided.
  const send = (): void => {
    if (unsent.length === 0) return;
    const rows = unsent;
    unsent = [];
    for (const sending of [writeChangeSets(tx, rows), writeValues(tx, rows)]) {
      // Who waits for all of them hears of it.
      sending.catch(() => undefined);
      sent.push(sending);
    }
  };
  const gone = new Set<Hash>();
  const come = new Map<Hash, Tip & { readonly space: SpaceId }>();

  const ruled: RulingEffect[] = [];
  /** What a ruling names may come after it in the same step, where no ruling is read again. */
  const ruleOut = ({ hash, space, reason }: RulingEffect & { effect: 'refuse' }): void => {
    const key = `${hash} ${space}`;
    const before = reasons.get(key);
    if (before === undefined || reason < before) reasons.set(key, reason);
  };
  const facts: AcceptanceFacts = {
    hasher,
    rules: RECORD_RULES,
    logged: (hash) => logged.get(hash) ?? null,
    mayRule: (replica) => rulers.includes(replica),
    ruledOut: (hash, space) => reasons.get(`${hash} ${space}`) ?? null,
    isErased: (type, id, space) => erased.has(`${type} ${id} ${space}`),
    isErasedPerson: (id) => erased.has(`${RECORD_RULES.personType} ${id}`),
    takeHeld: () => [],
  };

  const moveTip = ({ header: { space, replica, seq, prev }, hash }: ChangeSet): void => {
    const chain = `${replica} ${space}`;
    const ends = (tips.get(chain) ?? []).filter((tip) => tip.hash !== prev);
    tips.set(chain, [...ends, { replica, seq, hash }]);
    if (prev !== null && !come.delete(prev)) gone.add(prev);
    come.set(hash, { space, replica, seq, hash });
  };

  const append = (changeSet: ChangeSet, refused: string | null, receivedAt: number | null): void => {
    const { header, hash } = changeSet;
    logged.set(hash, { space: header.space, replica: header.replica, seq: header.seq, kind: header.kind, refused });
    moveTip(changeSet);
    const one = { feed: head + added.length + 1, changeSet, refused, receivedAt };
    added.push(one);
    if (unsent.push(one) >= (sent.length === 0 ? FIRST_PART : PART)) send();
    if (changeSet.ops.some(({ entityType }) => watched.has(entityType))) addTo(values, changeSet, refused === null);
  };

  return {
    ...facts,
    ruled,
    logged: (hash) => logged.get(hash),
    tipsOf: (space, replica) => tips.get(`${replica} ${space}`) ?? [],
    values: (type, id) => values.get(entityKey(type, id)) ?? null,
    async readValues(entities) {
      for (const { type } of entities) watched.add(type);
      for (const [key, found] of await valuesOf(tx, entities)) values.set(key, found);
    },
    added,
    get opensSpace() {
      return added.some(({ changeSet }) => !known.has(changeSet.header.space));
    },
    add(original, { receivedAt = null, verdict = null } = {}) {
      let became: ReturnType<Batch['add']> = 'added';
      for (const effect of acceptOne(facts, original, { quarantine: () => verdict })) {
        if (effect.effect === 'append') {
          append(effect.changeSet, effect.ruledOut ?? effect.quarantined, receivedAt);
          if (effect.ruledOut !== null) became = 'ruledOut';
        } else if (effect.effect === 'refuse' || effect.effect === 'erase') {
          ruled.push(effect);
          if (effect.effect === 'refuse') ruleOut(effect);
          // Nothing is carried here by anybody but whom `lacksValues` was asked of already.
        } else if (effect.effect !== 'lacking') became = effect.effect;
      }
      return became;
    },
    async write() {
      if (added.length === 0) return;
      send();
      await Promise.all([...sent, writeEnds(tx, added, [...gone], [...come.values()])]);
    },
  };
}

function addTo(values: ReadonlyMap<string, StoredValue[]>, { ops, hash, header }: ChangeSet, stands: boolean): void {
  for (const [key, written] of storedOps(ops)) {
    const list = values.get(key);
    const { entityType: type, entityId: id } = ops[written[0]![0]]!;
    if (list) addValues(list, { type, id }, written, hash, header, stands);
  }
}
