import { z } from 'zod/mini';
import { ASKED_CALLS } from './engine-process.ts';

/** A service that the engine may ask of the shell, one of the few things that need the user's own screen or programs. */
interface Service {
  readonly args: z.ZodMiniType;
  readonly answer: z.ZodMiniType;
  /** What the shell may refuse it with, beside what any service may be refused with. */
  readonly refusals: readonly string[];
  /** How long the engine waits; null: as long as the user takes, for a dialog stays until it is answered. */
  readonly seconds: number | null;
}

const path = z.string().check(z.minLength(1), z.maxLength(4096));
const done = z.strictObject({});

export const SHELL_SERVICES = {
  /** Puts a question to the user in a dialog that no page can answer; whether they said yes. `values` may come from anybody: they are shown as text of one line. */
  confirm: {
    args: z.strictObject({ call: z.enum(ASKED_CALLS), values: z.record(z.string(), z.string()) }),
    answer: z.boolean(),
    refusals: [],
    seconds: null,
  },
  /** Opens a read-only copy of a file of the engine's, under this name, in the user's own program; asks first where it may hold macros. */
  open: {
    args: z.strictObject({ sha256: z.string().check(z.regex(/^[0-9a-f]{64}$/)), name: z.string().check(z.minLength(1), z.maxLength(500)) }),
    answer: done,
    refusals: ['shell.cancelled', 'shell.notOurs', 'shell.kindNotOpened', 'shell.noProgram', 'shell.notCopied'],
    seconds: null,
  },
  /** Shows the data folder in the system's own program. */
  reveal: { args: z.strictObject({ path }), answer: done, refusals: ['shell.notOurs', 'shell.folderNotOpened'], seconds: 60 },
} as const satisfies Readonly<Record<string, Service>>;

export type ShellService = keyof typeof SHELL_SERVICES;
export type ServiceArgs<S extends ShellService> = z.output<(typeof SHELL_SERVICES)[S]['args']>;
export type ServiceAnswer<S extends ShellService> = z.output<(typeof SHELL_SERVICES)[S]['answer']>;
/** The refusals of every service: there is no shell, or it does not do this; it did not answer in time; a shape was wrong, or a bug ended it. */
export const ANY_SERVICE_REFUSALS = ['shell.notHere', 'shell.noAnswer', 'shell.failed'] as const;
export type ServiceRefusal<S extends ShellService> = (typeof ANY_SERVICE_REFUSALS)[number] | (typeof SHELL_SERVICES)[S]['refusals'][number];

/** Whether a service may be refused with a code. */
export function isRefusalOf<S extends ShellService>(service: S, code: string): code is ServiceRefusal<S> {
  return [...ANY_SERVICE_REFUSALS, ...SHELL_SERVICES[service].refusals].some((known) => known === code);
}
