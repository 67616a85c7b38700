import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestEngine, type TestEngine } from '../../support/laptops/engine.ts';
import { startRepository, type TestRepository } from '../../support/repository/repository.ts';

/** Certificates of participants, issued on real laptops around a real repository. */

interface Issue {
  readonly applied: boolean;
  readonly eligible: { personId: string; number: string; name: string; does: string; replaces: string }[];
  readonly refused: { personId: string; reason: string; number: string }[];
}
interface Listed {
  readonly number: string;
  readonly personId: string;
  readonly name: string;
  readonly token: string;
  readonly exception: string;
  readonly replaces: string;
  readonly revokedOn: string;
  readonly revokedReason: string;
}
interface Verified {
  readonly result: string;
  readonly why: string;
  readonly asOf: string | null;
  readonly number: string;
  readonly name: string;
  readonly title: string;
  readonly issuer: string;
  readonly revokedReason: string;
}

const root = mkdtempSync(path.join(tmpdir(), 'itinera-awards-'));
let server: TestRepository;
const opened: TestEngine[] = [];

beforeAll(async () => {
  server = await startRepository({ library: false });
});
afterAll(async () => {
  for (const laptop of opened) await laptop.close();
  await server.stop();
  rmSync(root, { recursive: true, force: true });
  expect(server.faults).toEqual([]);
});

async function laptop(name: string, enrolled: false | 'all' | `country:${string}` = 'all'): Promise<TestEngine> {
  const engine = await openTestEngine(path.join(root, `${name}-${opened.length}`));
  opened.push(engine);
  if (enrolled === false) return engine;
  await engine.call('sync.enrol', { url: server.url, code: await server.invite('trainer', enrolled), name });
  await engine.call('sync.run', {});
  return engine;
}

/** A workshop of two days: AWA was there on all four half-days, BINTA on three (exactly 75 %), CHEIKH on two, DIARRA on none. */
async function workshop(engine: TestEngine) {
  const { id } = await engine.call<{ id: string }>('activity.create', {
    ...{ title: { fr: 'Atelier de Dakar', en: 'Dakar workshop' }, languages: ['fr'], countries: ['SN'], mode: 'inPerson' },
    ...{ start: '2021-07-12', end: '2021-07-13' },
  });
  const people: Record<string, string> = {};
  const there: Readonly<Record<string, number>> = { AWA: 4, BINTA: 3, CHEIKH: 2, DIARRA: 0 };
  for (const familyName of Object.keys(there)) {
    const added = await engine.call<{ id: string }>('people.add', { activityId: id, familyName, givenName: 'Aïda', country: 'SN' });
    people[familyName] = added.id;
  }
  for (const [at, halfDay] of ['2021-07-12-AM', '2021-07-12-PM', '2021-07-13-AM', '2021-07-13-PM'].entries())
    await engine.call('attendance.mark', {
      ...{ activityId: id, halfDay },
      marks: Object.entries(there).map(([name, count]) => ({ personId: people[name], status: at < count ? 'present' : 'absent' })),
    });
  return { id, people };
}

const issue = (engine: TestEngine, activityId: string, more: object = {}) =>
  engine.call<Issue>('certificate.issue', { activityId, apply: true, ...more });
const list = (engine: TestEngine, activityId: string) => engine.call<Listed[]>('certificate.list', { activityId });
const verify = (engine: TestEngine, token: string) => engine.call<Verified>('certificate.verify', { token });

