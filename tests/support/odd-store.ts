import type { DesktopCall } from '../../shared/contract/desktop.ts';
import type { Signer } from '../../shared/kernel/ports.ts';
import { putCertificate } from '../../shared/node/store/sqlite/certificates.ts';
import { isErasable, type Entity } from '../../shared/model/entity.ts';
import { ENTITIES } from '../../shared/model/entities.ts';
import { courseVersion } from '../../shared/model/course.ts';
import { suggestion, suggestionAnswer } from '../../shared/model/suggestion.ts';
import { formItem, formVersion } from '../../shared/model/evaluation.ts';
import { institution } from '../../shared/model/institution.ts';
import { laptop } from '../../shared/model/laptop.ts';
import { material, materialVersion } from '../../shared/model/material.ts';
import { institutionSpace, LIBRARY, planSpace } from '../../shared/model/spaces.ts';
import { writesOf } from '../../shared/model/field-writes.ts';
import { newSeed, nodeClock, nodeHasher, nodeRandom, signerOf } from '../../shared/node/crypto.ts';
import { openStore } from '../../shared/node/store/sqlite/opening/open-store.ts';
import type { SqliteStore } from '../../shared/node/store/sqlite/sqlite-store.ts';
import { replicaIdOf, sealChangeSet } from '../../shared/sync/change-set.ts';
import type { ChangeSet, FieldValue, Op, ReplicaId, SpaceId } from '../../shared/sync/types.ts';
import { randomUUID } from 'node:crypto';
import { ODD_VALUES } from './lists/odd-values.ts';

/** Fields that tie a record to another: odd ones hide the record, so that most copies keep them. */
const TIES = new Set(['activityId', 'personId', 'materialId', 'formId', 'halfDay', 'placement', 'start', 'end']);

/** Adds records of kinds that a workshop has none of by itself: people told apart, columns that are said for the whole workshop, a certificate. */
export async function addRareRecords(call: <T>(name: DesktopCall, input: object) => Promise<T>, activityId: string): Promise<void> {
  const [one, other] = await call<{ readonly id: string }[]>('people.list', { activityId });
  await call('people.tellApart', { ids: [one!.id, other!.id] });
  const columns = { A: 'familyName', B: 'givenName' };
  await call('people.import', { activityId, text: 'Zol\tBrak\nqxana\twyola', columns, remember: 'workshop', apply: true });
  const exceptions = [{ personId: one!.id, reason: 'taught the last half-day' }];
  await call('certificate.issue', { activityId, people: [one!.id], exceptions, apply: true });
  await call('certificate.addDesign', { name: 'École de la magistrature' });
}

/**
 * Plants odd values into a store as an old log has them, past every judgement: of every entity, copies of a good one (and, over the good one itself, one
 * contested value per field), with each odd value in all fields that tie it to nothing, and in each of the others alone; and one with each field alone, so that no
 * odd kind hides what else is odd. Returns how many records there are.
 */
export function plantOddValues(folder: string): number {
  const opened = openStore({ folder, clock: nodeClock, random: nodeRandom, hasher: nodeHasher, author: () => 'odd' });
  if (!opened.ok) throw new Error(opened.refusal.code);
  const store = opened.value;
  try {
    // A laptop that belongs to no repository writes its name nowhere.
    store.commit([{ space: LIBRARY, writes: writesOf(laptop, randomUUID(), { name: 'Office' }) }]);
    const school = institutionSpace(randomUUID());
    store.commit([{ space: school, writes: writesOf(institution, randomUUID(), { name: 'School', country: 'CV', languages: ['pt'] }) }]);
    const published = { version: '1.0', notes: { fr: 'Première' }, publishedAt: '2026-03-02T08:00:00.000Z', parts: {} };
    store.commit([{ space: LIBRARY, writes: writesOf(courseVersion, randomUUID(), { courseId: randomUUID(), ...published }) }]);
    const item = {
      type: 'choice',
      text: { fr: 'Qui ?' },
      options: ['a'],
      optionTexts: { fr: { a: 'Tous' } },
      placement: [randomUUID(), 'a0'],
    };
    store.commit([{ space: LIBRARY, writes: writesOf(formItem, randomUUID(), item) }]);
    store.commit([{ space: LIBRARY, writes: writesOf(formVersion, randomUUID(), { formId: randomUUID(), ...published }) }]);
    const [courseId, sourceId, suggestionId] = [randomUUID(), randomUUID(), randomUUID()];
    const suggested = { courseId, sourceId, note: 'Lei', suggestedAt: '2026-03-02T08:00:00.000Z', parts: {}, bases: {} };
    store.commit([{ space: school, writes: writesOf(suggestion, suggestionId, suggested) }]);
    const answered = { suggestionId, taken: true, why: 'Merci', answeredAt: '2026-03-03T08:00:00.000Z', settled: {} };
    store.commit([{ space: LIBRARY, writes: writesOf(suggestionAnswer, randomUUID(), answered) }]);
    const planted = ENTITIES.flatMap((definition) => oddCopies(store, definition));
    const signer = signerOf(newSeed());
    const replica = replicaIdOf(signer.publicKey, nodeHasher);
    putCertificate(store.db, { replica, publicKey: signer.publicKey, name: 'odd', bytes: new Uint8Array([0]) });
    store.ingest(sealed(planted, signer, replica));
    return planted.length;
  } finally {
    store.close();
  }
}

