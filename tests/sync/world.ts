import fc from 'fast-check';
import { deletion, restoration } from '../../shared/node/store/deletion.ts';
import type { Signer } from '../../shared/kernel/ports.ts';
import { brotli, nodeHasher, nodeVerifier, signerOf } from '../../shared/node/crypto.ts';
import { decodeChangeSet } from '../../shared/sync/change-set.ts';
import { erasureWrites, refusalWrites } from '../../shared/sync/merge.ts';
import { packReader } from '../../shared/sync/pack/pack-reader.ts';
import { encodePack } from '../../shared/sync/pack/pack-writer.ts';
import { verifyAll } from '../../shared/sync/vouching.ts';
import type { ChangeSet, ClockTrust, FieldValue, Head, ReplicaId } from '../../shared/sync/types.ts';
import type { CommitRequest } from '../../shared/node/store/store.ts';
import type { OpenSubject, Subject, SubjectOptions } from '../conformance/subject.ts';

const YEAR = 365 * 86_400_000;
export const REPLICAS = 4;

/** Entities that a history writes: known to the model, with personal and plain fields, and a newer program's. */
export const ENTITIES = [
  { space: 'workshop/w/people', type: 'participant', id: 'p1', fields: ['familyName', 'givenName', 'activityId'] },
  { space: 'workshop/w/people', type: 'mark', id: 'm1', fields: ['status', 'method'] },
  { space: 'workshop/w/plan', type: 'activity', id: 'w', fields: ['title@fr', 'title@pt', 'start'] },
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
  | { readonly do: 'exchange'; readonly from: number; readonly to: number; readonly cut: number; readonly times: number }
  | { readonly do: 'remember'; readonly by: number }
  | { readonly do: 'rewind'; readonly by: number }
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

const trouble: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('exchange' as const),
      from: who,
      to: who,
      // Above 1: it arrives whole.
      cut: fc.double({ min: 0, max: 1.6, noNaN: true }),
      times: fc.constantFrom(1, 1, 2),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('remember' as const), by: who }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('rewind' as const), by: who }) },
);

/** As `history`, with packs that are cut at any byte or come twice, laptops put back from a backup, and the ruler put back from one too. */
export const eventfulHistory: fc.Arbitrary<readonly Step[]> = fc.array(
  fc.oneof({ weight: 3, arbitrary: step }, { weight: 1, arbitrary: trouble }),
  { minLength: 4, maxLength: 45 },
);

/** Random histories of four replicas that write apart, look, delete, clone, rule, and pass on scraps of what they hold. */
export const history: fc.Arbitrary<readonly Step[]> = fc.array(step, { minLength: 4, maxLength: 45 });

export interface World {
  readonly replicas: readonly Subject[];
  /** Rulings by this replica count; it is the first. */
  readonly ruler: ReplicaId;
  /** Every change-set that a commit returned, in the order of the commits; without what was on a lost disk alone. */
  readonly made: readonly ChangeSet[];
  /** Per written value id: what its author had on screen. */
  readonly seen: ReadonlyMap<string, readonly string[]>;
  readonly keys: ReadonlyMap<ReplicaId, Uint8Array>;
  readonly close: () => Promise<void>;
}

interface Laptop {
  subject: Subject;
  options: SubjectOptions;
  readonly clock: { offset: number; trust: ClockTrust };
  /** What its screen showed of a register when somebody last looked. */
  readonly shown: Map<string, readonly string[]>;
  /** What it held when it was backed up last. */
  backup: readonly ChangeSet[];
}

