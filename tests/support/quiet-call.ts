import type { CallContext } from '../../shared/contract/rpc.ts';

/** What a call of a terminal gets when nobody watches it. */
export function quietCall(signal: AbortSignal = new AbortController().signal): CallContext {
  return { caller: { door: 'terminal' }, progress: () => undefined, signal };
}
