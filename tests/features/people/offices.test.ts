import { afterAll, beforeAll, expect, it } from 'vitest';
import { institutionSpace, peopleSpace } from '../../../shared/model/spaces.ts';
import { startRepository, type TestRepository } from '../../support/repository/repository.ts';
import { laptopsAround, makeWorkshop, synced } from '../../support/workshop.ts';
import { quietCall } from '../../support/quiet-call.ts';

/** Beside a name stands the office that the certificate gives, wherever a person decides whom to believe. */
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

it('a conflict and a history name the role of each author, whatever the name says', async () => {
  const awa = await enrolled('trainer', 'all', { name: 'Awa Diop' });
  const bento = await enrolled('coordinator', 'all', { name: 'Bento Silva' });
  const { id, person } = makeWorkshop(awa);
  await synced(awa);
  await synced(bento);
  awa.write(peopleSpace(id), 'participant', person, { institution: 'Cour suprême' });
  bento.write(peopleSpace(id), 'participant', person, { institution: 'ENM' });
  await synced(awa);
  await synced(bento);
  await synced(awa);
  for (const laptop of [awa, bento]) {
    const answer = await laptop.sync.handlers['sync.conflicts']({}, quietCall());
    if (!answer.ok) throw new Error(answer.refusal.code);
    const told = answer.value.flatMap(({ values }) => values.map(({ author, role, institution }) => [author, role, institution]));
    expect(told.toSorted((a, b) => (String(a) < String(b) ? -1 : 1))).toEqual([
      ['Awa Diop', 'trainer', ''],
      ['Bento Silva', 'coordinator', ''],
    ]);
  }
  const history = await bento.sync.handlers['sync.history']({ entity: person, field: 'familyName' }, quietCall());
  expect(history.ok && history.value.map(({ author, role }) => [author, role])).toEqual([['Awa Diop', 'trainer']]);
});

it('work that was set aside names the institution of its author, too', async () => {
  const ana = await enrolled('curriculum', 'institution:ENM', { name: 'Ana López' });
  ana.write(institutionSpace('CEJ'), 'course', 'c-1', { code: 'X' });
  await synced(ana);
  const tray = await ana.sync.handlers['sync.setAside']({ others: false }, quietCall());
  expect(tray.ok && tray.value.map(({ author, role, institution }) => [author, role, institution])).toEqual([
    ['Ana López', 'curriculum', 'ENM'],
  ]);
});
