import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ENTITIES } from '../../../shared/model/entities.ts';
import { isErasable } from '../../../shared/model/entity.ts';
import { answersSpace, peopleSpace, planSpace } from '../../../shared/model/spaces.ts';
import type { FieldValue } from '../../../shared/sync/types.ts';
import { enrolBareDevice } from '../../support/laptops/bare-device.ts';
import { startRepository, type TestRepository } from '../../support/repository/repository.ts';
import { enrolledLaptop, makeWorkshop, synced } from '../../support/workshop.ts';

/** A person's value in a form that no erasure could take out is kept nowhere: not in the log, not among what was set aside. */
let server: TestRepository;
beforeAll(async () => {
  server = await startRepository({ library: false });
});
afterAll(() => server.stop());

it('of every personal field, in plain form, leaves no byte at the repository', async () => {
  const owner = await enrolledLaptop(server);
  const { id } = makeWorkshop(owner);
  await synced(owner);
  const device = await enrolBareDevice(server.url, await server.invite('trainer', 'all'));
  const spaces = { people: peopleSpace(id), answers: answersSpace(id), plan: planSpace(id) };
  const looked: string[] = [];
  for (const { type, fields, spaces: kinds } of ENTITIES) {
    for (const [field, definition] of Object.entries(fields)) {
      if (!isErasable(definition)) continue;
      const secret = `secret-${type}-${field}`;
      const space = spaces[kinds[0] as keyof typeof spaces];
      const value: FieldValue = definition.kind === 'json' ? { Q1: secret } : secret;
      // As a bare device seals it: in plain form.
      const changeSet = device.seal(space, [{ type, id: randomUUID(), field, value }]);
      const answer = await device.push([changeSet]);
      expect(answer.json()).toMatchObject({ refused: [{ hash: changeSet.hash, code: 'sync.valueInvalid' }] });
      expect(await server.holds(secret), secret).toBe(false);
      looked.push(secret);
    }
  }
  expect(looked.length).toBeGreaterThan(9);
  await owner.end();
});
