import { pullPosition } from '../../../shared/contract/repository.ts';
import { ok, refuse, type Refusal, type Result } from '../../../shared/kernel/result.ts';
import { alsoAcknowledge } from '../../../shared/node/store/sqlite/own-chains.ts';
import { decodeCanonical } from '../../../shared/sync/canonical.ts';
import {
  afterFrame,
  frameBytes,
  toFill,
  withHoles,
  type ChainTip,
  type ExchangeState,
  type Position,
} from '../../../shared/sync/exchange.ts';
import { packReader } from '../../../shared/sync/pack-reader.ts';
import { firstUnproven } from '../../../shared/sync/vouching.ts';
import type { ChangeSet, SpaceId } from '../../../shared/sync/types.ts';
import { takeBack } from './access-lost.ts';
import { PEER, keepState, stateOf } from './account.ts';
import { keyOf, learnCertificates, type Exchanging } from './context.ts';
import type { Rate } from './rate.ts';

/** One answer may be long (a first fetch of everything); frames are applied as they come and nothing is held. */
const LONGEST_ANSWER = 64 << 20;
const SPACES_A_REQUEST = 200;

/**
 * Fetches what the repository has and this laptop lacks: spaces to fill, then the running feed. Each frame is applied in one transaction
 * with its registers, projections and the position it leads to: wherever the link breaks, the next request goes on from there.
 */
export async function pullAll(run: Exchanging, only: ReadonlySet<SpaceId> | null, rate: Rate): Promise<Result<null>> {
  for (;;) {
    const state = stateOf(run.settings);
    const fill = toFill(state, only ? [...only] : [])
      .filter(({ space }) => only === null || only.has(space))
      .slice(0, SPACES_A_REQUEST);
    const last = only !== null || fill.length < SPACES_A_REQUEST;
    const gate = run.gate.open();
    if (!gate.ok) return gate;
    const reader = new AnswerReader(run);
    const started = performance.now();
    const before = run.remote.traffic().down;
    const request = { cursor: last ? state.cursor : null, fill, frame: frameBytes(rate.down(), 'down') };
    const answer = await run.remote.pull(request, (bytes) => reader.take(bytes));
    rate.received(run.remote.traffic().down - before, performance.now() - started);
    if (reader.refusal) return { ok: false, refusal: reader.refusal };
    if (!answer.ok) return answer;
    const whole = reader.end();
    if (!whole.ok) return whole;
    if (!reader.more && last) return ok(null);
    // An answer that led nowhere would be asked for without end.
    if (JSON.stringify(stateOf(run.settings)) === JSON.stringify(state)) return refuse('sync.answerWrong');
  }
}

class AnswerReader {
  readonly #run: Exchanging;
  readonly #reader;
  #waiting: ChangeSet[] = [];
  refusal: Refusal | null = null;
  more = true;

  constructor(run: Exchanging) {
    this.#run = run;
    this.#reader = packReader(run, LONGEST_ANSWER);
  }

  /** Takes the next bytes of the answer; after a refusal nothing more is applied. */
  take(bytes: Uint8Array): void {
    if (this.refusal) return;
    const parts = this.#reader.push(bytes);
    if (!parts.ok) {
      this.refusal = parts.refusal;
      return;
    }
    for (const part of parts.value) {
      if (part.part === 'header') learnCertificates(this.#run, part.header.certificates);
      if (part.part === 'frame') this.#waiting.push(...part.changeSets);
      if (part.part === 'note') this.#apply(part.note);
      if (this.refusal) return;
    }
  }

  end(): Result<null> {
    return this.#reader.end();
  }

  #apply(note: Uint8Array): void {
    const position = pullPosition.safeParse(decodeCanonical(note, note.length));
    if (!position.success) {
      this.refusal = { code: 'sync.answerWrong', details: {} };
      return;
    }
    this.more = position.data.more;
    const changeSets = this.#waiting;
    this.#waiting = [];
    // Without a certificate nobody vouches for it: it is left out, and fetched again when its space is.
    const believed = changeSets.filter(({ header }) => keyOf(this.#run, header.replica) !== null);
    const unproven = firstUnproven(believed, (replica) => keyOf(this.#run, replica), this.#run);
    if (unproven !== null) {
      this.refusal = { code: 'sync.signatureWrong', details: { changeSet: unproven } };
      return;
    }
    applyFrame(this.#run, believed, position.data);
    this.#run.progress({ label: 'sync.receiving', done: this.#run.tally.pulled, total: 0, unit: 'items' });
  }
}

function applyFrame(run: Exchanging, changeSets: readonly ChangeSet[], position: Position): void {
  const { store, settings } = run;
  const pulled = store.transaction(() => {
    const { applied, missing } = store.ingest(changeSets);
    let state: ExchangeState = afterFrame(stateOf(settings), position);
    // A hole in the running feed: the space was closed to us for a while. In a space being filled there is nothing earlier to ask for.
    const filling = new Set(position.fills.map(({ space }) => space));
    const holes = missing.map(({ space }) => space).filter((space) => !filling.has(space));
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
    takeBack(run, state.filled);
    return applied;
  });
  run.tally.pulled += pulled;
}
