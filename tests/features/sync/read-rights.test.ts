import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { accountOf, stateOf } from '../../../electron/engine/sync/repository/account.ts';
import { fromHex } from '../../../shared/kernel/hex.ts';
import { brotli, nodeHasher, nodeVerifier } from '../../../shared/node/crypto.ts';
import { namesOf, restoredPack } from '../../../shared/sync/pack/abridged.ts';
import { packReader } from '../../../shared/sync/pack/pack-reader.ts';
import { answersSpace, peopleSpace, planSpace } from '../../../shared/model/spaces.ts';
import { holds, type Laptop } from '../../support/laptops/laptop.ts';
import { startRepository, type TestRepository } from '../../support/repository/repository.ts';
import { laptopsAround, makeWorkshop, synced } from '../../support/workshop.ts';

/** SPEC, invariant 12: nobody receives a byte of a space that is not theirs. */
let server: TestRepository;
const { enrolled, end } = laptopsAround(() => server);

beforeAll(async () => {
  server = await startRepository({ library: false });
});
afterAll(async () => {
  await end();
  await server.stop();
  expect(server.faults).toEqual([]);
});

describe('what may not be read', () => {
  it('never arrives, whatever is asked for', async () => {
    const trainer = await enrolled('trainer', 'all');
    const senegal = makeWorkshop(trainer, ['SN'], 'SENEGALESE');
    const verde = makeWorkshop(trainer, ['CV'], 'CABOVERDIAN');
    const both = makeWorkshop(trainer, ['SN', 'CV'], 'TOGETHER');
    for (const { id } of [senegal, verde, both]) {
      trainer.write(answersSpace(id), 'sheet', randomUUID(), {
        activityId: id,
        formId: '00000000-0000-4000-8000-0000000000f0',
        answers: { O1: `comment ${id}` },
        day: '2021-07-15',
      });
    }
    await synced(trainer);
    const readers: readonly [Laptop, readonly string[], readonly string[]][] = [
      [await enrolled('coordinator', 'country:CV'), ['CABOVERDIAN', 'TOGETHER', `comment ${verde.id}`], ['SENEGALESE', senegal.id]],
      [
        await enrolled('trainer', `workshop:${senegal.id}`),
        ['SENEGALESE', `comment ${senegal.id}`],
        ['CABOVERDIAN', 'TOGETHER', verde.id, both.id],
      ],
      [await enrolled('expert', 'all'), [senegal.id, verde.id], ['SENEGALESE', 'CABOVERDIAN', 'TOGETHER', `comment ${senegal.id}`]],
      [await enrolled('curriculum', 'all'), [], ['SENEGALESE', 'CABOVERDIAN', senegal.id, verde.id, both.id]],
      [await enrolled('trainer', 'institution:ENM'), [], ['SENEGALESE', 'CABOVERDIAN', senegal.id, verde.id, both.id]],
    ];
    for (const [reader, seen, unseen] of readers) {
      await synced(reader);
      // Asked for by name, too: spaces and positions that are not theirs are as if they were not there.
      await synced(reader, { spaces: [peopleSpace(senegal.id), planSpace(verde.id), peopleSpace(both.id), '../x'] });
      for (const text of seen) expect(holds(reader, text), text).toBe(true);
      for (const text of unseen) expect(holds(reader, text), text).toBe(false);
    }

    // A workshop that comes to a country is filled from its start beside the running cursor; one that leaves it sends nothing more.
    const [coordinator] = readers[0]!;
    trainer.write(planSpace(senegal.id), 'activity', senegal.id, { countries: ['SN', 'CV'] });
    trainer.write(planSpace(verde.id), 'activity', verde.id, { countries: ['SN'] });
    await synced(trainer);
    trainer.write(peopleSpace(verde.id), 'participant', randomUUID(), { activityId: verde.id, familyName: 'TOOLATE' });
    await synced(trainer);
    await synced(coordinator);
    expect(holds(coordinator, 'SENEGALESE')).toBe(true);
    expect(holds(coordinator, 'TOOLATE')).toBe(false);
    expect(coordinator.store.digest()[peopleSpace(senegal.id)]).toBe(trainer.store.digest()[peopleSpace(senegal.id)]);
    // It comes back: nothing is missing and nothing has a hole.
    trainer.write(planSpace(verde.id), 'activity', verde.id, { countries: ['CV'] });
    await synced(trainer);
    await synced(coordinator);
    expect(holds(coordinator, 'TOOLATE')).toBe(true);
    expect(coordinator.store.digest()[peopleSpace(verde.id)]).toBe(trainer.store.digest()[peopleSpace(verde.id)]);
  });

  it('is not in any answer to a client that asks for it all the same', async () => {
    const trainer = await enrolled('trainer', 'all');
    const { id } = makeWorkshop(trainer, ['SN'], 'HIDDEN');
    await synced(trainer);
    const curious = await enrolled('coordinator', 'country:CV');
    await synced(curious);
    const remote = curious.remote();
    const account = accountOf(curious.settings)!;
    const spaces = [planSpace(id), peopleSpace(id), answersSpace(id)];
    expect(await remote.positions(spaces)).toEqual({ ok: true, value: { spaces: {} } });
    const start = stateOf(trainer.settings).cursor!;
    for (const cursor of [null, stateOf(curious.settings).cursor, start, 'A'.repeat(30), '']) {
      const reader = packReader({ hasher: nodeHasher, compression: brotli, verifier: nodeVerifier() });
      const received: string[] = [];
      const bytes: Uint8Array[] = [];
      const answer = await remote.pull(
        { cursor, fill: spaces.map((space) => ({ space, after: '' })), complete: false, frame: 65_536 },
        (piece) => bytes.push(piece),
      );
      expect(answer.ok).toBe(true);
      const link = { publicKey: fromHex(account.repositoryKey), names: namesOf(fromHex(account.replica), account.user) };
      const pack = restoredPack(Buffer.concat(bytes), link, { hasher: nodeHasher, compression: brotli }, 1 << 20);
      if ('code' in pack) throw new Error(pack.code);
      const parts = reader.push(pack);
      if (!parts.ok) throw new Error(parts.refusal.code);
      for (const part of parts.value) {
        if (part.part === 'frame') received.push(...part.changeSets.map(({ header }) => header.space));
        if (part.part === 'header') expect(part.header).toEqual({ spaces: [], certificates: [] });
        if (part.part === 'note') expect(Buffer.from(part.note).includes(Buffer.from(id))).toBe(false);
      }
      expect(received).toEqual([]);
    }
    remote.close();
  });

  it('names of authors arrive with what they wrote, and no others', async () => {
    const awa = await enrolled('trainer', 'all', { name: 'AWA DIOP' });
    const bento = await enrolled('trainer', 'all', { name: 'BENTO LOPES' });
    const mine = makeWorkshop(awa);
    const other = makeWorkshop(bento);
    await synced(awa);
    await synced(bento);
    const reader = await enrolled('coordinator', `workshop:${mine.id}`);
    await synced(reader);
    expect(holds(reader, 'AWA DIOP')).toBe(true);
    expect(holds(reader, 'BENTO LOPES')).toBe(false);
    expect(holds(reader, other.id)).toBe(false);
    // Bento joins later: his name comes with his first write there.
    await synced(bento);
    bento.write(peopleSpace(mine.id), 'participant', mine.person, { institution: 'Tribunal' });
    await synced(bento);
    await synced(reader);
    expect(holds(reader, 'BENTO LOPES')).toBe(true);
  });
});
