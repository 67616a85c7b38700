import { afterAll, beforeAll, expect, it } from 'vitest';
import { COMMANDS } from '../../../server/administration.ts';
import { accountOf } from '../../../electron/engine/sync/repository/account.ts';
import { peopleSpace } from '../../../shared/model/spaces.ts';
import { certificateOf } from '../../../shared/node/store/sqlite/certificates.ts';
import { ERASED } from '../../../shared/sync/merge.ts';
import { decodeCertificate } from '../../../shared/sync/certificate.ts';
import { openLaptop, type Laptop } from '../../support/laptops/laptop.ts';
import { startRepository, type TestRepository } from '../../support/repository/repository.ts';
import { enrolledLaptop, makeWorkshop, synced } from '../../support/workshop.ts';

/** What administrators do, in their own words at a terminal, and the record that is kept of it. */
let server: TestRepository;
const laptops: Laptop[] = [];
beforeAll(async () => {
  server = await startRepository({ library: false });
});
afterAll(async () => {
  for (const laptop of laptops) await laptop.end();
  await server.stop();
  expect(server.faults).toEqual([]);
});

/** Runs a command on the register of this test, as the program does. */
async function run(command: string, flags: Record<string, string> = {}): Promise<{ out: string; note: string; code: string }> {
  const where = server.database === undefined ? { data: server.folder } : { database: server.database };
  const said = await COMMANDS[command]!.run({ ...where, ...flags });
  return said.ok ? { ...said.value, code: '' } : { out: '', note: '', code: said.refusal.code };
}

async function log(): Promise<Record<string, unknown>[]> {
  const { out } = await run('log');
  return out === '' ? [] : out.split('\n').map((line) => JSON.parse(line) as Record<string, unknown>);
}

function claimsOf({ store }: Laptop) {
  const decoded = decodeCertificate(certificateOf(store.db, store.replica)!.bytes);
  if (!decoded.ok) throw new Error(decoded.refusal.code);
  return decoded.value;
}

it('names the person in the invitation, whatever the laptop says', async () => {
  const { out, note } = await run('invite', { role: 'coordinator', scope: 'country:SN', name: ' Awa  Diop ' });
  expect(note).toContain('Awa Diop, coordinator (country:SN), can enrol one laptop');
  const laptop = openLaptop();
  laptops.push(laptop);
  expect(await laptop.enrol(server.url, out, 'Repository administrator')).toMatchObject({ ok: true });
  expect(claimsOf(laptop)).toMatchObject({ name: 'Awa Diop', role: 'coordinator', scope: 'country:SN' });
  expect(accountOf(laptop.settings)!.name).toBe('Awa Diop');
  expect(await run('invite', { role: 'coordinator', scope: 'all', name: 'Awa \u202eDiop' })).toMatchObject({ code: 'sync.nameUnreadable' });
});

it('without a name, the laptop proposes one, and is certified under none that is an office or cannot be read', async () => {
  for (const [name, certified] of [
    ['Repository administrator', null],
    ['Coordinatrice', null],
    ['Administrador', null],
    ['\u202e\u200b', null],
    ['Awa \u202eDiop', 'Awa Diop'],
    ['Awa  Diop', 'Awa Diop'],
  ] as const) {
    const { out: code } = await run('invite', { role: 'trainer', scope: 'all' });
    const laptop = openLaptop();
    laptops.push(laptop);
    expect(await laptop.enrol(server.url, code, name)).toMatchObject({ ok: true });
    const given = certified ?? laptop.store.replica.slice(0, 8);
    expect(claimsOf(laptop).name, name).toBe(given);
    expect(accountOf(laptop.settings)!.name).toBe(given);
  }
});

it('invites a laptop in the place of one that was turned out: the same person, with name, role and scope', async () => {
  const lost = await enrolledLaptop(server, 'trainer', 'country:SN', { name: 'Bento Silva' });
  laptops.push(lost);
  const { id } = makeWorkshop(lost);
  await synced(lost);
  const user = accountOf(lost.settings)!.user;
  await run('revoke', { device: lost.store.replica });
  const { out: code } = await run('invite', { device: lost.store.replica.slice(0, 8) });
  const next = openLaptop();
  laptops.push(next);
  expect(await next.enrol(server.url, code, 'Somebody')).toMatchObject({ ok: true });
  expect(claimsOf(next)).toMatchObject({ name: 'Bento Silva', role: 'trainer', scope: 'country:SN', user });
  await synced(next);
  expect(next.store.spaces()).toContain(peopleSpace(id));
  // The one that was lost stays out.
  expect(await lost.run()).toMatchObject({ ok: false, refusal: { code: 'sync.deviceRevoked' } });
  expect(await run('invite', { device: 'ffffffff' })).toMatchObject({ code: 'administration.device' });
});

it('keeps who did what and when, without a name or a secret, and adds only', async () => {
  const before = (await log()).length;
  const { out: code } = await run('invite', { role: 'administrator', scope: 'all', name: 'Rosa Quispe' });
  const rosa = openLaptop();
  laptops.push(rosa);
  expect(await rosa.enrol(server.url, code, 'Rosa')).toMatchObject({ ok: true });
  const { id, person } = makeWorkshop(rosa);
  await synced(rosa);
  rosa.store.commit([
    { space: peopleSpace(id), kind: 'erase', writes: [{ entityType: 'participant', entityId: person, field: ERASED, value: true }] },
  ]);
  await synced(rosa);
  await run('revoke', { device: rosa.store.replica });
  const acts = (await log()).slice(before);
  const named = code.replaceAll('-', '').slice(0, 4);
  const device = rosa.store.replica;
  expect(acts).toEqual([
    { at: expect.any(String), who: 'operator', what: 'invite', code: named, role: 'administrator', scope: 'all' },
    { at: expect.any(String), who: `code:${named}`, what: 'enrol', device, role: 'administrator', scope: 'all' },
    { at: expect.any(String), who: `device:${device}`, what: 'erase', space: peopleSpace(id), asked: expect.any(String), people: 1 },
    { at: expect.any(String), who: 'operator', what: 'revoke', device, replicas: 1 },
  ]);
  for (const { at } of acts) expect(Date.parse(at as string)).toBeGreaterThan(Date.parse('2026-01-01T00:00:00Z'));
  const { out } = await run('log');
  for (const secret of ['Rosa', 'Quispe', 'KONÉ', code, code.replaceAll('-', '')]) expect(out).not.toContain(secret);
  for (const statement of [`update act set who = 'nobody'`, 'delete from act']) {
    await expect(server.alterRegister(statement)).rejects.toThrow(/only added/);
  }
  expect((await log()).length).toBe(before + 4);
});

it('a code that was mistyped, a device that is told again and one that is asked for twice leave no act', async () => {
  const before = (await log()).length;
  const { out: code } = await run('invite', { role: 'trainer', scope: 'all' });
  const laptop = openLaptop();
  laptops.push(laptop);
  for (let i = 0; i < 3; i++) expect(await laptop.enrol(server.url, code, 'Awa')).toMatchObject({ ok: true });
  expect(await run('revoke', { device: 'eeeeeeee' })).toMatchObject({ code: 'administration.device' });
  expect((await log()).slice(before).map(({ what }) => what)).toEqual(['invite', 'enrol']);
});
