import { z } from 'zod';

// The window's content policy forbids eval; without this zod probes for it.
z.config({ jitless: true });

/** The topics that a *changed* event names and that reads depend on; one per feature. */
export const TOPICS = ['course', 'material', 'activity', 'people', 'attendance', 'evaluation', 'award', 'sync', 'settings'] as const;
export type Topic = (typeof TOPICS)[number];

/** One call of a contract: its name, what it takes and gives, what it may refuse, and whether it only reads. */
export interface Call<A extends z.ZodType = z.ZodType, R extends z.ZodType = z.ZodType, C extends string = string> {
  readonly effect: 'reads' | 'writes';
  readonly args: A;
  readonly result: R;
  /** The codes that its handler may refuse with. What can end any call (`shared/contract/every-call.ts`) goes without saying. */
  readonly refusals: readonly C[];
  /** For a read: the topics whose change makes its result stale. */
  readonly topics: readonly Topic[];
  /** May be long: reports progress and can be cancelled. */
  readonly job: boolean;
  /** Needs no store, and is answered while the vault is locked. */
  readonly whileLocked: boolean;
}

export type Contract = Readonly<Record<string, Call>>;

/** A call that changes nothing; `topics` say when its result is stale. */
export function reads<A extends z.ZodType, R extends z.ZodType, const C extends string = never>(
  topics: readonly Topic[],
  args: A,
  result: R,
  refusals: readonly C[] = [],
): Call<A, R, C> {
  return { effect: 'reads', args, result, refusals, topics, job: false, whileLocked: false };
}

/** A call that changes the store. */
export function writes<A extends z.ZodType, R extends z.ZodType, const C extends string = never>(
  args: A,
  result: R,
  refusals: readonly C[] = [],
): Call<A, R, C> {
  return { effect: 'writes', args, result, refusals, topics: [], job: false, whileLocked: false };
}

/** A call that may take long: it reports progress and can be cancelled (`job.cancelled`); cancelled, it has changed nothing or whole steps. */
export function job<A extends z.ZodType, R extends z.ZodType, const C extends string = never>(
  args: A,
  result: R,
  refusals: readonly C[] = [],
): Call<A, R, C | 'job.cancelled'> {
  const codes = [...new Set([...refusals, 'job.cancelled' as const])];
  return { effect: 'writes', args, result, refusals: codes, topics: [], job: true, whileLocked: false };
}

/** The same call, answered while the vault is locked as well: what answers it reads nothing of the data folder. */
export function whileLocked<A extends z.ZodType, R extends z.ZodType, C extends string>(
  call: Call<A, R, C>,
): Call<A, R, C> & { readonly whileLocked: true } {
  return { ...call, whileLocked: true };
}

/** The arguments of a call as a client passes them, before defaults. */
export type ArgsOf<C extends Call> = z.input<C['args']>;
/** The arguments of a call as its handler receives them, defaults filled in. */
export type ParsedArgsOf<C extends Call> = z.output<C['args']>;
export type ResultOf<C extends Call> = z.output<C['result']>;
/** The codes that the handler of a call may refuse with. */
export type RefusalOf<C extends Call> = C['refusals'][number];
