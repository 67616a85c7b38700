import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { keepState, stateOf } from '../../../electron/engine/sync/repository/account.ts';
import { nodeHasher } from '../../../shared/node/crypto.ts';
import { peopleSpace, planSpace } from '../../../shared/model/spaces.ts';
import { sealChangeSet } from '../../../shared/sync/change-set.ts';
import { enrolBareDevice } from '../../support/laptops/bare-device.ts';
import { startRepository, type TestRepository } from '../../support/repository/repository.ts';
import { enrolledLaptop, makeWorkshop, synced } from '../../support/workshop.ts';

/** SPEC, invariant 5, at both ends of an exchange: what comes before the one it names is asked for, never taken with a hole and never dropped. */
let server: TestRepository;
beforeAll(async () => {
  server = await startRepository({ library: false });
});
afterAll(async () => {
  await server.stop();
  expect(server.faults).toEqual([]);
});

describe('a chain that does not reach', () => {
  it('is answered by the repository with the tip that it has, and taken when it does', async () => {
    const device = await enrolBareDevice(server.url, await server.invite('trainer', 'all'));
    const id = randomUUID();
    const first = device.seal(planSpace(id), [{ type: 'activity', id, field: 'name', value: 'Atelier' }], 'genesis');
    const next = (before: typeof first) =>
      sealChangeSet(
        { ...before.header, kind: 'data', seq: before.header.seq + 1, prev: before.hash },
        [{ ...first.ops[0]!, content: { form: 'plain', value: `Atelier ${before.header.seq}` } }],
        device.signer,
        nodeHasher,
      );
    const second = next(first);
    const third = next(second);
    const place = { space: planSpace(id), replica: device.replica };
    expect((await device.push([second, third])).json()).toEqual({ applied: 0, missing: [{ ...place, seq: 0, hash: '' }] });
    expect(await server.tips(planSpace(id))).toEqual([]);
    expect((await device.push([first])).json()).toEqual({ applied: 1 });
    expect((await device.push([third])).json()).toEqual({ applied: 0, missing: [{ ...place, seq: 1, hash: first.hash }] });
    expect((await device.push([second, third])).json()).toEqual({ applied: 2 });
  });

  it('is filled again by a laptop whose cursor went past a space while that was closed', async () => {
    const [writer, reader] = [await enrolledLaptop(server), await enrolledLaptop(server)];
    const { id } = makeWorkshop(writer);
    await synced(writer);
    await synced(reader);
    const mark = (status: string): void => writer.write(peopleSpace(id), 'mark', 'cell', { activityId: id, status });
    mark('late');
    await synced(writer);
    await synced(writer);
    expect(stateOf(writer.settings).cursor).not.toBe(stateOf(reader.settings).cursor);
    // As if the space had been closed for the length of one pull: the cursor is at the end and what came before it is not here.
    keepState(reader.settings, { ...stateOf(reader.settings), cursor: stateOf(writer.settings).cursor });
    await synced(reader);
    mark('absent');
    await synced(writer);
    await synced(reader);
    await synced(reader);
    expect(reader.store.digest()[peopleSpace(id)]).toBe(writer.store.digest()[peopleSpace(id)]);
    expect(new Set(reader.store.reader.history('cell', 'status').map(({ value }) => value))).toEqual(new Set(['absent', 'late']));
    await writer.end();
    await reader.end();
  });
});
