import type { ExchangeRefusal } from '../../../../shared/features/sync/refusals.ts';
import { pullOnTheWire, pullPosition } from '../../../../shared/contract/repository.ts';
import { fromHex } from '../../../../shared/kernel/hex.ts';
import { ok, refuse, type Refusal, type Result } from '../../../../shared/kernel/result.ts';
import { placesOf } from '../../../../shared/node/store/sqlite/change-log.ts';
import { alsoAcknowledge } from '../../../../shared/node/store/sqlite/own-chains.ts';
import { noteReceived } from '../../../../shared/node/store/sqlite/received.ts';
import { isAbridged, restorer, type Restorer } from '../../../../shared/sync/pack/abridged.ts';
import { releaseConfirmed } from '../../../../shared/node/store/sqlite/quarantine.ts';
import { decodeCanonical } from '../../../../shared/sync/canonical.ts';
import { decodeChangeSet } from '../../../../shared/sync/change-set.ts';
import {
  afterFrame,
  frameBytes,
  toFill,
  withHoles,
  type ChainTip,
  type ExchangeState,
  type Position,
} from '../../../../shared/sync/exchange.ts';
import { placeName, type ChainPlace, type Referent } from '../../../../shared/sync/pack/frame-layout.ts';
import { packReader } from '../../../../shared/sync/pack/pack-reader.ts';
import { readReceipts } from '../../../../shared/sync/receipts.ts';
import { firstUnproven } from '../../../../shared/sync/vouching.ts';
import type { ChangeSet, Hash, ReplicaId, SpaceId } from '../../../../shared/sync/types.ts';
import { restoreSpace } from '../access/evict.ts';
import { PEER, keepState, stateOf } from './account.ts';
import { judgeAuthors } from '../judge.ts';
import { keyOf, learnCertificates, linkOf, type Exchanging } from '../context.ts';
import type { Rate } from './rate.ts';

/** One answer may be long (a first fetch of everything); frames are applied as they come and nothing is held. */
const LONGEST_ANSWER = 64 << 20;
const SPACES_A_REQUEST = 200;

/**
 * Fetches what the repository has and this laptop lacks: spaces to fill, then the running feed. Each frame is applied in one transaction
 * with its registers, projections and the position it leads to: wherever the link breaks, the next request goes on from there.
 */
export async function pullAll(run: Exchanging, only: ReadonlySet<SpaceId> | null, rate: Rate): Promise<Result<null, ExchangeRefusal>> {
  // What is here is named by its place, until that turns out not to be here: a copy was put back, a chain forked, a space went and is not back yet.
  let saysComplete = true;
  for (;;) {
    const state = stateOf(run.settings);
    const open = toFill(state, only ? [...only] : []);
    const fill = open.filter(({ space }) => only === null || only.has(space)).slice(0, SPACES_A_REQUEST);
    const last = only !== null || fill.length < SPACES_A_REQUEST;
    const within = run.budget.check();
    if (!within.ok) return within;
    const complete = saysComplete && last && state.cursor !== null && fill.length === open.length;
    const reader = new AnswerReader(run, complete);
    const started = performance.now();
    const before = run.remote.traffic().down;
    const wish = { cursor: last ? state.cursor : null, fill, frame: frameBytes(rate.down(), 'down'), complete };
    const answer = await run.remote.pull(wish, (bytes) => reader.take(bytes));
    rate.received(run.remote.traffic().down - before, performance.now() - started);
    if (reader.refusal && complete && UNRESOLVED.has(reader.refusal.code)) {
      saysComplete = false;
      continue;
    }
    if (reader.refusal) return { ok: false, refusal: reader.refusal };
    if (!answer.ok) return answer;
    const whole = reader.end();
    if (!whole.ok) return whole;
    if (!reader.more && last) return ok(null);
    // An answer that led nowhere would be asked for without end.
    if (JSON.stringify(stateOf(run.settings)) === JSON.stringify(state)) return refuse('sync.answerWrong');
  }
}

/** The answer rests on what is not here: it is asked for in full. */
const UNRESOLVED = new Set(['sync.packUnresolved', 'sync.replicaUnknown']);

/** Takes an answer in as it comes, abridged or (from a program of before) whole. */
class AnswerReader {
  readonly #run: Exchanging;
  readonly #complete: boolean;
  readonly #reader;
  #restorer: Restorer | null | undefined;
  #waiting: ChangeSet[] = [];
  /** Places of chains that were looked up since the last frame was applied. */
  readonly #held = new Map<string, readonly Referent[]>();
  #places: ReturnType<typeof placesOf> | null = null;
  readonly #keys = new Map<ReplicaId, Uint8Array | null>();
  refusal: Refusal<ExchangeRefusal> | null = null;
  more = true;

  /** `complete`: the repository was told that what it is not asked for is here. */
  constructor(run: Exchanging, complete: boolean) {
    this.#run = run;
    this.#complete = complete;
    this.#reader = packReader({ ...run, held: (place) => this.#heldAt(place) }, LONGEST_ANSWER);
  }

