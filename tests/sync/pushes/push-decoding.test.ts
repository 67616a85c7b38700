import { pathToFileURL } from 'node:url';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { decodingThread } from '../../../server/push/decoding.ts';
import { keysOf, PushDecoder, type OpenedPush } from '../../../server/push/push-decoder.ts';
import { toHex } from '../../../shared/kernel/hex.ts';
import { ok, refuse } from '../../../shared/kernel/result.ts';
import { brotli, newSeed, nodeHasher, nodeVerifier, signerOf } from '../../../shared/node/crypto.ts';
import { LimitedThread } from '../../../shared/node/threads/limited-thread.ts';
import { threadFile } from '../../../shared/node/threads/thread-file.ts';
import { encodeCertificate, issueCertificate } from '../../../shared/sync/certificate.ts';
import { encodeChangeSet, redactChangeSet, replicaIdOf, sealChangeSet, unsignedChangeSet } from '../../../shared/sync/change-set.ts';
import { placeName } from '../../../shared/sync/pack/frame-layout.ts';
import { encodePack } from '../../../shared/sync/pack/pack-writer.ts';
import type { ChangeSet, Op, OpValue } from '../../../shared/sync/types.ts';
import { ROOT } from '../../support/laptops/engine.ts';

const reading = { hasher: nodeHasher, verifier: nodeVerifier(), compression: brotli };
const repository = signerOf(newSeed());
const signer = signerOf(newSeed());
const replica = replicaIdOf(signer.publicKey, nodeHasher);
const from = { sender: replica, repositoryKey: repository.publicKey };
const keys = new Map([[replica, signer.publicKey]]);

function chainOf(length: number, by = signer): ChangeSet[] {
  const made: ChangeSet[] = [];
  for (let i = 0; i < length; i++) {
    const before = made.at(-1);
    const header = {
      version: 1,
      space: 's/1',
      replica: replicaIdOf(by.publicKey, nodeHasher),
      seq: i + 1,
      prev: before?.hash ?? null,
    } as const;
    const supersedes = before ? [`${before.hash}:0`] : [];
    const op = { entityType: 'x', entityId: 'e', field: 'f', supersedes, content: { form: 'plain', value: `v${i}` } } as const;
    made.push(sealChangeSet({ ...header, t: 1_000 + i, tq: 0, schema: 1, author: 'u', kind: 'data' }, [op], by, nodeHasher));
  }
  return made;
}

const packOf = (changeSets: readonly ChangeSet[], certificates: readonly Uint8Array[] = [], locate?: ChangeSet): Uint8Array =>
  encodePack({ spaces: [], certificates: [...certificates] }, changeSets.map(encodeChangeSet), {
    ...reading,
    signer,
    ...(locate && { locate: (hash: string) => (hash === locate.hash ? { ...locate.header, hash, ops: locate.ops } : null) }),
  });

const certificateOf = (of: typeof signer, by: typeof signer, issuedAt: number): Uint8Array => {
  const claims = {
    replica: replicaIdOf(of.publicKey, nodeHasher),
    publicKey: toHex(of.publicKey),
    user: 'u',
    name: 'Awa',
    role: 'trainer',
    scope: 'all',
  };
  return encodeCertificate(issueCertificate({ ...claims, issuedAt }, by));
};

