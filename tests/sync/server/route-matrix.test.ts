import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ROLES, type Role } from '../../../shared/features/sync/reading.ts';
import {
  BINARY,
  FILE_PART,
  enrolmentProof,
  readmissionProof,
  sessionProof,
  repositoryRoutes,
  type Route,
  type RouteName,
} from '../../../shared/contract/repository.ts';
import { fromHex, toHex } from '../../../shared/kernel/hex.ts';
import type { Signer } from '../../../shared/kernel/ports.ts';
import { newAgreement } from '../../../shared/node/sealing.ts';
import { brotli, newSeed, nodeHasher, nodeVerifier, signerOf } from '../../../shared/node/crypto.ts';
import type { SpaceKind } from '../../../shared/model/entity.ts';
import { answersSpace, institutionSpace, peopleSpace, planSpace } from '../../../shared/model/spaces.ts';
import { decodeCertificate } from '../../../shared/sync/certificate.ts';
import { decodePack } from '../../../shared/sync/pack/pack-reader.ts';
import { encodeRevocations } from '../../../shared/sync/revocation.ts';
import type { ChangeSet } from '../../../shared/sync/types.ts';
import { enrolBareDevice, type BareDevice } from '../../support/laptops/bare-device.ts';
import { startRepository, type TestRepository } from '../../support/repository/repository.ts';
import { OPENS_WORKSHOPS, READABLE, mayWrite } from '../acceptance/expected-rights.ts';

/**
 * TRUST, *Nobody sees what is not theirs* 5: every route of the contract x every role x every scope x every place, own and another's, asked of a
 * running repository. The routes come from the contract: one without a row here does not compile, and fails below. What is expected stands
 * in `expected-rights.ts`, apart from what decides.
 */

const HERE = randomUUID();
const ELSEWHERE = randomUUID();
const FILE = new TextEncoder().encode('the bytes of a file of materials');

interface Place {
  readonly space: string;
  readonly kind: SpaceKind;
  /** The scopes that reach it; `any`: every one. */
  readonly reachedBy: readonly string[] | 'any';
}

const workshop = (id: string, country: string): Place[] => {
  const reachedBy = ['all', `country:${country}`, `workshop:${id}`];
  return [
    { space: planSpace(id), kind: 'plan', reachedBy },
    { space: peopleSpace(id), kind: 'people', reachedBy },
    { space: answersSpace(id), kind: 'answers', reachedBy },
  ];
};
const PLACES: readonly Place[] = [
  { space: 'library', kind: 'library', reachedBy: 'any' },
  { space: 'calendar', kind: 'calendar', reachedBy: 'any' },
  { space: 'directory', kind: 'directory', reachedBy: ['all'] },
  { space: institutionSpace('ENM'), kind: 'institution', reachedBy: ['all', 'institution:ENM'] },
  { space: institutionSpace('CEJ'), kind: 'institution', reachedBy: ['all', 'institution:CEJ'] },
  ...workshop(HERE, 'SN'),
  ...workshop(ELSEWHERE, 'PE'),
];
const SCOPES = ['all', 'country:SN', 'country:PE', 'institution:ENM', 'institution:CEJ', `workshop:${HERE}`, `workshop:${ELSEWHERE}`];

/** What is written into each kind of space to see who may: a type of the model, and one of a newer program. */
const TYPES: Readonly<Record<SpaceKind, readonly string[]>> = {
  library: ['material', 'course', 'newerThing'],
  calendar: ['activity', 'newerThing'],
  directory: ['newerThing'],
  institution: ['course', 'material', 'newerThing'],
  plan: ['agendaItem', 'material', 'newerThing'],
  people: ['participant', 'roster', 'newerThing'],
  answers: ['sheet', 'answerBook', 'newerThing'],
};

interface Asker {
  readonly role: Role;
  readonly scope: string;
  readonly device: BareDevice;
}

/** One question and what came of it beside what should have. */
interface Cell {
  readonly where: string;
  readonly saw: string;
  readonly wanted: string;
}

type Row = (asker: Asker) => Promise<Cell[]>;

let server: TestRepository;
let administrator: BareDevice;
/** The records of another, one of each type in each place; and the file that a place's material names. */
const others = new Map<string, string>();
const files = new Map<string, { readonly whole: string; readonly open: string }>();

