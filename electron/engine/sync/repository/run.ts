import type { ExchangeRefusal } from '../../../../shared/features/sync/refusals.ts';
import { dayInRoom } from '../../../../shared/kernel/dates.ts';
import { ok, type Result } from '../../../../shared/kernel/result.ts';
import type { HelloReply } from '../../../../shared/contract/repository.ts';
import { compareClocks } from '../../../../shared/features/sync/rules.ts';
import { evictedSpacesIn, outsideEvicted } from '../../../../shared/node/store/sqlite/evicted-spaces.ts';
import { knownAmong, tips } from '../../../../shared/node/store/sqlite/change-log.ts';
import { alsoAcknowledge, ownAcknowledged } from '../../../../shared/node/store/sqlite/own-chains.ts';
import { acknowledge, acknowledgedTips, forgetPeer } from '../../../../shared/node/store/sqlite/peers.ts';
import { closedSpaces, offerTurnedDown, releaseClosed } from '../../../../shared/node/store/sqlite/quarantine.ts';
import {
  afterComparison,
  afterHello,
  grantsTag,
  positionsDigest,
  spaceDigest,
  toFill,
  withHoles,
  type ChainTip,
} from '../../../../shared/sync/exchange.ts';
import type { SpaceId } from '../../../../shared/sync/types.ts';
import { PEER, isPlainOn, keepClock, keepState, notePlain, stateOf } from './account.ts';
import { announceLaptop } from '../../laptop-names.ts';
import { dayOf } from './data-budget.ts';
import { updateEvictions, processEvictions, knownSpaces, restoreSpace } from '../access/evict.ts';
import type { Exchanging } from '../context.ts';
import { exchangeFiles } from './files.ts';
import { pullAll } from './pull.ts';
import { pushAll } from './push.ts';
import { rateMeter } from './rate.ts';
import { bringRevocations, confirmRevocations, isToBeBrought, learnRevocations, revocationsHere } from '../revocations.ts';
import { reissueClockAhead } from '../review/reissue.ts';
import { spacesThatStay, waitingHere } from '../waiting.ts';

export interface RunOptions {
  /** Exchange only these spaces; null: all that may be read. */
  readonly spaces: ReadonlySet<SpaceId> | null;
  readonly files: boolean;
  /** Somebody asked for it: what could not be carried today is tried again. */
  readonly asked?: boolean;
}

const SPACES_A_QUESTION = 500;

/**
 * Runs one exchange with the repository: hello; positions where they are not known to agree; what we have and it lacks; what it has and we lack; files last.
 * Nothing to exchange: one small request. Every step writes down what it settled, so that a run may end anywhere and the next one goes on.
 */
export async function exchange(run: Exchanging, options: RunOptions): Promise<Result<null, ExchangeRefusal>> {
  const greeted = await greet(run);
  if (!greeted.ok) return greeted;
  announceLaptop(run);
  const left = await processEvictions(run);
  if (!left.ok) return left;
  const compared = await comparePositions(run, options.spaces);
  if (!compared.ok) return compared;
  run.store.transaction(() => restoreSpace(run, stateOf(run.settings).filled));

  const rate = rateMeter();
  const today = dayOf(run.clock);
  if (isPlainOn(run.settings, today)) run.remote.speakPlainly();
  const pushed = await pushAll(run, options.spaces, underWay(run), rate);
  if (!run.remote.isShort()) notePlain(run.settings, today);
  // What this laptop may send in a day is used up: it is still told what is new.
  const full = !pushed.ok && pushed.refusal.code === 'sync.quotaReached' ? pushed : null;
  if (!pushed.ok && !full) return pushed;
  const lacking = toFill(stateOf(run.settings)).some(({ space }) => options.spaces === null || options.spaces.has(space));
  // A refusal comes back as a ruling of the repository.
  if (greeted.value || lacking || (pushed.ok && pushed.value > 0)) {
    const pulled = await pullAll(run, options.spaces, rate);
    if (!pulled.ok) return pulled;
  }
  if (pushed.ok && pushed.value > 0 && reissueClockAhead(run) > 0) {
    const again = await pushAll(run, options.spaces, underWay(run), rate);
    if (!again.ok) return again;
  }
  const carried = options.files ? await exchangeFiles(run, rate, options.asked ?? false) : ok(null);
  return full && carried.ok ? full : carried;
}

