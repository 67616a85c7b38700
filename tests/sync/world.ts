import fc from 'fast-check';
import { deletion, restoration } from '../../shared/node/store/deletion.ts';
import { newSeed, nodeHasher, signerOf } from '../../shared/node/crypto.ts';
import { decodeChangeSet } from '../../shared/sync/change-set.ts';
import { erasureWrites, refusalWrites } from '../../shared/sync/merge.ts';
import type { ChangeSet, ClockTrust, FieldValue, Head, ReplicaId } from '../../shared/sync/types.ts';
import type { CommitRequest } from '../../shared/node/store/store.ts';
import type { OpenSubject, Subject, SubjectOptions } from '../conformance/subject.ts';

const YEAR = 365 * 86_400_000;
export const REPLICAS = 4;

/** Entities that a history writes: known to the model, with personal and plain fields, and a newer program's. */
export const ENTITIES = [
  { space: 'workshop/w/people', type: 'participant', id: 'p1', fields: ['familyName', 'givenName', 'activityId'] },
  { space: 'workshop/w/people', type: 'mark', id: 'm1', fields: ['status', 'method'] },
  { space: 'workshop/w/plan', type: 'activity', id: 'a1', fields: ['title@fr', 'title@pt', 'start'] },
  { space: 'workshop/w/plan', type: 'hologram', id: 'h1', fields: ['depth', 'x-rays'] },
] as const;

const VALUES: readonly FieldValue[] = ['présent', 'absent', 'late', 7, true, null, ['a', 1.5], { b: [null, -0.25], a: 'ß' }];

export type Step =
  | {
      readonly do: 'write';
      readonly by: number;
      readonly entity: number;
      readonly field: number;
      readonly value: number;
      readonly see: 'now' | 'earlier' | 'nothing';
    }
  | { readonly do: 'look'; readonly by: number; readonly entity: number; readonly field: number }
  | { readonly do: 'delete'; readonly by: number; readonly entity: number }
  | { readonly do: 'restore'; readonly by: number; readonly entity: number }
  | { readonly do: 'refuse'; readonly nth: number }
  | { readonly do: 'erase'; readonly entity: number }
  | { readonly do: 'clone'; readonly from: number; readonly to: number }
  | { readonly do: 'send'; readonly from: number; readonly to: number; readonly order: readonly number[] }
  | { readonly do: 'clock'; readonly by: number; readonly years: number; readonly trust: ClockTrust };

type Edit = Extract<Step, { readonly do: 'write' | 'look' | 'delete' | 'restore' }>;

const who = fc.nat(REPLICAS - 1);
const entity = fc.nat(ENTITIES.length - 1);
const field = fc.nat(2);

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 10,
    arbitrary: fc.record({
      do: fc.constant('write' as const),
      by: who,
      entity,
      field,
      value: fc.nat(VALUES.length - 1),
      see: fc.constantFrom('now', 'earlier', 'nothing'),
    }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('look' as const), by: who, entity, field }) },
  {
    weight: 2,
    arbitrary: fc.oneof(
      fc.record({ do: fc.constant('delete' as const), by: who, entity }),
      fc.record({ do: fc.constant('restore' as const), by: who, entity }),
    ),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('refuse' as const), nth: fc.nat(30) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('erase' as const), entity }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('clone' as const), from: who, to: who }) },
  {
    weight: 6,
    arbitrary: fc.record({ do: fc.constant('send' as const), from: who, to: who, order: fc.array(fc.nat(60), { maxLength: 40 }) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('clock' as const),
      by: who,
      years: fc.double({ min: -2, max: 2, noNaN: true }),
      trust: fc.constantFrom(0, 1, 2),
    }),
  },
);

/** Random histories of four replicas that write apart, look, delete, clone, rule, and pass on scraps of what they hold. */
export const history: fc.Arbitrary<readonly Step[]> = fc.array(step, { minLength: 4, maxLength: 45 });

export interface World {
  readonly replicas: readonly Subject[];
  /** Rulings by this replica count; it is the first. */
  readonly ruler: ReplicaId;
  /** Every change-set that a commit returned, in the order of the commits. */
  readonly made: readonly ChangeSet[];
  /** Per written value id: what its author had on screen. */
  readonly seen: ReadonlyMap<string, readonly string[]>;
  /** Called after every step. */
  readonly close: () => Promise<void>;
}

interface Laptop {
  subject: Subject;
  options: SubjectOptions;
  readonly clock: { offset: number; trust: ClockTrust };
  /** What its screen showed of a register when somebody last looked. */
  readonly shown: Map<string, readonly string[]>;
}

