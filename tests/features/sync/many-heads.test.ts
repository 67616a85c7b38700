import { rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { derivedId } from '../../../shared/kernel/ids.ts';
import { peopleSpace } from '../../../shared/model/spaces.ts';
import { nodeHasher } from '../../../shared/node/crypto.ts';
import { commonBase, type Ancestry } from '../../../shared/features/sync/common-base.ts';
import { sealChangeSet } from '../../../shared/sync/change-set.ts';
import type { ChangeSet, Op } from '../../../shared/sync/types.ts';
import { enrolBareDevice, type BareDevice } from '../../support/laptops/bare-device.ts';
import { openTestEngine, type TestEngine } from '../../support/laptops/engine.ts';
import { quickFolder } from '../../support/repository/quick-folder.ts';
import { startRepository, type TestRepository } from '../../support/repository/repository.ts';

/** A register with very many values, made by somebody who may write there: it can be read, marked over and settled like any other (SPEC, invariant 3). */

interface Cell {
  readonly status: string;
  readonly heads: readonly string[];
  readonly conflict: boolean;
}

interface Page {
  readonly total: number;
  readonly conflicts: readonly {
    readonly entity: string;
    readonly field: string;
    readonly seen: readonly string[];
    readonly more: number;
    readonly values: readonly { readonly id: string; readonly value: unknown; readonly author: string }[];
  }[];
  readonly next: string | null;
}

const folder = quickFolder('itinera-many-heads-');
const halfDay = '2026-03-02-AM';
let server: TestRepository;
let engine: TestEngine;
const devices: BareDevice[] = [];
let activityId: string;
const people: string[] = [];
const chains = new Map<BareDevice, ChangeSet[]>();

beforeAll(async () => {
  server = await startRepository({ library: false });
  engine = await openTestEngine(folder);
  await engine.call('sync.enrol', { url: server.url, code: await server.invite('trainer', 'all'), name: 'Awa' });
  const made = await engine.call<{ id: string }>('activity.create', {
    title: 'Atelier',
    courseId: 'C1',
    languages: ['fr'],
    countries: ['SN'],
    start: '2026-03-02',
    end: '2026-03-05',
  });
  activityId = made.id;
  for (const givenName of ['Awa', 'Bakary', 'Cheikh', 'Diarra', 'Eva']) {
    people.push((await engine.call<{ id: string }>('people.add', { activityId, givenName, familyName: 'KONÉ', country: 'SN' })).id);
  }
  await engine.call('attendance.mark', { activityId, halfDay, marks: people.map((personId) => ({ personId, status: 'present' })) });
  await engine.call('sync.run', {});
  for (let n = 0; n < 5; n++) devices.push(await enrolBareDevice(server.url, await server.invite('trainer', 'all')));
});
afterAll(async () => {
  await engine.close();
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
});

const markOf = (person: number): string => derivedId(nodeHasher, 'attendance', activityId, halfDay, people[person]!);
const mark = (person: number, status: string, seen?: readonly string[]): Promise<unknown> =>
  engine.call('attendance.mark', { activityId, halfDay, marks: [{ personId: people[person]!, status, ...(seen && { seen }) }] });

/** Change-sets of another device that write so many statuses to a mark, none over another. */
function written(person: number, count: number, { each = 60, device = devices[0]! } = {}): ChangeSet[] {
  const made: ChangeSet[] = [];
  const chain = chains.get(device) ?? [];
  chains.set(device, chain);
  for (let at = 0; at < count; at += each) {
    const before = chain.at(-1);
    const header = { version: 1, space: peopleSpace(activityId), replica: device.replica, t: 1_700_000_000_000, tq: 0, schema: 1 } as const;
    const ops = Array.from({ length: Math.min(each, count - at) }, (_, i): Op => ({
      entityType: 'mark',
      entityId: markOf(person),
      field: 'status',
      supersedes: [],
      content: { form: 'plain', value: (at + i) % 2 === 0 ? 'absent' : 'late' },
    }));
    const one = sealChangeSet(
      { ...header, seq: (before?.header.seq ?? 0) + 1, prev: before?.hash ?? null, author: 'u', kind: 'data' },
      ops,
      device.signer,
      nodeHasher,
    );
    chain.push(one);
    made.push(one);
  }
  return made;
}

/** Brings them by the repository. */
async function arrive(changeSets: readonly ChangeSet[], device = devices[0]!): Promise<void> {
  const answer = await device.push(changeSets);
  expect(answer.json()).toEqual({ applied: changeSets.length });
  await engine.call('sync.run', {});
}

async function cellOf(person: number): Promise<Cell> {
  const { marks } = await engine.call<{ marks: readonly (Cell & { personId: string })[] }>('attendance.grid', { activityId });
  return marks.find(({ personId }) => personId === people[person])!;
}

describe('a cell with more values than a screen carries', () => {
  it('is marked over with what it showed, and nothing that came since is', async () => {
    await arrive(written(0, 71));
    const shown = await cellOf(0);
    expect(shown).toMatchObject({ conflict: true, heads: [expect.stringMatching(/^seen:[0-9a-f]{64}$/)] });
    await arrive(written(0, 1));
    await mark(0, 'excused', shown.heads);
    const after = await cellOf(0);
    // What was on screen is gone; the one that had not been seen stands beside.
    expect(after).toMatchObject({ conflict: true });
    expect(after.heads).toHaveLength(2);
    await mark(0, 'excused', after.heads);
    expect(await cellOf(0)).toMatchObject({ status: 'excused', conflict: false, heads: [{}] });
  });

  it('is settled, with 71, 900 and 4,500 values, also by a program that was started since', async () => {
    for (const [person, count] of [
      [1, 71],
      [2, 900],
      [3, 4_500],
    ] as const) {
      // One device alone may not leave so many.
      for (let left = count, at = 0; left > 0; left -= 900, at++)
        await arrive(written(person, Math.min(left, 900), { each: 600, device: devices[at]! }), devices[at]!);
      const before = (await engine.call<Page>('sync.conflictPage')).conflicts.find(({ entity }) => entity === markOf(person))!;
      expect(before.seen).toHaveLength(1);
      expect(before.values.length).toBeLessThanOrEqual(30);
      expect(before.values.length + before.more).toBe(count + 1);
      await engine.close();
      engine = await openTestEngine(folder);
      await engine.call('sync.settle', { entity: before.entity, field: before.field, value: 'present', seen: before.seen });
      expect(await cellOf(person)).toMatchObject({ status: 'present', conflict: false });
      // The next tap has little to carry again.
      expect((await cellOf(person)).heads.length).toBeLessThanOrEqual(3);
    }
    expect((await engine.call<Page>('sync.conflictPage')).total).toBe(0);
    // It leaves this laptop like anything else.
    expect(await engine.call('sync.run', {})).toMatchObject({ refused: 0 });
  });

  it('is not written over by a name that stands for nothing here', async () => {
    const seen = [`seen:${'ab'.repeat(32)}`];
    const before = await cellOf(0);
    await expect(mark(0, 'late', seen)).rejects.toThrow('sync.registerUnknown');
    expect(await cellOf(0)).toEqual(before);
  });
});

it('conflicts come in pages, each once, what was written to last first; one author takes no room from the others', async () => {
  for (const person of [4, 0, 2]) await arrive(written(person, 8));
  const all = (await engine.call<Page>('sync.conflictPage', { limit: 500 })).conflicts;
  expect(all.map(({ entity }) => entity)).toEqual([markOf(2), markOf(0), markOf(4)]);
  const paged: Page['conflicts'][number][] = [];
  for (let after: string | null = null, pages = 0; pages === 0 || after !== null; pages++) {
    const page: Page = await engine.call<Page>('sync.conflictPage', { after, limit: 1 });
    expect(page).toMatchObject({ total: 3 });
    expect(page.conflicts).toHaveLength(1);
    paged.push(...page.conflicts);
    // Pages that began again would never end.
    expect(paged.length).toBeLessThanOrEqual(all.length);
    after = page.next;
  }
  expect(paged).toEqual(all);
  expect(await engine.call('sync.conflicts')).toEqual(all);
  for (const { values, more, seen } of all) {
    expect(values).toHaveLength(6);
    expect(more).toBe(3);
    expect(seen).toHaveLength(9);
  }
});

describe('the value that all heads were written over', () => {
  const value = (id: string, ...supersedes: string[]): Ancestry => ({ id, value: id, erased: false, supersedes });

  it('is found beneath a long line with a few over its end, and not looked for beneath thousands', () => {
    const line = Array.from({ length: 6_000 }, (_, n) => value(`v${n}`, ...(n > 0 ? [`v${n - 1}`] : [])));
    const over = Array.from({ length: 6_000 }, (_, n) => value(`h${n}`, 'v5999'));
    let read = 0;
    const counted = [...line, ...over].map((one) => ({
      ...one,
      get supersedes() {
        return (read++, one.supersedes);
      },
    }));
    expect(commonBase(counted, ['h0', 'h1', 'h2'])?.id).toBe('v5999');
    // Once for each head, and once for what they have in common.
    expect(read).toBeLessThanOrEqual(4 * 6_000 + 3 + 12_000);
    expect(
      commonBase(
        counted,
        over.map(({ id }) => id),
      ),
    ).toBe(null);
  });

  it('is none where two stand side by side, and the nearest of several', () => {
    const values = [
      value('a'),
      value('b', 'a'),
      value('c', 'a'),
      value('d', 'b', 'c'),
      value('e', 'b', 'c'),
      value('f', 'd'),
      value('g', 'd'),
    ];
    expect(commonBase(values, ['d', 'e'])).toBe(null);
    expect(commonBase(values, ['f', 'g'])?.id).toBe('d');
    expect(commonBase(values, ['b', 'c'])?.id).toBe('a');
    expect(commonBase(values, ['a', 'b'])).toBe(null);
  });
});
