// Runs inside a mount namespace of its own (tests/faults/disk.test.ts): argv[2] is a folder on a small tmpfs.
// Fills the disk to one level after another while marks are taken; prints what it saw as one JSON line.
import { rmSync } from 'node:fs';
import path from 'node:path';
import { openTestEngine } from '../support/laptops/engine.ts';
import { leaveFree } from './small-disk.ts';

const LEVELS = 25;
const STEP = 8192;
const disk = process.argv[2]!;

let engine = await openTestEngine(path.join(disk, 'data'));
const { id: activityId } = await engine.call<{ id: string }>('activity.create', {
  title: 'Atelier',
  start: '2026-03-02',
  end: '2026-03-05',
});
const { halfDays } = await engine.call<{ halfDays: string[] }>('activity.get', { id: activityId });
const people: string[] = [];
for (let i = 0; i < 20; i++) {
  people.push((await engine.call<{ id: string }>('people.add', { activityId, familyName: `PERSONNE ${i}`, country: 'SN' })).id);
}
const confirmed = new Map<string, string>();
const codes: Record<string, number> = {};
let refusedWithSentence = 0;
const statuses = ['present', 'late', 'absent', 'excused'];
let turn = 0;

for (let level = 0; level < LEVELS; level++) {
  const ballast = leaveFree(disk, level * STEP);
  for (let i = 0; i < 200; i++) {
    turn++;
    const personId = people[turn % people.length]!;
    const halfDay = halfDays[Math.floor(turn / people.length) % halfDays.length]!;
    const status = statuses[(turn + Math.floor(turn / 160)) % statuses.length]!;
    const answer = await engine.try('attendance.mark', { activityId, halfDay, marks: [{ personId, status }] });
    if (answer.ok) confirmed.set(`${personId} ${halfDay}`, status);
    else {
      codes[answer.error.code] = (codes[answer.error.code] ?? 0) + 1;
      if (answer.error.message.length > 20) refusedWithSentence++;
      break;
    }
  }
  // Reading goes on while the disk is full, and nothing of the refused mark is seen.
  await verify(`level ${level}`);
  rmSync(ballast);
  const after = await engine.try('attendance.mark', {
    activityId,
    halfDay: halfDays[0]!,
    marks: [{ personId: people[0]!, status: statuses[level % 4]! }],
  });
  if (!after.ok) throw new Error(`level ${level}: refused with room again: ${after.error.code}`);
  confirmed.set(`${people[0]!} ${halfDays[0]!}`, statuses[level % 4]!);
}

async function verify(when: string): Promise<void> {
  const { marks } = await engine.call<{ marks: { personId: string; halfDay: string; status: string }[] }>('attendance.grid', {
    activityId,
  });
  const found = new Map(marks.map((mark) => [`${mark.personId} ${mark.halfDay}`, mark.status]));
  for (const [cell, status] of confirmed) {
    if (found.get(cell) !== status) throw new Error(`${when}: ${cell} is ${found.get(cell)}, confirmed ${status}`);
  }
}

await engine.close();
engine = await openTestEngine(path.join(disk, 'data'));
await verify('reopened');
const check = await engine.call<{ ok: boolean; problems: string[] }>('store.check', {});
await engine.close();
console.log(JSON.stringify({ levels: LEVELS, confirmed: confirmed.size, codes, refusedWithSentence, check }));