/** Plays a history on stores of one kind. `after`: looked at after every step. */
export async function play(
  steps: readonly Step[],
  open: OpenSubject,
  after: (world: World, changed: Subject) => Promise<void> = async () => undefined,
): Promise<World> {
  let tick = Date.UTC(2021, 6, 12);
  const laptops: Laptop[] = [];
  for (let i = 0; i < REPLICAS; i++) {
    const clock = { offset: 0, trust: 0 as ClockTrust };
    const options: SubjectOptions = {
      signer: signerOf(newSeed()),
      now: () => (tick += 1000) + clock.offset,
      clockTrust: () => clock.trust,
      author: () => `user-${i}`,
    };
    laptops.push({ subject: await open(options), options, clock, shown: new Map() });
  }
  const ruler = laptops[0]!.subject.replica;
  for (const { subject } of laptops) await subject.trustRulings([ruler]);
  const made: ChangeSet[] = [];
  const seen = new Map<string, readonly string[]>();
  const world = (): World => ({
    replicas: laptops.map((laptop) => laptop.subject),
    ruler,
    made,
    seen,
    close: async () => {
      for (const { subject } of laptops) await subject.close();
    },
  });
  const commit = async (subject: Subject, request: CommitRequest): Promise<void> => {
    const committed = await subject.commit([request]);
    for (const changeSet of committed) {
      made.push(changeSet);
      changeSet.ops.forEach((op, index) => seen.set(`${changeSet.hash}:${index}`, op.supersedes));
    }
  };
  for (const action of steps) await act(action);
  return world();

  async function act(action: Step): Promise<void> {
    const laptop = laptops['by' in action ? action.by : 'to' in action ? action.to : 0]!;
    const { subject } = laptop;
    if (action.do === 'clock') {
      laptop.clock.offset = Math.round(action.years * YEAR);
      laptop.clock.trust = action.trust;
    } else if (action.do === 'refuse') {
      const target = made[action.nth % Math.max(1, made.length)];
      if (target)
        await commit(subject, {
          space: target.header.space,
          kind: 'refuse',
          writes: refusalWrites([{ hash: target.hash, reason: `test.reason${action.nth % 2}` }]),
        });
    } else if (action.do === 'erase') {
      const { space, type, id } = ENTITIES[action.entity]!;
      await commit(subject, { space, kind: 'erase', writes: erasureWrites(type, id) });
    } else if (action.do === 'clone') {
      // Somebody copied a disk: one key writes on two laptops, and chains fork.
      if (action.from === action.to || action.to === 0 || action.from === 0) return;
      const options = { ...laptop.options, signer: laptops[action.from]!.options.signer };
      const other = await open(options);
      await other.trustRulings([ruler]);
      await other.ingest(await holdings(subject));
      await subject.close();
      laptop.subject = other;
      laptop.options = options;
    } else if (action.do === 'send') {
      const all = await holdings(laptops[action.from]!.subject);
      await subject.ingest(all.length === 0 ? [] : action.order.map((nth) => all[nth % all.length]!));
    } else {
      await edit(laptop, action);
    }
    await after(world(), laptop.subject);
  }

  async function edit(laptop: Laptop, action: Edit): Promise<void> {
    const { subject } = laptop;
    const { space, type, id, fields } = ENTITIES[action.entity]!;
    if (action.do === 'delete' || action.do === 'restore') {
      const heads = await subject.headsOfEntity(type, id);
      const reader = {
        headsOfEntity: () => [...heads],
        heads: (_type: string, _id: string, of: string) => heads.filter((head) => head.field === of),
      };
      const writes = action.do === 'delete' ? deletion(reader, type, id) : restoration(reader, type, id);
      if (writes.length > 0) await commit(subject, { space, writes });
      return;
    }
    const name = fields[action.field % fields.length]!;
    const register = `${type} ${id} ${name}`;
    if (action.do === 'look') {
      laptop.shown.set(register, idsOf(await subject.heads(type, id, name)));
      return;
    }
    const supersedes = action.see === 'now' ? undefined : action.see === 'nothing' ? [] : (laptop.shown.get(register) ?? []);
    await commit(subject, {
      space,
      writes: [{ entityType: type, entityId: id, field: name, value: VALUES[action.value]!, ...(supersedes && { supersedes }) }],
    });
  }
}

function idsOf(heads: readonly Head[]): readonly string[] {
  return heads.map((head) => head.id);
}

/** Everything that a store holds, as it travels. */
export async function holdings(subject: Subject): Promise<ChangeSet[]> {
  const all: ChangeSet[] = [];
  for (const space of await subject.spaces()) {
    for (const { bytes } of await subject.after(space, 0, 1_000_000)) {
      const decoded = decodeChangeSet(bytes, nodeHasher);
      if (!decoded.ok) throw new Error('a held change-set cannot be read');
      all.push(decoded.value);
    }
  }
  return all;
}

/** Brings every store to the same set, each sending the others what their tips say they lack. */
export async function settle(world: World): Promise<void> {
  for (let round = 0; round < 2; round++) {
    for (const from of world.replicas) {
      for (const to of world.replicas) {
        if (from === to) continue;
        for (const space of await from.spaces()) {
          const lacking = await from.beyond(space, await to.tips(space));
          const decoded = lacking.map((bytes) => decodeChangeSet(bytes, nodeHasher)).flatMap((result) => (result.ok ? [result.value] : []));
          await to.ingest(decoded);
        }
      }
    }
  }
}
