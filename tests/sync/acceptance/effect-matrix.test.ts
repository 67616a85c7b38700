import path from 'node:path';
import { rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ROLES } from '../../../shared/features/sync/reading.ts';
import { answersSpace, peopleSpace, planSpace } from '../../../shared/model/spaces.ts';
import { newWorkshopId } from '../../../shared/model/workshop-id.ts';
import { nodeHasher, nodeRandom } from '../../../shared/node/crypto.ts';
import { putCertificate } from '../../../shared/node/store/sqlite/certificates.ts';
import type { ChangeSet, SpaceId } from '../../../shared/sync/types.ts';
import { enrolBareDevice } from '../../support/laptops/bare-device.ts';
import { openLanLaptop, pair } from '../../support/laptops/lan-laptop.ts';
import type { Laptop } from '../../support/laptops/laptop.ts';
import { quickFolder } from '../../support/repository/quick-folder.ts';
import { startRepository, type TestRepository } from '../../support/repository/repository.ts';
import { exported, imported } from '../../support/laptops/usb.ts';
import { enrolledLaptop, laptopsAround, synced } from '../../support/workshop.ts';
import {
  casesOf,
  Chains,
  fieldsOf,
  freshId,
  nativeType,
  op,
  openingsOf,
  type Expectation,
  type Ground,
  type Victim,
  type Writer,
} from './effect-cases.ts';
import { REACHED, TYPES_IN, type Place } from './expected-rights.ts';

/**
 * TRUST, *Nobody sees what is not theirs* 5, by effect: every role, with every scope, writes every type in every space with every kind of change-set, brought
 * by each carrier; asked is what a third laptop shows. What it should show is in `expected-rights.ts`, which knows nothing of the code that decides.
 */
const folder = quickFolder('itinera-matrix-');
let server: TestRepository;
const { enrolled, also, end } = laptopsAround(() => server);
const writers: Writer[] = [];
let owner: Chains;
const workshops = { here: '', elsewhere: '' };

function spaceOf({ name, kind, workshop }: Place): SpaceId {
  if (workshop === null) return name;
  return { plan: planSpace, people: peopleSpace, answers: answersSpace }[kind as 'plan' | 'people' | 'answers'](workshops[workshop]);
}

beforeAll(async () => {
  server = await startRepository({ library: false, unfillable: 'its third laptop is the fresh one that is asked' });
  owner = new Chains(await enrolBareDevice(server.url, await server.invite('administrator', 'all'), 'Awa Diop'));
  for (const [name, country] of [
    ['here', 'SN'],
    ['elsewhere', 'FR'],
  ] as const) {
    const id = (workshops[name] = newWorkshopId(owner.device.replica, nodeRandom, nodeHasher));
    owner.seal(planSpace(id), [op('activity', id, ['countries', 'plain', [country]])], 'genesis');
    owner.seal(peopleSpace(id), [op('roster', freshId(), ['key', 'plain', 'k'])], 'genesis');
    owner.seal(answersSpace(id), [op('answerBook', freshId(), ['key', 'plain', 'k'])], 'genesis');
  }
  await push(owner);
  for (const role of ROLES) {
    for (const scope of Object.keys(REACHED)) {
      const given = scope === 'workshop:HERE' ? `workshop:${workshops.here}` : scope;
      writers.push({ role, scope, device: await enrolBareDevice(server.url, await server.invite(role, given), 'Ida Sow') });
    }
  }
});
afterAll(async () => {
  await end();
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
  expect(server.faults).toEqual([]);
});

async function push(chains: Chains): Promise<void> {
  const changeSets = chains.sealed.splice(0);
  for (let at = 0; at < changeSets.length; at += 1_000) {
    const answer = await chains.device.push(changeSets.slice(at, at + 1_000));
    expect(answer.status, answer.code).toBe(200);
  }
}

/** Has the owner write what the cases stand on; it is pushed with `push(owner)`. */
function groundOf(): Ground {
  return {
    space: spaceOf,
    other(place, type) {
      if (type === 'activity' && place.kind === 'plan') return workshops[place.workshop!];
      const id = freshId();
      owner.seal(spaceOf(place), [op(type, id, fieldsOf(type)[0]!)]);
      return id;
    },
    victim(place): Victim {
      const [type, id] = [nativeType(place), freshId()];
      const written = fieldsOf(type)[0]!;
      const { hash } = owner.seal(spaceOf(place), [op(type, id, written)]);
      return { type, id, register: written[0], hash };
    },
  };
}

