import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { migrate, MIGRATIONS } from '../../../shared/node/store/sqlite/opening/migrate.ts';
import { openDatabase } from '../../../shared/node/store/sqlite/opening/open-database.ts';
import { changeSetsAfter } from '../../../shared/node/store/sqlite/change-log.ts';
import { decodeChangeSet } from '../../../shared/sync/change-set.ts';
import { nodeHasher } from '../../../shared/node/crypto.ts';
import { peopleSpace } from '../../../shared/model/spaces.ts';
import type { ChangeSet, ValueId } from '../../../shared/sync/types.ts';
import { openLaptop, type Laptop } from '../../support/laptops/laptop.ts';
import { startRepository, type TestRepository } from '../../support/repository/repository.ts';
import { laptopsAround, makeWorkshop, synced } from '../../support/workshop.ts';
import { quietCall } from '../../support/quiet-call.ts';

/** When something was received is kept by whoever receives it, beside what its author's clock said (TRUST, *Clocks*). */
const clock = { at: Date.parse('2026-05-04T08:00:00Z'), now: () => clock.at };
let server: TestRepository;
const laptops = laptopsAround(() => server);
beforeAll(async () => {
  server = await startRepository({ library: false, clock });
});
afterAll(async () => {
  await laptops.end();
  await server.stop();
  expect(server.faults).toEqual([]);
});

const SPACE = 'directory';

function changeSetsOf(laptop: Laptop, space = SPACE): ChangeSet[] {
  return changeSetsAfter(laptop.store.db, space, 0, 1_000).map(({ bytes }) => {
    const decoded = decodeChangeSet(bytes, nodeHasher);
    if (!decoded.ok) throw new Error(decoded.refusal.code);
    return decoded.value;
  });
}

function valueOf(laptop: Laptop, id: string, field: string): ValueId {
  return laptop.store.reader.history(id, field)[0]!.id;
}

describe('a store', () => {
  it('keeps when a change-set was received: now, or when the caller says; and nothing of what was made here', async () => {
    const here = { at: 1_000, now: () => here.at };
    const [one, other] = [openLaptop(), openLaptop({ clock: here })];
    const ids = [randomUUID(), randomUUID(), randomUUID()];
    for (const [i, id] of ids.entries()) one.write(SPACE, 'participant', id, { familyName: `N${i}` });
    const [first, second, third] = changeSetsOf(one);
    const at = (i: number) =>
      other.store.reader.receivedAt([valueOf(other, ids[i]!, 'familyName')]).get(valueOf(other, ids[i]!, 'familyName'));
    other.store.ingest([first!]);
    expect(at(0)).toBe(1_000);
    other.store.ingest([second!], undefined, () => 77);
    expect(at(1)).toBe(77);
    other.store.ingest([third!], undefined, () => null);
    expect(at(2)).toBeUndefined();
    expect(one.store.reader.receivedAt([valueOf(one, ids[0]!, 'familyName')]).size).toBe(0);
    // What waits for an ancestor is received when that comes.
    const third_ = openLaptop({ clock: here });
    third_.store.receive([second!], 'stick');
    here.at = 5_000;
    third_.store.receive([first!], 'stick');
    expect(third_.store.reader.receivedAt([valueOf(third_, ids[1]!, 'familyName')]).get(valueOf(third_, ids[1]!, 'familyName'))).toBe(
      5_000,
    );
    for (const laptop of [one, other, third_]) await laptop.end();
  });

  it('that was made before this was kept opens, and says of what is in it that it is not known', () => {
    const db = openDatabase(':memory:');
    migrate(db, () => undefined, MIGRATIONS.slice(0, 3));
    db.prepare(
      "insert into change_set(hash, space, replica, seq, prev, kind, author, t, tq, refused, body) values ('h', 's', 'r', 1, null, 'data', '', 1, 0, null, x'00')",
    ).run();
    migrate(db, () => undefined);
    expect(db.prepare('select received_at from change_set').pluck().all()).toEqual([null]);
    db.close();
  });
});

describe('the repository', () => {
  it('keeps when each push came, by its own clock and whatever the author says', async () => {
    const laptop = await laptops.enrolled('trainer', 'all', { clock: { now: () => Date.parse('1999-01-01T00:00:00Z') } });
    const { id, person } = makeWorkshop(laptop);
    await synced(laptop);
    clock.at += 3_600_000;
    laptop.write(peopleSpace(id), 'participant', person, { familyName: 'KEÏTA' });
    await synced(laptop);
    const [now, before] = await server.history(person, 'familyName');
    const received = await server.receivedAt([now!.id, before!.id]);
    expect([...received.values()].sort((a, b) => a - b)).toEqual([clock.at - 3_600_000, clock.at]);
    expect(received.get(laptop.store.reader.heads('participant', person, 'familyName')[0]!.id)).toBe(clock.at);
  });

  it('tells it to who fetches and to who sent it, whatever their clocks and the way it came before', async () => {
    const wrong = { now: () => Date.parse('2040-01-01T00:00:00Z') };
    const author = await laptops.enrolled('trainer', 'all', { clock: { now: () => Date.parse('1999-01-01T00:00:00Z') } });
    const reader = await laptops.enrolled('trainer', 'all', { clock: wrong });
    const { id, person } = makeWorkshop(author);
    author.store.signRuns();
    // By hand first: then the reader's own clock is all there is.
    reader.store.receive(changeSetsOf(author, peopleSpace(id)), 'stick');
    const told = async (laptop: Laptop, name = 'KONÉ'): Promise<string | null> => {
      const said = await laptop.sync.handlers['sync.history']({ entity: person, field: 'familyName' }, quietCall());
      if (!said.ok) throw new Error(said.refusal.code);
      return said.value.find(({ value }) => value === name)!.receivedAt;
    };
    expect(await told(author)).toBe(null);
    expect(await told(reader)).toBe('2040-01-01T00:00:00.000Z');
    author.write(peopleSpace(id), 'participant', person, { givenName: 'Awa' });
    await synced(author);
    await synced(reader);
    expect(await told(reader)).toBe(new Date(clock.at).toISOString());
    expect(await told(author)).toBe(new Date(clock.at).toISOString());
    clock.at += 60_000;
    author.write(peopleSpace(id), 'participant', person, { familyName: 'SOW' });
    await synced(author);
    clock.at += 60_000;
    await synced(reader);
    expect(await told(reader, 'SOW')).toBe(new Date(clock.at - 60_000).toISOString());
    expect(await told(author, 'SOW')).toBe(new Date(clock.at - 60_000).toISOString());
  });
});
