import { parseScope, type Role } from '../../../shared/features/sync/reading.ts';
import type { Actor, Facts } from '../../../shared/features/sync/rights.ts';
import type { SpaceKind } from '../../../shared/model/entity.ts';
import { answersSpace, peopleSpace, planSpace } from '../../../shared/model/spaces.ts';
import { nodeHasher } from '../../../shared/node/crypto.ts';
import type { ChangeSet, ChangeSetKind, Op } from '../../../shared/sync/types.ts';
import type { Ownership } from './expected-rights.ts';

/** Whom the rights are asked about, and what they would write, without a store. */

export const HERE = '00000000-0000-4000-8000-000000000001';
export const ELSEWHERE = '00000000-0000-4000-8000-000000000002';
export const NEW = '00000000-0000-4000-8000-000000000003';
export const RECORD = '00000000-0000-4000-8000-00000000000a';

export function factsWith(ownership: Ownership, space: string): Facts {
  return {
    hasher: nodeHasher,
    workshop: (id) =>
      id === HERE ? { countries: ['SN', 'CV'], creator: 'somebody' } : id === ELSEWHERE ? { countries: ['FR'], creator: 'somebody' } : null,
    record: () => (ownership === 'new' ? null : { space, creator: ownership === 'own' ? 'me' : 'somebody' }),
  };
}

export function actor(role: Role, scope: string): Actor {
  return { user: 'me', role, scope: parseScope(scope)! };
}

export function changeSet(space: string, ops: readonly Partial<Op>[], kind: ChangeSetKind = 'data'): ChangeSet {
  return {
    header: { version: 1, space, replica: 'a'.repeat(32), seq: 1, prev: null, t: 0, tq: 0, schema: 1, author: 'me', kind },
    ops: ops.map((op) => ({
      entityType: 'x',
      entityId: RECORD,
      field: 'y',
      supersedes: [],
      content: { form: 'plain', value: null },
      ...op,
    })),
    hash: 'b'.repeat(64),
    signature: 'c'.repeat(128),
  };
}

export function spaceOf(kind: SpaceKind, workshop: string): string {
  if (kind === 'plan') return planSpace(workshop);
  if (kind === 'people') return peopleSpace(workshop);
  if (kind === 'answers') return answersSpace(workshop);
  return kind === 'institution' ? 'institution/ENM' : kind;
}