/** What is not shown as it should be. */
function faultsIn({ store }: Pick<Laptop, 'store'>, expected: readonly Expectation[]): string[] {
  return expected.flatMap(({ says, type, id, register, of, shows }) => {
    const heads = store.reader.headsOfEntity(type, id).filter(({ field }) => field === register);
    const ours = of === null ? heads : heads.filter((head) => head.id.startsWith(`${of}:`));
    const shown = ours.length === 0 ? 'nothing' : ours.some(({ erased }) => erased) ? 'erased' : 'value';
    return shown === shows ? [] : [`${says}: ${shown}, not ${shows}`];
  });
}

/** The new records that a laptop lists though it should not, and those that it leaves out though it should list them. */
function wrongRows({ store }: Pick<Laptop, 'store'>, expected: readonly Expectation[]): string[] {
  const listed = new Set<string>();
  for (const type of new Set(Object.values(TYPES_IN).flat())) {
    for (const { id } of store.reader.all<{ id: string }>(`select id from "${type}" where live = 1`)) listed.add(`${type} ${id}`);
  }
  const written = new Map<string, Expectation[]>();
  for (const one of expected) {
    const key = `${one.type} ${one.id}`;
    if (one.says.endsWith(' new') && one.type !== 'newerThing') written.set(key, [one]);
    else written.get(key)?.push(one);
  }
  return [...written].flatMap(([key, writes]) => {
    const shown = writes.filter(({ shows }) => shows === 'value');
    if (shown.some(({ register }) => register === '_deleted')) return [];
    return listed.has(key) === shown.length > 0 ? [] : [`row of ${writes[0]!.says}`];
  });
}

function learn({ store }: Laptop): void {
  for (const { device } of writers) {
    const [replica, publicKey] = [device.replica, device.signer.publicKey];
    putCertificate(store.db, { replica, publicKey, name: '', bytes: Buffer.from(device.certificate, 'base64url') });
  }
}

describe('what a third laptop shows of what everybody tries', () => {
  // First, for these laptops are spared what the other test leaves in the repository.
  it('by a stick, and in the room', async () => {
    const ground = groundOf();
    const tried = writers.map((writer) => casesOf(writer, ground, 'laptop', false));
    await push(owner);
    const [carrier, byStick] = [
      openLanLaptop({}, await enrolledLaptop(server, 'administrator', 'all')),
      await enrolled('administrator', 'all'),
    ];
    const inRoom = openLanLaptop({}, await enrolledLaptop(server, 'administrator', 'all'));
    also(carrier);
    also(inRoom);
    for (const laptop of [carrier, byStick, inRoom]) await synced(laptop);
    learn(carrier);
    // A carrier that believes everybody.
    carrier.store.ingest(tried.flatMap(({ chains }): ChangeSet[] => chains.sealed));
    const expected = tried.flatMap((one) => one.expected);
    const stick = path.join(folder, 'records.itinera');
    await exported(carrier, stick, { spaces: [...carrier.store.spaces()] });
    await imported(byStick, stick);
    expect(faultsIn(byStick, expected)).toEqual([]);
    expect(wrongRows(byStick, expected)).toEqual([]);
    await pair(inRoom, carrier, await carrier.openDoor(), { asked: Object.values(workshops), asking: Object.values(workshops) });
    await inRoom.lan('sync.lanRun', { replica: carrier.store.replica });
    expect(faultsIn(inRoom, expected)).toEqual([]);
  });

  it('by the repository', async () => {
    const ground = groundOf();
    const tried = writers.map((writer) => casesOf(writer, ground, 'repository', writer.scope === 'all'));
    await push(owner);
    for (const { chains } of tried) await push(chains);
    const opened = writers.map((writer) => openingsOf(writer, owner.device.replica));
    for (const { chains } of opened) await push(chains);
    const third = await enrolled('administrator', 'all');
    await synced(third);
    const expected = [...tried, ...opened].flatMap((one) => one.expected);
    expect(expected.length).toBeGreaterThan(5_000);
    expect(faultsIn(third, expected)).toEqual([]);
    expect(wrongRows(third, expected)).toEqual([]);
  });
});
