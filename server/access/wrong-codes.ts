import type { EnrolReply } from '../../shared/contract/repository.ts';
import { refuse, type Result } from '../../shared/kernel/result.ts';
import { WRONG_IN_ALL, WRONG_PER_ADDRESS, WRONG_WINDOW, type WrongCodes } from './enrolment.ts';
import type { Awaitable } from '../repository-store.ts';

/** The limits that wrong codes have set for an address. */
export interface CodeLimits {
  /** Too many wrong codes came from here: only a right one is listened to. */
  readonly closed: boolean;
  /** Too many came from everywhere: codes are looked at one after the other, with a pause. */
  readonly slow: boolean;
}

/** Counts wrong codes. */
export interface CountedCodes extends Pick<WrongCodes, 'count'> {
  limitsOf(address: string, now: number): Awaitable<CodeLimits>;
}

/** Counts the wrong codes of one process, in memory, for a restart costs a guesser more than it gives. */
export class WrongCodesHere implements CountedCodes {
  #since = 0;
  #all = 0;
  readonly #perAddress = new Map<string, number>();

  limitsOf(address: string, now: number): CodeLimits {
    if (Math.abs(now - this.#since) > WRONG_WINDOW) {
      this.#since = now;
      this.#all = 0;
      this.#perAddress.clear();
    }
    return { closed: (this.#perAddress.get(address) ?? 0) >= WRONG_PER_ADDRESS, slow: this.#all >= WRONG_IN_ALL };
  }

  count(address: string): number {
    const tries = (this.#perAddress.get(address) ?? 0) + 1;
    this.#all++;
    this.#perAddress.set(address, tries);
    return tries;
  }
}

/** Milliseconds between two codes while there are too many wrong ones, and how many may wait in the queue. */
const PAUSE = 50;
const WAITING = 40;

/** Lets enrolments through one by one, `PAUSE` apart; false where too many wait already. */
export class AttemptQueue {
  #waiting = 0;
  #last: Promise<unknown> = Promise.resolve();

  async take(): Promise<boolean> {
    if (this.#waiting >= WAITING) return false;
    this.#waiting++;
    const before = this.#last;
    this.#last = before.then(() => new Promise((resolve) => setTimeout(resolve, PAUSE)));
    await before;
    this.#waiting--;
    return true;
  }
}

/** The refusals that tell a guesser whether a code is anything. */
const TELLING = new Set(['sync.codeWrong', 'sync.codeExpired', 'sync.codeSpent']);

/**
 * Runs an enrolment so that no guesser can shut it for others. From an address with too many wrong codes a right one is still taken, and any other is answered
 * `sync.enrolLater`, which tells nothing of it; each code has its few tries all the same. Where too many wrong ones come from everywhere, codes queue: 20 a
 * second find none of 55 secret bits.
 */
export async function enrolGuarded(
  address: string,
  now: number,
  codes: CountedCodes,
  queue: AttemptQueue,
  run: (wrong: WrongCodes) => Promise<Result<EnrolReply>>,
): Promise<Result<EnrolReply>> {
  const { closed, slow } = await codes.limitsOf(address, now);
  if (slow && !(await queue.take())) return refuse('sync.enrolLater');
  // Those that come at once have all found the door open: how many there were by then decides what each is told.
  let isOver = closed;
  const done = await run({
    closed: () => false,
    async count(from, at) {
      const tries = await codes.count(from, at);
      isOver ||= tries > WRONG_PER_ADDRESS;
      return tries;
    },
  });
  return !done.ok && isOver && TELLING.has(done.refusal.code) ? refuse('sync.enrolLater') : done;
}
