import { rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ID_PATTERN } from '../../../shared/kernel/ids.ts';
import { answersSpace, parseSpace, peopleSpace, planSpace } from '../../../shared/model/spaces.ts';
import { newWorkshopId } from '../../../shared/model/workshop-id.ts';
import { nodeHasher, nodeRandom } from '../../../shared/node/crypto.ts';
import { livesIn } from '../../../shared/model/record-rules.ts';
import { derivedRecordId, isOfAnotherSpace, newRecordId } from '../../../shared/model/record-id.ts';
import { DATABASE_FILE } from '../../../shared/node/store/sqlite/opening/open-store.ts';
import { changeSetsAfter } from '../../../shared/node/store/sqlite/change-log.ts';
import { openDatabase } from '../../../shared/node/store/sqlite/opening/open-database.ts';
import { decodeChangeSet, sealChangeSet } from '../../../shared/sync/change-set.ts';
import type { ChangeSet, Op } from '../../../shared/sync/types.ts';
import { enrolBareDevice } from '../../support/laptops/bare-device.ts';
import { openTestEngine, type TestEngine } from '../../support/laptops/engine.ts';
import { quickFolder } from '../../support/repository/quick-folder.ts';
import { startRepository, type TestRepository } from '../../support/repository/repository.ts';

describe('the id of a record', () => {
  it('says in which space it lives, and of no other that it does', () => {
    for (const id of [newRecordId('workshop/a/people', nodeRandom, nodeHasher), derivedRecordId('workshop/a/people', nodeHasher, 'x')]) {
      expect(id).toMatch(ID_PATTERN);
      expect(isOfAnotherSpace(id, 'workshop/a/people', nodeHasher)).toBe(false);
      for (const other of ['workshop/a/plan', 'workshop/b/people', 'library', ''])
        expect(isOfAnotherSpace(id, other, nodeHasher)).toBe(true);
      // Every digit but those of version and variant.
      for (const at of [...id].flatMap((sign, i) => (sign === '-' || i === 14 || i === 19 ? [] : [i]))) {
        const changed = id.slice(0, at) + (id[at] === '0' ? '1' : '0') + id.slice(at + 1);
        expect(isOfAnotherSpace(changed, 'workshop/a/people', nodeHasher), changed).toBe(true);
      }
    }
  });

  it('follows from what it is derived from, and is another in another space', () => {
    const id = derivedRecordId('workshop/a/people', nodeHasher, 'x', 'y');
    expect(derivedRecordId('workshop/a/people', nodeHasher, 'x', 'y')).toBe(id);
    expect(derivedRecordId('workshop/a/people', nodeHasher, 'xy')).not.toBe(id);
    expect(derivedRecordId('workshop/b/people', nodeHasher, 'x', 'y').slice(0, 18)).toBe(id.slice(0, 18));
    expect(derivedRecordId('workshop/b/people', nodeHasher, 'x', 'y')).not.toBe(id);
  });

  it('of a workshop is of no record but that workshop, in its plan', () => {
    const id = newWorkshopId('ab'.repeat(16), nodeRandom, nodeHasher);
    expect(['calendar', planSpace(id), planSpace('w2')].map((space) => livesIn('activity', id, space))).toEqual([false, true, false]);
    expect(livesIn('activity', newRecordId('calendar', nodeRandom, nodeHasher), 'calendar')).toBe(true);
  });

  it('from before says nothing of a space', () => {
    for (const id of ['0190a9c6-7b1f-7d3e-8a55-0c4d5e6f7a8b', 'x', '']) expect(isOfAnotherSpace(id, 'library', nodeHasher)).toBe(false);
  });
});