/** Plays a history on stores of one kind. `after`: looked at after every step. */
export async function play(
  steps: readonly Step[],
  open: OpenSubject,
  after: (world: World, changed: Subject) => Promise<void> = async () => undefined,
): Promise<World> {
  let tick = Date.UTC(2021, 6, 12);
  const laptops: Laptop[] = [];
  let keysMade = 0;
  // Not random: a history that is run again has the same hashes but for its salts.
  const nextSigner = (): Signer => signerOf(nodeHasher.sha256(Uint8Array.of(++keysMade)));
  for (let i = 0; i < REPLICAS; i++) {
    const clock = { offset: 0, trust: 0 as ClockTrust };
    const options: SubjectOptions = {
      signer: nextSigner(),
      now: () => (tick += 1000) + clock.offset,
      clockTrust: () => clock.trust,
      author: () => `user-${i}`,
    };
    laptops.push({ subject: await open(options), options, clock, shown: new Map(), backup: [] });
  }
  const ruler = laptops[0]!.subject.replica;
  for (const { subject } of laptops) await subject.trustRulings([ruler]);
  const keys = new Map(laptops.map(({ subject, options }) => [subject.replica, options.signer.publicKey]));
  let made: ChangeSet[] = [];
  const seen = new Map<string, readonly string[]>();
  const world = (): World => ({
    replicas: laptops.map((laptop) => laptop.subject),
    ruler,
    made,
    seen,
    keys,
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
    } else if (action.do === 'exchange') {
      const from = laptops[action.from]!;
      if (from === laptop) return;
      for (let time = 0; time < action.times; time++) await exchange(from.subject, subject, from.options.signer, keys, action.cut);
    } else if (action.do === 'remember') {
      laptop.backup = await holdings(subject);
    } else if (action.do === 'rewind') {
      await rewind(laptop);
    } else if (action.do === 'send') {
      const all = await holdings(laptops[action.from]!.subject);
      await subject.ingest(all.length === 0 ? [] : action.order.map((nth) => all[nth % all.length]!));
    } else {
      await edit(laptop, action);
    }
    await after(world(), laptop.subject);
  }

  /** A laptop goes on from its backup as a new replica; the repository with the key that it had, which its clients know. */
  async function rewind(laptop: Laptop): Promise<void> {
    const isRuler = laptop === laptops[0];
    const signer = isRuler ? laptop.options.signer : nextSigner();
    const options = { ...laptop.options, signer };
    const other = await open(options);
    await other.trustRulings([ruler]);
    await other.ingest(laptop.backup);
    await laptop.subject.close();
    laptop.subject = other;
    laptop.options = options;
    keys.set(other.replica, signer.publicKey);
    // What no other disk has is gone with this one; all else comes back.
    const held = new Set((await Promise.all(laptops.map(({ subject }) => holdings(subject)))).flat().map(({ hash }) => hash));
    made = made.filter(({ hash }) => held.has(hash));
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

/**
 * Sends what another lacks as packs, a space a pack, cut after this share of the bytes; what arrives is verified and applied frame by frame, as every
 * receiver does. Returns how many bytes travelled.
 */
export async function exchange(from: Subject, to: Subject, signer: Signer, keys: World['keys'], cut = 2): Promise<number> {
  let sent = 0;
  for (const space of await from.spaces()) {
    const theirs = await to.tips(space);
    const lacking = await from.beyond(space, theirs);
    if (lacking.length === 0) continue;
    const header = { spaces: [{ space, from: [...theirs], to: [...(await from.tips(space))] }], certificates: [] };
    const pack = encodePack(header, lacking, { hasher: nodeHasher, compression: brotli, signer }, 4_096);
    const reader = packReader({ hasher: nodeHasher, compression: brotli, verifier });
    const length = Math.min(pack.length, Math.floor(pack.length * cut));
    sent += length;
    const parts = reader.push(pack.subarray(0, length));
    if (!parts.ok) throw new Error(parts.refusal.code);
    for (const part of parts.value) {
      if (part.part !== 'frame') continue;
      const verified = verifyAll(part.changeSets, (replica) => keys.get(replica), { hasher: nodeHasher, verifier });
      if (!verified.ok) throw new Error(verified.refusal.code);
      await to.ingest(part.changeSets);
    }
  }
  return sent;
}

const verifier = nodeVerifier();

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
