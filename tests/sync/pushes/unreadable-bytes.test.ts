import { randomUUID } from 'node:crypto';
import { afterEach, expect, it } from 'vitest';
import { ROLES, type Role } from '../../../shared/features/sync/reading.ts';
import { FILE_PART, helloOnTheWire } from '../../../shared/contract/repository.ts';
import { toHex } from '../../../shared/kernel/hex.ts';
import { brotli, nodeHasher } from '../../../shared/node/crypto.ts';
import { answersSpace, institutionSpace, parseSpace, peopleSpace, planSpace } from '../../../shared/model/spaces.ts';
import { enrolBareDevice, type Answer, type BareDevice } from '../../support/laptops/bare-device.ts';
import { anatomyOf } from '../../support/repository/pack-mutations.ts';
import { startRepository, type TestRepository } from '../../support/repository/repository.ts';
import { seeded } from '../../support/seeded.ts';
import { READABLE } from '../acceptance/expected-rights.ts';
import { countOf, SEED } from '../seeds.ts';

/**
 * SPEC, invariant 12: nobody ever receives a byte of a space they may not read. Every byte that a repository sends to devices of random roles and
 * scopes, that ask for everything, is unpacked and searched for what was planted in the spaces that are closed to them at that moment;
 * what they may read changes as countries do. Who may read what is worked out here from `expected-rights.ts`.
 */
const HISTORIES = countOf(8, 3);
const STEPS = 60;
const COUNTRIES = ['SN', 'PE', 'CV'];

let server: TestRepository | null = null;
afterEach(async () => {
  await server?.stop();
  server = null;
});

interface Watcher {
  readonly device: BareDevice;
  readonly role: Role;
  readonly scope: string;
  cursor: string | null;
}

/** What was planted in a space, in every form that it could travel in. */
type Planted = Map<string, Buffer[]>;

class Leaks {
  readonly planted: Planted = new Map();
  readonly countries = new Map<string, string>();
  readonly files: { readonly sha256: string; readonly space: string }[] = [];
  found = 0;

  plant(space: string, ...marks: Buffer[]): void {
    this.planted.set(space, [...(this.planted.get(space) ?? []), ...marks]);
  }

  mayRead({ role, scope }: Watcher, space: string): boolean {
    const { kind, owner } = parseSpace(space)!;
    if (!READABLE[role].includes(kind)) return false;
    if (kind === 'library' || kind === 'calendar' || scope === 'all') return true;
    if (kind === 'institution') return scope === `institution:${owner}`;
    return scope === `workshop:${owner}` || scope === `country:${this.countries.get(owner!)}`;
  }

  /** Looks through an answer; `where` says whose and to what. */
  search(watcher: Watcher, answer: Answer, where: string): void {
    const sent = Buffer.concat([Buffer.from(JSON.stringify([...answer.headers])), answer.bytes, ...unpacked(answer.bytes)]);
    for (const [space, marks] of this.planted) {
      const readable = this.mayRead(watcher, space);
      for (const mark of marks) {
        if (!sent.includes(mark)) continue;
        this.found++;
        expect(readable, `${where}: ${watcher.role} ${watcher.scope} got ${mark.toString('latin1')} of ${space}`).toBe(true);
      }
    }
  }
}

/** The frames and the header of a pack as they are before compression; nothing where the bytes are no pack. */
function unpacked(bytes: Uint8Array): Uint8Array[] {
  if (!Buffer.from(bytes.subarray(0, 7)).equals(Buffer.from('ITINERA'))) return [];
  const { header, frames } = anatomyOf(bytes);
  return [header, ...frames.map(({ codec, payload }) => (codec === 1 ? brotli.decompress(payload, 8 << 20) : payload))];
}

const JSON_TYPE = { 'content-type': 'application/json' };

it(`${HISTORIES} histories from seed ${SEED}: what is planted in a closed space reaches nobody`, { timeout: 300_000 }, async () => {
  let found = 0;
  for (let seed = SEED; seed < SEED + HISTORIES; seed++) found += await history(seed);
  // The search sees what is there: those who may read were sent a great deal of it.
  expect(found).toBeGreaterThan(HISTORIES * 100);
});