describe('a push', () => {
  it('of several megabytes comes over whole, in order, with every kind of value', async () => {
    const texts = ['é'.repeat(150_000), '\u0000\u2028"\\', '𝄞', ''];
    const values = [null, true, -0.5, 2 ** 53 - 1, 1e-300, [], { b: [null, { '10': 1, '9': 2 }], a: 'x' }];
    const made: ChangeSet[] = [];
    for (let seq = 1; seq <= 40; seq++) {
      const prev = made.at(-1)?.hash ?? null;
      const header = { version: 1, space: 's/1', replica, seq, prev, t: seq, tq: 0, schema: 1, author: 'u', kind: 'data' } as const;
      const ops = [texts[seq % texts.length]!, values[seq % values.length]!].map((value, i) => ({
        entityType: 'x',
        entityId: `e${seq}`,
        field: `f${i}`,
        supersedes: [],
        content: { form: 'plain', value } as const,
      }));
      made.push(sealChangeSet(header, ops, seq === 40 ? signer : null, nodeHasher));
    }
    expect(made.reduce((sum, one) => sum + encodeChangeSet(one).length, 0)).toBeGreaterThan(2.5e6);
    const read = await decodingThread().read(packOf(made), from, { lookUp: async () => ok({ bodies: new Map(), keys }) });
    expect(read).toEqual(ok(made));
    if (read.ok)
      expect(read.value.map((one) => toHex(encodeChangeSet(one)))).toEqual(made.map((one) => toHex(encodeChangeSet({ ...one }))));
  });

  it('is read in a thread as it was written, and stored without being encoded again', async () => {
    const decoding = decodingThread();
    const [first, ...rest] = chainOf(20);
    const asked: OpenedPush[] = [];
    const read = await decoding.read(packOf(rest, [], first), from, {
      lookUp: async (opened) => {
        asked.push(opened);
        return ok({ bodies: new Map(opened.places.map((place) => [placeName(place), encodeChangeSet(first!)])), keys });
      },
    });
    expect(asked).toEqual([{ places: [{ space: 's/1', replica, seq: 1 }], replicas: [replica], certificates: [] }]);
    if (!read.ok) throw new Error(read.refusal.code);
    expect(read.value.map(unsignedChangeSet)).toEqual(rest.map(unsignedChangeSet));
    expect(read.value.map((one) => toHex(encodeChangeSet(one)))).toEqual(read.value.map((one) => toHex(encodeChangeSet({ ...one }))));
    const lacking = await decoding.read(packOf(rest, [], first), from, { lookUp: async () => ok({ bodies: new Map(), keys }) });
    expect(lacking).toMatchObject({ refusal: { code: 'sync.packUnresolved' } });
    expect(await decoding.read(packOf(rest), from, { lookUp: async () => refuse('sync.packUnresolved') })).toMatchObject({
      refusal: { code: 'sync.packUnresolved' },
    });
  });

  it('comes over in parts while the rest is read, whatever its writes are, and is believed when the last of it is vouched for', async () => {
    const salt = '0f'.repeat(16);
    const made: ChangeSet[] = [];
    for (let at = 0; at < 600; at++) {
      // Two chains, now one and now the other.
      const [space, seq] = [at % 2 === 0 ? 'workshop/w/people' : 'workshop/w/answers', (at >> 1) + 1];
      const before = made.at(-2);
      const header = { version: 1, space, replica, seq, prev: before?.hash ?? null, t: 9_000 - seq, tq: (seq % 3) as 0 | 1 | 2 } as const;
      const supersedes = before && seq % 5 === 0 ? [`${before.hash}:0`, `${before.hash}:1`] : [];
      const ops: Op[] = ['a', 'b'].flatMap((entity) =>
        (['plain', 'erasable', 'erasable'] as const).map((form, i): Op => {
          const value = `${entity}${seq} ${'x'.repeat(60)}`;
          const content: OpValue = form === 'plain' ? { form, value } : { form, value, salt: i === 1 ? salt : `${seq}`.padStart(32, '0') };
          return { entityType: i === 0 ? 'x' : 'y', entityId: `${entity}${seq % 7}`, field: `f${i}`, supersedes, content };
        }),
      );
      const sealed = sealChangeSet(
        { ...header, schema: seq % 2, author: `u ${seq % 3}`, kind: seq % 4 === 0 ? 'reissue' : 'data' },
        ops,
        seq === 300 ? signer : null,
        nodeHasher,
      );
      // What was erased where it comes from.
      made.push(seq % 6 === 0 ? redactChangeSet(sealed, (_, i) => i === 1, nodeHasher) : sealed);
    }
    const told: ChangeSet[][] = [];
    let answered = false;
    const readerWith = (publicKey: Uint8Array) => ({
      lookUp: async () => ok({ bodies: new Map<string, Uint8Array>(), keys: new Map([[replica, publicKey]]) }),
      made: (part: readonly ChangeSet[]) => {
        expect(answered).toBe(false);
        told.push([...part]);
      },
    });
    const read = await decodingThread().read(packOf(made), from, readerWith(signer.publicKey));
    answered = true;
    expect(read).toEqual(ok(made));
    expect(told.length).toBeGreaterThan(3);
    expect(told.flat()).toEqual(made);
    expect(told.flat().map((one) => toHex(encodeChangeSet(one)))).toEqual(made.map((one) => toHex(encodeChangeSet({ ...one }))));
    answered = false;
    const unvouched = await decodingThread().read(packOf(made), from, readerWith(repository.publicKey));
    expect(unvouched).toMatchObject({ refusal: { code: 'sync.signatureWrong' } });
  });

  it('is looked up only when its seal, its sender and every frame are right, and believed only when it is vouched for', async () => {
    const decoding = decodingThread();
    let asked = 0;
    const lookUp = async (): Promise<ReturnType<typeof ok<{ bodies: Map<string, Uint8Array>; keys: Map<string, Uint8Array> }>>> => {
      asked++;
      return ok({ bodies: new Map(), keys: new Map([[replica, repository.publicKey]]) });
    };
    const pack = packOf(chainOf(3));
    for (const [bytes, sender, code] of [
      [pack.subarray(0, -3), from, 'sync.packCut'],
      [pack.map((byte, i) => (i === pack.length - 1 ? byte ^ 1 : byte)), from, 'sync.packDamaged'],
      [pack, { ...from, sender: replicaIdOf(repository.publicKey, nodeHasher) }, 'sync.senderWrong'],
    ] as const) {
      expect(await decoding.read(bytes, sender, { lookUp })).toMatchObject({ refusal: { code } });
    }
    expect(asked).toBe(0);
    expect(await decoding.read(pack, from, { lookUp })).toMatchObject({ refusal: { code: 'sync.signatureWrong' } });
    expect(asked).toBe(1);
  });

  it('brings no more certificates than there are authors in it, and only those of this repository', () => {
    const other = signerOf(newSeed());
    const stranger = signerOf(newSeed());
    const [older, newer] = [certificateOf(signer, repository, 1), certificateOf(signer, repository, 2)];
    const flood = Array.from({ length: 3_000 }, () => certificateOf(other, repository, 3));
    let verified = 0;
    const verifier = { verify: (...args: Parameters<typeof reading.verifier.verify>) => (verified++, reading.verifier.verify(...args)) };
    const opened = new PushDecoder({ ...reading, verifier }).open(
      packOf(chainOf(1), [older, newer, older, certificateOf(signer, stranger, 9), ...flood]),
      from,
    );
    expect(opened.ok && opened.value.certificates.map(toHex)).toEqual([toHex(newer)]);
    // The seal, two that are newer each than the one before, and the stranger's.
    expect(verified).toBe(4);
  });

  it('that takes longer than it may is refused, and so is the next: it is asked of a new thread', async () => {
    const impatient = decodingThread({ time: 1, memory: {} });
    const lookUp = async () => ok({ bodies: new Map<string, Uint8Array>(), keys: keysOf(new Map()) });
    const long = packOf(chainOf(1_000));
    expect(await impatient.read(long, from, { lookUp })).toMatchObject({ refusal: { code: 'sync.packTooCostly' } });
    expect(await impatient.read(long, from, { lookUp })).toMatchObject({ refusal: { code: 'sync.packTooCostly' } });
  });

  it('waits its turn: a device that sends many delays another by one, and may not have more than four waiting', async () => {
    const decoding = decodingThread();
    const done: string[] = [];
    const send = (sender: string, name: string): Promise<void> =>
      decoding.read(packOf(chainOf(1)), { ...from, sender }, { lookUp: async () => refuse('x') }).then((read) => {
        done.push(`${name} ${read.ok ? '' : read.refusal.code}`);
      });
    const other = 'ab'.repeat(16);
    await Promise.all([...['a1', 'a2', 'a3', 'a4', 'a5'].map((name) => send(other, name)), send('cd'.repeat(16), 'b1')]);
    // The first is read at once; then whoever was not yet.
    expect(done).toEqual([
      'a5 sync.repositoryBusy',
      'a1 sync.senderWrong',
      'a2 sync.senderWrong',
      'b1 sync.senderWrong',
      'a3 sync.senderWrong',
      'a4 sync.senderWrong',
    ]);
    await send(other, 'a6');
    expect(done.at(-1)).toBe('a6 sync.senderWrong');
  });
});

