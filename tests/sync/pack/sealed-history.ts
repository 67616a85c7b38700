import fc from 'fast-check';
import { derivedId } from '../../../shared/kernel/ids.ts';
import type { Signer } from '../../../shared/kernel/ports.ts';
import { brotli, newSeed, nodeHasher, nodeVerifier, signerOf } from '../../../shared/node/crypto.ts';
import { replicaIdOf, sealChangeSet, unsignedChangeSet } from '../../../shared/sync/change-set.ts';
import type { Derivation, ChainPlace, Referent } from '../../../shared/sync/pack/frame-layout.ts';
import { WHOLE_PACK } from '../../../shared/sync/pack/pack-format.ts';
import { PackFrames } from '../../../shared/sync/pack/pack-frames.ts';
import type { PackReaderPorts } from '../../../shared/sync/pack/pack-reader.ts';
import { checkSeal } from '../../../shared/sync/pack/pack-seal.ts';
import type { ChangeSet, FieldValue, Op, OpValue } from '../../../shared/sync/types.ts';

export const DERIVATIONS: readonly Derivation[] = [
  { type: 'mark', namespace: 'attendance', fields: ['activityId', 'halfDay', 'personId'] },
];
export const signers = [signerOf(newSeed()), signerOf(newSeed())] as const;
export const keyOf = (replica: string): Uint8Array | undefined =>
  signers.find(({ publicKey }) => replicaIdOf(publicKey, nodeHasher) === replica)?.publicKey;
export const reading: PackReaderPorts = { hasher: nodeHasher, compression: brotli, verifier: nodeVerifier() };
export const writing = { hasher: nodeHasher, compression: brotli, signer: signers[0], derivations: DERIVATIONS };
export const none = { derivations: [], locate: () => null, hasher: nodeHasher };

export const uuid = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;

/** What a random history is made of: each step is one change-set. */
interface Step {
  readonly replica: 0 | 1;
  readonly space: 0 | 1;
  readonly fork: boolean;
  readonly clock: number;
  readonly ops: readonly StepOp[];
}

interface StepOp {
  readonly type: 'mark' | 'person' | 'x';
  readonly entity: number;
  readonly field: number;
  readonly value: FieldValue;
  readonly form: 'plain' | 'erasable';
  /** How many steps back the superseded values were written; -1: by a change-set that nobody has. */
  readonly over: readonly number[];
}

const step: fc.Arbitrary<Step> = fc.record({
  replica: fc.constantFrom(0, 1),
  space: fc.constantFrom(0, 1),
  fork: fc.boolean().map((yes) => yes && false),
  clock: fc.integer({ min: -100_000, max: 100_000 }),
  ops: fc.array(
    fc.record({
      type: fc.constantFrom('mark', 'person', 'x'),
      entity: fc.nat(4),
      field: fc.nat(2),
      value: fc.oneof(
        fc.constantFrom<FieldValue>('present', 'late', uuid(7), null, true, '2021-07-12T08:30:00.000Z', '', ['a', { b: 1 }]),
        fc.string({ unit: 'grapheme', maxLength: 12 }),
        fc.integer(),
      ),
      form: fc.constantFrom('plain', 'erasable'),
      over: fc.array(fc.integer({ min: -1, max: 6 }), { maxLength: 3 }),
    }),
    { minLength: 1, maxLength: 6 },
  ),
});
export const history = fc.array(
  fc.tuple(step, fc.nat(9)).map(([one, n]) => ({ ...one, fork: n === 0 })),
  { minLength: 1, maxLength: 24 },
);

function entityOf({ type, entity }: Pick<StepOp, 'type' | 'entity'>): string {
  if (type === 'mark') return derivedId(nodeHasher, 'attendance', uuid(1), `2021-07-1${entity}-AM`, uuid(100 + entity));
  return type === 'person' ? uuid(entity) : `entity-${entity}`;
}