beforeAll(async () => {
  server = await startRepository({ library: false });
  administrator = await enrolBareDevice(server.url, await server.invite('administrator', 'all'), 'Rosa Quispe');
  const genesis = [HERE, ELSEWHERE].map((id, i) =>
    administrator.seal(planSpace(id), [{ type: 'activity', id, field: 'countries', value: [i === 0 ? 'SN' : 'PE'] }], 'genesis'),
  );
  await applied(genesis);
  for (const { space, kind } of PLACES) {
    for (const type of TYPES[kind]) {
      const id = randomUUID();
      others.set(`${space} ${type}`, id);
      await applied([administrator.seal(space, [{ type, id, field: 'x-note', value: `of ${space}` }])]);
    }
    if (!TYPES[kind].includes('material')) continue;
    const whole = new TextEncoder().encode(`${new TextDecoder().decode(FILE)} ${space}`);
    const hashes = { whole: toHex(nodeHasher.sha256(whole)), open: toHex(nodeHasher.sha256(Buffer.from(`never whole ${space}`))) };
    files.set(space, hashes);
    for (const [sha256, size] of [
      [hashes.whole, whole.length],
      [hashes.open, 100_000],
    ] as const) {
      const id = randomUUID();
      const fields = { sha256, size, language: 'fr', type: 'application/pdf', fileName: 'x.pdf' };
      await applied([
        administrator.seal(
          space,
          Object.entries(fields).map(([field, value]) => ({ type: 'materialVersion', id, field, value })),
        ),
      ]);
    }
    const put = await administrator.ask('PUT', `/v1/files/${hashes.whole}`, whole, { 'content-type': FILE_PART });
    expect(put.json()).toMatchObject({ whole: true });
  }
});
afterAll(async () => {
  await server.stop();
  expect(server.faults).toEqual([]);
});

async function applied(changeSets: Parameters<BareDevice['push']>[0]): Promise<void> {
  const answer = await administrator.push(changeSets);
  expect(answer.json(), String(answer.status)).toEqual({ applied: changeSets.length });
}

const JSON_TYPE = { 'content-type': 'application/json' };

function reads({ role, scope }: Pick<Asker, 'role' | 'scope'>, place: Place): boolean {
  return READABLE[role].includes(place.kind) && (place.reachedBy === 'any' || place.reachedBy.includes(scope));
}

/** For each place, whether an answer holds anything of it. */
function shown(asker: Asker, spaces: ReadonlySet<string>): Cell[] {
  const strangers = [...spaces].filter((space) => !PLACES.some((place) => place.space === space));
  expect(strangers.filter((space) => !space.startsWith('workshop/'))).toEqual([]);
  return PLACES.map((place) => ({
    where: place.space,
    saw: spaces.has(place.space) ? 'shown' : 'hidden',
    wanted: reads(asker, place) ? 'shown' : 'hidden',
  }));
}

function ofFiles(
  ask: (sha256: string, place: Place) => Promise<string>,
  asker: Asker,
  which: 'whole' | 'open',
  wanted: string,
): Promise<Cell[]> {
  const places = PLACES.filter(({ space }) => files.has(space));
  return Promise.all(
    places.map(async (place) => ({
      where: place.space,
      saw: await ask(files.get(place.space)![which], place),
      wanted: reads(asker, place) ? wanted : 'absent',
    })),
  );
}

