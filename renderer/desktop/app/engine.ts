import { useMutation, useQuery, type UseMutationResult, type UseQueryResult } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { DesktopCall, DesktopRefusal } from '../../../shared/contract/desktop.ts';
import { CallRefused, type Progress } from '../../../shared/contract/rpc.ts';
import { call, type ENGINE_LOST, type Answer, type Args } from './connection.ts';
import { sayRefusal } from './frame/notices.tsx';
import { queries } from './queries.ts';

export { call } from './connection.ts';
export type { Answer, Args } from './connection.ts';

/** A refusal of a call: what the contract names, what can end any call, and that the engine was lost. */
type Refused<K extends DesktopCall> = CallRefused<DesktopRefusal<K> | typeof ENGINE_LOST>;

/**
 * Returns a read's answer, kept fresh by topic. `enabled: false` waits; `keep` shows the last answer while the arguments change
 * (a search that is being typed); `fresh` asks again whenever the screen opens (what no topic tells of); `before` is shown until the first answer.
 */
export function useRead<K extends DesktopCall>(
  name: K,
  args: Args<K>,
  options: { readonly enabled?: boolean; readonly keep?: boolean; readonly fresh?: boolean; readonly before?: Answer<K> | undefined } = {},
): UseQueryResult<Answer<K>, Refused<K>> {
  return useQuery<Answer<K>, Refused<K>>({
    queryKey: [name, args],
    queryFn: () => call(name, args),
    enabled: options.enabled ?? true,
    ...(options.fresh ? { refetchOnMount: 'always' as const } : {}),
    ...(options.keep || options.before !== undefined
      ? { placeholderData: ((previous: unknown) => (options.keep ? previous : undefined) ?? options.before) as never }
      : {}),
  });
}

/** Asks for what a screen is about to show, so that its answer is there sooner; fulfilled once it is, or was refused. */
export function prefetch<K extends DesktopCall>(name: K, args: Args<K>): Promise<void> {
  return queries.prefetchQuery({ queryKey: [name, args], queryFn: () => call(name, args) });
}

/** Asks once more for what screens show; fulfilled when the answer is on them and in effect, or was refused. */
export async function askAnew<K extends DesktopCall>(name: K, args: Args<K>): Promise<void> {
  await queries.invalidateQueries({ queryKey: [name, args], exact: true });
  // The screens hear of it in a task of their own.
  await new Promise((resolve) => setTimeout(resolve));
}

/** A write of a screen and how far it is. */
export interface Write<K extends DesktopCall> extends Omit<UseMutationResult<Answer<K>, Refused<K>, Args<K>>, 'mutate'> {
  /** `onSuccess` comes whether the screen is still there or not: a row that is removed may go before the answer is here, and its *Undo* is offered all the same. */
  mutate(args: Args<K>, after?: { readonly onSuccess?: (answer: Answer<K>) => unknown }): void;
}

/** A write. Its refusal is shown as a notice, unless the form shows it itself (`shownHere`). It is under way until it is stored, and what is waited for with `until` is done. */
export function useWrite<K extends DesktopCall>(
  name: K,
  options: { readonly shownHere?: boolean; until?(): Promise<unknown> } = {},
): Write<K> {
  const mutation = useMutation<Answer<K>, Refused<K>, Args<K>>({
    mutationKey: [name],
    mutationFn: async (args) => {
      const answer = await call(name, args);
      await options.until?.();
      return answer;
    },
    onError: (error) => {
      if (!options.shownHere) sayRefusal(error);
    },
  });
  const { mutateAsync } = mutation;
  const mutate = useCallback<Write<K>['mutate']>(
    (args, after) =>
      void mutateAsync(args).then(
        (answer) => after?.onSuccess?.(answer),
        // Said above, or by the form.
        () => undefined,
      ),
    [mutateAsync],
  );
  return { ...mutation, mutate };
}

export interface Job<K extends DesktopCall> {
  /** Runs it; undefined when it was refused or cancelled (`refusal` says why). */
  start(args: Args<K>): Promise<Answer<K> | undefined>;
  cancel(): void;
  /** Forgets the last result and refusal. */
  reset(): void;
  readonly running: boolean;
  /** How far it is; undefined before the first word. */
  readonly progress: Progress | undefined;
  readonly result: Answer<K> | undefined;
  readonly refusal: Refused<K> | undefined;
}

interface JobState<K extends DesktopCall> {
  readonly running: boolean;
  readonly progress?: Progress;
  readonly result?: Answer<K>;
  readonly refusal?: Refused<K>;
}

/** A long call with progress and cancel; leaving the screen does not stop it. */
export function useJob<K extends DesktopCall>(name: K): Job<K> {
  const [state, setState] = useState<JobState<K>>({ running: false });
  const controller = useRef<AbortController>(undefined);
  const here = useRef(true);
  useEffect(() => {
    here.current = true;
    return () => {
      here.current = false;
    };
  }, []);
  const start = useCallback(
    async (args: Args<K>) => {
      const own = new AbortController();
      // One that was given up for another says nothing more.
      const show = (next: JobState<K>) => {
        if (here.current && controller.current === own) setState(next);
      };
      controller.current = own;
      show({ running: true });
      try {
        const result = await call(name, args, {
          signal: own.signal,
          onProgress: (progress) => show({ running: true, progress }),
        });
        show({ running: false, result });
        return result;
      } catch (error) {
        if (!(error instanceof CallRefused)) throw error;
        show(error.code === 'job.cancelled' ? { running: false } : { running: false, refusal: error as Refused<K> });
        return undefined;
      }
    },
    [name],
  );
  const cancel = useCallback(() => controller.current?.abort(), []);
  const reset = useCallback(() => setState({ running: false }), []);
  return { start, cancel, reset, running: state.running, progress: state.progress, result: state.result, refusal: state.refusal };
}
