import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toHex } from '../../../shared/kernel/hex.ts';
import { DERIVATIONS } from '../../../shared/model/derivations.ts';
import { brotli, newSeed, nodeHasher, nodeVerifier, signerOf } from '../../../shared/node/crypto.ts';
import { abridgedDictionary } from '../../../shared/sync/pack/abridged-dictionary.ts';
import { isAbridged, namesOf, restoredPack, restorer, type PackLink } from '../../../shared/sync/pack/abridged.ts';
import { encodeChangeSet, sealChangeSet, replicaIdOf } from '../../../shared/sync/change-set.ts';
import { concat } from '../../../shared/sync/encode.ts';
import { decodePack } from '../../../shared/sync/pack/pack-reader.ts';
import { encodePack, packPieces } from '../../../shared/sync/pack/pack-writer.ts';
import { readReceipts, writeReceipts } from '../../../shared/sync/receipts.ts';
import type { ChangeSet, Op } from '../../../shared/sync/types.ts';
import { runs } from '../seeds.ts';

const signer = signerOf(newSeed());
const replica = replicaIdOf(signer.publicKey, nodeHasher);
const USER = '860401a4-84f4-4c18-a1f6-da9d60a3c959';
const link: PackLink = { publicKey: signer.publicKey, names: namesOf(nodeHasher.sha256(signer.publicKey).subarray(0, 16), USER) };
const ports = { hasher: nodeHasher, compression: brotli, signer, derivations: DERIVATIONS };
const reading = { hasher: nodeHasher, compression: brotli, verifier: nodeVerifier() };
const SPACE = 'workshop/019cadab-2340-7316-a022-eff9f743640e/people';
const MOST = 4 << 20;

/** Marks of one device, one change-set each. */
function marks(count: number, note = ''): ChangeSet[] {
  const made: ChangeSet[] = [];
  for (let seq = 1; seq <= count; seq++) {
    const prev = made.at(-1)?.hash ?? null;
    const header = {
      version: 1,
      space: SPACE,
      replica,
      seq,
      prev,
      t: 1_700_000_000_000 + seq * 1_733,
      tq: 2,
      schema: 1,
      author: USER,
      kind: 'data',
    } as const;
    const op = (field: string, value: string): Op => ({
      entityType: 'mark',
      entityId: `m${seq}`,
      field,
      supersedes: [],
      content: { form: 'plain', value },
    });
    made.push(sealChangeSet(header, [op('status', seq % 3 === 0 ? 'late' : 'present'), op('method', note || 'grid')], signer, nodeHasher));
  }
  return made;
}

function packOf(changeSets: readonly ChangeSet[], certificates: readonly Uint8Array[] = [], notes = 0): Uint8Array {
  const items = [
    ...changeSets.map(encodeChangeSet),
    ...Array.from({ length: notes }, (_, i) => ({ note: new Uint8Array(i * 300).fill(i) })),
  ];
  return concat([...packPieces({ spaces: [], certificates }, items, { ...ports, link })]);
}

function restored(bytes: Uint8Array, over: PackLink = link): Uint8Array {
  const pack = restoredPack(bytes, over, reading, MOST);
  if ('code' in pack) throw new Error(pack.code);
  return pack;
}

