import type { Signer } from '../../shared/kernel/ports.ts';
import { nodeHasher } from '../../shared/node/crypto.ts';
import { deletion, restoration } from '../../shared/node/store/deletion.ts';
import { decodeChangeSet } from '../../shared/sync/change-set.ts';
import { DELETED } from '../../shared/sync/merge.ts';
import type { ChangeSet, FieldValue, FieldWrite } from '../../shared/sync/types.ts';
import type { Subject } from './subject.ts';

/** Two stores of one kind, with a clock of their own, new for every test. */
export interface Stores {
  readonly signers: readonly [Signer, Signer];
  readonly one: Subject;
  readonly other: Subject;
  /** Opens a further one; left out, with the key of the first. */
  readonly openOne: (signer?: Signer) => Promise<Subject>;
}

export const SPACE = 'workshop/w1/people';
export const PERSON = ['participant', 'p1'] as const;

/** A write to one field of a person. */
export function write(field: string, value: FieldValue, supersedes?: readonly string[]): FieldWrite {
  return { entityType: PERSON[0], entityId: PERSON[1], field, value, ...(supersedes && { supersedes }) };
}

export const put = (subject: Subject, ...writes: readonly FieldWrite[]) => subject.commit([{ space: SPACE, writes }]);
export const shown = async (subject: Subject, field: string) => (await subject.heads(...PERSON, field)).map((head) => head.value);
export const give = async (from: Subject, to: Subject) => to.ingest(await held(from));
export async function del(subject: Subject): Promise<FieldWrite[]> {
  const heads = await subject.headsOfEntity(...PERSON);
  return deletion({ headsOfEntity: () => [...heads] }, ...PERSON);
}

export async function restore(subject: Subject): Promise<FieldWrite[]> {
  const heads = await subject.heads(...PERSON, DELETED);
  return restoration({ heads: () => [...heads] }, ...PERSON);
}

export function decoded(bytes: Uint8Array): ChangeSet {
  const result = decodeChangeSet(bytes, nodeHasher);
  if (!result.ok) throw new Error(result.refusal.code);
  return result.value;
}

/** Every change-set that a store has. */
export async function held(subject: Subject): Promise<ChangeSet[]> {
  const all: ChangeSet[] = [];
  for (const space of await subject.spaces()) for (const { bytes } of await subject.after(space, 0, 1_000_000)) all.push(decoded(bytes));
  return all;
}
