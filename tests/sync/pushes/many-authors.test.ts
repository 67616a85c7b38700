import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { NeededCertificates } from '../../../server/pull/pull-certificates.ts';
import type { PageRow } from '../../../server/repository-store.ts';
import { accountOf, notePlain } from '../../../electron/engine/sync/repository/account.ts';
import { dayOf } from '../../../electron/engine/sync/repository/data-budget.ts';
import { brotli, nodeClock, nodeHasher, nodeVerifier } from '../../../shared/node/crypto.ts';
import { certificateOf } from '../../../shared/node/store/sqlite/certificates.ts';
import { PACK_CAPS } from '../../../shared/sync/pack/pack-format.ts';
import { packReader } from '../../../shared/sync/pack/pack-reader.ts';
import type { Laptop } from '../../support/laptops/laptop.ts';
import { addAuthors, changeSetBy, type Author } from '../../support/many-authors.ts';
import { startFlakyProxy } from '../../support/repository/flaky-proxy.ts';
import { startRepository, type TestRepository } from '../../support/repository/repository.ts';
import { laptopsAround, synced } from '../../support/workshop.ts';

/** However many have written in a space, its certificates never stand in the way: each travels once, beside what it is needed for. */
const SPACE = 'library';
const MANY = 950;
let server: TestRepository;
const laptops = laptopsAround(() => server);
beforeEach(async () => {
  server = await startRepository({ library: false });
});
afterEach(async () => {
  await laptops.end();
  await server.stop();
  expect(server.faults).toEqual([]);
});

function knows(laptop: Laptop, authors: readonly Author[]): number {
  return authors.filter(({ replica, name }) => certificateOf(laptop.store.db, replica)?.name === name).length;
}

async function equal(laptop: Laptop): Promise<void> {
  expect(laptop.store.digest()[SPACE]).toBe((await server.digest())[SPACE]);
}

describe(`a space of ${MANY} authors, whose certificates fill more than any header`, () => {
  it('comes to a new laptop, and later ones cost it nothing of the earlier', async () => {
    const authors = addAuthors(server, SPACE, MANY);
    const laptop = await laptops.enrolled();
    await synced(laptop);
    await equal(laptop);
    expect(knows(laptop, authors)).toBe(MANY);
    // One more, and one whom it knows: one certificate travels.
    const [one] = addAuthors(server, SPACE, 1);
    const { bytesDown } = await synced(laptop);
    await equal(laptop);
    expect(knows(laptop, [one!])).toBe(1);
    expect(bytesDown).toBeLessThan(3_000);
    // Another space of the same people.
    for (const [i, author] of authors.slice(0, 50).entries()) {
      server.repository.store.ingest([changeSetBy(author.signer, 'institution/other', `other-${i}`, i)]);
    }
    const again = await synced(laptop);
    expect(laptop.store.digest()['institution/other']).toBe((await server.digest())['institution/other']);
    expect(again.bytesDown).toBeLessThan(50 * 150);
  });

  it('comes to a laptop that resumes, without those it has', async () => {
    addAuthors(server, SPACE, 300);
    const proxy = await startFlakyProxy(server.url);
    const laptop = await laptops.enrolled('trainer', 'all', { url: proxy.url });
    // Each run tries again by itself; all of its links break in mid-answer.
    proxy.next(...Array.from({ length: 3 }, () => ({ down: 110_000 })));
    for (let i = 0, done = false; i < 4 && !done; i++) done = (await laptop.run()).ok;
    expect(proxy.carried.cuts).toBeGreaterThan(0);
    await synced(laptop);
    await equal(laptop);
    expect(laptop.store.db.prepare('select count(*) from certificate').pluck().get()).toBeGreaterThanOrEqual(300);
    // What had come when a link broke did not come again, but for what no frame had followed yet.
    expect(proxy.carried.down).toBeLessThan(300 * 1_200 + 110_000 * (proxy.carried.cuts + 1));
    await proxy.stop();
  });

  it('comes to a program of before, in as many answers as its headers need', async () => {
    const authors = addAuthors(server, SPACE, MANY);
    const laptop = await laptops.enrolled();
    notePlain(laptop.settings, dayOf(nodeClock));
    const remote = laptop.remote();
    remote.speakPlainly();
    const received: Uint8Array[] = [];
    const wish = { cursor: null, fill: [{ space: SPACE, after: '' }], frame: 65_536, complete: false };
    expect((await remote.pull(wish, (piece) => received.push(piece))).ok).toBe(true);
    remote.close();
    const reader = packReader({ hasher: nodeHasher, compression: brotli, verifier: nodeVerifier() });
    const parts = reader.push(Buffer.concat(received));
    if (!parts.ok) throw new Error(parts.refusal.code);
    const [header] = parts.value;
    const bytes = header?.part === 'header' ? header.header.certificates.reduce((sum, { length }) => sum + length, 0) : 0;
    expect(bytes).toBeGreaterThan(100_000);
    expect(bytes).toBeLessThan(PACK_CAPS.headerBytes);
    const { requests } = await synced(laptop);
    await equal(laptop);
    expect(knows(laptop, authors)).toBe(MANY);
    expect(requests).toBeGreaterThan(3);
  });

  it('goes back to a repository that lost it, a few authors a request', async () => {
    const authors = addAuthors(server, SPACE, 300);
    const laptop = await laptops.enrolled('administrator');
    await synced(laptop);
    await server.forgetSpace(SPACE);
    server.repository.store.db.prepare('delete from certificate').run();
    await server.alterRegister("update setting set value = x'0102030405060708' where key = 'epoch'");
    const { folder } = server;
    await server.stop(true);
    server = await startRepository({ library: false, folder });
    laptop.settings.set('sync/account', { ...accountOf(laptop.settings)!, url: server.url });
    await synced(laptop);
    await synced(laptop);
    await equal(laptop);
    const kept = authors.filter(({ replica }) => certificateOf(server.repository.store.db, replica) !== undefined);
    expect(kept.length).toBe(300);
  });
});

it('a certificate is needed once an answer, however many pages of its author it has', async () => {
  const author = 'a'.repeat(32);
  const asked: string[][] = [];
  const ports = {
    store: { begunBefore: async () => new Set<string>() },
    // Issued since: it is asked for again where nobody remembers.
    registry: { certifiedSince: async (replicas: readonly string[]) => replicas },
    certificates: {
      bytesOf: async (replicas: readonly string[]) => {
        asked.push([...replicas]);
        return replicas.map(() => new Uint8Array(1));
      },
    },
  } as unknown as ConstructorParameters<typeof NeededCertificates>[0];
  const needed = new NeededCertificates(ports, { from: null, fills: new Map([[SPACE, 0]]), held: new Set() });
  const page = (seq: number): PageRow[] => [{ replica: author, space: SPACE, seq } as PageRow];
  const sizes = [];
  for (const seq of [1, 2, 3]) sizes.push((await needed.before(page(seq))).length);
  expect(sizes).toEqual([1, 0, 0]);
  expect(asked).toEqual([[author]]);
});
