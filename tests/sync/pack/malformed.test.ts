import { randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { BINARY } from '../../../shared/contract/repository.ts';
import { brotli, nodeHasher, nodeVerifier } from '../../../shared/node/crypto.ts';
import { peopleSpace, planSpace } from '../../../shared/model/spaces.ts';
import { encodeChangeSet, replicaIdOf, sealChangeSet } from '../../../shared/sync/change-set.ts';
import { ONE_FRAME } from '../../../shared/sync/pack/pack-format.ts';
import { decodePack } from '../../../shared/sync/pack/pack-reader.ts';
import { encodePack } from '../../../shared/sync/pack/pack-writer.ts';
import { firstUnproven } from '../../../shared/sync/vouching.ts';
import type { ChangeSet, FieldValue, Op } from '../../../shared/sync/types.ts';
import { enrolBareDevice, type BareDevice } from '../../support/laptops/bare-device.ts';
import { mutatePack, type Mutation } from '../../support/repository/pack-mutations.ts';
import { quickFolder } from '../../support/repository/quick-folder.ts';
import { seeded } from '../../support/seeded.ts';
import { spawnRepository, type SpawnedRepository } from '../../support/repository/spawned-repository.ts';
import { SEED } from '../seeds.ts';

/**
 * SPEC, invariant 16: malformed packs (two thousand in the long run), against the reader and against a running repository of little memory. Each is refused with a
 * code of the list, nothing of any is applied, and the process lives on. Seeds are fixed; `SEED=` runs others.
 */
const COUNT = Number(process.env['ITINERA_PACKS'] ?? 250);
const CODES = new Set([
  'sync.packMalformed',
  'sync.packNewer',
  'sync.packTooLarge',
  'sync.packDamaged',
  'sync.packSignature',
  'sync.packCut',
  'sync.packUnresolved',
  'sync.senderWrong',
  'sync.signatureWrong',
]);
const MOST_MEMORY = 256 << 20;

const folder = quickFolder('itinera-malformed-');
let repository: SpawnedRepository;
let device: BareDevice;
let pack: Uint8Array;
let original: ReadonlySet<string>;

beforeAll(async () => {
  repository = await spawnRepository(folder, { heap: 96 });
  device = await enrolBareDevice(repository.url, await repository.ask('invite', 'trainer', 'all'));
  const made = workOf(device);
  original = new Set(made.map(({ hash }) => hash));
  const last = made.at(-1)!;
  const header = {
    spaces: [{ space: last.header.space, from: [], to: [{ replica: device.replica, seq: last.header.seq, hash: last.hash }] }],
    certificates: [Uint8Array.from(Buffer.from(device.certificate, 'base64url'))],
  };
  pack = encodePack(header, made.map(encodeChangeSet), { hasher: nodeHasher, compression: brotli, signer: device.signer }, 4_096);
});
afterAll(async () => {
  await repository.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** A workshop's records of every form: plain and erasable, superseding, of a newer program, in two chains. */
function workOf({ signer, replica }: BareDevice): ChangeSet[] {
  const id = randomUUID();
  const person = randomUUID();
  const made: ChangeSet[] = [];
  const add = (
    space: string,
    type: string,
    entityId: string,
    record: Readonly<Record<string, FieldValue>>,
    kind: 'data' | 'genesis' = 'data',
  ): void => {
    const before = made.findLast(({ header }) => header.space === space);
    const ops = Object.entries(record).map(([field, value]): Op => {
      const old = made.findLast((one) => one.ops.some((op) => op.entityId === entityId && op.field === field));
      const index = old?.ops.findIndex((op) => op.entityId === entityId && op.field === field);
      const erasable = field.endsWith('Name');
      return {
        entityType: type,
        entityId,
        field,
        supersedes: old ? [`${old.hash}:${index}`] : [],
        content: erasable ? { form: 'erasable', value, salt: 'ab'.repeat(16) } : { form: 'plain', value },
      };
    });
    const seq = (before?.header.seq ?? 0) + 1;
    const header = {
      version: 1,
      space,
      replica,
      seq,
      prev: before?.hash ?? null,
      t: 1_700_000_000_000 + made.length,
      tq: 0,
      schema: 1,
      author: 'u',
      kind,
    } as const;
    made.push(sealChangeSet(header, ops, signer, nodeHasher));
  };
  add(planSpace(id), 'activity', id, { name: 'Atelier', start: '2021-07-12', countries: ['SN'] }, 'genesis');
  add(peopleSpace(id), 'roster', randomUUID(), { activityId: id, key: 'k' }, 'genesis');
  add(peopleSpace(id), 'participant', person, { activityId: id, familyName: "N'GUESSAN", givenName: 'Awa' });
  for (let i = 0; i < 24; i++) {
    add(peopleSpace(id), 'mark', `mark-${i % 6}`, {
      activityId: id,
      personId: person,
      halfDay: '2021-07-12-AM',
      status: i % 2 ? 'late' : 'present',
    });
    if (i % 4 === 0)
      add(peopleSpace(id), 'participant', person, { familyName: `MAÏGA ${i} ${nodeHasher.sha256(Uint8Array.of(i)).toString()}` });
    if (i % 6 === 0) add(planSpace(id), 'hologram', `h-${i}`, { depth: { a: [1, 2.5, null], b: 'ß' } });
  }
  return made;
}

/** What becomes of a pack wherever one is received: read whole, sent by who brings it, every change-set vouched for. `harmless`: it was believed. */
function codeOf(bytes: Uint8Array): string {
  const read = decodePack(
    bytes,
    { hasher: nodeHasher, compression: brotli, verifier: nodeVerifier() },
    ONE_FRAME,
    ({ sender }) => sender === device.replica,
  );
  if (!read.ok) return read.refusal.code;
  const keyOf = (replica: string): Uint8Array | null =>
    replica === replicaIdOf(device.signer.publicKey, nodeHasher) ? device.signer.publicKey : null;
  const ports = { hasher: nodeHasher, verifier: nodeVerifier() };
  if (read.value.changeSets.some(({ header }) => keyOf(header.replica) === null)) return 'sync.replicaUnknown';
  if (firstUnproven(read.value.changeSets, keyOf, ports) !== null) return 'sync.signatureWrong';
  // A change that says nothing else (an empty frame's place, a certificate): what is believed is what was written.
  for (const { hash } of read.value.changeSets) expect(original.has(hash), 'a change-set that nobody wrote was believed').toBe(true);
  return 'harmless';
}

it(
  `${COUNT} malformed packs from seed ${SEED}: refused by code, nothing applied, the repository alive and small`,
  { timeout: 600_000 },
  async () => {
    expect(codeOf(pack)).toBe('harmless');
    const before = await repository.ask('digest');
    const seen = new Map<string, number>();
    const kinds = new Set<string>();
    let harmless = 0;
    let refused = 0;
    for (let nth = 0; refused < COUNT; nth++) {
      const mutation: Mutation = mutatePack(pack, device.signer, seeded(SEED + nth));
      const code = codeOf(mutation.bytes);
      const where = `SEED=${SEED + nth} (${mutation.kind})`;
      if (code === 'harmless' || code === 'sync.replicaUnknown') {
        // Well formed all the same: what it says is of no malformed pack, and is judged elsewhere.
        harmless++;
        continue;
      }
      expect(CODES, where).toContain(code);
      const answer = await device.ask('POST', '/v1/push', mutation.bytes, { 'content-type': BINARY });
      expect(answer.status, where).toBe(mutation.bytes.length > 1 << 20 ? 413 : 400);
      if (answer.status === 400) expect(answer.code, where).toBe(code);
      refused++;
      kinds.add(mutation.kind);
      seen.set(code, (seen.get(code) ?? 0) + 1);
    }
    expect(await repository.ask('digest')).toEqual(before);
    expect(await repository.ask('faults')).toEqual([]);
    const peak = await repository.ask('peakMemory');
    expect(peak).toBeLessThan(MOST_MEMORY);
    process.stdout.write(
      `${refused} refused (${[...seen].map(([code, count]) => `${code} ${count}`).join(', ')}), ${harmless} harmless, peak ${Math.round(peak / 2 ** 20)} MB\n`,
    );
    // Not the same refusal again and again: they come from all over the reader.
    expect(kinds.size).toBeGreaterThan(20);
    expect(seen.size).toBeGreaterThan(5);
    expect(harmless).toBeLessThan(COUNT / 4);
    // And the pack that they were made from is taken.
    const answer = await device.ask('POST', '/v1/push', pack, { 'content-type': BINARY });
    expect(answer.json()).toEqual({ applied: original.size });
  },
);
