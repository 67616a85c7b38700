import { encodeChangeSet, withEncoding } from '../../shared/sync/change-set.ts';
import { concat } from '../../shared/sync/encode.ts';
import type { ChangeSet, ChangeSetHeader, FieldValue, Hash, Op, OpValue, ValueId } from '../../shared/sync/types.ts';

/** A part of the change-sets of a push, as it is passed from one thread to another. */
export interface DecodedPart {
  /** JSON of a `Table`: half as costly to bring over as objects are, on both sides. */
  readonly table: string;
  /** The encodings, one behind the other: one piece of memory changes hands at no cost, a thousand are copied one by one. */
  readonly bytes: Uint8Array;
}

/** A table in which consecutive change-sets and their writes say once what they have in common. */
interface Table {
  readonly heads: readonly Head[];
  readonly registers: readonly Register[];
  readonly rows: readonly Row[];
}

type Head = Omit<ChangeSetHeader, 'seq' | 'prev' | 't'>;
type Register = readonly [entityType: string, field: string, form: OpValue['form']];
/** `prev` 0: the row before; `length`: of the encoding. */
type Row = readonly [
  head: number,
  seq: number,
  prev: Hash | null | 0,
  t: number,
  hash: Hash,
  signature: string,
  length: number,
  writes: readonly Write[],
];
/** `entity` and `salt` 0: as in the write before; `supersedes` 0: nothing. */
type Write = readonly [register: number, entity: string | 0, supersedes: readonly ValueId[] | 0, value: FieldValue, salt?: string | 0];

/** Change-sets as they travel between threads. */
export function packPart(changeSets: readonly ChangeSet[]): DecodedPart {
  const heads: Head[] = [];
  const registers: Register[] = [];
  const placeOf = registerPlaces(registers);
  let before: ChangeSet | null = null;
  const encodings = changeSets.map(encodeChangeSet);
  const rows = changeSets.map((changeSet, i): Row => {
    const { header, hash, signature, ops } = changeSet;
    const { seq, prev, t } = header;
    if (!before || !isSameHead(before.header, header)) heads.push(headOf(header));
    const link = before?.hash === prev ? 0 : prev;
    before = changeSet;
    const writes = ops.map((op, at) => writeOf(op, ops[at - 1], placeOf(op, at)));
    return [heads.length - 1, seq, link, t, hash, signature, encodings[i]!.length, writes];
  });
  return { table: JSON.stringify({ heads, registers, rows } satisfies Table), bytes: concat(encodings) };
}

/** The change-sets of a part, each known with its bytes. */
export function unpackPart({ table, bytes }: DecodedPart): ChangeSet[] {
  const { heads, registers, rows } = JSON.parse(table) as Table;
  const changeSets: ChangeSet[] = [];
  let end = 0;
  for (const [head, seq, link, t, hash, signature, length, writes] of rows) {
    const { version, space, replica, tq, schema, author, kind } = heads[head]!;
    const prev = link === 0 ? changeSets.at(-1)!.hash : link;
    const header: ChangeSetHeader = { version, space, replica, seq, prev, t, tq, schema, author, kind };
    const ops: Op[] = [];
    let [entityId, salt] = ['', ''];
    for (const [register, entity, supersedes, value, salted] of writes) {
      const [entityType, field, form] = registers[register]!;
      if (entity !== 0) entityId = entity;
      if (salted) salt = salted;
      const content: OpValue =
        form === 'plain' ? { form, value } : form === 'erasable' ? { form, value, salt } : { form, digest: value as Hash };
      ops.push({ entityType, entityId, field, supersedes: supersedes === 0 ? NONE : supersedes, content });
    }
    changeSets.push(withEncoding({ header, ops, hash, signature }, bytes.subarray(end, end + length)));
    end += length;
  }
  return changeSets;
}

const NONE: readonly ValueId[] = [];

function headOf({ version, space, replica, tq, schema, author, kind }: ChangeSetHeader): Head {
  return { version, space, replica, tq, schema, author, kind };
}

/** Gives the place of a write's register, and adds it to the list where it is not there yet. */
function registerPlaces(registers: Register[]): (op: Op, at: number) => number {
  const places = new Map<string, number>();
  // The writes of one tap are those of the one before.
  const latest: number[] = [];
  return ({ entityType, field, content: { form } }, at) => {
    const last = registers[latest[at] ?? -1];
    if (last && last[0] === entityType && last[1] === field && last[2] === form) return latest[at]!;
    const key = `${entityType} ${field} ${form}`;
    const place = places.get(key) ?? registers.push([entityType, field, form]) - 1;
    places.set(key, place);
    latest[at] = place;
    return place;
  };
}

function isSameHead(a: ChangeSetHeader, b: ChangeSetHeader): boolean {
  return (
    a.version === b.version &&
    a.space === b.space &&
    a.replica === b.replica &&
    a.tq === b.tq &&
    a.schema === b.schema &&
    a.author === b.author &&
    a.kind === b.kind
  );
}

function writeOf({ entityId, supersedes, content }: Op, before: Op | undefined, register: number): Write {
  const entity = before?.entityId === entityId ? 0 : entityId;
  const replaced = supersedes.length === 0 ? 0 : supersedes;
  if (content.form === 'plain') return [register, entity, replaced, content.value];
  if (content.form === 'redacted') return [register, entity, replaced, content.digest];
  const isSameSalt = before?.content.form === 'erasable' && before.content.salt === content.salt;
  return [register, entity, replaced, content.value, isSameSalt ? 0 : content.salt];
}
