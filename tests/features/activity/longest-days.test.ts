import { randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { activityHandlers } from '../../../electron/engine/features/activity/activity.ts';
import { attendanceHandlers } from '../../../electron/engine/features/attendance/attendance.ts';
import { reportHandlers } from '../../../electron/engine/features/report/report.ts';
import { halfDaysBetween, LONGEST_DAYS } from '../../../shared/kernel/dates.ts';
import { planSpace } from '../../../shared/model/spaces.ts';
import type { FieldWrite } from '../../../shared/sync/types.ts';
import { openFeatureContext, type FeatureContext } from '../feature-context.ts';
import { quietCall } from '../../support/quiet-call.ts';

/** A record may say that a workshop lasts ten thousand years and has thousands of sessions: what shows it stays as large as a workshop is. */

const ITEMS = 3_000;
const id = randomUUID();
const call = quietCall();
let context: FeatureContext;

beforeAll(() => {
  context = openFeatureContext();
  const writes: FieldWrite[] = Object.entries({
    name: 'X',
    start: '0001-01-01',
    end: '9999-12-31',
    countries: ['SN'],
    languages: ['fr'],
  }).map(([field, value]) => ({ entityType: 'activity', entityId: id, field, value }));
  for (let i = 0; i < ITEMS; i++) {
    const entityId = randomUUID();
    const item = { activityId: id, placement: ['0001-01-02-AM', `a${i}V`], counts: true, title: `Session ${i}` };
    for (const [field, value] of Object.entries(item)) writes.push({ entityType: 'agendaItem', entityId, field, value });
  }
  context.store.commit([{ space: planSpace(id), kind: 'genesis', writes }]);
});
afterAll(() => {
  context.close();
  rmSync(context.outside, { recursive: true, force: true });
});

describe('a workshop of ten thousand years', () => {
  it('has no half-days: nobody can have meant it', () => {
    expect(halfDaysBetween('0001-01-01', '9999-12-31')).toEqual([]);
    expect(halfDaysBetween('2026-01-01', '2027-01-01')).toHaveLength(2 * LONGEST_DAYS);
    expect(halfDaysBetween('2026-01-01', '2027-01-02')).toEqual([]);
  });

  it('is answered by every call with no more than a workshop has', async () => {
    const standing = { pending: () => 0, conflicts: () => 0 };
    const activity = activityHandlers(context, standing);
    const attendance = attendanceHandlers(context);
    const got = await activity['activity.get']({ id }, call);
    if (!got.ok) throw new Error(got.refusal.code);
    expect(got.value.halfDays.length).toBeLessThanOrEqual(2 * LONGEST_DAYS);
    expect(got.value.agenda).toHaveLength(ITEMS);
    const summary = await attendance['attendance.summary']({ activityId: id, threshold: 80 }, call);
    expect(summary.ok && Object.keys(summary.value.perHalfDay).length).toBeLessThanOrEqual(2 * LONGEST_DAYS);
    const grid = await attendance['attendance.grid']({ activityId: id }, call);
    expect(grid.ok && grid.value.halfDays.length).toBeLessThanOrEqual(2 * LONGEST_DAYS);
    const report = await reportHandlers(context)['report.activity']({ activityId: id, language: 'fr' }, call);
    expect(report.ok).toBe(true);
    expect(JSON.stringify(report).length).toBeLessThan(1 << 20);
    expect((await activity['activity.today']({ day: '2026-03-02' }, call)).ok).toBe(true);
    expect((await activity['activity.list']({}, call)).ok).toBe(true);
  });
});