async function history(seed: number): Promise<number> {
  const random = seeded(seed);
  const upTo = (limit: number): number => Math.floor(random() * limit);
  const oneOf = <T>(items: readonly T[]): T => items[upTo(items.length)]!;
  const repository = await startRepository({ library: false });
  server = repository;
  const leaks = new Leaks();
  const administrator = await enrolBareDevice(repository.url, await repository.invite('administrator', 'all'), 'Rosa Quispe');

  const write = async (
    space: string,
    type: string,
    id: string,
    record: Readonly<Record<string, string | number | readonly string[]>>,
  ): Promise<void> => {
    const fields = Object.entries(record).map(([field, value]) => ({ type, id, field, value }));
    const changeSet = administrator.seal(space, fields);
    const answer = await administrator.push([changeSet]);
    expect(answer.json()).toEqual({ applied: 1 });
    leaks.plant(space, Buffer.from(changeSet.hash), Buffer.from(changeSet.hash, 'hex'));
  };
  const plantRecord = async (space: string): Promise<void> => {
    const id = randomUUID();
    const mark = `PLANTED-${randomUUID()}`;
    await write(space, 'newerThing', id, { note: mark });
    leaks.plant(space, Buffer.from(mark), Buffer.from(id), Buffer.from(id.replaceAll('-', ''), 'hex'));
  };
  const plantFile = async (space: string): Promise<void> => {
    const content = Buffer.from(`FILE-${randomUUID()} ${'x'.repeat(upTo(3_000))}`);
    const sha256 = toHex(nodeHasher.sha256(content));
    await write(space, 'materialVersion', randomUUID(), {
      sha256,
      size: content.length,
      language: 'fr',
      type: 'text/plain',
      fileName: 'x',
    });
    await administrator.ask('PUT', `/v1/files/${sha256}`, content, { 'content-type': FILE_PART });
    leaks.files.push({ sha256, space });
    leaks.plant(space, content, content.subarray(0, 20), Buffer.from(sha256), Buffer.from(sha256, 'hex'));
  };

  const workshops = Array.from({ length: 3 }, () => randomUUID());
  const spaces = [
    'library',
    'calendar',
    'directory',
    institutionSpace('ENM'),
    institutionSpace('CEJ'),
    ...workshops.flatMap((id) => [planSpace(id), peopleSpace(id), answersSpace(id)]),
  ];
  const moveTo = async (id: string, country: string): Promise<void> => {
    await write(planSpace(id), 'activity', id, { countries: [country] });
    leaks.countries.set(id, country);
  };
  for (const id of workshops) await moveTo(id, oneOf(COUNTRIES));
  for (const space of spaces) await plantRecord(space);
  for (const space of [planSpace(workshops[0]!), institutionSpace('ENM'), 'library']) await plantFile(space);

  const scopes = ['all', ...COUNTRIES.map((code) => `country:${code}`), 'institution:ENM', ...workshops.map((id) => `workshop:${id}`)];
  const watchers: Watcher[] = [];
  for (let i = 0; i < 6; i++) {
    const [role, scope] = [ROLES[(seed + i) % ROLES.length]!, oneOf(scopes)];
    const device = await enrolBareDevice(repository.url, await repository.invite(role, scope), `${role} ${scope}`);
    watchers.push({ device, role, scope, cursor: null });
  }

  for (let step = 0; step < STEPS; step++) {
    const where = `SEED=${seed}, step ${step}`;
    const dice = random();
    if (dice < 0.15) await plantRecord(oneOf(spaces));
    else if (dice < 0.2) await plantFile(oneOf([...workshops.map(planSpace), institutionSpace('CEJ')]));
    else if (dice < 0.3) await moveTo(oneOf(workshops), oneOf(COUNTRIES));
    else await ask(oneOf(watchers), where);
  }
  const { found } = leaks;
  await repository.stop();
  server = null;
  expect(repository.faults).toEqual([]);
  return found;

  /** One question of a device that asks for what it likes. */
  async function ask(watcher: Watcher, where: string): Promise<void> {
    const { device } = watcher;
    const question = upTo(6);
    // A cursor that another device was given opens nothing either.
    const cursor = random() < 0.5 ? watcher.cursor : oneOf(watchers).cursor;
    const fill = spaces.filter(() => random() < 0.6).map((space) => ({ space, after: random() < 0.8 ? '' : (cursor ?? '') }));
    if (question === 0) {
      const body = helloOnTheWire.request({ cursor, grants: null, own: '', here: spaces.map((space) => [space, '00']) });
      const answer = await device.ask('POST', '/v1/hello', new TextEncoder().encode(JSON.stringify(body)));
      leaks.search(watcher, answer, `${where} hello`);
      const said = helloOnTheWire.readReply(answer.json());
      watcher.cursor = said?.cursor ?? watcher.cursor;
      for (const space of said?.grants?.spaces ?? []) expect(leaks.mayRead(watcher, space), `${where} ${space}`).toBe(true);
    } else if (question === 1) {
      leaks.search(watcher, await device.ask('POST', '/v1/positions', JSON.stringify({ spaces }), JSON_TYPE), `${where} positions`);
    } else if (question === 2) {
      const space = oneOf(spaces);
      const answer = await device.push([device.seal(space, [{ type: 'newerThing', id: randomUUID(), field: 'note', value: 'mine' }])]);
      leaks.search(watcher, answer, `${where} push`);
    } else if (question === 3 && leaks.files.length > 0) {
      const { sha256, space } = oneOf(leaks.files);
      // Who asks by a hash knows it; what must not come is the file, or that there is one.
      for (const method of ['HEAD', 'GET']) {
        const answer = await device.ask(method, `/v1/files/${sha256}`);
        leaks.search(watcher, answer, `${where} ${method}`);
        expect(answer.status, `${where} ${method} ${space}`).toBe(leaks.mayRead(watcher, space) ? 200 : 404);
      }
    } else {
      const body = JSON.stringify({ cursor: question === 4 ? cursor : null, fill, frame: 4_096 + upTo(60_000) });
      leaks.search(watcher, await device.ask('POST', '/v1/pull', body, JSON_TYPE), `${where} pull`);
    }
  }
}
