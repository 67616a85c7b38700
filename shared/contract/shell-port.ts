import { z } from 'zod/mini';
import { ok, refuse, type Result } from '../kernel/result.ts';
import {
  isRefusalOf,
  SHELL_SERVICES,
  type ServiceAnswer,
  type ServiceArgs,
  type ServiceRefusal,
  type ShellService,
} from './shell-services.ts';

/** Asks the shell for a service. Refuses by one of its codes, never by a throw. */
export type AskShell = <S extends ShellService>(service: S, args: ServiceArgs<S>) => Promise<Result<ServiceAnswer<S>, ServiceRefusal<S>>>;

export type ServiceOutcome<S extends ShellService> =
  { readonly ok: true; readonly value: ServiceAnswer<S> } | { readonly ok: false; readonly code: ServiceRefusal<S> };

/** The implementation of every service, each with its arguments as they were parsed. */
export type ShellServices = { readonly [S in ShellService]: (args: ServiceArgs<S>) => Promise<ServiceOutcome<S>> | ServiceOutcome<S> };

const id = z.int().check(z.positive());
const asked = z.strictObject({
  type: z.literal('ask'),
  id,
  service: z.enum(Object.keys(SHELL_SERVICES) as [ShellService, ...ShellService[]]),
  args: z.unknown(),
});
const answered = z.union([
  z.strictObject({ type: z.literal('answer'), id, ok: z.literal(true), value: z.unknown() }),
  z.strictObject({ type: z.literal('answer'), id, ok: z.literal(false), code: z.string() }),
]);
export type ToShell = z.output<typeof asked>;
export type ShellAnswered = z.output<typeof answered>;

/**
 * The engine's end of the port to the shell. `later` runs something after so many milliseconds and returns what stops it. An answer is taken once, while the engine waits
 * for it; one of another shape counts as `shell.failed`, one that does not come in the service's time as `shell.noAnswer`.
 */
export function shellPort(
  send: (message: ToShell) => void,
  later: (run: () => void, ms: number) => () => void,
): { readonly ask: AskShell; receive(message: unknown): void } {
  const waiting = new Map<number, (answer: ShellAnswered | 'late') => void>();
  let last = 0;
  const ask: AskShell = <S extends ShellService>(service: S, args: ServiceArgs<S>) =>
    new Promise<Result<ServiceAnswer<S>, ServiceRefusal<S>>>((resolve) => {
      const own = ++last;
      const { answer: shape, seconds } = SHELL_SERVICES[service];
      const end = (answer: ShellAnswered | 'late'): void => {
        waiting.delete(own);
        stop();
        if (answer === 'late') return resolve(refuse('shell.noAnswer'));
        if (!answer.ok) return resolve(refuse(isRefusalOf(service, answer.code) ? answer.code : 'shell.failed'));
        const parsed = shape.safeParse(answer.value);
        resolve(parsed.success ? ok(parsed.data as ServiceAnswer<S>) : refuse('shell.failed'));
      };
      const stop = seconds === null ? () => undefined : later(() => end('late'), seconds * 1_000);
      waiting.set(own, end);
      send({ type: 'ask', id: own, service, args });
    });
  return {
    ask,
    receive(message) {
      const parsed = answered.safeParse(message);
      if (parsed.success) waiting.get(parsed.data.id)?.(parsed.data);
    },
  };
}

/**
 * Answers a message at the shell's end: performs the service that it asks for, once its arguments fit the schema of the service. Null: the message asks for
 * nothing.
 */
export async function answerAsked(services: ShellServices, message: unknown): Promise<ShellAnswered | null> {
  const parsed = asked.safeParse(message);
  if (!parsed.success) return null;
  const { id: own, service, args } = parsed.data;
  const outcome = await doService(services, service, args);
  return outcome.ok
    ? { type: 'answer', id: own, ok: true, value: outcome.value }
    : { type: 'answer', id: own, ok: false, code: outcome.code };
}

/** Returns an `AskShell` over services of this process; arguments and answers are parsed all the same. */
export function askHere(services: ShellServices): AskShell {
  return async <S extends ShellService>(service: S, args: ServiceArgs<S>) => {
    const outcome = await doService(services, service, args);
    return outcome.ok ? ok(outcome.value) : refuse(outcome.code);
  };
}

async function doService<S extends ShellService>(services: ShellServices, service: S, args: unknown): Promise<ServiceOutcome<S>> {
  const parsed = SHELL_SERVICES[service].args.safeParse(args);
  if (!parsed.success) return { ok: false, code: 'shell.failed' };
  try {
    const outcome = await services[service](parsed.data as ServiceArgs<S>);
    if (!outcome.ok) return isRefusalOf(service, outcome.code) ? outcome : { ok: false, code: 'shell.failed' };
    const shaped = SHELL_SERVICES[service].answer.safeParse(outcome.value);
    return shaped.success ? { ok: true, value: shaped.data as ServiceAnswer<S> } : { ok: false, code: 'shell.failed' };
  } catch {
    return { ok: false, code: 'shell.failed' };
  }
}

/** The services where there is no shell: each is refused. */
export const NO_SHELL: ShellServices = {
  confirm: () => notHere,
  open: () => notHere,
  reveal: () => notHere,
};
const notHere = { ok: false, code: 'shell.notHere' } as const;
