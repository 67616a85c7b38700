import type { Id } from '../../kernel/ids.ts';

/** Two records that somebody said are one person. */
export interface Link {
  readonly first: Id;
  readonly second: Id;
}

/**
 * Who stands for whom: of the records that links make one person, whatever way they lead, the first of `listed` stands for the others. Each of these others by its id;
 * who stands for nobody else or is not listed is not named. The same on every laptop that has the same list and links.
 */
export function representatives(listed: readonly Id[], links: readonly Link[]): ReadonlyMap<Id, Id> {
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

/** One person of several records: each field as the first record that says something has it, and the fields in which two of them differ. */
export function mergedPerson<F extends string, P extends Readonly<Record<F, string | null>>>(
  records: readonly [P, ...P[]],
  fields: readonly F[],
): { readonly person: P; readonly apart: F[] } {
  const [first] = records;
  const said = (field: F): string[] => records.flatMap((record) => (record[field] === null || record[field] === '' ? [] : [record[field]]));
  const filled = Object.fromEntries(fields.map((field) => [field, said(field)[0] ?? first[field]]));
  return { person: { ...first, ...filled }, apart: fields.filter((field) => new Set(said(field)).size > 1) };
}
