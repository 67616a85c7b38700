import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { fromHex, toHex } from '../../../shared/kernel/hex.ts';
import { newSeed, signerOf } from '../../../shared/node/crypto.ts';
import { agreementKeyOf, openPiece, sealPiece, SEALED_PIECE, sealedLength, unwrapKey, wrapKey } from '../../../shared/node/sealing.ts';

describe('sealing for a device', () => {
  it('derives the key of agreement that others derive (libsodium’s test of its conversion)', () => {
    const seed = fromHex('421151a459faeade3d247115f94aedae42318124095afabe4d1451a559faedee');
    expect(toHex(agreementKeyOf(signerOf(seed).publicKey))).toBe('f1814f0e8ff1043d8a44d25babff3cedcae6c22c3edaa48f857ae70de2baae50');
  });

  it('opens for whom it was wrapped, and for nobody else', () => {
    const key = randomBytes(32);
    const seeds = Array.from({ length: 20 }, newSeed);
    const keys = seeds.map((seed) => signerOf(seed).publicKey);
    const { ephemeral, wrapped } = wrapKey(key, keys);
    for (const [i, seed] of seeds.entries()) {
      expect(unwrapKey(ephemeral, wrapped[i]!, seed, keys[i]!)).toEqual(Uint8Array.from(key));
      expect(unwrapKey(ephemeral, wrapped[(i + 1) % seeds.length]!, seed, keys[i]!)).toBeNull();
    }
    const stranger = newSeed();
    expect(unwrapKey(ephemeral, wrapped[0]!, stranger, signerOf(stranger).publicKey)).toBeNull();
    const bent = Uint8Array.from(wrapped[0]!);
    bent[5] = bent[5]! ^ 1;
    expect(unwrapKey(ephemeral, bent, seeds[0]!, keys[0]!)).toBeNull();
    // A point of small order agrees on nothing.
    expect(unwrapKey(new Uint8Array(32), wrapped[0]!, seeds[0]!, keys[0]!)).toBeNull();
  });

  it('opens a piece only in its place, and the last one only as the last', () => {
    const key = randomBytes(32);
    const plain = randomBytes(1_000);
    const sealed = sealPiece(key, 3, false, plain);
    expect(openPiece(key, 3, false, sealed)).toEqual(Uint8Array.from(plain));
    expect(openPiece(key, 2, false, sealed)).toBeNull();
    expect(openPiece(key, 3, true, sealed)).toBeNull();
    expect(openPiece(randomBytes(32), 3, false, sealed)).toBeNull();
    expect(openPiece(key, 3, false, sealed.subarray(1))).toBeNull();
    expect(openPiece(key, 3, false, new Uint8Array(3))).toBeNull();
    for (const length of [1, SEALED_PIECE - 1, SEALED_PIECE, SEALED_PIECE + 1]) {
      const pieces = Math.ceil(length / SEALED_PIECE);
      expect(sealedLength(length)).toBe(length + 16 * pieces);
    }
  });
});