/** Route -> how it is asked and what is to come of it. */
const MATRIX: Readonly<Record<RouteName, Row>> = {
  enrol: async ({ role, scope }) => {
    const device = await enrolBareDevice(server.url, await server.invite(role, scope));
    const certificate = decodeCertificate(Uint8Array.from(Buffer.from(device.certificate, 'base64url')));
    const claims = certificate.ok ? `${certificate.value.role} ${certificate.value.scope}` : 'none';
    return [{ where: 'own', saw: claims, wanted: `${role} ${scope}` }];
  },
  renew: async ({ role, scope, device }) => {
    const fresh = signerOf(newSeed());
    const publicKey = toHex(fresh.publicKey);
    const claims = decodeCertificate(Uint8Array.from(Buffer.from(device.certificate, 'base64url')));
    if (!claims.ok) throw new Error(claims.refusal.code);
    const renew = async (user: string, name: string, body: object = {}): Promise<string> => {
      const proof = toHex(fresh.sign(enrolmentProof({ code: '', name, publicKey, userId: user })));
      const answer = await device.ask('POST', '/v1/renew', JSON.stringify({ publicKey, proof, ...body }), JSON_TYPE);
      if (answer.status !== 200) return answer.code;
      const renewed = decodeCertificate(Uint8Array.from(Buffer.from(answer.json<{ certificate: string }>().certificate, 'base64url')));
      return renewed.ok ? `${renewed.value.user} ${renewed.value.role} ${renewed.value.scope}` : 'none';
    };
    const { user, name } = claims.value;
    return [
      { where: 'own', saw: await renew(user, name), wanted: `${user} ${role} ${scope}` },
      { where: 'other user', saw: await renew(administrator.replica, name), wanted: 'sync.proofWrong' },
      { where: 'own role', saw: await renew(user, name, { role: 'administrator' }), wanted: 'sync.malformed' },
    ];
  },
  readmit: async ({ role, scope, device }) => {
    const { certificate, replica } = device;
    const ask = (body: object): Promise<{ status: number; code: string; json<T>(): T }> =>
      device.ask('POST', '/v1/readmit', JSON.stringify({ certificate, challenge: '', proof: '', ...body }), JSON_TYPE);
    const challenge = async (): Promise<string> => (await ask({})).json<{ challenge: string }>().challenge;
    const other = signerOf(newSeed());
    const one = await challenge();
    const forged = await ask({ challenge: one, proof: toHex(other.sign(readmissionProof(one, replica))) });
    const made = `${Date.now() + 1000}.${'A'.repeat(43)}`;
    const invented = await ask({ challenge: made, proof: toHex(other.sign(readmissionProof(made, replica))) });
    const foreign = await ask({ certificate: certificate.slice(0, -4) + 'AAAA' });
    const claims = decodeCertificate(Uint8Array.from(Buffer.from(certificate, 'base64url')));
    return [
      { where: 'own', saw: claims.ok ? `${claims.value.role} ${claims.value.scope}` : 'none', wanted: `${role} ${scope}` },
      { where: 'another key', saw: forged.code, wanted: 'sync.proofWrong' },
      { where: 'a challenge of its own', saw: invented.code, wanted: 'sync.proofWrong' },
      { where: 'a certificate of its own', saw: foreign.code, wanted: 'sync.proofWrong' },
    ];
  },
  session: async ({ role, scope }) => {
    // One of its own: the first session ends a device's token.
    const device = await enrolBareDevice(server.url, await server.invite(role, scope));
    const agreement = newAgreement();
    const open = async (signer: Signer, replica = device.replica, key = device.repositoryKey): Promise<string> => {
      const asked = { replica, agreement: toHex(agreement.publicKey) };
      const proof = toHex(signer.sign(sessionProof(key, asked)));
      const answer = await device.ask('POST', '/v1/session', JSON.stringify({ ...asked, proof }), JSON_TYPE);
      if (answer.status !== 200) return answer.code;
      return agreement.open(fromHex(answer.json<{ sealed: string }>().sealed)) ? 'opened' : 'sealed for another';
    };
    const other = signerOf(newSeed());
    return [
      { where: 'own', saw: await open(device.signer), wanted: 'opened' },
      { where: 'another key', saw: await open(other), wanted: 'sync.proofWrong' },
      { where: `another device as ${role} ${scope}`, saw: await open(device.signer, administrator.replica), wanted: 'sync.proofWrong' },
      { where: 'for another repository', saw: await open(device.signer, device.replica, 'a'.repeat(64)), wanted: 'sync.proofWrong' },
      { where: 'nobody', saw: await open(other, 'a'.repeat(32)), wanted: 'sync.credentialUnknown' },
    ];
  },
  hello: async (asker) => shown(asker, new Set((await asker.device.hello()).grants.spaces)),
  positions: async (asker) => {
    const body = JSON.stringify({ spaces: PLACES.map(({ space }) => space) });
    const answer = await asker.device.ask('POST', '/v1/positions', body, JSON_TYPE);
    return shown(asker, new Set(Object.keys(answer.json<{ spaces: object }>().spaces)));
  },
  revocations: async ({ device }) => {
    const list = { number: 9, revoked: [{ replica: administrator.replica, at: Date.now() }] };
    const answer = await device.ask('POST', '/v1/revocations', encodeRevocations(list, signerOf(newSeed())), { 'content-type': BINARY });
    return [
      { where: 'a list that another repository signed', saw: answer.code, wanted: 'sync.malformed' },
      { where: 'whom it names', saw: String((await server.registry.device(administrator.replica))?.revokedAt), wanted: 'null' },
    ];
  },
  push: async (asker) => {
    const { role, scope, device } = asker;
    const asked: { readonly where: string; readonly changeSet: ChangeSet; readonly wanted: string }[] = [];
    const ask = (where: string, wanted: string, ...args: Parameters<BareDevice['seal']>): void => {
      asked.push({ where, wanted, changeSet: device.seal(...args) });
    };
    for (const place of PLACES) {
      for (const type of TYPES[place.kind]) {
        for (const ownership of ['new', 'other'] as const) {
          const id = ownership === 'new' ? randomUUID() : others.get(`${place.space} ${type}`)!;
          const allowed = mayWrite(role, place.kind, type, ownership, scope === 'all');
          const wanted = !reads(asker, place) ? 'sync.spaceClosed' : allowed ? 'stands' : 'sync.notEntitled';
          ask(`${place.space} ${type} ${ownership}`, wanted, place.space, [{ type, id, field: 'x-note', value: `by ${role}` }]);
        }
      }
    }
    const opened = randomUUID();
    ask(
      'a workshop that nobody knows',
      OPENS_WORKSHOPS[role] ? 'stands' : 'sync.spaceClosed',
      planSpace(opened),
      [{ type: 'activity', id: opened, field: 'name', value: 'Atelier' }],
      'genesis',
    );
    for (const kind of ['refuse', 'erase'] as const) {
      const ruling = { type: '_changeSet', id: 'a'.repeat(64), field: '_refused', value: 'sync.notEntitled' };
      ask(`a ruling, ${kind}`, 'sync.kindNotAllowed', 'library', [ruling], kind);
    }
    // Each is judged by itself, so all may go in one push.
    const answer = await device.push(asked.map(({ changeSet }) => changeSet));
    const { refused = [] } = answer.json<{ refused?: { hash: string; code: string }[] }>();
    const codes = new Map(refused.map(({ hash, code }) => [hash, code]));
    return asked.map(({ where, changeSet, wanted }) => ({ where, saw: codes.get(changeSet.hash) ?? 'stands', wanted }));
  },
  pull: async (asker) => {
    const spaces = new Set<string>();
    const fill = PLACES.map(({ space }) => ({ space, after: '' }));
    const answer = await asker.device.ask('POST', '/v1/pull', JSON.stringify({ cursor: null, fill, frame: 65_536 }), JSON_TYPE);
    const pack = decodePack(answer.bytes, { hasher: nodeHasher, compression: brotli, verifier: nodeVerifier() });
    if (!pack.ok) throw new Error(pack.refusal.code);
    for (const { header } of pack.value.changeSets) spaces.add(header.space);
    return shown(asker, spaces);
  },
  fileHeld: (asker) =>
    ofFiles(
      async (sha256) => {
        const answer = await asker.device.ask('HEAD', `/v1/files/${sha256}`);
        if (answer.headers.get('x-file-size') === null) return answer.status === 404 ? 'absent' : String(answer.status);
        return `size ${answer.status}`;
      },
      asker,
      'whole',
      'size 200',
    ),
  fileGet: (asker) =>
    ofFiles(
      async (sha256) => {
        const answer = await asker.device.ask('GET', `/v1/files/${sha256}`);
        if (answer.status === 404 && answer.code === 'sync.fileUnknown') return 'absent';
        return toHex(nodeHasher.sha256(answer.bytes)) === sha256 ? 'sent' : String(answer.status);
      },
      asker,
      'whole',
      'sent',
    ),
  filePut: (asker) =>
    ofFiles(
      async (sha256) => {
        const answer = await asker.device.ask('PUT', `/v1/files/${sha256}`, Uint8Array.of(1), { 'content-type': FILE_PART });
        if (answer.status === 404 && answer.code === 'sync.fileUnknown') return 'absent';
        // Another asker has put the first byte already: who is told so is let in.
        return answer.status === 200 || answer.code === 'sync.fileOffset' ? 'taken' : String(answer.status);
      },
      asker,
      'open',
      'taken',
    ),
};