describe('on a laptop that belongs to no repository', () => {
  let awa: TestEngine;
  let made: Awaited<ReturnType<typeof workshop>>;
  beforeAll(async () => {
    awa = await laptop('alone', false);
    made = await workshop(awa);
  });

  it('a look says what issuing would do and writes nothing', async () => {
    const { id, people } = made;
    const digest = await awa.call('store.digest');
    const looked = await issue(awa, id, { apply: false, threshold: 75 });
    expect(looked.eligible.map(({ personId, does }) => [personId, does])).toEqual([
      [people['AWA'], 'new'],
      [people['BINTA'], 'new'],
    ]);
    expect(looked.refused).toMatchObject([
      { personId: people['CHEIKH'], reason: 'halfDays', misses: [{ why: 'halfDays', count: 1 }] },
      { personId: people['DIARRA'], reason: 'halfDays', misses: [{ why: 'halfDays', count: 3 }] },
    ]);
    expect(await awa.call('store.digest')).toEqual(digest);
    expect(await list(awa, id)).toEqual([]);
    // The numbers are those that they get.
    expect((await issue(awa, id)).eligible.map(({ number }) => number)).toEqual(looked.eligible.map(({ number }) => number));
  });

  it('issued again nothing changes', async () => {
    const before = await list(awa, made.id);
    const digest = await awa.call('store.digest');
    const again = await issue(awa, made.id);
    expect(again.eligible.map(({ does }) => does)).toEqual(['same', 'same']);
    expect(await awa.call('store.digest')).toEqual(digest);
    expect(await list(awa, made.id)).toEqual(before);
  });

  it('its own certificates are valid here, and say what they are of', async () => {
    const [first] = await list(awa, made.id);
    expect(await verify(awa, first!.token)).toMatchObject({
      ...{ result: 'valid', number: first!.number, name: first!.name, title: 'Atelier de Dakar' },
      asOf: expect.stringMatching(/^\d{4}-/),
    });
    expect(await verify(awa, `${first!.token.slice(0, -1)}${(Number(first!.token.at(-1)) + 1) % 10}`)).toMatchObject({
      result: 'forged',
      name: '',
    });
  });

  it('a test that is asked for and not taken is named', async () => {
    const { refused } = await issue(awa, made.id, { kind: 'achievement', apply: false });
    expect(refused.map(({ reason }) => reason)).toEqual(['testMissing', 'testMissing', 'halfDays', 'halfDays']);
    expect((await issue(awa, made.id, { kind: 'achievement', requirePostTest: false, apply: false })).eligible.length).toBe(2);
  });

  it('an exception is made by hand, with its reason, and stands', async () => {
    const { id, people } = made;
    const personId = people['CHEIKH']!;
    const given = await issue(awa, id, { people: [personId], exceptions: [{ personId, reason: 'malade, a rattrapé' }] });
    expect(given.eligible).toMatchObject([{ personId, does: 'new' }]);
    expect((await list(awa, id)).find((one) => one.personId === personId)).toMatchObject({ exception: 'malade, a rattrapé' });
    expect((await issue(awa, id)).eligible.find((one) => one.personId === personId)).toMatchObject({ does: 'same' });
    const stranger = { personId: id, reason: 'x' };
    expect(await awa.try('certificate.issue', { activityId: id, apply: true, exceptions: [stranger] })).toMatchObject({
      error: { code: 'certificate.personUnknown' },
    });
  });

  it('a corrected name is another number, and the one before is revoked', async () => {
    const { id, people } = made;
    const personId = people['AWA']!;
    const before = (await list(awa, id)).find((one) => one.personId === personId)!;
    await awa.call('people.update', { id: personId, familyName: 'N’AWA' });
    expect((await issue(awa, id, { apply: false })).eligible[0]).toMatchObject({ personId, does: 'reissue', replaces: before.number });
    await issue(awa, id, { people: [personId] });
    const [old, now] = [true, false].map((revoked) =>
      list(awa, id).then((all) => all.find((one) => one.personId === personId && (one.revokedOn !== '') === revoked)!),
    );
    expect(await now).toMatchObject({ name: 'Aïda N’AWA', replaces: before.number });
    expect((await now!).number).not.toBe(before.number);
    expect(await old).toMatchObject({ number: before.number, token: '', revokedReason: `→ ${(await now!).number}` });
    expect(await verify(awa, before.token)).toMatchObject({ result: 'revoked' });
    // And back again: a third.
    await awa.call('people.update', { id: personId, familyName: 'AWA' });
    const { eligible } = await issue(awa, id, { people: [personId] });
    expect([before.number, (await now!).number]).not.toContain(eligible[0]!.number);
    expect(await verify(awa, before.token)).toMatchObject({ result: 'revoked' });
  });

  it('is revoked by its number as it is read aloud, once, and may be issued anew', async () => {
    const { id, people } = made;
    const one = (await list(awa, id)).find(({ personId }) => personId === people['BINTA'])!;
    for (const [number, code] of [
      ['7K3M', 'certificate.numberWrong'],
      ['0000-0000-0000', 'certificate.unknown'],
    ])
      expect(await awa.try('certificate.revoke', { number, reason: 'x' })).toMatchObject({ error: { code } });
    await awa.call('certificate.revoke', { number: one.number.toLowerCase().replaceAll('-', ' '), reason: 'erreur' });
    expect(await awa.try('certificate.revoke', { number: one.number, reason: 'x' })).toMatchObject({
      error: { code: 'certificate.revokedAlready' },
    });
    expect(await verify(awa, one.token)).toMatchObject({ result: 'revoked', revokedReason: 'erreur', number: one.number });
    const { eligible } = await issue(awa, id, { people: [people['BINTA']] });
    expect(eligible[0]!.does).toBe('new');
    expect(eligible[0]!.number).not.toBe(one.number);
    expect(await verify(awa, one.token)).toMatchObject({ result: 'revoked' });
  });

  it('is unknown to a laptop that never met it', async () => {
    const stranger = await laptop('stranger', false);
    const [one] = (await list(awa, made.id)).filter(({ token }) => token !== '');
    expect(await verify(stranger, one!.token)).toMatchObject({ result: 'unknown', why: 'issuer', name: '', asOf: null });
  });

  it('says nothing any more of who was erased, and the paper is still answered for', async () => {
    const { id, people } = made;
    const one = (await list(awa, id)).find(({ personId, token }) => personId === people['CHEIKH'] && token !== '')!;
    const exported = await awa.call<unknown>('people.open', { id: people['CHEIKH'] });
    expect(exported).toBeTruthy();
    await awa.call('people.erase', { id: people['CHEIKH'], reason: 'asked' });
    expect((await list(awa, id)).find(({ number }) => number === one.number)).toMatchObject({ name: '', exception: '', token: '' });
    expect(await verify(awa, one.token)).toMatchObject({ result: 'valid', number: one.number });
  });
});

