// A process that adds to the log of a PostgreSQL database by many writers at once until it is told to end (feed-order.ts): argv[2] the database,
// argv[3] how many writers, argv[4] a seed. Says every hundredth commit; pauses inside transactions, and takes some of them back.
import { setTimeout } from 'node:timers/promises';
import { newSeed, nodeHasher, nodeRandom, signerOf } from '../../../shared/node/crypto.ts';
import { openDatabase } from '../../../shared/node/store/postgres/database.ts';
import { postgresStore, type Adding } from '../../../shared/node/store/postgres/postgres-store.ts';
import { replicaIdOf, sealChangeSet } from '../../../shared/sync/change-set.ts';
import type { ChangeSet } from '../../../shared/sync/types.ts';
import { seeded } from '../seeded.ts';

const [, , url, writers, seed] = process.argv;
const random = seeded(Number(seed));
const upTo = (limit: number): number => Math.floor(random() * limit);
const db = openDatabase(url!, { connections: Number(writers) });
const store = postgresStore(db, {
  signer: signerOf(newSeed()),
  random: nodeRandom,
  hasher: nodeHasher,
  author: () => 'writer',
  clock: { now: () => 0 },
});

let ended = false;
let commits = 0;
process.once('message', () => (ended = true));

class TakenBack extends Error {}

/** One chain each, in a space of its own or one that all of them write in. */
async function write(which: number): Promise<void> {
  const chain = signerOf(newSeed());
  const replica = replicaIdOf(chain.publicKey, nodeHasher);
  const space = which % 2 === 0 ? 'library' : `workshop/w${which}/people`;
  let last: ChangeSet | null = null;
  while (!ended) {
    const made: ChangeSet[] = [];
    for (let i = 1 + upTo(20); i > 0; i--) made.push(next(made.at(-1) ?? last, { replica, space }));
    try {
      await store.adding((adding) => add(adding, made));
      last = made.at(-1)!;
      if (++commits % 100 === 0) process.send?.({ commits });
    } catch (error) {
      if (!(error instanceof TakenBack)) throw error;
    }
  }
}

async function add({ open, write: writeBatch }: Adding, made: readonly ChangeSet[]): Promise<void> {
  const batch = await open(made);
  for (const changeSet of made) if (batch.add(changeSet) !== 'added') throw new Error('it was made to fit');
  await writeBatch(batch);
  if (upTo(20) === 0) await setTimeout(upTo(8));
  if (upTo(12) === 0) throw new TakenBack();
}

function next(before: ChangeSet | null, { replica, space }: { readonly replica: string; readonly space: string }): ChangeSet {
  const seq = (before?.header.seq ?? 0) + 1;
  const header = {
    version: 1,
    space,
    replica,
    seq,
    prev: before?.hash ?? null,
    t: seq,
    tq: 0,
    schema: 1,
    author: 'writer',
    kind: 'data',
  } as const;
  const op = {
    entityType: 'mark',
    entityId: `m${seq % 50}-${replica}`,
    field: 'status',
    supersedes: [],
    content: { form: 'plain', value: 'late' },
  } as const;
  return sealChangeSet(header, [op], null, nodeHasher);
}

await Promise.all(Array.from({ length: Number(writers) }, (_, i) => write(i)));
await db.close();
process.disconnect();
