import { setImmediate as turn } from 'node:timers/promises';
import type { Refusal, Result } from '../shared/kernel/result.ts';
import { ok, refuse } from '../shared/kernel/result.ts';
import { LimitedThread, ThreadLimit, type ThreadLimits } from '../shared/node/threads/limited-thread.ts';
import { threadFile } from '../shared/node/threads/thread-file.ts';
import { withEncoding } from '../shared/sync/change-set.ts';
import type { ChangeSet, ReplicaId } from '../shared/sync/types.ts';
import type { LookedUp, OpenedPush, PushSender } from './push-decoder.ts';

/** What the thread is asked, and what it answers. */
export type DecodingQuestion =
  ({ readonly step: 'open'; readonly body: Uint8Array } & PushSender) | ({ readonly step: 'finish' } & LookedUp);
export type DecodingAnswer =
  { readonly refusal: Refusal } | { readonly opened: OpenedPush } | { readonly changeSets: readonly Part[]; readonly encoded: Encoded };

/**
 * Some of the change-sets of a push, in JSON: half as costly to bring over as they are by themselves, on both sides. In parts, so that a large push holds up nobody
 * while it is read there.
 */
export type Part = string;

/** The encodings of change-sets one behind the other, and where each ends: one piece of memory changes hands at no cost, a thousand are copied one by one. */
export interface Encoded {
  readonly bytes: Uint8Array;
  readonly ends: readonly number[];
}

/** Reads pushes where it holds up nobody else. */
export interface Decoding {
  /**
   * The change-sets of a push, each verified where its author's key is known. `lookUp` is asked once for what reading it needs of the store. Refuses what
   * `decodePack` refuses, `sync.senderWrong`, `sync.signatureWrong`, what `lookUp` refuses, `sync.packTooCostly` (it took more time or memory than one push
   * may) and `sync.repositoryBusy` (its sender has too many waiting).
   */
  read(
    body: Uint8Array,
    sender: PushSender,
    lookUp: (opened: OpenedPush) => Promise<Result<LookedUp>>,
  ): Promise<Result<readonly ChangeSet[]>>;
}

/** A push is read in a tenth of a second; one that takes a hundred times as long was made to. */
const LIMITS: ThreadLimits = { time: 10_000, memory: { maxOldGenerationSizeMb: 160, maxYoungGenerationSizeMb: 32 } };
/** Pushes of one device that wait or are read; an honest one sends the next when the last was answered, and again where its link broke. */
const MOST_OF_ONE = 4;

interface Waiting {
  readonly read: () => Promise<void>;
}

/**
 * Reads pushes in a thread, one after the other; devices take turns, so that one that sends many delays another by one. Nothing is kept from one push to the
 * next, so that several server processes need not know of each other.
 */
export function decodingThread(limits: ThreadLimits = LIMITS): Decoding {
  const thread = new LimitedThread<DecodingQuestion, DecodingAnswer>(() => threadFile(import.meta.url, 'decoding-thread'), limits);
  const waiting = new Map<ReplicaId, Waiting[]>();
  const underWay = new Map<ReplicaId, number>();
  let busy = false;

  const readNow = async (...[body, sender, lookUp]: Parameters<Decoding['read']>): Promise<Result<readonly ChangeSet[]>> => {
    try {
      const first = await thread.ask({ step: 'open', body, ...sender });
      if ('refusal' in first) return { ok: false, refusal: first.refusal };
      if (!('opened' in first)) throw new Error('the thread answered another step');
      const found = await lookUp(first.opened);
      if (!found.ok) return found;
      const read = await thread.ask({ step: 'finish', ...found.value });
      if ('refusal' in read) return { ok: false, refusal: read.refusal };
      if (!('changeSets' in read)) throw new Error('the thread answered another step');
      return ok(await broughtOver(read.changeSets, read.encoded));
    } catch (error) {
      if (error instanceof ThreadLimit) return refuse('sync.packTooCostly');
      throw error;
    }
  };

  /** The first of the device whose turn it is; it goes behind the others then. */
  const next = (): Waiting | undefined => {
    const [turn] = waiting;
    if (!turn) return undefined;
    const [device, [first, ...rest]] = turn;
    waiting.delete(device);
    if (rest.length > 0) waiting.set(device, rest);
    return first;
  };

  const work = async (): Promise<void> => {
    if (busy) return;
    busy = true;
    for (let one = next(); one; one = next()) await one.read();
    busy = false;
  };

  return {
    read(body, sender, lookUp) {
      const of = sender.sender;
      const mine = underWay.get(of) ?? 0;
      if (mine >= MOST_OF_ONE) return Promise.resolve(refuse('sync.repositoryBusy'));
      underWay.set(of, mine + 1);
      return new Promise((resolve, reject) => {
        const read = async (): Promise<void> => {
          await readNow(body, sender, lookUp).then(resolve, reject);
          const left = underWay.get(of)! - 1;
          if (left > 0) underWay.set(of, left);
          else underWay.delete(of);
        };
        waiting.set(of, [...(waiting.get(of) ?? []), { read }]);
        void work();
      });
    },
  };
}

/** The change-sets of an answer, each with its bytes; others have their turn after each part. */
async function broughtOver(parts: readonly Part[], { bytes, ends }: Encoded): Promise<readonly ChangeSet[]> {
  const all: ChangeSet[] = [];
  for (const [i, part] of parts.entries()) {
    if (i > 0) await turn();
    for (const changeSet of JSON.parse(part) as ChangeSet[]) {
      all.push(withEncoding(changeSet, bytes.subarray(ends[all.length - 1] ?? 0, ends[all.length]!)));
    }
  }
  return all;
}
