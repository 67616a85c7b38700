import { accept, withoutErased, type Effect, type Judges } from '../../../sync/accept.ts';
import type { ChangeSet } from '../../../sync/types.ts';
import type { Ingested, ReceivedAt } from '../store.ts';
import { mergeTouched, type StoreParts } from './committing.ts';

export interface IngestOptions extends Judges {
  /** Runs in the same transaction. */
  readonly alongside?: (() => void) | undefined;
  /** Left out: they were received now, by this store's clock. */
  readonly receivedAt?: ReceivedAt | undefined;
}

/** The outcome of adding change-sets that may wait for an ancestor. */
export interface Received extends Ingested {
  /** Of these, kept aside now. */
  readonly held: number;
  /** Of these, kept aside already. */
  readonly heldBefore: number;
  /** Kept aside until now and applied, for these brought their ancestor. */
  readonly released: number;
  /** In the log, without effect here: their author may not write them. Not counted as applied or released. */
  readonly quarantined: number;
  /** Left out: they came without values that nobody erased, as far as is known here. */
  readonly lacking: readonly ChangeSet[];
}

/** Adds change-sets to the log, within a transaction. `source` null: what misses an ancestor is left out, for whoever brought it is asked for the ancestor. */
export function ingestInto(
  { replica, facts, log, transactions, rulings, held, away }: StoreParts,
  changeSets: readonly ChangeSet[],
  source: string | null,
  { alongside, receivedAt, ...judges }: IngestOptions & { readonly receivedAt: ReceivedAt },
): Received {
  const batch = transactions.batch();
  const missing: Ingested['missing'][number][] = [];
  const lacking: ChangeSet[] = [];
  const count = { applied: 0, known: 0, held: 0, heldBefore: 0, released: 0, quarantined: 0 };
  const add = (effect: Effect & { effect: 'append' }): void => {
    const { changeSet } = effect;
    const { space, replica: by, seq } = changeSet.header;
    // Made by this replica and not known here: a twin's, but for what comes back with a space that was wiped.
    if (by === replica && !away.covers(space, replica, seq)) transactions.meetTwin();
    if (!log.moveTip(changeSet)) log.addTip(changeSet);
    log.applyEffect(effect, batch, receivedAt(changeSet));
    transactions.touch(space, new Set(), true);
    count[effect.quarantined !== null ? 'quarantined' : effect.released ? 'released' : 'applied']++;
  };
  for (const effect of accept({ ...facts, values: batch.values, isErasureAsked: log.isErasureAsked }, changeSets, judges)) {
    if (effect.effect === 'append') add(effect);
    else if (effect.effect === 'refuse' || effect.effect === 'erase') log.applyEffect(effect, batch, null);
    else if (effect.effect === 'known') count.known++;
    else if (effect.effect === 'lacking') lacking.push(effect.changeSet);
    else {
      const { header, hash } = effect.changeSet;
      if (effect.effect === 'missing' && source !== null)
        count[held.hold(withoutErased(facts, effect.changeSet), source) ? 'held' : 'heldBefore']++;
      if (effect.effect === 'broken' || source === null)
        missing.push({ space: header.space, replica: header.replica, prev: header.prev ?? hash });
    }
  }
  const { types, entities } = mergeTouched(rulings, batch);
  if (types.size > 0) transactions.touch(null, types, true, entities);
  alongside?.();
  return { ...count, missing, lacking };
}
