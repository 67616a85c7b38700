import path from 'node:path';
import { attendanceHandlers } from '../../../electron/engine/features/attendance/attendance.ts';
import { evaluationHandlers } from '../../../electron/engine/features/evaluation/evaluation.ts';
import type { Id } from '../../../shared/kernel/ids.ts';
import { WORKSHOP_A } from '../activity/workshop-a.ts';
import { quietCall } from '../../support/quiet-call.ts';
import { value, type FeatureContext } from '../feature-context.ts';

/** Takes in the attendance, the two tests and the satisfaction sheets of workshop A. */
export async function fillWorkshopA(context: FeatureContext, activityId: Id): Promise<void> {
  const list = { activityId, apply: true, skipRejected: false };
  await value(attendanceHandlers(context)['attendance.import']({ ...list, path: path.join(WORKSHOP_A, 'attendance.csv') }, quietCall()));
  const evaluation = evaluationHandlers(context);
  for (const [formId, file] of [
    ['intro-prepost-v1', 'prepost.csv'],
    ['satisfaction-v1', 'satisfaction.csv'],
  ] as const)
    await value(evaluation['evaluation.import']({ ...list, formId, path: path.join(WORKSHOP_A, file) }, quietCall()));
}