interface Planted {
  readonly space: SpaceId;
  readonly ops: readonly Op[];
}

function oddCopies(store: SqliteStore, definition: Entity): Planted[] {
  const { type, fields } = definition;
  // Cards and templates of the library are titled in four languages: where the French title is odd another one is read.
  const which = type === material.type ? `kind not in ('card', 'template')` : 'true';
  const example = store.reader.get<{ id: string; space: SpaceId }>(
    `select id, space from "${type}" where live = 1 and ${which} order by id limit 1`,
  );
  if (!example) throw new Error(`no ${type} to copy`);
  const registers = new Map<string, FieldValue>(
    store.reader.headsOfEntity(type, example.id).map(({ field, value }) => [field, value] as const),
  );
  const names = Object.entries(fields).map(([name, { localised }]) => (localised ? `${name}@fr` : name));
  const copy = (change: ReadonlyMap<string, FieldValue>, id: string = randomUUID()): Planted => ({
    // A plan holds its own workshop.
    space: type === 'activity' ? planSpace(id) : example.space,
    ops: [...new Map([...(id === example.id ? [] : registers), ...change])].map(([field, value], index) => ({
      entityType: type,
      entityId: id,
      field,
      supersedes: [],
      // Old logs have personal values in plain, too.
      content:
        index % 2 === 0 && isErasable(fields[field.split('@')[0]!] ?? { personal: null })
          ? { form: 'erasable', value, salt: '0'.repeat(32) }
          : { form: 'plain', value },
    })),
  });
  const loose = names.filter((name) => !TIES.has(name));
  const all = ODD_VALUES.map((value) => copy(new Map(loose.map((name) => [name, value] as const))));
  const tied = names.filter((name) => TIES.has(name)).flatMap((name) => ODD_VALUES.map((value) => copy(new Map([[name, value]]))));
  const alone = loose.map((name, index) => copy(new Map([[name, ODD_VALUES[index % ODD_VALUES.length]!]])));
  // What is there already gets a rival, so that every odd value is in a conflict somewhere.
  const rivals = ODD_VALUES.map((value) => copy(new Map(loose.map((name) => [name, value] as const)), example.id));
  const copies = [...all, ...tied, ...alone, ...(definition.appendOnly ? [] : rivals.slice(0, 20))];
  return type === material.type ? [...copies, ...versionsFor(store, all)] : copies;
}

/** A good version of each of these materials: one without is in no list. */
function versionsFor(store: SqliteStore, materials: readonly Planted[]): Planted[] {
  const { type } = materialVersion;
  const example = store.reader.get<{ id: string }>(`select id from "${type}" where live = 1 order by id limit 1`);
  if (!example) throw new Error('no version to copy');
  const heads = store.reader.headsOfEntity(type, example.id);
  return materials.map(({ space, ops }) => {
    const entityId = randomUUID();
    return {
      space,
      ops: heads.map(({ field, value }): Op => ({
        entityType: type,
        entityId,
        field,
        supersedes: [],
        content: { form: 'plain', value: field === 'materialId' ? ops[0]!.entityId : value },
      })),
    };
  });
}

/** One replica's chains, with clocks that no calendar has among its times. */
function sealed(planted: readonly Planted[], signer: Signer, replica: ReplicaId): ChangeSet[] {
  const ends = new Map<SpaceId, { readonly seq: number; readonly hash: string }>();
  const times = [0, 1_770_000_000_000, Number.MAX_SAFE_INTEGER, 8.64e15];
  return planted.map(({ space, ops }, index) => {
    const last = ends.get(space);
    const header = {
      version: 1,
      space,
      replica,
      seq: (last?.seq ?? 0) + 1,
      prev: last?.hash ?? null,
      t: times[index % times.length]!,
      tq: 2,
      schema: 1,
      author: 'odd',
      kind: 'data',
    } as const;
    const changeSet = sealChangeSet(header, ops, signer, nodeHasher);
    ends.set(space, { seq: header.seq, hash: changeSet.hash });
    return changeSet;
  });
}
