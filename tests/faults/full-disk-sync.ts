// Runs inside a mount namespace of its own (tests/faults/disk.test.ts): argv[2] is a folder on a small tmpfs, argv[3] whose disk it is: `laptop` or
// `repository`. Fills it to one level after another while two laptops sync; prints what it saw as one JSON line.
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { peopleSpace, planSpace } from '../../shared/model/spaces.ts';
import { openTestEngine } from '../support/laptops/engine.ts';
import { startRepository } from '../support/repository/repository.ts';
import { enrolledLaptop, makeWorkshop, synced } from '../support/workshop.ts';
import { leaveFree } from './small-disk.ts';
import { sourceFile } from '../../shared/node/files/source-file.ts';

const [, , disk, side] = process.argv as [string, string, string, 'laptop' | 'repository'];
const LEVELS = 12;
const STEP = 16_384;
const elsewhere = mkdtempSync(path.join(tmpdir(), 'itinera-elsewhere-'));
const at = (whose: string): string => path.join(whose === side ? disk : elsewhere, whose);

const server = await startRepository({ folder: at('repository'), library: false });
const other = await enrolledLaptop(server, 'trainer', 'all', { folder: path.join(elsewhere, 'other') });
const { id, person } = makeWorkshop(other);
await synced(other);
const engine = await openTestEngine(at('laptop'));
await engine.call('sync.enrol', { url: server.url, code: await server.invite('trainer', 'all'), name: 'Awa' });
await engine.call('sync.run', { files: true });

const codes: Record<string, number> = {};
const confirmed: { who: string; entity: string; value: string }[] = [];
let sentences = 0;
const note = (answer: Awaited<ReturnType<typeof engine.try>>): boolean => {
  if (answer.ok) return true;
  codes[answer.error.code] = (codes[answer.error.code] ?? 0) + 1;
  if (answer.error.message.length > 20) sentences++;
  return false;
};

for (let level = 0; level < LEVELS; level++) {
  const statuses = ['present', 'late', 'absent', 'excused'];
  for (let i = 0; i < 12; i++) {
    const entity = `mark-${level}-${i}`;
    const value = statuses[(level + i) % 4]!;
    other.write(peopleSpace(id), 'mark', entity, { activityId: id, personId: person, halfDay: '2021-07-12-AM', status: value });
    confirmed.push({ who: 'other', entity, value });
  }
  const source = path.join(elsewhere, `source-${level}`);
  writeFileSync(source, `${level} ${'z'.repeat(20_000)}`);
  const { sha256, size } = await other.files.put(sourceFile(source));
  other.write(planSpace(id), 'materialVersion', randomUUID(), { sha256, size, language: 'fr', type: 'text/plain', fileName: 'x' });
  // The one whose disk is not the small one brings something; the small one has to take it.
  if (side === 'laptop') await synced(other);
  const ballast = leaveFree(disk, level * STEP);
  if (side === 'laptop') {
    const marked = await engine.try('people.add', { activityId: id, familyName: `PERSONNE ${level}`, givenName: 'Awa', country: 'SN' });
    if (note(marked))
      confirmed.push({ who: 'laptop', entity: (marked as { result: { id: string } }).result.id, value: `PERSONNE ${level}` });
    note(await engine.try('sync.run', { files: true }));
  } else {
    const answer = await other.run();
    if (!answer.ok) codes[answer.refusal.code] = (codes[answer.refusal.code] ?? 0) + 1;
    note(await engine.try('sync.run', { files: true }));
  }
  rmSync(ballast);
  const again = await engine.try('sync.run', { files: true });
  if (!again.ok) throw new Error(`level ${level}: refused with room again: ${again.error.code}`);
}

for (let moved = 1; moved > 0;) {
  const { pushed, pulled } = await engine.call<{ pushed: number; pulled: number }>('sync.run', { files: true });
  const theirs = await synced(other);
  moved = pushed + pulled + theirs.pushed + theirs.pulled;
}
const { spaces } = await engine.call<{ spaces: Record<string, string> }>('store.digest');
const held = server.repository.store.digest();
const theirs = other.store.digest();
const alike = [peopleSpace(id), planSpace(id)].every((space) => spaces[space] === held[space] && theirs[space] === held[space]);
const lost = confirmed.filter(({ entity, value }) =>
  [server.repository.store, other.store].some(
    ({ reader }) => !['status', 'familyName'].some((field) => reader.history(entity, field).some((one) => one.value === value)),
  ),
);
const check = await engine.call<{ ok: boolean; problems: string[] }>('store.check', {});
await engine.close();
await other.end();
await server.stop();
rmSync(elsewhere, { recursive: true });
console.log(JSON.stringify({ codes, sentences, confirmed: confirmed.length, lost: lost.length, alike, check }));