describe('an abridged pack', () => {
  it('is the pack that was signed once it is restored, whatever pieces it comes in', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 90 }),
        fc.integer({ min: 0, max: 3 }),
        fc.boolean(),
        fc.array(fc.integer({ min: 1, max: 700 }), { minLength: 1 }),
        (count, notes, certified, sizes) => {
          const changeSets = marks(count);
          const certificates = certified ? [Uint8Array.of(1, 2, 3), new Uint8Array(400).fill(7)] : [];
          const sent = packOf(changeSets, certificates, notes);
          expect(isAbridged(sent)).toBe(true);
          const one = restorer(link, reading, MOST);
          const pieces: Uint8Array[] = [];
          for (let at = 0, i = 0; at < sent.length; i++) {
            const size = sizes[i % sizes.length]!;
            const piece = one.push(sent.subarray(at, at + size));
            if ('code' in piece) throw new Error(piece.code);
            pieces.push(piece);
            at += size;
          }
          expect(one.done).toBe(true);
          expect(toHex(concat(pieces))).toBe(toHex(restored(sent)));
          const read = decodePack(concat(pieces), reading);
          if (!read.ok) throw new Error(read.refusal.code);
          expect(read.value.changeSets).toEqual(changeSets);
          expect(read.value.header.certificates).toEqual(certificates);
          expect(read.value.sender).toBe(replica);
        },
      ),
      runs(40),
    );
  });

  it('costs far less than the whole one, where it is small', () => {
    const whole = encodePack({ spaces: [], certificates: [] }, marks(3).map(encodeChangeSet), ports);
    expect(packOf(marks(3)).length).toBeLessThan(whole.length - 200);
  });

  it('cut, altered, prolonged or read by another link is refused and gives nothing else', () => {
    const sent = packOf(marks(5), [Uint8Array.of(9, 9)], 2);
    const outcome = (bytes: Uint8Array, over: PackLink = link): string => {
      const pack = restoredPack(bytes, over, reading, MOST);
      if ('code' in pack) return pack.code;
      const read = decodePack(pack, reading);
      return read.ok ? `read ${read.value.changeSets.map(({ hash }) => hash).join()}` : read.refusal.code;
    };
    const whole = outcome(sent);
    for (let end = 0; end < sent.length; end++) expect(outcome(sent.slice(0, end)), `cut at ${end}`).toBe('sync.packCut');
    for (let at = 0; at < sent.length; at++) {
      for (const bit of [1, 128]) {
        const altered = sent.slice();
        altered[at]! ^= bit;
        // Bits that a compressor leaves unused say nothing: what is read then is what was signed.
        const read = outcome(altered);
        if (read !== whole) expect(read, `byte ${at}`).toMatch(/^sync\.pack(Malformed|Signature|Cut|TooLarge|Unresolved)$/);
      }
    }
    expect(outcome(concat([sent, Uint8Array.of(0)]))).toBe('sync.packMalformed');
    const other = signerOf(newSeed());
    expect(outcome(sent, { ...link, publicKey: other.publicKey })).toBe('sync.packSignature');
    expect(outcome(sent, { ...link, names: [] })).not.toBe(whole);
  });

  it('grows to what its reader allows and no further, whatever it says', () => {
    const bomb = brotli.compressWith(new Uint8Array(16 << 10), concat([...link.names, abridgedDictionary()]));
    const part = concat([Uint8Array.of(1 * 4 + 2, bomb.length), bomb]);
    expect(part.length).toBeLessThan(100);
    const many = concat([Uint8Array.of(1, 0), ...Array.from({ length: 10_000 }, () => part)]);
    expect(restoredPack(many, link, reading, MOST)).toMatchObject({ code: 'sync.packTooLarge' });
    const large = brotli.compressWith(new Uint8Array(1 << 20), concat([...link.names, abridgedDictionary()]));
    const length = [(large.length % 128) + 128, Math.floor(large.length / 128)];
    expect(restoredPack(concat([Uint8Array.of(1, 0, 6, ...length), large]), link, reading, MOST)).toMatchObject({
      code: 'sync.packMalformed',
    });
    expect(restoredPack(Uint8Array.of(1, 0, 4, 255, 255, 255, 255), link, reading, MOST)).toMatchObject({ code: 'sync.packMalformed' });
    expect(restoredPack(Uint8Array.of(1, 0, 4, 255, 255, 255, 127), link, reading, MOST)).toMatchObject({ code: 'sync.packTooLarge' });
  });

  it('rests on bytes that never change: programs of other versions know the same', () => {
    expect(toHex(nodeHasher.sha256(abridgedDictionary()))).toBe(DICTIONARY);
  });
});

const DICTIONARY = '20e4f0f34cba6d53dba60bb84a6504cc3ab872b8113b951ef697859a64012bf3';

it('times of receipt are read as they were written, and nothing else is', () => {
  const time = fc.option(fc.integer({ min: 0, max: 4_102_444_800_000 }), { nil: null });
  fc.assert(
    fc.property(fc.array(fc.tuple(time, fc.integer({ min: 1, max: 50 })), { maxLength: 20 }), (stretches) => {
      const times = stretches.flatMap(([at, count]) => Array.from({ length: count }, () => at));
      const bytes = writeReceipts(times);
      expect(readReceipts(bytes, times.length)).toEqual(times);
      expect(readReceipts(bytes, times.length + 1)).toBe(null);
      if (times.length > 0) expect(readReceipts(bytes, times.length - 1)).toBe(null);
    }),
    runs(200),
  );
  expect(writeReceipts(Array.from({ length: 40 }, () => 1_780_000_000_000)).length).toBeLessThan(10);
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 30 }), (bytes) => {
      const times = readReceipts(bytes, 5);
      expect(times === null || times.length === 5).toBe(true);
    }),
    runs(500),
  );
});
