import type { Id } from '../../kernel/ids.ts';

/** Two records that somebody said are one person. */
export interface PersonLink {
  readonly first: Id;
  readonly second: Id;
}

/**
 * Returns who stands for whom: of the records that links make one person, whatever way they lead, the first of `listed` stands for the others. Each of these
 * others by its id; who stands for nobody else or is not listed is not named. The same on every laptop that has the same list and links.
 */
export function representatives(listed: readonly Id[], links: readonly PersonLink[]): ReadonlyMap<Id, Id> {
  if (links.length === 0) return new Map();
  const parents = new Map<Id, Id>();
  const rootOf = (id: Id): Id => {
    let root = id;
    for (let parent = parents.get(root); parent !== undefined; parent = parents.get(root)) root = parent;
    return root;
  };
  for (const { first, second } of links) {
    const [a, b] = [rootOf(first), rootOf(second)];
    if (a !== b) parents.set(a, b);
  }
  const standing = new Map<Id, Id>();
  const represented = new Map<Id, Id>();
  for (const id of listed) {
    const root = rootOf(id);
    const first = standing.get(root);
    if (first === undefined) standing.set(root, id);
    else represented.set(id, first);
  }
  return represented;
}

/** The records that someone stands for, by who stands for them; the standing one is not among them. */
export function membersOf(represented: ReadonlyMap<Id, Id>): ReadonlyMap<Id, readonly Id[]> {
  const members = new Map<Id, Id[]>();
  for (const [id, first] of represented) members.set(first, [...(members.get(first) ?? []), id]);
  return members;
}

/** The standing of a record's value in a field: it counts, another record's was chosen over it, or nothing was ever written there. */
export type ValueState = 'counts' | 'passedOver' | 'silent';

/**
 * Merges several records into one person: each field as the first record that says something has it, and the fields in which two of them differ. Values over
 * which another one was chosen are left out, but where that leaves none that counts: then all do, and it is to be chosen anew.
 */
export function mergedPerson<F extends string, P extends Readonly<Record<F, string | null>>>(
  records: readonly [P, ...P[]],
  fields: readonly F[],
  stateOf: (record: P, field: F) => ValueState = asRecorded,
): { readonly person: P; readonly apart: F[] } {
  const merged = fields.map((field) => {
    const counting = recordsThatCount(records, (record) => stateOf(record, field));
    const said = counting.flatMap((record) => (record[field] === null || record[field] === '' ? [] : [record[field]]));
    return { field, value: said[0] ?? counting[0][field], differ: new Set(said).size > 1 };
  });
  const filled = Object.fromEntries(merged.map(({ field, value }) => [field, value]));
  return { person: { ...records[0], ...filled }, apart: merged.flatMap(({ field, differ }) => (differ ? [field] : [])) };
}

/** Returns the state of a record's value where nothing was chosen. */
export function asRecorded<F extends string>(record: Readonly<Record<F, string | null>>, field: F): ValueState {
  return record[field] === null ? 'silent' : 'counts';
}

/** The records whose value in a field counts, in their order; all of them where none does. */
export function recordsThatCount<P>(records: readonly [P, ...P[]], stateOf: (record: P) => ValueState): readonly [P, ...P[]] {
  const [first, ...others] = records.filter((record) => stateOf(record) === 'counts');
  return first === undefined ? records : [first, ...others];
}