/** Says hello and takes in the answer; true when something new lies in the repository. */
async function greet(run: Exchanging): Promise<Result<boolean, ExchangeRefusal>> {
  const { store, settings, clock, hasher, remote } = run;
  const state = stateOf(settings);
  const own = positionsDigest(ownAcknowledged(store.db, PEER, store.replica), hasher);
  // Of the list as it stands: a space that was opened here is in it already.
  const grants = state.grants === null ? null : grantsTag(state.spaces, revocationsHere(settings)?.list.number ?? 0, hasher);
  run.progress({ label: 'sync.greeting', done: 0, total: 1, unit: 'items' });
  const sentAt = clock.now();
  const hello = await remote.hello({ cursor: state.cursor, grants, own, here: unagreed(run) });
  if (!hello.ok) return hello;
  const theirs = hello.value.revocations === undefined ? null : Buffer.from(hello.value.revocations, 'base64url');
  const brings = isToBeBrought(settings, run.verifier, { reset: hello.value.reset, isNew: hello.value.grants !== undefined, theirs });
  const comparison = compareClocks(sentAt, clock.now(), hello.value.now);
  store.transaction(() => {
    keepClock(settings, comparison);
    const met = knownSpaces(run);
    if (hello.value.reset) {
      forgetPeer(store.db, PEER);
      run.files.flags.forgetDelivered();
    }
    let next = afterHello(state, hello.value);
    if (hello.value.chains) {
      const waiting = countPending(run);
      const unknown = takeOwnChains(run, hello.value.chains);
      // The repository has of this replica what was never made here: a twin's. It is fetched like anybody's, and this laptop takes a name of its own.
      if (unknown.length > 0) store.meetTwin();
      next = withHoles(next, unknown);
      // A push whose reply got lost is learnt of here.
      run.tally.pushed += Math.max(0, waiting - countPending(run));
    }
    if (!brings && theirs) {
      learnRevocations(settings, run.verifier, theirs);
      confirmRevocations(settings);
    }
    const agreed = hello.value.agreed ?? [];
    for (const space of agreed) acknowledge(store.db, PEER, space, tips(store.db, space));
    if (agreed.length > 0) next = afterComparison(next, agreed, next.compare);
    keepState(settings, next);
    updateEvictions(run, met, next.spaces);
    // What was closed and may now be read is tried again, with its effect given back.
    const readable = new Set(next.spaces);
    for (const space of closedSpaces(store)) if (readable.has(space)) releaseClosed(store, space);
    if (hello.value.grants) offerTurnedDown(store);
  });
  const brought = brings ? await bringRevocations(settings, run.verifier, remote, theirs) : ok(null);
  return brought.ok ? ok(hello.value.behind || hello.value.reset) : brought;
}

const NAMED_IN_HELLO = 200;

/** Returns the spaces that are not known to agree with the repository's, each with its digest: it may turn out that nothing needs to travel. */
function unagreed({ store, settings, hasher }: Exchanging): [SpaceId, string][] {
  const { filled, filling } = stateOf(settings);
  const settled = new Set([...filled, ...Object.keys(filling)]);
  const stay = spacesThatStay(store);
  return store
    .spaces()
    .filter((space) => !settled.has(space) && !stay.has(space))
    .slice(0, NAMED_IN_HELLO)
    .map((space) => [space, spaceDigest(tips(store.db, space), hasher)]);
}

function countPending(run: Exchanging): number {
  return waitingHere(run).own.reduce((sum, { changeSets }) => sum + changeSets, 0);
}

/** Takes the repository's word for what it holds of our chains; returns the spaces in which it holds what is not here. */
function takeOwnChains({ store }: Exchanging, chains: NonNullable<HelloReply['chains']>): SpaceId[] {
  const { db, replica } = store;
  const told = outsideEvicted(
    db,
    chains.map((chain) => ({ ...chain, replica })),
  );
  // Of a space that was wiped no change-set is here: what was confirmed of it stays as it is.
  const away = evictedSpacesIn(db);
  const spaces = new Set([...ownAcknowledged(db, PEER, replica), ...told].map(({ space }) => space).filter((space) => !away.has(space)));
  const here = knownAmong(
    db,
    told.map(({ hash }) => hash),
  );
  for (const space of spaces) {
    const others = acknowledgedTips(db, PEER, space).filter((tip) => tip.replica !== replica);
    const ours: ChainTip[] = told.filter((chain) => chain.space === space);
    acknowledge(db, PEER, space, others);
    alsoAcknowledge(db, PEER, space, ours);
  }
  return [...new Set(told.filter(({ hash }) => !here.has(hash)).map(({ space }) => space))];
}

/**
 * Compares tips where both sides hold something and do not know that they agree: a space met for the first time that is here already
 * (the library, a workshop brought otherwise), or everything after the repository was restored.
 */
async function comparePositions(run: Exchanging, only: ReadonlySet<SpaceId> | null): Promise<Result<null, ExchangeRefusal>> {
  const { store, settings, remote } = run;
  const { compare } = stateOf(settings);
  const here = new Set(store.spaces());
  const open = toFill(stateOf(settings))
    .filter(({ space, after }) => (after === '' || compare) && here.has(space) && (compare || only === null || only.has(space)))
    .map(({ space }) => space);
  const complete: SpaceId[] = [];
  for (let at = 0; at < open.length; at += SPACES_A_QUESTION) {
    const asked = open.slice(at, at + SPACES_A_QUESTION);
    const answer = await remote.positions(asked);
    if (!answer.ok) return answer;
    store.transaction(() => {
      for (const space of asked) {
        const theirs = (answer.value.spaces[space] ?? []).map(([replica, seq, hash]) => ({ replica, seq, hash }));
        const known = knownAmong(
          store.db,
          theirs.map(({ hash }) => hash),
        );
        acknowledge(store.db, PEER, space, theirs);
        if (theirs.every(({ hash }) => known.has(hash))) complete.push(space);
      }
    });
  }
  if (open.length > 0 || compare) keepState(settings, afterComparison(stateOf(settings), complete));
  return ok(null);
}

/** The spaces of workshops that take place today, by this laptop's clock: what matters most if the link is short-lived. */
function underWay({ store, clock }: Exchanging): Set<SpaceId> {
  const today = dayInRoom(clock.now());
  const rows = store.reader.all<{ id: string }>('select id from activity where live = 1 and "start" <= ? and "end" >= ?', today, today);
  return new Set(rows.flatMap(({ id }) => ['plan', 'people', 'answers'].map((kind) => `workshop/${id}/${kind}`)));
}
