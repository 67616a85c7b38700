import { ENTITIES, entityOf, MODEL_VERSION } from '../../../shared/model/entities.ts';
import { isErasable, type SpaceKind } from '../../../shared/model/entity.ts';
import { fieldOf } from '../../../shared/model/judge.ts';
import { parseSpace } from '../../../shared/model/spaces.ts';
import type { Signer } from '../../../shared/kernel/ports.ts';
import { nodeHasher } from '../../../shared/node/crypto.ts';
import { replicaIdOf, sealChangeSet, unsignedChangeSet } from '../../../shared/sync/change-set.ts';
import { asFieldValue } from '../../../shared/sync/canonical.ts';
import { DELETED, ERASED, REFUSED, RULED_TYPE } from '../../../shared/sync/merge.ts';
import type { ChangeSet, ChangeSetKind, FieldValue, Op, OpValue, ReplicaId, SpaceId, ValueId } from '../../../shared/sync/types.ts';
import type { Dice } from '../dice.ts';
import { ODD_VALUES } from '../lists/odd-values.ts';

/** A record of somebody else's that a hostile device has seen. */
export interface Target {
  readonly space: SpaceId;
  readonly type: string;
  readonly id: string;
  readonly field: string;
}

/** What a hostile device knows of the others' work. */
export interface Known {
  readonly targets: readonly Target[];
  /** Spaces to write into: those of the targets, and others'. */
  readonly spaces: readonly SpaceId[];
  /** Values that stand in a register. */
  values(target: Target): readonly ValueId[];
}

const KINDS: readonly ChangeSetKind[] = ['data', 'data', 'data', 'data', 'genesis', 'refuse', 'erase', 'reissue'];
/** Those that can be sealed at all. */
const ODD = ODD_VALUES.filter((value) => asFieldValue(value) !== undefined);
const YEAR = 365 * 86_400_000;

/** Plausible values by field: what would do harm if it were believed. */
const PLAUSIBLE = new Map<string, readonly FieldValue[]>(
  Object.entries({
    status: ['absent', 'excused', 'late', 'present'],
    start: ['2030-01-01', '2021-07-14'],
    end: ['2021-07-12', '2031-01-01'],
    countries: [['CV'], [], ['SN', 'CV']],
    halfDay: ['2021-07-13-AM', '2099-01-01-PM'],
    placement: [
      ['2021-07-12-AM', 'a0'],
      ['2021-07-15-PM', 'a1'],
    ],
    answers: [{ S1: '1' }],
    mode: ['online', 'inPerson'],
  }),
);

/** Makes change-sets as no program of ours does, each signed with a certified device's key, in chains of its own making. */
export class HostileWriter {
  readonly #signer: Signer;
  readonly #dice: Dice;
  /** The user whom the device belongs to. */
  readonly #user: string;
  readonly #chains = new Map<SpaceId, ChangeSet[]>();
  #count = 0;

  constructor(signer: Signer, user: string, dice: Dice) {
    this.#signer = signer;
    this.#user = user;
    this.#dice = dice;
  }

