import { z } from 'zod';
import { desktopContract } from '../../shared/contract/desktop.ts';
import type { Call } from '../../shared/contract/call.ts';

/** The schema of one call's arguments and result as JSON Schema, or the list of calls; null when there is no such call. */
export function helpFor(call: string | undefined, words: (key: string) => string): unknown {
  if (call === undefined) {
    const calls = Object.entries(desktopContract).map(([name, { effect, job }]) => ({ name, effect, job }));
    return { usage: words('cli:usage'), calls };
  }
  if (!Object.hasOwn(desktopContract, call)) return null;
  const { effect, job, args, result } = desktopContract[call as keyof typeof desktopContract] as Call;
  return { call, effect, job, args: schemaOf(args, 'input'), result: schemaOf(result, 'output') };
}

function schemaOf(schema: z.ZodType, io: 'input' | 'output'): unknown {
  return z.toJSONSchema(schema, { io, unrepresentable: 'any' });
}
