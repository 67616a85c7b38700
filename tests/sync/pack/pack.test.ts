import { constants, brotliCompressSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toHex } from '../../../shared/kernel/hex.ts';
import { brotli, newSeed, nodeHasher, nodeVerifier, signerOf } from '../../../shared/node/crypto.ts';
import { encodeCanonical } from '../../../shared/sync/canonical.ts';
import { encodeChangeSet, sealChangeSet, unsignedChangeSet } from '../../../shared/sync/change-set.ts';
import { ONE_FRAME, PACK_CAPS, WHOLE_PACK } from '../../../shared/sync/pack/pack-format.ts';
import { decodePack, packReader, type PackPart } from '../../../shared/sync/pack/pack-reader.ts';
import { encodePack, packOfFirst, packPieces } from '../../../shared/sync/pack/pack-writer.ts';
import { verifyAll } from '../../../shared/sync/vouching.ts';
import type { PackHeader } from '../../../shared/sync/pack/pack-header.ts';
import type { ChangeSet, Op } from '../../../shared/sync/types.ts';
import { openMemoryStore } from '../../conformance/memory-store.ts';
import { openSqliteSubject } from '../../conformance/sqlite-subject.ts';
import { anatomyOf, assemblePack } from '../../support/repository/pack-mutations.ts';
import { runs } from '../seeds.ts';

const signer = signerOf(newSeed());
const writing = { hasher: nodeHasher, compression: brotli, signer };
const reading = { hasher: nodeHasher, compression: brotli, verifier: nodeVerifier() };
const REFUSALS = [
  'sync.packMalformed',
  'sync.packNewer',
  'sync.packTooLarge',
  'sync.packDamaged',
  'sync.packSignature',
  'sync.packCut',
  'sync.packUnresolved',
];

async function someChangeSets(count: number): Promise<readonly ChangeSet[]> {
  const store = openMemoryStore({ signer, now: () => 1, clockTrust: () => 0, author: () => 'u' });
  const made: ChangeSet[] = [];
  for (let i = 0; i < count; i++) {
    const value = `a name ${i} ${toHex(nodeHasher.sha256(Uint8Array.of(i)))}${toHex(nodeHasher.sha256(Uint8Array.of(i, i)))} ${'é'.repeat(i % 50)}`;
    made.push(...store.commit([{ space: 's/1', writes: [{ entityType: 'participant', entityId: 'p', field: 'familyName', value }] }]));
  }
  return made;
}

const unsigned = (all: readonly ChangeSet[]): ChangeSet[] => all.map(unsignedChangeSet);

const changeSets = await someChangeSets(120);
const bytes = changeSets.map(encodeChangeSet);
const last = changeSets.at(-1)!;
const header: PackHeader = {
  spaces: [{ space: 's/1', from: [], to: [{ replica: last.header.replica, seq: last.header.seq, hash: last.hash }] }],
  certificates: [Uint8Array.of(1, 2, 3)],
};
const pack = encodePack(header, bytes, writing, PACK_CAPS.frameTarget.least);