/** Seals a history; chains fork where it says so. Every change-set is signed. */
export function sealedHistory(steps: readonly Step[]): ChangeSet[] {
  const made: ChangeSet[] = [];
  const ends = new Map<string, ChangeSet>();
  for (const { replica, space, fork, clock, ops: wanted } of steps) {
    const signer: Signer = signers[replica];
    const place = `${replica} ${space}`;
    const last = ends.get(place);
    const before = fork ? made.find(({ hash }) => hash === last?.header.prev) : last;
    const seen = new Set<string>();
    const ops = wanted.flatMap((op): Op[] => {
      const field = op.type === 'mark' ? ['activityId', 'halfDay', 'personId', 'status'] : [`field${op.field}`];
      return field.flatMap((name): Op[] => {
        const entityId = entityOf(op);
        if (seen.has(`${entityId} ${name}`)) return [];
        seen.add(`${entityId} ${name}`);
        const parts: Record<string, FieldValue> = {
          activityId: uuid(1),
          halfDay: `2021-07-1${op.entity}-AM`,
          personId: uuid(100 + op.entity),
        };
        const value = parts[name] ?? op.value;
        const salt = String(op.entity).repeat(32);
        const content: OpValue = op.form === 'plain' || name in parts ? { form: 'plain', value } : { form: 'erasable', value, salt };
        const supersedes = op.over.flatMap((back) => {
          if (back < 0) return [`${'ab'.repeat(32)}:3`];
          const target = made.at(-1 - back);
          const index = target?.ops.findIndex((old) => old.entityType === op.type && old.field === name) ?? -1;
          return target && index >= 0 ? [`${target.hash}:${index}`] : [];
        });
        return [{ entityType: op.type, entityId, field: name, supersedes: [...new Set(supersedes)], content }];
      });
    });
    const header = {
      version: 1,
      space: `workshop/${uuid(1)}/${space === 0 ? 'people' : 'plan'}`,
      replica: replicaIdOf(signer.publicKey, nodeHasher),
      seq: (before?.header.seq ?? 0) + 1,
      prev: before?.hash ?? null,
      t: 1_626_100_000_000 + clock,
      tq: 0,
      schema: 1,
      author: `user-${replica}`,
      kind: 'data',
    } as const;
    const changeSet = sealChangeSet(header, ops, signer, nodeHasher);
    if (made.some(({ hash }) => hash === changeSet.hash)) continue;
    made.push(changeSet);
    ends.set(place, changeSet);
  }
  return made;
}

/** The places outside a pack that it refers to. */
export function placesIn(pack: Uint8Array): ChainPlace[] {
  const sealed = checkSeal(pack, reading, pack.length);
  if (!sealed.ok) throw new Error(sealed.refusal.code);
  const frames = new PackFrames(reading, WHOLE_PACK);
  return sealed.value.frames.flatMap((frame) => {
    const columns = frames.unpack(frame);
    const places = 'code' in columns ? columns : frames.places(columns);
    if ('code' in places) throw new Error(places.code);
    return places;
  });
}

export const plain = (all: readonly ChangeSet[]): ChangeSet[] => all.map(unsignedChangeSet);

export function heldOf(changeSets: readonly ChangeSet[]): { held(place: ChainPlace): Referent[]; locate(hash: string): Referent | null } {
  const referents = changeSets.map(({ hash, header: { space, replica, seq }, ops }) => ({ hash, space, replica, seq, ops }));
  const held = (place: ChainPlace): Referent[] =>
    referents.filter(({ space, replica, seq }) => space === place.space && replica === place.replica && seq === place.seq);
  return {
    held,
    locate(hash) {
      const found = referents.find((one) => one.hash === hash);
      return found && held(found).length === 1 ? found : null;
    },
  };
}

/** First marks of every person in so many half-days, one change-set each. */
export function tapped(people: readonly string[], halfDays: number): ChangeSet[] {
  const made: ChangeSet[] = [];
  for (let half = 0; half < halfDays; half++) {
    for (const personId of people) {
      const last = made.at(-1);
      const t = 1_626_100_000_000 + made.length * 1_713;
      const halfDay = `2021-07-${String(10 + Math.floor(half / 2))}-${half % 2 === 0 ? 'AM' : 'PM'}`;
      const entityId = derivedId(nodeHasher, 'attendance', uuid(1), halfDay, personId);
      const values = {
        activityId: uuid(1),
        personId,
        halfDay,
        status: made.length % 7 === 3 ? 'late' : 'present',
        happenedAt: new Date(t).toISOString(),
      };
      const ops = Object.entries(values).map(([field, value]): Op => ({
        entityType: 'mark',
        entityId,
        field,
        supersedes: [],
        content: { form: 'plain', value },
      }));
      const header = {
        version: 1,
        space: `workshop/${uuid(1)}/people`,
        replica: replicaIdOf(signers[0].publicKey, nodeHasher),
        seq: made.length + 1,
        prev: last?.hash ?? null,
        t,
        tq: 0,
        schema: 1,
        author: 'user-0',
        kind: 'data',
      } as const;
      made.push(sealChangeSet(header, ops, signers[0], nodeHasher));
    }
  }
  return made;
}
