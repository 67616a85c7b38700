import { valueText } from '../../../sync/canonical.ts';
import { mergeEntity, type MergedEntity } from '../../../sync/merge.ts';
import { shownFirst, type WrittenValue } from '../../../sync/register.ts';
import type { ChangeSet, ClockTrust, FieldValue, Head, Op, SpaceId } from '../../../sync/types.ts';
import type { Db } from './open-database.ts';
import { projector, type Projector } from './projection-tables.ts';

/** A written value as it lies in the table `value`, with what its change-set says. */
interface StoredValue extends WrittenValue {
  readonly space: SpaceId;
  readonly feed: number;
  readonly head: boolean;
}

type ValueRow = [
  field: string,
  feed: number,
  idx: number,
  head: number,
  erased: number,
  value: string,
  supersedes: string,
  hash: string,
  space: string,
  replica: string,
  author: string,
  t: number,
  tq: number,
  refused: string | null,
];

const SELECT = `select v.field, v.feed, v.idx, v.head, v.erased, v.value, v.supersedes, c.hash, c.space, c.replica, c.author, c.t, c.tq, c.refused
  from value v join change_set c on c.feed = v.feed`;

function stored(row: ValueRow): StoredValue {
  const [field, feed, index, head, erased, value, supersedes, hash, space, replica, author, t, tq, refused] = row;
  return {
    id: `${hash}:${index}`,
    hash,
    index,
    field,
    value: JSON.parse(value) as FieldValue,
    erased: erased === 1,
    supersedes: supersedes === '' ? [] : supersedes.split(' '),
    effective: refused === null,
    replica,
    author,
    t,
    tq: tq as ClockTrust,
    space,
    feed,
    head: head === 1,
  };
}

export interface EntityHeads {
  readonly field: string;
  readonly head: Head;
}

/** Registers and the projections made of them. */
export interface Registers {
  /** Writes the values of a change-set; `remerge` must follow for every entity that it touched. */
  add(feed: number, changeSet: Pick<ChangeSet, 'hash' | 'ops'>): void;
  /** Merges an entity from all its values and writes heads and projection. Returns the spaces that it has values in. */
  remerge(type: string, id: string): readonly SpaceId[];
  /** Every stored value of an entity replaced by nothing where the op is redacted. */
  redact(feed: number, ops: readonly Op[]): void;
  heads(type: string, id: string, field: string): Head[];
  headsOfEntity(type: string, id: string): (Head & { readonly field: string })[];
  history(id: string, field: string): (Head & { readonly current: boolean; readonly entityType: string; readonly hash: string })[];
  /** The merged entity in its space, from the stored values alone; null when nothing was ever written to it. */
  merged(type: string, id: string): { readonly space: SpaceId; readonly merged: MergedEntity } | null;
}

/** Registers over a database whose tables are prepared. */
export function registers(db: Db, projections: Projector = projector(db)): Registers {
  const insert = db.prepare(
    'insert into value(entity, type, field, feed, idx, head, erased, value, supersedes) values (?, ?, ?, ?, ?, 1, ?, ?, ?)',
  );
  const ofEntity = db.prepare(`${SELECT} where v.entity = ? and v.type = ?`).raw();
  const ofRegister = db.prepare(`${SELECT} where v.entity = ? and v.type = ? and v.field = ?`).raw();
  const ofField = db.prepare(`select v.type from value v where v.entity = ? and v.field = ? group by v.type`).pluck();
  const setHead = db.prepare('update value set head = ? where entity = ? and type = ? and field = ? and feed = ? and idx = ?');
  const erase = db.prepare(
    "update value set erased = 1, value = 'null' where entity = ? and type = ? and field = ? and feed = ? and idx = ?",
  );

  const load = (type: string, id: string): StoredValue[] => (ofEntity.all(id, type) as ValueRow[]).map(stored);

  const headsIn = (values: readonly StoredValue[]): StoredValue[] => {
    const heads = values.filter((value) => value.head);
    const space = ownerOf(values);
    return heads.filter((value) => value.space === space).sort(shownFirst);
  };

  return {
    add(feed, { ops }) {
      ops.forEach((op, index) => {
        const { content } = op;
        const redacted = content.form === 'redacted';
        insert.run(
          op.entityId,
          op.entityType,
          op.field,
          feed,
          index,
          redacted ? 1 : 0,
          redacted ? 'null' : valueText(content.value),
          op.supersedes.join(' '),
        );
      });
    },
    remerge(type, id) {
      const values = load(type, id);
      const spaces = [...new Set(values.map((value) => value.space))].sort();
      for (const space of spaces) {
        const mine = spaces.length === 1 ? values : values.filter((value) => value.space === space);
        const merged = mergeEntity(mine);
        const heads = new Set<WrittenValue>();
        for (const register of merged.registers.values()) for (const head of register.heads) heads.add(head);
        for (const value of mine) {
          const isHead = heads.has(value);
          if (isHead !== value.head) setHead.run(isHead ? 1 : 0, id, type, value.field, value.feed, value.index);
        }
        if (space === spaces[0]) projections.write(type, id, space, merged);
      }
      return spaces;
    },
    redact(feed, ops) {
      ops.forEach((op, index) => {
        if (op.content.form === 'redacted') erase.run(op.entityId, op.entityType, op.field, feed, index);
      });
    },
    heads: (type, id, field) => headsIn((ofRegister.all(id, type, field) as ValueRow[]).map(stored)).map(asHead),
    headsOfEntity: (type, id) => headsIn(load(type, id)).map((value) => ({ ...asHead(value), field: value.field })),
    history(id, field) {
      return (ofField.all(id, field) as string[]).flatMap((entityType) => {
        const values = (ofRegister.all(id, entityType, field) as ValueRow[]).map(stored);
        return values.sort(shownFirst).map((value) => ({ ...asHead(value), current: value.head, entityType, hash: value.hash }));
      });
    },
    merged(type, id) {
      const values = load(type, id);
      const space = ownerOf(values);
      return space === null ? null : { space, merged: mergeEntity(values.filter((value) => value.space === space)) };
    },
  };
}

/**
 * An entity lives in one space for ever. Where a faulty or hostile program wrote it in two, both keep their registers and the
 * first in order is the one that shows: the same on every node that holds both.
 */
function ownerOf(values: readonly StoredValue[]): SpaceId | null {
  let owner: SpaceId | null = null;
  for (const { space } of values) if (owner === null || space < owner) owner = space;
  return owner;
}

function asHead({ id, value, erased, replica, author, t, tq }: StoredValue): Head {
  return { id, value, erased, replica, author, t, tq };
}
