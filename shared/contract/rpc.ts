import type { Refusal, Result } from '../kernel/result.ts';
import { refuse } from '../kernel/result.ts';
import { joinParts, partsOf, type AnswerPart } from './answer-parts.ts';
import type { ArgsOf, Call, Contract, ParsedArgsOf, RefusalOf, ResultOf, Topic } from './call.ts';
import type { Caller, Door } from './caller.ts';
import { EVERY_CALL_REFUSALS, type EveryCallRefusal } from './every-call.ts';
import type { VaultState } from './vault-state.ts';

/** How far a long call is. `label`: a key of `locales/<lng>/jobs.json`; bytes where bytes travel. */
export interface Progress {
  readonly label: string;
  readonly done: number;
  readonly total: number;
  readonly unit: 'items' | 'bytes';
}

/** The context of a call, which its handler receives beside the arguments. */
export interface CallContext {
  /** Who calls. The door that a call comes through says it; no message does. */
  readonly caller: Caller;
  /** Says how far a job is; ignored for other calls. */
  progress(progress: Progress): void;
  /** Aborted when the caller cancels; a handler then answers `refuse('job.cancelled')` at the next safe step. */
  readonly signal: AbortSignal;
}

/** The function that answers a call: with its result, or with one of the refusals that the contract names or that can end any call. */
export type Handler<C extends Call> = (args: ParsedArgsOf<C>, context: CallContext) => Answer<C> | Promise<Answer<C>>;
export type Answer<C extends Call> = Result<ResultOf<C>, RefusalOf<C> | EveryCallRefusal>;
export type Handlers<T extends Contract> = { readonly [K in keyof T]: Handler<T[K]> };

/**
 * Handlers whose module is loaded when one of them is called first. For work with much code behind it that a call seldom asks for: a command starts without. `names`: all of `K`, as keys, so that none can be left out.
 */
export function lateHandlers<H extends { readonly [K in keyof H]: (args: never, context: CallContext) => unknown }, K extends keyof H>(
  names: { readonly [N in K]: true },
  load: () => Promise<Pick<H, K>>,
): Pick<H, K> {
  let loading: Promise<Pick<H, K>> | null = null;
  const late = (name: K) => async (args: never, context: CallContext) => (await (loading ??= load()))[name](args, context);
  return Object.fromEntries((Object.keys(names) as K[]).map((name) => [name, late(name)])) as unknown as Pick<H, K>;
}

/** The calls that a door offers: their contract, and the function that answers them. */
export interface Served {
  readonly contract: Contract;
  run(name: string, args: unknown, context: CallContext): Result<unknown> | Promise<Result<unknown>>;
}

/** A contract with its handlers, as what a door offers. */
export function served<T extends Contract>(contract: T, handlers: Handlers<T>): Served {
  return { contract, run: (name, args, context) => handlers[name as keyof T](args as never, context) };
}

export type ToEngine =
  | { readonly type: 'call'; readonly id: number; readonly name: string; readonly args: unknown }
  | { readonly type: 'cancel'; readonly id: number };

/** A refusal with its sentence: `message` is in the user's language. */
export interface SpokenRefusal<C extends string = string> {
  readonly code: C;
  readonly message: string;
  readonly details: Readonly<Record<string, unknown>>;
}

export type FromEngine =
  | { readonly type: 'answer'; readonly id: number; readonly ok: true; readonly result: unknown }
  | { readonly type: 'answer'; readonly id: number; readonly ok: false; readonly error: SpokenRefusal }
  | { readonly type: 'progress'; readonly id: number; readonly progress: Progress }
  /** Ahead of the answer, in order. */
  | { readonly type: 'part'; readonly id: number; readonly part: AnswerPart }
  | { readonly type: 'changed'; readonly topics: readonly Topic[] }
  /** Locked: said at once, and calls are refused but for those that need no store. Opened: said once the store is. Of a vault that was never locked nothing is said. */
  | { readonly type: 'vault'; readonly state: VaultState };

/** Turns a refusal into a sentence of the user's language. */
export type Speak = (refusal: Refusal) => string;

export interface Dispatcher {
  /** Runs one call: unknown names, bad arguments and bugs come back as coded refusals, never as a throw. */
  dispatch(name: string, args: unknown, context: CallContext): Promise<{ ok: true; result: unknown } | { ok: false; error: SpokenRefusal }>;
}

/**
 * Returns the dispatcher of calls, the one way into the handlers: it looks the name up in the own keys of the contract of the caller's door and parses the
 * arguments by its schema. `report` gets what was thrown (a bug) without any argument, for personal data must not reach a log.
 */