describe('a thread of limited cost', () => {
  const here = pathToFileURL(path.join(ROOT, 'tests/support/threads/any.ts')).href;
  const threadOf = (time: number, mb = 64): LimitedThread<string, string> =>
    new LimitedThread(() => threadFile(here, 'odd-thread'), { time, memory: { maxOldGenerationSizeMb: mb } });

  it('is ended when it does not come to an end, and the next question is answered by another', async () => {
    const thread = threadOf(3_000);
    await expect(thread.ask('loop')).rejects.toMatchObject({ name: 'ThreadLimit', reason: 'time' });
    expect(await thread.ask('answer')).toBe('answer');
    thread.end();
  });

  it('is ended when it fills its memory, leaves, or breaks, and this process goes on', async () => {
    const thread = threadOf(60_000, 24);
    await expect(thread.ask('fill')).rejects.toMatchObject({ name: 'ThreadLimit', reason: 'memory' });
    expect(await thread.ask('answer')).toBe('answer');
    await expect(thread.ask('throw')).rejects.toThrow('thrown inside');
    expect(await thread.ask('answer')).toBe('answer');
    await expect(thread.ask('leave')).rejects.toMatchObject({ name: 'ThreadLimit' });
    expect(await thread.ask('answer')).toBe('answer');
    thread.end();
  });

  it('has its time for the answer, however long its program took to load', async () => {
    const limits = { time: 1_000, memory: { maxOldGenerationSizeMb: 64 } };
    const thread = new LimitedThread<string, string>(() => threadFile(here, 'slow-thread'), limits);
    expect(await thread.ask('answer')).toBe('answer');
    thread.end();
  });

  it('is found beside its source, and says so where there is none', () => {
    expect(threadFile(here, 'odd-thread').href).toMatch(/tests\/support\/threads\/odd-thread\.ts$/);
    expect(() => threadFile(here, 'no-such-thread')).toThrow('no-such-thread');
  });
});
