import Database from 'better-sqlite3';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Id } from '../../../shared/kernel/ids.ts';
import { markId } from '../../../shared/model/derivations.ts';
import { nodeHasher } from '../../../shared/node/crypto.ts';
import { openTestEngine, type TestEngine } from '../../support/laptops/engine.ts';

/**
 * From a key to the disk a mark is read once: what shows there, what the tap is written over, what its row shows and what is answered come of one reading.
 * Statements are counted, not time.
 */

let folder: string;
let engine: TestEngine;
let activityId: Id;
const people: Id[] = [];

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'itinera-read-once-'));
  engine = await openTestEngine(path.join(folder, 'data'));
  ({ id: activityId } = await engine.call<{ id: Id }>('activity.create', { title: 'Atelier', start: '2026-03-02', end: '2026-03-03' }));
  for (const [familyName, givenName] of [
    ['Diop', 'Awa'],
    ['Fall', 'Ibra'],
    ['Fall', 'Ibrahima'],
  ]) {
    const { id } = await engine.call<{ id: Id }>('people.add', { activityId, familyName, givenName, country: 'SN' });
    people.push(id);
  }
});
afterAll(async () => {
  await engine.close();
  rmSync(folder, { recursive: true, force: true });
});

interface Readings {
  /** How often the values of each mark were read. */
  readonly values: ReadonlyMap<Id, number>;
  /** Statements that read rows of marks. */
  readonly rows: readonly string[];
  readonly changeSets: number;
}

/** Runs `work` and writes down what the store reads of marks. */
async function readingMarks(work: () => Promise<unknown>): Promise<Readings> {
  const probe = new Database(':memory:');
  const statement = Object.getPrototypeOf(probe.prepare('select 1')) as Record<string, (...params: unknown[]) => unknown>;
  probe.close();
  const values = new Map<Id, number>();
  const rows: string[] = [];
  let changeSets = 0;
  const original = { all: statement['all']!, get: statement['get']!, iterate: statement['iterate']!, run: statement['run']! };
  for (const [name, run] of Object.entries(original))
    statement[name] = function counted(this: { readonly source: string }, ...params: unknown[]) {
      const { source } = this;
      const [id, type] = params as [Id, string];
      // Refused values are asked for apart, and only where nothing else says where the mark is.
      if (/from written\b/.test(source) && type === 'mark' && !source.includes('c.refused is not null'))
        values.set(id, (values.get(id) ?? 0) + 1);
      if (/from "?mark"?\b/.test(source)) rows.push(source);
      if (/insert into change_set\b/.test(source)) changeSets++;
      return run.apply(this, params);
    };
  try {
    await work();
  } finally {
    Object.assign(statement, original);
  }
  return { values, rows, changeSets };
}

const tap = (status: string, ...personIds: Id[]) =>
  engine.call('attendance.mark', {
    activityId,
    halfDay: '2026-03-02-AM',
    marks: personIds.map((personId) => ({ personId, status })),
    method: 'list',
  });
const idOf = (personId: Id): Id => markId(nodeHasher, { activityId, halfDay: '2026-03-02-AM', personId });
const once = (...personIds: Id[]) => new Map(personIds.map((personId) => [idOf(personId), 1]));

describe('a tap reads a mark once', () => {
  it('where nothing was marked yet, where something else stands, and where that shows already', async () => {
    const [awa = ''] = people;
    expect(await readingMarks(() => tap('present', awa))).toEqual({ values: once(awa), rows: [], changeSets: 1 });
    expect(await readingMarks(() => tap('late', awa))).toEqual({ values: once(awa), rows: [], changeSets: 1 });
    expect(await readingMarks(() => tap('late', awa))).toEqual({ values: once(awa), rows: [], changeSets: 0 });
  });

  it('for each of many people', async () => {
    expect(await readingMarks(() => tap('absent', ...people))).toEqual({ values: once(...people), rows: [], changeSets: 1 });
  });

  it('for each record of somebody who has two', async () => {
    const [, ibra = '', ibrahima = ''] = people;
    await engine.call('people.link', { ids: [ibra, ibrahima] });
    expect(await readingMarks(() => tap('remote', ibra))).toEqual({ values: once(ibra, ibrahima), rows: [], changeSets: 1 });
    expect(await readingMarks(() => tap('remote', ibrahima))).toEqual({ values: once(ibra, ibrahima), rows: [], changeSets: 0 });
  });
});