  get replica(): ReplicaId {
    return replicaIdOf(this.#signer.publicKey, nodeHasher);
  }

  /** Some change-sets, over what is known. */
  write(known: Known): ChangeSet[] {
    return Array.from({ length: 1 + this.#dice.upTo(4) }, () => this.#one(known));
  }

  /** The same, mostly; now and then some without their own signature where a later one vouches for them. */
  bared(changeSets: readonly ChangeSet[]): ChangeSet[] {
    const bare = this.#dice.chance(0.4);
    return changeSets.map((one, i) =>
      bare && changeSets.slice(i + 1).some(({ header }) => header.prev === one.hash) ? unsignedChangeSet(one) : one,
    );
  }

  #one(known: Known): ChangeSet {
    const dice = this.#dice;
    const aimed = known.targets.length > 0 && dice.chance(0.7) ? dice.oneOf(known.targets) : null;
    const kind = aimed && dice.chance(0.5) ? 'data' : dice.oneOf(KINDS);
    const space = aimed && dice.chance(0.8) ? aimed.space : dice.oneOf(known.spaces);
    const ops = Array.from({ length: 1 + dice.upTo(3) }, () =>
      aimed && dice.chance(0.8) ? this.#aimedOp(aimed, kind, known) : this.#anyOp(known),
    );
    const chain = this.#chains.get(space) ?? [];
    // Mostly goes on where it ended; now and then from further back, or from nothing: a fork.
    const after = dice.chance(0.85) ? chain.length : dice.upTo(chain.length + 1);
    const prev = chain[after - 1] ?? null;
    const header = {
      version: 1,
      space,
      replica: this.replica,
      seq: prev === null ? 1 : prev.header.seq + (dice.chance(0.03) ? 2 : 1),
      prev: prev?.hash ?? null,
      t: dice.oneOf([
        Date.now(),
        Date.now() - 2 * YEAR,
        Date.now() + 3_600_000,
        Date.now() + 3 * YEAR,
        0,
        -1,
        8.64e15 + 1,
        Number.MAX_SAFE_INTEGER,
      ]),
      tq: dice.oneOf([0, 1, 2, 2] as const),
      schema: dice.oneOf([MODEL_VERSION, MODEL_VERSION, MODEL_VERSION, 0, 99]),
      author: dice.oneOf(['', 'somebody', this.#user]),
      kind,
    } as const;
    const changeSet = sealChangeSet(header, ops, this.#signer, nodeHasher);
    if (header.seq === (prev?.header.seq ?? 0) + 1) this.#chains.set(space, [...chain, changeSet]);
    return changeSet;
  }

  /** A write over somebody's record: another value, its deletion, its erasure or a ruling on what it was written by. */
  #aimedOp(target: Target, kind: ChangeSetKind, known: Known): Op {
    const dice = this.#dice;
    const values = known.values(target);
    if (kind === 'refuse' && values.length > 0) {
      return op(RULED_TYPE, dice.oneOf(values).slice(0, 64), REFUSED, [], { form: 'plain', value: 'sync.notEntitled' });
    }
    if (kind === 'erase') return op(target.type, target.id, ERASED, [], { form: 'plain', value: true });
    const supersedes = dice.chance(0.7) ? values.slice(0, 100) : [];
    if (dice.chance(0.15)) return op(target.type, target.id, DELETED, supersedes, { form: 'plain', value: true });
    return op(target.type, target.id, target.field, supersedes, this.#content(target.type, target.field));
  }

  #anyOp(known: Known): Op {
    const dice = this.#dice;
    const definition = dice.oneOf(ENTITIES);
    const type = dice.oneOf([definition.type, definition.type, definition.type, RULED_TYPE, 'hologram']);
    const id =
      known.targets.length > 0 && dice.chance(0.3) ? dice.oneOf(known.targets).id : dice.oneOf([dice.id(), dice.hex(64), '__proto__']);
    const fields = Object.entries(definition.fields).map(([name, { localised }]) =>
      localised ? `${name}@${dice.oneOf(['fr', 'xx'])}` : name,
    );
    const field = dice.oneOf([...fields, DELETED, ERASED, REFUSED, 'x-new', 'constructor']);
    return op(type, id, field, dice.chance(0.2) ? [`${dice.hex(64)}:${dice.upTo(3)}`] : [], this.#content(type, field));
  }

  #content(type: string, register: string): OpValue {
    const dice = this.#dice;
    const definition = entityOf(type);
    const known = definition && fieldOf(definition, register);
    const value = dice.chance(0.25)
      ? dice.oneOf(ODD)
      : dice.oneOf(PLAUSIBLE.get(register) ?? [`HOSTILE ${++this.#count}`, `HOSTILE ${++this.#count}`, null]);
    if (dice.chance(0.03)) return { form: 'redacted', digest: dice.hex(64) };
    const erasable = (known !== undefined && isErasable(known)) !== dice.chance(0.05);
    return erasable ? { form: 'erasable', value, salt: dice.hex(32) } : { form: 'plain', value };
  }
}

/** The kind of a space; null where it is none of ours. */
export function kindOf(space: SpaceId): SpaceKind | null {
  return parseSpace(space)?.kind ?? null;
}

function op(entityType: string, entityId: string, field: string, supersedes: readonly ValueId[], content: OpValue): Op {
  return { entityType, entityId, field, supersedes, content };
}
