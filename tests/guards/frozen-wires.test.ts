import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { PREAMBLE } from '../../electron/engine/sync/lan/pairing.ts';
import { isBeaconOf, newBeacon } from '../../shared/features/sync/lan-beacon.ts';
import * as lan from '../../shared/features/sync/lan-messages.ts';
import { commitmentTo, pairingProof, pairingTranscript, shortCode, type PairingSide } from '../../shared/features/sync/lan-pairing.ts';
import { fromHex, toHex } from '../../shared/kernel/hex.ts';
import type { Compression } from '../../shared/kernel/ports.ts';
import { LANGUAGES } from '../../shared/kernel/text.ts';
import { DERIVATIONS } from '../../shared/model/derivations.ts';
import { nodeHasher, nodeVerifier, signerOf } from '../../shared/node/crypto.ts';
import { agreementKeyOf, openPiece, sealPiece, SEALED_PIECE, unwrapKey } from '../../shared/node/sealing.ts';
import {
  BUNDLE_DOMAIN,
  BUNDLE_START,
  bundleStart,
  encodeManifest,
  fileSegment,
  readStart,
  SEGMENT,
  segment,
} from '../../shared/sync/bundle.ts';
import { encodeCertificate, issueCertificate } from '../../shared/sync/certificate.ts';
import { encodeChangeSet, replicaIdOf, sealChangeSet } from '../../shared/sync/change-set.ts';
import { MAGIC } from '../../shared/sync/pack/pack-format.ts';
import { decodePack } from '../../shared/sync/pack/pack-reader.ts';
import { encodePack } from '../../shared/sync/pack/pack-writer.ts';
import type { ChangeSet, ChangeSetHeader, Op } from '../../shared/sync/types.ts';
import { digestOf, shapeOf } from '../support/shapes.ts';

/**
 * What laptops say to each other in the room and by a stick, byte for byte: two of them meet far from any repository, so an older program must understand it, or
 * say in a sentence that it does not. A changed message or form is another version; the digest of each version stays here.
 */

/** Of what goes over the wire in the room, by `LAN_VERSION`. */
const ROOMS: Readonly<Record<number, string>> = { 1: '7fb1d80dd8105531' };
/** Of change-sets, certificates and packs, which every way carries, by the version in a pack's first bytes. */
const PACKS: Readonly<Record<number, string>> = { 1: '7fce910a94154cf4' };
/** Of the file on a stick, by the version in its first bytes. */
const BUNDLES: Readonly<Record<number, string>> = { 1: '1a8ae06a8662cd65' };

const ROOT = path.resolve(import.meta.dirname, '../..');
type Words = Readonly<Record<string, Readonly<Record<string, string>>>>;
const bytesOf = (length: number, from: number): Uint8Array => Uint8Array.from({ length }, (_, at) => (from + 7 * at) & 255);
const signer = signerOf(bytesOf(32, 1));
const replica = replicaIdOf(signer.publicKey, nodeHasher);
/** Packs are looked at as they are before compression: how small a library makes them is no part of their form. */
const uncompressed: Compression = {
  compress: (data) => data,
  decompress: (data) => data,
  compressWith: (data) => data,
  decompressWith: (data) => data,
};

it('an older program has a sentence for what is of a newer one', () => {
  const newer = (bytes: Uint8Array): Uint8Array => bytes.with(7, bytes[7]! + 1);
  const head = { id: toHex(bytesOf(16, 13)), createdAt: 0, name: '', certificate: null, repositoryKey: null, sealed: null };
  expect(readStart(newer(bundleStart(head, 0, signer.publicKey)))).toBe('newer');
  const ports = { hasher: nodeHasher, compression: uncompressed, signer, verifier: nodeVerifier() };
  expect(decodePack(newer(encodePack({ spaces: [], certificates: [] }, [], ports)), ports)).toMatchObject({
    ok: false,
    refusal: { code: 'sync.packNewer' },
  });
  for (const language of LANGUAGES) {
    const words = JSON.parse(readFileSync(path.join(ROOT, 'locales', language, 'errors.json'), 'utf8')) as Words;
    for (const [feature, code] of [
      ['sync', 'lanVersion'],
      ['sync', 'packNewer'],
      ['usb', 'newer'],
    ] as const)
      expect(words[feature]?.[code], `${language} ${feature}.${code}`).toMatch(/\S/);
  }
});

it('what is said in the room is another version when it changes', () => {
  const messages = Object.entries(lan).flatMap(([name, value]) => (value instanceof z.ZodType ? [[name, shapeOf(value)]] : []));
  expect(messages.length).toBeGreaterThan(8);
  const side = (from: number): PairingSide => ({
    fingerprint: toHex(bytesOf(32, from)),
    publicKey: toHex(signerOf(bytesOf(32, from)).publicKey),
    name: 'Awa Diop',
    repository: toHex(bytesOf(32, from + 1)),
  });
  const [nonce, other] = [toHex(bytesOf(32, 3)), toHex(bytesOf(32, 4))];
  const transcript = pairingTranscript(side(5), nonce, side(6), other, nodeHasher);
  const pairing = [
    PREAMBLE,
    commitmentTo(nonce, side(5), nodeHasher),
    transcript,
    shortCode(transcript),
    pairingProof(transcript, 'asking', signer),
    pairingProof(transcript, 'asked', signer),
  ];
  const beacon = newBeacon(side(5).fingerprint, { bytes: (length) => bytesOf(length, 9) }, nodeHasher);
  expect(isBeaconOf(beacon, side(5).fingerprint, nodeHasher)).toBe(true);
  const longest = [lan.PAIRING_LINE, lan.LAN_JSON, lan.LAN_PACK];
  expect(
    digestOf([messages, lan.LAN_ROUTES, pairing, beacon, longest]),
    `raise LAN_VERSION (shared/features/sync/lan-messages.ts), add the digest here, and look that a laptop of the version before says sync.lanVersion, in four languages`,
  ).toBe(ROOMS[lan.LAN_VERSION]);
});

