import type { Handlers } from '../../../../shared/contract/rpc.ts';
import type { activityContract } from '../../../../shared/features/activity/contract.ts';
import { FIRST_STEPS, STEP_CALLS, stepDoneBy, type FirstStep } from '../../../../shared/features/activity/first-steps.ts';
import type { Id } from '../../../../shared/kernel/ids.ts';
import { ok, type Result } from '../../../../shared/kernel/result.ts';
import type { Reader } from '../../../../shared/node/store/store.ts';
import type { EngineContext } from '../../context.ts';
import { STEPS_DONE } from '../../local-state/of-this-laptop.ts';

/** The first steps done on one sample workshop; another one that is loaded later is begun anew. */
export interface StepsKept {
  readonly sampleId: Id;
  readonly done: readonly FirstStep[];
  readonly hidden: boolean;
}

type Context = Pick<EngineContext, 'store' | 'settings'>;

/** The sample workshop that is on this laptop. */
export function sampleOf(reader: Reader): Id | undefined {
  return reader.get<{ id: Id }>('select id from activity where live = 1 and sample = 1 order by id limit 1')?.id;
}

/** The calls of the first steps, which are of this laptop alone. */
export function firstStepsHandlers({
  store,
  settings,
}: Context): Pick<Handlers<typeof activityContract>, 'activity.firstSteps' | 'activity.showFirstSteps'> {
  return {
    'activity.firstSteps': () => {
      const sampleId = sampleOf(store.reader);
      if (sampleId === undefined) return ok({ sampleId: null, hidden: false, steps: [] });
      const { done, hidden } = keptOf(settings, sampleId);
      return ok({ sampleId, hidden, steps: FIRST_STEPS.map((step) => ({ step, done: done.includes(step) })) });
    },

    'activity.showFirstSteps': ({ shown }) => {
      const sampleId = sampleOf(store.reader);
      if (sampleId !== undefined) STEPS_DONE.write(settings, { ...keptOf(settings, sampleId), hidden: !shown });
      return ok({});
    },
  };
}

function keptOf(settings: Context['settings'], sampleId: Id): StepsKept {
  const kept = STEPS_DONE.read(settings);
  return kept?.sampleId === sampleId ? kept : { sampleId, done: [], hidden: false };
}

/** Handlers that note the step which a call does on the sample, while it is here: no feature needs to think of it. */
export function withFirstSteps<T extends Readonly<Record<string, unknown>>>(handlers: T, { store, settings }: Context): T {
  const noted = STEP_CALLS.map((name) => {
    const handler = handlers[name] as AnyHandler;
    const around: AnyHandler = async (args, context) => {
      const answer = await handler(args, context);
      const sampleId = answer.ok ? sampleOf(store.reader) : undefined;
      if (sampleId === undefined) return answer;
      const step = stepDoneBy(name, args, sampleId);
      const kept = keptOf(settings, sampleId);
      if (step !== null && !kept.done.includes(step)) STEPS_DONE.write(settings, { ...kept, done: [...kept.done, step] });
      return answer;
    };
    return [name, around] as const;
  });
  return { ...handlers, ...Object.fromEntries(noted) };
}

type AnyHandler = (args: Readonly<Record<string, unknown>>, context: unknown) => Result<unknown> | Promise<Result<unknown>>;