describe('what somebody makes in a workshop', () => {
  let server: TestRepository;
  const root = quickFolder('itinera-taken-');
  beforeAll(async () => {
    server = await startRepository();
  });
  afterAll(async () => {
    await server.stop();
    rmSync(root, { recursive: true, force: true });
    expect(server.faults).toEqual([]);
  });

  it(
    'stays theirs, though another device had heard of every record and wrote it into a workshop of its own first',
    { timeout: 240_000 },
    async () => {
      const trainer = await openTestEngine(path.join(root, 'trainer'));
      await trainer.call('sync.enrol', { url: server.url, code: await server.invite('trainer', 'all'), name: 'Awa Diop' });
      await trainer.call('sync.run', {});
      const activityId = await makeEverything(trainer);
      const made = recordsIn(path.join(root, 'trainer'), activityId);
      const types = new Set(made.map(({ ops: [op] }) => op!.entityType));
      expect([...types].sort()).toEqual([
        ...['activity', 'agendaItem', 'answerBook', 'mark', 'material', 'materialVersion', 'participant', 'personLink', 'roster', 'sheet'],
      ]);

      const thief = await enrolBareDevice(server.url, await server.invite('trainer', 'country:CV'));
      const own = newWorkshopId(thief.replica, nodeRandom, nodeHasher);
      for (const space of [planSpace(own), peopleSpace(own), answersSpace(own)]) {
        let before: ChangeSet | null = null;
        // Each by itself, so that one refusal hides no other.
        for (const ops of made
          .filter((one) => parseSpace(one.space)!.kind === parseSpace(space)!.kind)
          .map((one) => takenOver(one.ops, activityId, own))) {
          const header = { version: 1, space, replica: thief.replica, t: 1, tq: 0, schema: 1, author: 'Thief' } as const;
          const kind = before === null ? 'genesis' : 'data';
          const changeSet: ChangeSet = sealChangeSet(
            { ...header, kind, seq: (before?.header.seq ?? 0) + 1, prev: before?.hash ?? null },
            ops,
            thief.signer,
            nodeHasher,
          );
          expect((await thief.push([changeSet])).status).toBe(200);
          before = changeSet;
        }
      }

      const synced = await trainer.call<{ refused?: number }>('sync.run', {});
      expect(synced).toMatchObject({ refused: 0 });
      expect(await trainer.call('sync.setAside', { others: false })).toEqual([]);
      const coordinator = await openTestEngine(path.join(root, 'coordinator'));
      await coordinator.call('sync.enrol', { url: server.url, code: await server.invite('coordinator', 'all'), name: 'Bento Lima' });
      await coordinator.call('sync.run', {});
      for (const call of ['people.list', 'attendance.summary'] as const)
        expect(await coordinator.call(call, { activityId }), call).toEqual(await trainer.call(call, { activityId }));
      expect(await coordinator.call('report.activity', { activityId, language: 'fr' })).toEqual(
        await trainer.call('report.activity', { activityId, language: 'fr' }),
      );
      await trainer.close();
      await coordinator.close();
    },
  );
});

/** One of everything that a workshop can hold, also what comes from lists. */
async function makeEverything(engine: TestEngine): Promise<string> {
  const { id: activityId } = await engine.call<{ id: string }>('activity.create', {
    ...{ title: 'Atelier', courseId: 'C1', projects: [], partners: [], languages: ['fr'], countries: ['SN'], mode: 'inPerson' },
    ...{ start: '2026-03-02', end: '2026-03-05' },
  });
  const add = (familyName: string): Promise<{ id: string }> =>
    engine.call('people.add', { activityId, familyName, givenName: 'Awa', country: 'SN' });
  const [one, other] = [await add('DIOP'), await add('DIOPP')];
  await engine.call('people.import', { activityId, text: 'Nom\tPrénom\tPays\nFALL\tMoussa\tSénégal\nSOW\tBineta\tSénégal\n', apply: true });
  await engine.call('people.link', { ids: [one.id, other.id] });
  await engine.call('attendance.mark', { activityId, halfDay: '2026-03-02-AM', marks: [{ personId: one.id, status: 'late' }] });
  await engine.call('activity.addItem', { activityId, title: 'Visite', halfDay: '2026-03-02-PM', mode: 'inPerson' });
  const file = path.join(quickFolder('itinera-taken-file-'), 'sheet.txt');
  writeFileSync(file, 'Plan of the day');
  await engine.call('material.add', { path: file, activityId, title: 'Plan', language: 'fr', kind: 'handout' });
  const forms = await engine.call<{ id: string; kind: string; anonymous: boolean; items: { id: string; options: object }[] }[]>(
    'evaluation.forms',
    { activityId },
  );
  for (const form of [forms.find(({ kind }) => kind === 'prepost')!, forms.find(({ anonymous }) => anonymous)!]) {
    const answers = Object.fromEntries(
      form.items.flatMap(({ id, options }) => (Object.keys(options)[0] ? [[id, Object.keys(options)[0]!]] : [])),
    );
    const whose = form.anonymous ? {} : { personId: one.id, wave: 'pre' };
    await engine.call('evaluation.enter', { activityId, formId: form.id, answers, ...whose });
    await engine.call('evaluation.close', { activityId, formId: form.id });
  }
  return activityId;
}

interface WrittenRecord {
  readonly space: string;
  readonly ops: readonly Op[];
}

/** What was written to each record of a workshop, the first time. */
function recordsIn(folder: string, activityId: string): WrittenRecord[] {
  const db = openDatabase(path.join(folder, DATABASE_FILE));
  const found = new Map<string, WrittenRecord>();
  for (const space of [planSpace(activityId), peopleSpace(activityId), answersSpace(activityId)]) {
    for (const { bytes } of changeSetsAfter(db, space, 0, 10_000)) {
      const read = decodeChangeSet(bytes, nodeHasher);
      if (!read.ok) throw new Error(read.refusal.code);
      for (const { entityType, entityId } of read.value.ops) {
        const ops = read.value.ops.filter((op) => op.entityId === entityId && op.entityType === entityType);
        if (!found.has(`${entityType} ${entityId}`)) found.set(`${entityType} ${entityId}`, { space, ops });
      }
    }
  }
  db.close();
  return [...found.values()];
}

/** The same record, as if it were another workshop's. */
function takenOver(ops: readonly Op[], from: string, to: string): Op[] {
  return ops.map((op) => {
    const { content } = op;
    return { ...op, supersedes: [], content: content.form !== 'redacted' && content.value === from ? { ...content, value: to } : content };
  });
}