  /** Takes the next bytes of the answer; after a refusal nothing more is applied. */
  take(bytes: Uint8Array): void {
    if (this.refusal || bytes.length === 0) return;
    this.#restorer ??= isAbridged(bytes)
      ? restorer(linkOf(this.#run, fromHex(this.#run.account.repositoryKey)), this.#run, LONGEST_ANSWER)
      : null;
    const pack = this.#restorer === null ? bytes : this.#restorer.push(bytes);
    if ('code' in pack) {
      this.refusal = pack;
      return;
    }
    const parts = this.#reader.push(pack);
    if (!parts.ok) {
      this.refusal = parts.refusal;
      return;
    }
    for (const part of parts.value) {
      if (part.part === 'header') learnCertificates(this.#run, part.header.certificates);
      if (part.part === 'frame') this.#waiting.push(...part.changeSets);
      if (part.part === 'note') this.#note(part.note);
      if (this.refusal) return;
    }
  }

  end(): Result<null, ExchangeRefusal> {
    return this.#reader.end();
  }

  #heldAt(place: ChainPlace): readonly Referent[] {
    const name = placeName(place);
    const known = this.#held.get(name);
    if (known) return known;
    this.#places ??= placesOf(this.#run.store.db);
    const row = this.#places.at(place);
    const read = row && decodeChangeSet(row.body, this.#run.hasher);
    const found = row && read?.ok ? [{ ...place, hash: row.hash, ops: read.value.ops }] : [];
    this.#held.set(name, found);
    return found;
  }

  #keyOf(replica: ReplicaId): Uint8Array | null {
    const known = this.#keys.get(replica);
    if (known) return known;
    const key = keyOf(this.#run, replica);
    this.#keys.set(replica, key);
    return key;
  }

  #note(note: Uint8Array): void {
    const item = decodeCanonical(note, note.length);
    if (this.#restorer === null) {
      const position = pullPosition.safeParse(item);
      if (position.success) this.#apply(position.data, null);
      else this.refusal = { code: 'sync.answerWrong', details: {} };
      return;
    }
    const said = pullOnTheWire.readNote(item);
    const received = said?.note === 'position' ? readReceipts(said.received, this.#waiting.length) : null;
    if (said?.note === 'certificates') learnCertificates(this.#run, said.certificates);
    else if (said && received) this.#apply(said.position, received);
    else this.refusal = { code: 'sync.answerWrong', details: {} };
  }

  #apply(position: Position & { readonly more: boolean }, received: readonly (number | null)[] | null): void {
    const changeSets = this.#waiting;
    // Without a certificate nobody vouches for it: it is left out, and fetched again when its space is.
    const isBelieved = ({ header }: ChangeSet): boolean => this.#keyOf(header.replica) !== null;
    const believed = changeSets.filter(isBelieved);
    if (believed.length < changeSets.length && this.#complete) {
      this.refusal = { code: 'sync.replicaUnknown', details: {} };
      return;
    }
    const unproven = firstUnproven(believed, (replica) => this.#keyOf(replica), this.#run);
    if (unproven !== null) {
      this.refusal = { code: 'sync.signatureWrong', details: { changeSet: unproven } };
      return;
    }
    this.more = position.more;
    this.#waiting = [];
    this.#held.clear();
    this.#places = null;
    const at = new Map(changeSets.map(({ hash }, i): [Hash, number | null] => [hash, received?.[i] ?? null]));
    const strange = changeSets.filter((changeSet) => !isBelieved(changeSet)).map(({ header }) => header.space);
    applyFrame(this.#run, believed, position, at, strange);
    this.#run.progress({ label: 'sync.receiving', done: this.#run.tally.pulled, total: 0, unit: 'items' });
  }
}

/** `strange`: spaces of which something was left out. */
function applyFrame(
  run: Exchanging,
  changeSets: readonly ChangeSet[],
  position: Position,
  received: ReadonlyMap<Hash, number | null>,
  strange: readonly SpaceId[],
): void {
  const { store, settings } = run;
  const pulled = store.transaction(() => {
    const { applied, known, missing } = store.ingest(
      changeSets,
      undefined,
      ({ hash }) => received.get(hash) ?? null,
      judgeAuthors(run, null),
    );
    // What came otherwise before is dated by the repository from now on.
    if (known > 0)
      noteReceived(
        store.db,
        [...received].flatMap(([hash, at]) => (at === null ? [] : [{ hash, at }])),
      );
    releaseConfirmed(
      store,
      changeSets.map(({ hash }) => hash),
    );
    let state: ExchangeState = afterFrame(stateOf(settings), position);
    // A hole in the running feed: the space was closed to us for a while. In a space being filled there is nothing earlier to ask for.
    const filling = new Set(position.fills.map(({ space }) => space));
    const holes = [...missing.map(({ space }) => space), ...strange].filter((space) => !filling.has(space));
    state = withHoles(state, [...new Set(holes)]);
    keepState(settings, state);
    const held = new Map<SpaceId, ChainTip[]>();
    const absent = new Set(missing.map(({ prev }) => prev));
    for (const { hash, header } of changeSets) {
      if (header.prev !== null && absent.has(header.prev)) continue;
      const { space, replica, seq } = header;
      held.set(space, [...(held.get(space) ?? []), { space, replica, seq, hash }]);
    }
    for (const [space, tips] of held) alsoAcknowledge(store.db, PEER, space, tips);
    restoreSpace(run, state.filled);
    return applied;
  });
  run.tally.pulled += pulled;
}