describe('between laptops of one repository', () => {
  it('a revocation is known after a sync, and two that issue one certificate apart issue the same', { timeout: 120_000 }, async () => {
    const awa = await laptop('Awa Diop');
    const bento = await laptop('Bento Lima');
    const { id } = await workshop(awa);
    await awa.call('sync.run', {});
    await bento.call('sync.run', {});
    const [mine, theirs] = [await issue(awa, id), await issue(bento, id)];
    expect(mine.eligible.map(({ number }) => number)).toEqual(theirs.eligible.map(({ number }) => number));
    const [paper] = await list(awa, id);
    for (const one of [awa, bento, awa]) await one.call('sync.run', {});
    expect((await list(awa, id)).length).toBe(2);
    expect(await awa.call('store.digest')).toEqual(await bento.call('store.digest'));
    expect(await awa.call<unknown[]>('sync.conflicts')).toEqual([]);
    expect(await verify(bento, paper!.token)).toMatchObject({ result: 'valid', issuer: 'Awa Diop', name: paper!.name });

    await bento.call('certificate.revoke', { number: paper!.number, reason: 'mauvaise personne' });
    expect(await verify(awa, paper!.token)).toMatchObject({ result: 'valid' });
    for (const one of [bento, awa]) await one.call('sync.run', {});
    expect(await verify(awa, paper!.token)).toMatchObject({ result: 'revoked', revokedReason: 'mauvaise personne' });
  });

  it('a laptop that may not see the workshop knows the issuer, and not what became of it', async () => {
    const awa = await laptop('Awa Diop');
    const { id } = await workshop(awa);
    await issue(awa, id);
    await awa.call('sync.run', {});
    const elsewhere = await laptop('Carla Tavares', 'country:CV');
    const [paper] = await list(awa, id);
    expect((await verify(elsewhere, paper!.token)).result).toBe('unknown');
  });

  it('two who issued under different names have two that stand until one is revoked by the next issue', async () => {
    const awa = await laptop('Awa Diop');
    const bento = await laptop('Bento Lima');
    const { id, people } = await workshop(awa);
    await awa.call('sync.run', {});
    await bento.call('sync.run', {});
    await issue(awa, id);
    await bento.call('people.update', { id: people['AWA'], familyName: 'AWÂ' });
    await issue(bento, id);
    for (const one of [awa, bento, awa]) await one.call('sync.run', {});
    const standing = async () => (await list(awa, id)).filter(({ personId, revokedOn }) => personId === people['AWA'] && revokedOn === '');
    expect((await standing()).map(({ name }) => name).sort()).toEqual(['Aïda AWA', 'Aïda AWÂ']);
    await issue(awa, id);
    expect((await standing()).map(({ name }) => name)).toEqual(['Aïda AWÂ']);
  });
});