export function dispatcher(
  doors: Readonly<Record<Door, Served>>,
  speak: Speak,
  report: (name: string, error: unknown) => void,
): Dispatcher {
  const spoken = (refusal: Refusal): { ok: false; error: SpokenRefusal } => ({
    ok: false,
    error: { code: refusal.code, message: speak(refusal), details: refusal.details },
  });
  return {
    async dispatch(name, args, context) {
      const { contract, run } = doors[context.caller.door];
      if (!Object.hasOwn(contract, name)) return spoken(refuse('call.unknown', { name: String(name).slice(0, 100) }).refusal);
      const call = contract[name]!;
      const parsed = call.args.safeParse(args ?? {});
      if (!parsed.success) {
        const issues = parsed.error.issues.slice(0, 20).map((issue) => ({ path: issue.path.join('.'), code: issue.code }));
        return spoken(refuse('call.arguments', { call: name, field: issues[0]?.path ?? '', issues }).refusal);
      }
      try {
        const answer = await run(name, parsed.data, context);
        if (!answer.ok) {
          if (!isNamed(call, answer.refusal.code)) report(name, new UnnamedRefusal(answer.refusal.code));
          return spoken(answer.refusal);
        }
        return { ok: true, result: answer.value };
      } catch (error) {
        report(name, error);
        return spoken(storageRefusal(error) ?? refuse('call.failed', { call: name }).refusal);
      }
    },
  };
}

/** A refusal that the contract of its call does not name: types do not reach everywhere, and a newer program may say what this one does not know. */
class UnnamedRefusal extends Error {
  readonly code: string;
  constructor(code: string) {
    super('a refusal that the contract does not name');
    this.name = 'UnnamedRefusal';
    // Noted in a log: what is no code may be anything that somebody wrote.
    this.code = /^[a-z]+\.[A-Za-z]+$/.test(code) ? code : '';
  }
}

function isNamed({ refusals }: Call, code: string): boolean {
  return refusals.includes(code) || (EVERY_CALL_REFUSALS as readonly string[]).includes(code);
}

/**
 * Returns the refusal that a fault of storage stands for: it can end any call and is no bug (a disk that is full, read-only, damaged or unreadable, a write that nobody
 * here may make). Undefined for anything else.
 */
export function storageRefusal(error: unknown): Refusal<EveryCallRefusal> | undefined {
  const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
  const known = STORAGE_CODES.find(([pattern]) => pattern.test(code));
  return known && { code: known[1], details: {} };
}

const STORAGE_CODES: readonly (readonly [RegExp, EveryCallRefusal])[] = [
  [/^(SQLITE_FULL|ENOSPC|EDQUOT)/, 'storage.full'],
  [/^(SQLITE_READONLY|EROFS|EACCES|EPERM|SQLITE_CANTOPEN)/, 'storage.readOnly'],
  [/^(SQLITE_CORRUPT|SQLITE_NOTADB)/, 'storage.damaged'],
  [/^(SQLITE_IOERR|EIO)/, 'storage.unreadable'],
  [/^(SQLITE_BUSY|SQLITE_LOCKED)/, 'storage.busy'],
  [/^SPACE_AWAY$/, 'sync.spaceAway'],
  [/^NOT_ENTITLED$/, 'sync.notEntitledHere'],
  [/^SPACE_CLOSED$/, 'sync.spaceClosedHere'],
];

export interface CallOptions {
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: Progress) => void;
}

export interface Client<T extends Contract> {
  /** Rejects with a `CallRefused` when the engine refuses. */
  call<K extends keyof T & string>(name: K, args: ArgsOf<T[K]>, options?: CallOptions): Promise<ResultOf<T[K]>>;
  /** Calls `listener` with the topics that changed; returns what stops it. */
  onChanged(listener: (topics: readonly Topic[]) => void): () => void;
  /** Calls `listener` when the engine says that its vault is locked, or opened. */
  onVault(listener: (state: VaultState) => void): void;
}

/** A refusal on the caller's side; `message` is the sentence to show. `C`: the codes that the call may be refused with. */
export class CallRefused<C extends string = string> extends Error {
  readonly code: C;
  readonly details: Readonly<Record<string, unknown>>;
  constructor(refusal: SpokenRefusal<C>) {
    super(refusal.message);
    this.name = 'CallRefused';
    this.code = refusal.code;
    this.details = refusal.details;
  }
}