/** One change-set of each form that a value and a link can have. */
function chain(): ChangeSet[] {
  const header = (seq: number, prev: string | null, kind: ChangeSetHeader['kind'], space = 'workshop/w/people'): ChangeSetHeader => ({
    ...{ version: 1, space, replica, seq, prev, t: 1_772_000_000_000 + seq, tq: 1, schema: 5, author: 'user-1', kind },
  });
  const op = (field: string, value: Op['content'], supersedes: readonly string[] = []): Op => ({
    ...{ entityType: 'participant', entityId: 'e4b1a1f0-0000-4000-8000-000000000001', field, supersedes, content: value },
  });
  const first = sealChangeSet(
    header(1, null, 'data'),
    [
      op('familyName', { form: 'erasable', value: 'Diop', salt: '00112233445566778899aabbccddeeff' }),
      op('languages', { form: 'plain', value: ['fr', 'wo'] }),
      op('birthYear', { form: 'plain', value: 1980 }),
      op('consent', { form: 'plain', value: { answer: true, at: null } }),
    ],
    null,
    nodeHasher,
  );
  const second = sealChangeSet(
    header(2, first.hash, 'erase'),
    [op('familyName', { form: 'plain', value: null }, [`${first.hash}:0`])],
    signer,
    nodeHasher,
  );
  return [first, second];
}

it('a change-set, a certificate and a pack are another version when they change', () => {
  const changeSets = chain();
  const claims = {
    replica,
    publicKey: toHex(signer.publicKey),
    user: 'user-1',
    name: 'Awa Diop',
    role: 'trainer',
    scope: '*',
    issuedAt: 1_772_000_000_000,
  };
  const certificate = encodeCertificate(issueCertificate(claims, signerOf(bytesOf(32, 2))));
  const to = [{ replica, seq: 2, hash: changeSets[1]!.hash }];
  const pack = encodePack(
    { spaces: [{ space: 'workshop/w/people', from: [], to }], certificates: [certificate] },
    changeSets.map(encodeChangeSet),
    { hasher: nodeHasher, compression: uncompressed, signer, derivations: DERIVATIONS },
  );
  expect(
    digestOf([...changeSets.map((one) => toHex(encodeChangeSet(one))), toHex(certificate), toHex(pack)]),
    'raise the version at the end of MAGIC (shared/sync/pack/pack-format.ts), add the digest here, and look that an older program says sync.packNewer, in four languages',
  ).toBe(PACKS[MAGIC.at(-1)!]);
});

it('the file on a stick is another version when it changes', () => {
  const sha256 = toHex(bytesOf(32, 8));
  const to = [{ replica, seq: 2, hash: toHex(bytesOf(32, 10)) }];
  const manifest = encodeManifest({
    ...{ spaces: [{ space: 'library', from: [], to }], certificates: [bytesOf(40, 11)], changeSets: 2 },
    ...{ files: [{ sha256, size: 5_000_000_000 }], keys: [bytesOf(32, 12)] },
  });
  const head = { id: toHex(bytesOf(16, 13)), createdAt: 1_772_000_000_000, name: 'Awa Diop' };
  const lyingOpen = bundleStart(
    { ...head, certificate: bytesOf(40, 14), repositoryKey: bytesOf(32, 15), sealed: null },
    1_000,
    signer.publicKey,
  );
  const sealed = { ephemeral: bytesOf(32, 16), recipients: [{ replica, wrapped: bytesOf(48, 17) }] };
  const locked = bundleStart({ ...head, certificate: null, repositoryKey: null, sealed }, 1_000, signer.publicKey);
  const body = [
    segment(SEGMENT.manifest, manifest),
    segment(SEGMENT.pack, bytesOf(9, 18)),
    fileSegment(sha256, 5_000_000_000),
    segment(SEGMENT.piece, bytesOf(9, 19)),
    segment(SEGMENT.end, new Uint8Array(0)),
  ];
  const key = bytesOf(32, 20);
  const pieces = [sealPiece(key, 0, false, bytesOf(20, 21)), sealPiece(key, 1, true, bytesOf(4, 22))];
  expect(openPiece(key, 1, true, pieces[1]!)).toEqual(bytesOf(4, 22));
  const sealing = [SEALED_PIECE, toHex(agreementKeyOf(signer.publicKey)), ...pieces.map(toHex)];
  // A key that was wrapped with this version, for this device; whoever wraps draws a key of its own, so what is held is that it still opens.
  expect(unwrapKey(fromHex(WRAPPED.ephemeral), fromHex(WRAPPED.key), bytesOf(32, 1), signer.publicKey)).toEqual(key);
  expect(
    digestOf([toHex(BUNDLE_DOMAIN), BUNDLE_START, toHex(lyingOpen), toHex(locked), ...body.map(toHex), ...sealing]),
    'raise the version at the end of MAGIC (shared/sync/bundle.ts), add the digest here, and look that an older program says usb.newer, in four languages',
  ).toBe(BUNDLES[lyingOpen[7]!]);
});

const WRAPPED = {
  ephemeral: '626b375a11a212a4138774e519d09d173ad5d3a820653e4db09de2d6763e6714',
  key: '3d655451559c269f3d44a20b749370e3ba7d569dc05a5f7bfef9a965bb3a77a498b502164f5de4569ed7511964e82c07',
};
