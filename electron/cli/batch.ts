import type { Writable } from 'node:stream';
import type { Dispatcher, Speak, SpokenRefusal } from '../../shared/contract/rpc.ts';
import type { Refusal } from '../../shared/kernel/result.ts';
import { readLines, TOO_LONG } from './standard-input.ts';
import { write } from './standard-output.ts';

export interface BatchOptions {
  /** Goes on after a refusal. */
  readonly keepGoing: boolean;
  readonly signal: AbortSignal;
  readonly speak: Speak;
}

type Answer = { readonly ok: true; readonly result: unknown } | { readonly ok: false; readonly error: SpokenRefusal };

/**
 * Runs one `{"call", "args"}` a line, in order, and answers each with one line; a line is written only after its call is durable.
 * Stops at the first refusal unless told to go on. False when it stopped.
 */
export async function runBatch(
  dispatch: Dispatcher,
  input: AsyncIterable<Buffer | string>,
  output: Writable,
  options: BatchOptions,
): Promise<boolean> {
  let number = 0;
  for await (const line of readLines(input)) {
    number++;
    if (options.signal.aborted) return false;
    if (typeof line === 'string' && line.trim() === '') continue;
    const answer = await answerTo(dispatch, line, number, options);
    await write(output, answer);
    if (!answer.ok && !options.keepGoing) return false;
  }
  return true;
}

async function answerTo(
  dispatch: Dispatcher,
  line: string | typeof TOO_LONG,
  number: number,
  { signal, speak }: BatchOptions,
): Promise<Answer> {
  const refused = (refusal: Refusal): Answer => ({ ok: false, error: { ...refusal, message: speak(refusal) } });
  if (line === TOO_LONG) return refused({ code: 'call.tooLarge', details: {} });
  const request = requestOf(line);
  if (!request) return refused({ code: 'call.line', details: { line: number } });
  return dispatch.dispatch(request.call, request.args, { caller: { door: 'terminal' }, signal, progress: () => undefined });
}

function requestOf(line: string): { readonly call: string; readonly args: unknown } | null {
  try {
    const request = JSON.parse(line) as unknown;
    if (typeof request !== 'object' || request === null || !('call' in request) || typeof request.call !== 'string') return null;
    return { call: request.call, args: 'args' in request ? request.args : {} };
  } catch {
    return null;
  }
}
