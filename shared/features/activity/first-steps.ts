import type { Id } from '../../kernel/ids.ts';

/** The steps of a new trainer on the sample workshop, in order; the last one is the beginning of one's own work. */
export const FIRST_STEPS = ['open', 'mark', 'walkIn', 'sheet', 'report', 'own'] as const;
export type FirstStep = (typeof FIRST_STEPS)[number];

/** The calls that do a step; all but the last one of the sample. */
const DONE_BY: Readonly<Record<FirstStep, readonly string[]>> = {
  open: ['activity.get'],
  mark: ['attendance.mark'],
  walkIn: ['attendance.walkIn', 'people.add'],
  sheet: ['evaluation.enter'],
  report: ['report.activity'],
  own: ['activity.create', 'activity.duplicate'],
};

/** Every call that may do a step. */
export const STEP_CALLS: readonly string[] = Object.values(DONE_BY).flat();

/** The step that a call did which went well; null for none. */
export function stepDoneBy(call: string, args: { readonly id?: unknown; readonly activityId?: unknown }, sampleId: Id): FirstStep | null {
  const step = FIRST_STEPS.find((one) => DONE_BY[one].includes(call)) ?? null;
  if (step === null || step === 'own') return step;
  return (step === 'open' ? args.id : args.activityId) === sampleId ? step : null;
}
