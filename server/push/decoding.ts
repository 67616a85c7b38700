import type { Refusal, Result } from '../../shared/kernel/result.ts';
import { ok, refuse } from '../../shared/kernel/result.ts';
import { LimitedThread, ThreadLimit, type ThreadLimits } from '../../shared/node/threads/limited-thread.ts';
import { threadFile } from '../../shared/node/threads/thread-file.ts';
import type { ChangeSet, ReplicaId } from '../../shared/sync/types.ts';
import { unpackPart, type DecodedPart } from './decoded-part.ts';
import type { LookedUp, OpenedPush, PushSender } from './push-decoder.ts';

/** The question to the decoding thread; the change-sets themselves come before its answer to `finish`, in parts. */
export type DecodingQuestion =
  ({ readonly step: 'open'; readonly body: Uint8Array } & PushSender) | ({ readonly step: 'finish' } & LookedUp);
export type DecodingAnswer = { readonly refusal: Refusal } | { readonly opened: OpenedPush } | { readonly changeSets: number };

/** The two steps of reading a push, as its caller takes them. */
export interface PushReader {
  /** Asked once, for what reading the push needs of the store. */
  lookUp(opened: OpenedPush): Promise<Result<LookedUp>>;
  /**
   * Told of some of its change-sets while others are still read: nobody has vouched for them yet, and the push may be refused as a whole. For what may be
   * looked up ahead; nothing is kept, counted or answered by it.
   */
  made?(changeSets: readonly ChangeSet[]): void;
}

/** Decodes and verifies pushes outside the server's own thread. */
export interface Decoding {
  /**
   * The change-sets of a push, each verified where its author's key is known. Refuses what `decodePack` refuses, `sync.senderWrong`, `sync.signatureWrong`,
   * what `lookUp` refuses, `sync.packTooCostly` (it took more time or memory than one push may) and `sync.repositoryBusy` (its sender has too many waiting).
   */
  read(body: Uint8Array, sender: PushSender, reader: PushReader): Promise<Result<readonly ChangeSet[]>>;
}

/** A push is read in a tenth of a second; one that takes a hundred times as long was made to. */
const LIMITS: ThreadLimits = { time: 10_000, memory: { maxOldGenerationSizeMb: 160, maxYoungGenerationSizeMb: 32 } };
/** Pushes of one device that wait or are read; an honest one sends the next when the last was answered, and again where its link broke. */
const MOST_OF_ONE = 4;

interface Waiting {
  readonly read: () => Promise<void>;
}

/**
 * Returns a decoder of pushes in a thread, one after the other; devices take turns, so that one that sends many delays another by one. Nothing is kept from one
 * push to the next, so that several server processes need not know of each other.
 */
export function decodingThread(limits: ThreadLimits = LIMITS): Decoding {
  const thread = new LimitedThread<DecodingQuestion, DecodingAnswer, DecodedPart>(
    () => threadFile(import.meta.url, 'decoding-thread'),
    limits,
  );
  const waiting = new Map<ReplicaId, Waiting[]>();
  const underWay = new Map<ReplicaId, number>();
  let busy = false;

  const readNow = async (...[body, sender, reader]: Parameters<Decoding['read']>): Promise<Result<readonly ChangeSet[]>> => {
    try {
      const first = await thread.ask({ step: 'open', body, ...sender });
      if ('refusal' in first) return { ok: false, refusal: first.refusal };
      if (!('opened' in first)) throw new Error('the thread answered another step');
      const found = await reader.lookUp(first.opened);
      if (!found.ok) return found;
      const all: ChangeSet[] = [];
      const read = await thread.ask({ step: 'finish', ...found.value }, (part) => {
        const changeSets = unpackPart(part);
        for (const changeSet of changeSets) all.push(changeSet);
        reader.made?.(changeSets);
      });
      if ('refusal' in read) return { ok: false, refusal: read.refusal };
      if (!('changeSets' in read) || read.changeSets !== all.length) throw new Error('the thread answered another step');
      return ok(all);
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
    read(body, sender, reader) {
      const of = sender.sender;
      const mine = underWay.get(of) ?? 0;
      if (mine >= MOST_OF_ONE) return Promise.resolve(refuse('sync.repositoryBusy'));
      underWay.set(of, mine + 1);
      return new Promise((resolve, reject) => {
        const read = async (): Promise<void> => {
          await readNow(body, sender, reader).then(resolve, reject);
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
