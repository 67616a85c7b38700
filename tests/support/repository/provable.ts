import { expect } from 'vitest';
import { READS, ROLES, type Role } from '../../../shared/features/sync/reading.ts';
import { parseSpace } from '../../../shared/model/spaces.ts';
import { nodeHasher, nodeVerifier } from '../../../shared/node/crypto.ts';
import { checkStore } from '../../../shared/node/store/sqlite/backup/check.ts';
import { openLaptop } from '../laptops/laptop.ts';
import type { TestRepository } from './repository.ts';

/** Roles beside the administrator's, asked in turn: what each reads is a part of what an administrator reads. */
const OTHERS = ROLES.filter((role) => role !== 'administrator');
let turn = 0;

/**
 * Expects that a fresh device can fill itself with everything that it may read of a repository: all of it comes, is proven and applied in one run, and shows the
 * repository's digest of each space. Asked for an administrator and for one other role, each of scope `all`; not at all where no device is enrolled.
 */
export async function expectFillable(server: TestRepository): Promise<void> {
  if ((await server.registry.counts()).devices === 0) return;
  const held = await server.digest();
  for (const role of ['administrator', OTHERS[turn++ % OTHERS.length]!] as const) await expectFilled(server, role, held);
}

async function expectFilled(server: TestRepository, role: Role, held: Readonly<Record<string, string>>): Promise<void> {
  const laptop = openLaptop();
  try {
    const enrolled = await laptop.enrol(server.url, await server.invite(role, 'all'), 'Fresh device');
    expect(enrolled, `a fresh ${role} enrols`).toMatchObject({ ok: true });
    const filled = await laptop.run({ files: false });
    expect(filled, `a fresh ${role} fills itself`).toMatchObject({ ok: true });
    const isRead = (space: string): boolean => {
      const place = parseSpace(space);
      return place !== null && READS[role].includes(place.kind);
    };
    const read = (digests: Readonly<Record<string, string>>): [string, string][] =>
      Object.entries(digests)
        .filter(([space]) => isRead(space))
        .sort(([a], [b]) => (a < b ? -1 : 1));
    expect(read(laptop.store.digest()), `what a fresh ${role} holds`).toEqual(read(held));
    const checked = await checkStore(laptop.store.db, { hasher: nodeHasher, verifier: nodeVerifier(), unsigned: laptop.store.replica });
    expect(checked.problems, `the store of a fresh ${role}`).toEqual([]);
  } finally {
    await laptop.end();
  }
}