describe('a pack', () => {
  it('is read as it was written, whatever pieces it comes in', () => {
    const whole = decodePack(pack, reading);
    expect(whole.ok && unsigned(whole.value.changeSets)).toEqual(unsigned(changeSets));
    expect(whole.ok && verifyAll(whole.value.changeSets, () => signer.publicKey, reading).ok).toBe(true);
    expect(whole.ok && whole.value.header).toEqual(header);
    expect(whole.ok && whole.value.sender).toBe(last.header.replica);
    for (const size of [1, 7, 1000]) {
      const reader = packReader(reading);
      const parts: PackPart[] = [];
      for (let at = 0; at < pack.length; at += size) {
        const next = reader.push(pack.subarray(at, at + size));
        if (!next.ok) throw new Error(next.refusal.code);
        parts.push(...next.value);
      }
      expect(reader.end().ok).toBe(true);
      const frames = parts.flatMap((part) => (part.part === 'frame' ? [part.changeSets] : []));
      expect(unsigned(frames.flat())).toEqual(unsigned(changeSets));
      expect(frames.length).toBeGreaterThan(2);
      // A frame is vouched for by itself: it may be applied before the next has come.
      for (const frame of frames) expect(verifyAll(frame, () => signer.publicKey, reading).ok).toBe(true);
    }
  });

  it('tells where each frame ends, so that a transfer can go on there', () => {
    const reader = packReader(reading);
    const parts = reader.push(pack);
    const ends = parts.ok ? parts.value.flatMap((part) => (part.part === 'frame' ? [part.end] : [])) : [];
    const pieces = [...packPieces(header, bytes, writing, PACK_CAPS.frameTarget.least)];
    let at = 0;
    const borders = pieces.map((piece) => (at += piece.length));
    expect(ends).toEqual(borders.slice(1, -1));
  });

  it('keeps notes between frames in their place', () => {
    const note = Uint8Array.of(9);
    const noted = [...packPieces(header, [bytes[0]!, { note }, bytes[1]!], writing)];
    const reader = packReader(reading);
    const kinds = noted.flatMap((piece) => {
      const parts = reader.push(piece);
      return parts.ok ? parts.value.map((part) => part.part) : ['refused'];
    });
    expect(kinds).toEqual(['header', 'frame', 'note', 'frame', 'trailer']);
  });

  it('of long lists is cut into frames that a reader takes', () => {
    const lists = [299_900, 100_000, 100_000, 100_000, 100_000, 5].map((length, i) => {
      const value = Array.from({ length }, (_, j) => (i + j) % 2);
      const op = { entityType: 'x', entityId: `e${i}`, field: 'f', supersedes: [], content: { form: 'plain', value } } as const;
      return sealChangeSet({ ...last.header, space: `s/${i}`, seq: 1, prev: null }, [op], signer, nodeHasher);
    });
    const read = decodePack(encodePack(header, lists.map(encodeChangeSet), writing), reading);
    expect(read.ok ? read.value.changeSets.map(({ hash }) => hash) : read.refusal.code).toEqual(lists.map(({ hash }) => hash));
  });

  it('may be empty', () => {
    const empty = decodePack(encodePack({ spaces: [], certificates: [] }, [], writing), reading);
    expect(empty.ok && empty.value.changeSets).toEqual([]);
  });

  it('has every change-set verified against the key that its replica is known by', () => {
    const known = new Map([[last.header.replica, signer.publicKey]]);
    expect(verifyAll(changeSets, (replica) => known.get(replica), reading).ok).toBe(true);
    expect(verifyAll(changeSets, () => null, reading)).toMatchObject({ refusal: { code: 'sync.replicaUnknown' } });
    expect(verifyAll(changeSets, () => signerOf(newSeed()).publicKey, reading)).toMatchObject({ refusal: { code: 'sync.signatureWrong' } });
    const forged = { ...changeSets[0]!, header: { ...changeSets[0]!.header, author: 'somebody else' } };
    expect(verifyAll([forged], () => signer.publicKey, reading)).toMatchObject({ refusal: { code: 'sync.signatureWrong' } });
  });
});

