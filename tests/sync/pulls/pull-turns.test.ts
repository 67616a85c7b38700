import { setImmediate } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { Ahead, plainAnswer, shortAnswer, type PullParts, type PullItem } from '../../../server/pull/pull-answer.ts';
import { brotli, newSeed, nodeHasher, signerOf } from '../../../shared/node/crypto.ts';
import { encodeChangeSet, replicaIdOf, sealChangeSet } from '../../../shared/sync/change-set.ts';
import type { ChangeSet } from '../../../shared/sync/types.ts';
import { seeded } from '../../support/seeded.ts';

/** Whoever pulls everything keeps nobody waiting for longer than a frame takes: between two frames the process answers others. */

const signer = signerOf(newSeed());
const replica = replicaIdOf(signer.publicKey, nodeHasher);

/** So many change-sets of one chain, each of some ten kB that compress to a half. */
function chainOf(count: number): ChangeSet[] {
  const random = seeded(count);
  const digits = (length: number) => Array.from({ length }, () => Math.floor(random() * 16).toString(16)).join('');
  const chain: ChangeSet[] = [];
  for (let seq = 1; seq <= count; seq++) {
    const header = { version: 1, space: 'library', replica, seq, prev: chain.at(-1)?.hash ?? null, t: 0, tq: 0, schema: 1 } as const;
    const content = { form: 'plain', value: digits(10_000) } as const;
    const op = { entityType: 'material', entityId: `m${seq}`, field: 'name', supersedes: [], content };
    chain.push(sealChangeSet({ ...header, author: 'u', kind: 'data' }, [op], signer, nodeHasher));
  }
  return chain;
}

async function* itemsOf(chain: readonly ChangeSet[]): AsyncGenerator<PullItem, void> {
  for (const [at, changeSet] of chain.entries()) {
    yield {
      fill: null,
      feed: at,
      row: { feed: at, bytes: encodeChangeSet(changeSet), space: 'library', replica, seq: at + 1, receivedAt: null },
    };
  }
}

const CHAIN = chainOf(60);
const asked = (): PullParts =>
  ({
    ports: { hasher: nodeHasher, compression: brotli, signer },
    items: new Ahead(itemsOf(CHAIN), nodeHasher, () => undefined),
    certificates: { before: () => Promise.resolve([]) },
    references: { meet: () => Promise.resolve(), locate: () => null },
    frame: 65_536,
    cursorAt: () => Promise.resolve('c'),
  }) as unknown as PullParts;

it.each([
  ['of before', plainAnswer],
  ['in the short form', (request: PullParts) => shortAnswer(request, { publicKey: signer.publicKey, names: [] })],
])('an answer %s lets others in between its frames', async (_, answer) => {
  let turns = 0;
  let open = true;
  const turning = (async () => {
    for (; open; turns++) await setImmediate();
  })();
  const frames: number[] = [];
  for await (const piece of answer(asked())) if (piece.length > 10_000) frames.push(turns);
  open = false;
  await turning;
  expect(frames.length).toBeGreaterThan(3);
  expect(new Set(frames).size).toBe(frames.length);
});
