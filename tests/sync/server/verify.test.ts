import { randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { COMMANDS } from '../../../server/administration.ts';
import { repositoryFolder } from '../../../server/folder/folder.ts';
import { peopleSpace } from '../../../shared/model/spaces.ts';
import { nodeHasher } from '../../../shared/node/crypto.ts';
import { openDiskFiles } from '../../../shared/node/files/disk-files.ts';
import { openDatabase as openPostgres } from '../../../shared/node/store/postgres/database.ts';
import { tableOf } from '../../../shared/node/store/postgres/schema.ts';
import { openDatabase } from '../../../shared/node/store/sqlite/opening/open-database.ts';
import { decodeChangeSet, encodeChangeSet } from '../../../shared/sync/change-set.ts';
import { openTestEngine, type TestEngine } from '../../support/laptops/engine.ts';
import { quickFolder } from '../../support/repository/quick-folder.ts';
import { startRepository, type TestRepository } from '../../support/repository/repository.ts';
import { placeOfFile } from '../../support/laptops/stored-file.ts';

const root = quickFolder('itinera-verify-');
let server: TestRepository;
let trainer: TestEngine;
let activityId: string;
let personId: string;
let replica: string;
let sha256: string;

beforeAll(async () => {
  const folder = path.join(root, 'repository');
  server = await startRepository({ folder, files: openDiskFiles(folder) });
  trainer = await openTestEngine(path.join(root, 'trainer'));
  await trainer.call('sync.enrol', { url: server.url, code: await server.invite('trainer', 'all'), name: 'Awa' });
  ({ id: activityId } = await trainer.call<{ id: string }>('activity.create', {
    ...{ title: 'Atelier', courseId: 'C1', languages: ['fr'], countries: ['SN'], start: '2026-03-02', end: '2026-03-05' },
  }));
  ({ id: personId } = await trainer.call<{ id: string }>('people.add', {
    activityId,
    givenName: 'Awa',
    familyName: 'KONÉ',
    country: 'SN',
  }));
  await trainer.call('attendance.mark', { activityId, halfDay: '2026-03-02-AM', marks: [{ personId, status: 'present' }] });
  const deck = path.join(root, 'deck.txt');
  writeFileSync(deck, randomBytes(5_000).toString('hex'));
  ({ sha256 } = await trainer.call<{ sha256: string }>('material.add', {
    path: deck,
    title: 'Deck',
    language: 'fr',
    kind: 'handout',
    activityId,
  }));
  await trainer.call('sync.run', {});
  ({ replica } = await trainer.call<{ replica: string }>('sync.status'));
});
afterAll(async () => {
  await trainer.close();
  await server.stop();
  expect(server.faults).toEqual([]);
});

type Value = string | number | Uint8Array;

/** Runs a statement in the repository's own database; `?` where values go, `{name}` for a projection's table. Rows where it gives some. */
async function inDatabase<T>(sql: string, ...values: Value[]): Promise<T[]> {
  if (server.database !== undefined) {
    const db = openPostgres(server.database);
    let place = 0;
    try {
      return await db.all<T>(
        sql.replaceAll('?', () => `$${++place}`).replaceAll(/\{(\w+)\}/g, (_, name: string) => tableOf(name)),
        ...values,
      );
    } finally {
      await db.close();
    }
  }
  const db = openDatabase(repositoryFolder(server.folder).store);
  try {
    const statement = db.prepare(sql.replaceAll(/\{(\w+)\}/g, '"$1"'));
    if (statement.reader) return statement.all(...values) as T[];
    statement.run(...values);
    return [];
  } finally {
    db.close();
  }
}

/** What `itinera-repository verify` says, with the faults where there are any. */
async function verify(): Promise<{ readonly ok: boolean; readonly [key: string]: unknown }> {
  const said = await COMMANDS['verify']!.run({ data: server.folder, ...(server.database !== undefined && { database: server.database }) });
  if (said.ok) return JSON.parse(said.value.out) as { ok: boolean };
  expect(said.refusal.code).toBe('administration.notProven');
  return { ok: false, ...said.refusal.details };
}

/** The end of the trainer's chain among the people of the workshop. */
async function lastRow(): Promise<{ readonly hash: string; readonly seq: number; readonly body: Uint8Array }> {
  const [row] = await inDatabase<{ hash: string; seq: number; body: Uint8Array }>(
    'select hash, seq, body from change_set where space = ? and replica = ? order by seq desc limit 1',
    ...[peopleSpace(activityId), replica],
  );
  return row!;
}

describe('a repository that is verified', () => {
  it('is whole while a server runs on it: every row proven, every projection as the log gives it, every file whole', async () => {
    expect(await verify()).toEqual({ ok: true, changeSets: expect.any(Number), files: { whole: 1, awaited: expect.any(Number) } });
  });

  it('names a row that no signature leads back to, as an earlier program left it, with its place', async () => {
    const { hash, seq, body } = await lastRow();
    const read = decodeChangeSet(body, nodeHasher);
    if (!read.ok) throw new Error(read.refusal.code);
    await inDatabase('update change_set set body = ? where hash = ?', encodeChangeSet({ ...read.value, signature: '' }), hash);
    const said = await verify();
    expect(said).toMatchObject({ ok: false });
    expect(said['faults']).toContainEqual({ kind: 'unproven', hash, space: peopleSpace(activityId), replica, seq });
    // Everything that it was the only proof of, and nothing of other chains.
    for (const fault of said['faults'] as { kind: string; replica: string; space: string }[]) {
      expect(fault).toMatchObject({ kind: 'unproven', replica, space: peopleSpace(activityId) });
    }
    await inDatabase('update change_set set body = ? where hash = ?', body, hash);
    expect(await verify()).toMatchObject({ ok: true });
  });

  it.each<readonly [string, string, () => Promise<readonly [sql: string, ...Value[]]>, () => Promise<readonly [sql: string, ...Value[]]>]>([
    [
      'a body that is another',
      'hash',
      async () => ['update change_set set body = ? where hash = ?', Buffer.from('83', 'hex'), (await lastRow()).hash],
      async () => ['update change_set set body = ? where body = ?', kept.body, Buffer.from('83', 'hex')],
    ],
    [
      'a signature by another key',
      'signature',
      async () => ['update change_set set body = ? where hash = ?', flipped(kept.body), kept.hash],
      async () => ['update change_set set body = ? where hash = ?', kept.body, kept.hash],
    ],
    [
      'an end of a chain that is not noted',
      'tip',
      async () => ['delete from tip where hash = ?', kept.hash],
      async () => ['insert into tip(space, replica, hash, seq) values (?, ?, ?, ?)', peopleSpace(activityId), replica, kept.hash, kept.seq],
    ],
    [
      'a projection that shows something else',
      'projection',
      async () => ['update {participant} set "familyName" = ? where id = ?', 'OTHER', personId],
      async () => ['update {participant} set "familyName" = ? where id = ?', 'KONÉ', personId],
    ],
    [
      'a value that its change-set does not hold',
      'value',
      async () => ['update written set ops = replace(ops, ?, ?) where entity = ?', 'KONÉ', 'KONÈ', personId],
      async () => ['update written set ops = replace(ops, ?, ?) where entity = ?', 'KONÈ', 'KONÉ', personId],
    ],
  ])('finds %s', async (_, kind, damage, mend) => {
    kept = await lastRow();
    await inDatabase(...(await damage()));
    const said = await verify();
    expect(said).toMatchObject({ ok: false });
    expect((said['faults'] as { kind: string }[]).map((fault) => fault.kind)).toContain(kind);
    await inDatabase(...(await mend()));
    expect(await verify()).toMatchObject({ ok: true });
  });

  let kept: { readonly hash: string; readonly seq: number; readonly body: Uint8Array };
  const flipped = (body: Uint8Array): Uint8Array => {
    const other = Uint8Array.from(body);
    other[other.length - 1]! ^= 1;
    return other;
  };

  it('finds an author whose certificate is gone, or is not this repository’s', async () => {
    const [row] = await inDatabase<{ bytes: Uint8Array }>('select bytes from certificate where replica = ?', replica);
    const forged = Uint8Array.from(row!.bytes);
    forged[forged.length - 1]! ^= 1;
    await inDatabase('update certificate set bytes = ? where replica = ?', forged, replica);
    const said = await verify();
    expect(said['faults']).toContainEqual(expect.objectContaining({ kind: 'certificate', replica, space: peopleSpace(activityId) }));
    await inDatabase('update certificate set bytes = ? where replica = ?', row!.bytes, replica);
    expect(await verify()).toMatchObject({ ok: true });
  });

  it('finds a file whose content is not what its name says', async () => {
    const place = placeOfFile(server.folder, sha256);
    const whole = readFileSync(place);
    writeFileSync(place, flipped(whole));
    expect(await verify()).toMatchObject({ ok: false, count: 1, faults: [{ kind: 'file', what: sha256 }] });
    writeFileSync(place, whole);
    expect(await verify()).toMatchObject({ ok: true });
  });
});