describe('a malformed, huge or hostile pack (invariant 16)', () => {
  it('that was cut anywhere is refused whole', () => {
    for (let length = 0; length < pack.length; length += length < 200 ? 1 : 37) {
      const cut = decodePack(pack.subarray(0, length), reading);
      expect(cut).toEqual({ ok: false, refusal: { code: 'sync.packCut', details: { bytes: expect.any(Number) as number } } });
    }
  });

  it('is not whole to a reader of its pieces before its trailer came, nor with a byte behind it', () => {
    const readUpTo = (length: number): unknown => {
      const reader = packReader(reading);
      const pushed = reader.push(pack.subarray(0, length));
      return pushed.ok ? reader.end() : pushed;
    };
    for (let length = 0; length < pack.length; length += length < 200 ? 1 : 37)
      expect(readUpTo(length)).toMatchObject({ ok: false, refusal: { code: 'sync.packCut' } });
    expect(readUpTo(pack.length)).toEqual({ ok: true, value: null });
    const malformed = { ok: false, refusal: { code: 'sync.packMalformed' } };
    const together = packReader(reading);
    expect(together.push(Uint8Array.from([...pack, 0]))).toMatchObject(malformed);
    expect(together.end()).toMatchObject(malformed);
    const behind = packReader(reading);
    expect(behind.push(pack).ok).toBe(true);
    expect(behind.push(Uint8Array.of(0))).toMatchObject(malformed);
  });

  it('with any byte changed is refused whole, with a code, and nothing of it is applied', () =>
    fc.assert(
      fc.asyncProperty(fc.nat(pack.length - 1), fc.integer({ min: 1, max: 255 }), async (at, change) => {
        const mutated = Uint8Array.from(pack);
        mutated[at]! ^= change;
        const read = decodePack(mutated, reading);
        expect(read.ok).toBe(false);
        if (!read.ok) expect(REFUSALS).toContain(read.refusal.code);
      }),
      runs(600),
    ));

  it('with pieces moved, doubled or left out is refused whole', () =>
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(pack.length), fc.nat(400)), { minLength: 1, maxLength: 5 }), (slices) => {
        const pieces = slices.map(([from, length]) => pack.subarray(from, from + length));
        const shuffled = Uint8Array.from([
          ...pack.subarray(0, slices[0]![0]),
          ...pieces.flatMap((piece) => [...piece]),
          ...pack.subarray(slices[0]![0] + 1),
        ]);
        const read = decodePack(shuffled, reading);
        if (!read.ok) expect(REFUSALS).toContain(read.refusal.code);
        else expect(shuffled).toEqual(pack);
      }),
      runs(300),
    ));

  it('with a frame left out, doubled or out of its place is refused for its signature', () => {
    const pieces = [...packPieces(header, bytes, writing, PACK_CAPS.frameTarget.least)];
    const [start, one, two, ...rest] = pieces as [Uint8Array, Uint8Array, Uint8Array, ...Uint8Array[]];
    for (const order of [
      [start, two, ...rest],
      [start, two, one, ...rest],
      [start, one, one, two, ...rest],
      [start, rest.at(-1)!],
    ]) {
      // What refers to the missing frame is met before the signature.
      const read = decodePack(Buffer.concat(order), reading);
      expect(read.ok ? 'read' : read.refusal.code).toMatch(/^sync\.pack(Signature|Unresolved)$/);
    }
  });

  it('of random bytes is refused', () =>
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), fc.boolean(), (random, started) => {
        const read = decodePack(started ? Uint8Array.from([...pack.subarray(0, 12), ...random]) : random, reading);
        expect(read.ok ? 'read' : read.refusal.code).toMatch(/^sync\.pack/);
      }),
      runs(500),
    ));

  it('signed by another key, or whose frames were signed elsewhere, is refused', () => {
    const other = encodePack(header, bytes.slice(0, 5), { ...writing, signer: signerOf(newSeed()) });
    const mine = encodePack(header, bytes.slice(0, 6), writing);
    const trailer = 38 + encodeCanonical([new Uint8Array(32), new Uint8Array(64)]).length;
    const mixed = Uint8Array.from([...mine.subarray(0, mine.length - trailer), ...other.subarray(other.length - trailer)]);
    expect(decodePack(mixed, reading)).toMatchObject({ refusal: { code: 'sync.packSignature' } });
    expect(decodePack(Uint8Array.from([...mine, 0]), reading)).toMatchObject({ refusal: { code: 'sync.packMalformed' } });
  });

  it('of a later version says so', () => {
    const newer = Uint8Array.from(pack);
    newer[7] = 2;
    expect(decodePack(newer, reading)).toMatchObject({ refusal: { code: 'sync.packNewer' } });
  });

  it('that claims more than a frame may hold is refused before its bytes are waited for', () => {
    const headerEnd = packReader(reading);
    expect(headerEnd.push(Uint8Array.from([...pack.subarray(0, 8), 0x7f, 0xff, 0xff, 0xff]))).toMatchObject({
      refusal: { code: 'sync.packTooLarge' },
    });
    const first = [...packPieces(header, bytes, writing)][0]!;
    const frame = packReader(reading);
    frame.push(first);
    expect(frame.push(Uint8Array.from([0xff, 0xff, 0xff, 0xff, ...new Uint8Array(34)]))).toMatchObject({
      refusal: { code: 'sync.packTooLarge' },
    });
    expect(frame.push(Uint8Array.of(0))).toMatchObject({ refusal: { code: 'sync.packTooLarge' } });
  });

  it('that is longer than the receiver takes is refused while it comes in', () => {
    const reader = packReader(reading, 1000);
    expect(reader.push(pack.subarray(0, 900)).ok).toBe(true);
    expect(reader.push(pack.subarray(900, 1100))).toMatchObject({ refusal: { code: 'sync.packTooLarge' } });
  });

  it('with a decompression bomb, or a million empty items, ends at the cap', () => {
    const bomb = brotliCompressSync(new Uint8Array(64 * 1024 * 1024), { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } });
    const many = brotli.compress(Uint8Array.from([0x9a, 0, 0x10, 0, 0, ...new Uint8Array(1 << 20).fill(0x40)]));
    const deep = new Uint8Array(100_000).fill(0x81);
    for (const payload of [bomb, many, brotli.compress(deep)]) {
      const before = process.memoryUsage().rss;
      expect(decodePack(framed(payload, 1), reading)).toMatchObject({ refusal: { code: 'sync.packMalformed' } });
      expect(process.memoryUsage().rss - before).toBeLessThan(200 * 1024 * 1024);
    }
  });

  it('is decompressed no further than a frame may hold', () => {
    const limits: number[] = [];
    const watching = {
      ...brotli,
      decompress: (data: Uint8Array, limit: number) => (limits.push(limit), brotli.decompress(data, limit)),
    };
    expect(decodePack(pack, { ...reading, compression: watching }).ok).toBe(true);
    expect(new Set(limits)).toEqual(new Set([PACK_CAPS.frameBytes]));
    expect(() => brotli.decompress(brotli.compress(new Uint8Array(5000)), 4999)).toThrow();
    expect(brotli.decompress(brotli.compress(new Uint8Array(5000)), 5000)).toHaveLength(5000);
  });

  it('whose frames are honest but together too much to decode whole ends at the cap', () => {
    const fat = sealChangeSet(
      { ...last.header, seq: 1, prev: null },
      [{ entityType: 'x', entityId: 'y', field: 'z', supersedes: [], content: { form: 'plain', value: 'a'.repeat(900_000) } }],
      signer,
      nodeHasher,
    );
    const bombs = encodePack(
      header,
      Array.from({ length: 76 }, () => encodeChangeSet(fat)),
      writing,
    );
    expect(bombs.length).toBeLessThan(200_000);
    expect(decodePack(bombs, reading)).toMatchObject({ refusal: { code: 'sync.packTooLarge' } });
  });

  it('that holds something which is no change-set is refused', () => {
    const oneWrong = brotli.compress(encodeCanonical([bytes[0], Uint8Array.of(1, 2)]));
    for (const [payload, type] of [
      [oneWrong, 1],
      [brotli.compress(encodeCanonical([])), 1],
      [brotli.compress(encodeCanonical({ a: 1 })), 1],
      [brotli.compress(encodeCanonical(['text'])), 1],
      [oneWrong, 7],
      [new Uint8Array(0), 1],
    ] as const) {
      expect(decodePack(framed(payload, type), reading)).toMatchObject({ refusal: { code: 'sync.packMalformed' } });
    }
  });

  it('is unpacked only when its seal and its sender are known to be right', () => {
    const { compression, unpacked } = counting();
    const ports = { ...reading, compression };
    const anatomy = anatomyOf(pack);
    for (const [wrong, code] of [
      [assemblePack(anatomy, { signer, trailer: 'flipped' }), 'sync.packSignature'],
      [assemblePack(anatomy, { signer, trailer: 'none' }), 'sync.packCut'],
      [assemblePack(anatomy, { signer, trailer: 'twice' }), 'sync.packMalformed'],
      [assemblePack(anatomy, { signer, wrongDigest: anatomy.frames.length - 1 }), 'sync.packDamaged'],
      [pack.subarray(0, -1), 'sync.packCut'],
    ] as const) {
      expect(decodePack(wrong, ports)).toMatchObject({ refusal: { code } });
    }
    expect(decodePack(pack, ports, WHOLE_PACK, () => false)).toMatchObject({ refusal: { code: 'sync.senderWrong' } });
    expect(unpacked).toEqual([]);
    expect(decodePack(pack, ports, WHOLE_PACK, ({ sender }) => sender === last.header.replica).ok).toBe(true);
    expect(unpacked).toHaveLength(anatomy.frames.length);
  });

  it('is unpacked no further than its first malformed frame, and never beyond the budget of the whole', () => {
    const nothing = brotli.compress(Uint8Array.from([0x92, ...new Uint8Array(7 << 20)]));
    const first = counting();
    expect(decodePack(framed(Array(50).fill(nothing), 1), { ...reading, compression: first.compression }, ONE_FRAME)).toMatchObject({
      refusal: { code: 'sync.packMalformed' },
    });
    expect(first.unpacked).toHaveLength(1);

    // Honest frames, each far below what one may be: their sum is what counts, on the wire and in every way that they cost.
    const frames = anatomyOf(pack).frames;
    const sum = counting();
    expect(decodePack(pack, { ...reading, compression: sum.compression }, ONE_FRAME).ok).toBe(true);
    const bytes = sum.unpacked.reduce((all, one) => all + one, 0);
    expect(frames.length).toBeGreaterThan(2);
    const within = { ...ONE_FRAME, unpackedBytes: bytes };
    expect(decodePack(pack, reading, within).ok).toBe(true);
    for (const less of [
      { unpackedBytes: bytes - 1 },
      { storedBytes: changeSets.reduce((all, one) => all + encodeChangeSet(one).length, -1) },
      { parts: 80 },
      { changeSets: changeSets.length - 1 },
      { totalBytes: pack.length - 1 },
    ]) {
      const { compression, unpacked } = counting();
      expect(decodePack(pack, { ...reading, compression }, { ...ONE_FRAME, ...less })).toMatchObject({
        refusal: { code: 'sync.packTooLarge' },
      });
      expect(unpacked.reduce((all, one) => all + one, 0)).toBeLessThanOrEqual(bytes);
    }
  });

  it('of the largest change-sets that may be written is within the budget of one frame', () => {
    const text = toHex(new Uint8Array(240_000).map((_, i) => (i * 7919) % 251));
    const fat = sealChangeSet(
      { ...last.header, seq: 1, prev: null },
      [text, `${text} `].map((value, i): Op => ({
        entityType: 'x',
        entityId: `y${i}`,
        field: 'z',
        supersedes: [],
        content: { form: 'plain', value },
      })),
      signer,
      nodeHasher,
    );
    expect(encodeChangeSet(fat).length).toBeGreaterThan(0.9 * (1 << 20));
    const { pack: sent, count } = packOfFirst(Array(4).fill(encodeChangeSet(fat)), () => header, writing, PACK_CAPS.frameTarget.most);
    expect(count).toBeGreaterThan(0);
    expect(decodePack(sent, reading, ONE_FRAME).ok).toBe(true);
  });

  it('never changes a store that takes only whole packs', async () => {
    const store = openSqliteSubject({ signer: signerOf(newSeed()), now: () => 1, clockTrust: () => 0, author: () => 'u' });
    await fc.assert(
      fc.asyncProperty(fc.nat(pack.length - 1), async (at) => {
        const mutated = Uint8Array.from(pack);
        mutated[at]! ^= 0x11;
        const read = decodePack(mutated, reading);
        if (read.ok) await store.ingest(read.value.changeSets);
        expect(await store.spaces()).toEqual([]);
      }),
      runs(200),
    );
    await store.close();
  });
});

/** A pack of frames with these payloads, its digests and its signature in order. */
function framed(payloads: Uint8Array | readonly Uint8Array[], type: number): Uint8Array {
  const frames = (payloads instanceof Uint8Array ? [payloads] : payloads).map((payload) => ({ type, codec: 1, payload }));
  return assemblePack({ ...anatomyOf(encodePack({ spaces: [], certificates: [] }, [], writing)), frames }, { signer });
}

/** A compression that counts what it unpacks. */
function counting(): { readonly compression: typeof brotli; readonly unpacked: number[] } {
  const unpacked: number[] = [];
  const decompress = (data: Uint8Array, limit: number): Uint8Array => {
    const plain = brotli.decompress(data, limit);
    unpacked.push(plain.length);
    return plain;
  };
  return { compression: { ...brotli, decompress }, unpacked };
}