describe('the matrix of routes', () => {
  it('has a row for every route of the contract, and no other', () => {
    expect(Object.keys(MATRIX).sort()).toEqual(Object.keys(repositoryRoutes).sort());
  });

  it.each(ROLES)('%s: every route, scope and place, own and others’, is answered as PRODUCT says', async (role) => {
    let cells = 0;
    const wrong: string[] = [];
    for (const scope of SCOPES) {
      const device = await enrolBareDevice(server.url, await server.invite(role, scope), `Of ${scope}`);
      for (const [route, row] of Object.entries(MATRIX)) {
        for (const { where, saw, wanted } of await row({ role, scope, device })) {
          cells++;
          if (saw !== wanted) wrong.push(`${route}, ${role} ${scope}, ${where}: ${saw} instead of ${wanted}`);
        }
      }
    }
    expect(wrong).toEqual([]);
    expect(cells).toBeGreaterThan(SCOPES.length * (Object.keys(repositoryRoutes).length + 5 * PLACES.length));
  });

  it('who has no credential gets past no route but enrolment', async () => {
    for (const [name, { method, path, who }] of Object.entries(repositoryRoutes) as [RouteName, Route][]) {
      const body = method === 'POST' ? '{}' : method === 'PUT' ? 'x' : null;
      const type = method === 'PUT' ? FILE_PART : name === 'push' ? BINARY : 'application/json';
      const answer = await fetch(server.url + path.replace(':sha256', files.get('library')!.whole), {
        method,
        body,
        headers: { 'content-type': type },
      });
      expect(answer.status, name).toBe(who === 'device' ? 401 : 400);
    }
  });
});