/** Returns the caller's end of a port: an object with a method per call. `listen` is called once with what receives the engine's messages. */
export function client<T extends Contract>(
  send: (message: ToEngine) => void,
  listen: (receive: (message: FromEngine) => void) => void,
): Client<T> {
  interface Waiting {
    resolve(value: unknown): void;
    reject(error: Error): void;
    readonly onProgress: CallOptions['onProgress'];
    readonly parts: AnswerPart[];
  }
  const waiting = new Map<number, Waiting>();
  const listeners = new Set<(topics: readonly Topic[]) => void>();
  const vaultListeners = new Set<(state: VaultState) => void>();
  let last = 0;
  listen((message) => {
    if (message.type === 'vault') {
      for (const listener of vaultListeners) listener(message.state);
      return;
    }
    if (message.type === 'changed') {
      for (const listener of listeners) listener(message.topics);
      return;
    }
    const call = waiting.get(message.id);
    if (!call) return;
    if (message.type === 'progress') {
      call.onProgress?.(message.progress);
      return;
    }
    if (message.type === 'part') {
      call.parts.push(message.part);
      return;
    }
    waiting.delete(message.id);
    if (message.ok) call.resolve(joinParts(message.result, call.parts));
    else call.reject(new CallRefused(message.error));
  });
  return {
    call(name, args, options = {}) {
      const id = ++last;
      return new Promise((resolve, reject) => {
        waiting.set(id, { resolve: resolve as (value: unknown) => void, reject, onProgress: options.onProgress, parts: [] });
        options.signal?.addEventListener('abort', () => send({ type: 'cancel', id }), { once: true });
        send({ type: 'call', id, name, args });
      });
    },
    onChanged(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    onVault: (listener) => void vaultListeners.add(listener),
  };
}

/** The most calls of one port that may wait or run, in all and of one name; a window has a few dozen. */
export const MOST_CALLS = 256;
export const MOST_ALIKE = 64;

/**
 * The engine's end of a port: answers calls as those of `caller`, passes progress on, aborts what is cancelled. Returns what receives messages. Calls start
 * in their order, those of one name after those of another that wait as well, and one in each turn of the process (`later`), so that a port
 * that sends thousands keeps nobody else waiting; more than `MOST_CALLS` at a time, or `MOST_ALIKE` of one name, are refused
 * (`call.busy`) without being looked at. Long lists of an answer go ahead of it in parts, one in each turn as well.
 */
export function serve(
  dispatch: Dispatcher,
  send: (message: FromEngine) => void,
  speak: Speak,
  caller: Caller,
  later: (run: () => void) => void,
): (message: unknown) => void {
  const running = new Map<number, AbortController>();
  /** How many of each name run or wait. */
  const alike = new Map<string, number>();
  /** What waits, by name; the names in the order of their turns. */
  const waiting = new Map<string, (() => void)[]>();
  let started = false;
  const startNext = (): void => {
    const [first] = waiting;
    started = first !== undefined;
    if (!first) return;
    const [name, calls] = first;
    waiting.delete(name);
    const next = calls.shift();
    if (calls.length > 0) waiting.set(name, calls);
    later(startNext);
    next?.();
  };
  return (message) => {
    if (!isToEngine(message)) return;
    if (message.type === 'cancel') {
      running.get(message.id)?.abort();
      return;
    }
    const { id } = message;
    const { name, args } = message;
    const before = alike.get(name) ?? 0;
    if (running.size >= MOST_CALLS || before >= MOST_ALIKE || running.has(id)) {
      const busy = refuse('call.busy').refusal;
      send({ type: 'answer', id, ok: false, error: { ...busy, message: speak(busy) } });
      return;
    }
    const controller = new AbortController();
    running.set(id, controller);
    alike.set(name, before + 1);
    const context: CallContext = {
      caller,
      signal: controller.signal,
      progress: (progress) => send({ type: 'progress', id, progress }),
    };
    const end = (answer: Awaited<ReturnType<Dispatcher['dispatch']>>): void => {
      running.delete(id);
      const left = (alike.get(name) ?? 1) - 1;
      if (left > 0) alike.set(name, left);
      else alike.delete(name);
      send({ type: 'answer', id, ...answer });
    };
    const start = (): void =>
      void dispatch.dispatch(name, args, context).then((answer) => {
        if (!answer.ok) return end(answer);
        const { parts, rest } = partsOf(answer.result);
        const sendFrom = (at: number): void => {
          if (at === parts.length) return end({ ok: true, result: rest });
          send({ type: 'part', id, part: parts[at]! });
          later(() => sendFrom(at + 1));
        };
        sendFrom(0);
      });
    waiting.set(name, [...(waiting.get(name) ?? []), start]);
    if (!started) startNext();
  };
}

function isToEngine(message: unknown): message is ToEngine {
  if (typeof message !== 'object' || message === null || !('type' in message) || !('id' in message)) return false;
  if (!Number.isSafeInteger(message.id)) return false;
  return message.type === 'cancel' || (message.type === 'call' && 'name' in message && typeof message.name === 'string');
}
