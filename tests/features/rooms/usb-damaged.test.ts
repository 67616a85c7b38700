import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { encodeCanonical } from '../../../shared/sync/canonical.ts';
import {
  BUNDLE_DOMAIN,
  BUNDLE_START,
  bundleStart,
  encodeManifest,
  fileSegment,
  readHead,
  readManifest,
  readSegmentHead,
  segment,
  SEGMENT,
  SEGMENT_HEAD,
  segmentHead,
  SIGNATURE_BYTES,
  type BundleHead,
  type Manifest,
} from '../../../shared/sync/bundle.ts';
import { planSpace } from '../../../shared/model/spaces.ts';
import type { Signer } from '../../../shared/kernel/ports.ts';
import { brotli, nodeHasher, signerOf } from '../../../shared/node/crypto.ts';
import { readOrMintKey } from '../../../shared/node/store/sqlite/opening/replica-key.ts';
import { changeSetsAfter } from '../../../shared/node/store/sqlite/change-log.ts';
import { decodeChangeSet, encodeChangeSet } from '../../../shared/sync/change-set.ts';
import { encodePack } from '../../../shared/sync/pack/pack-writer.ts';
import type { Laptop } from '../../support/laptops/laptop.ts';
import { quickFolder } from '../../support/repository/quick-folder.ts';
import { startRepository, type TestRepository } from '../../support/repository/repository.ts';
import { seeded } from '../../support/seeded.ts';
import { exported, imported, stateOf, tryImport } from '../../support/laptops/usb.ts';
import { enrolledLaptop, makeWorkshop } from '../../support/workshop.ts';
import { sourceFile } from '../../../shared/node/files/source-file.ts';

/** Invariant 16 for files on a stick: whatever was done to one, it is refused whole, with a code of its own, and nothing of it is applied. */

const seed = Number(process.env['SEED'] ?? Date.now() % 1_000_000_000);
const folder = quickFolder('itinera-damaged-');
const file = path.join(folder, 'x.itinera');
let server: TestRepository;
let sender: Laptop;
let receiver: Laptop;
let signer: Signer;
let open: Buffer;
let sealed: Buffer;

beforeAll(async () => {
  console.log(`random damage: SEED=${seed}`);
  server = await startRepository({ library: false });
  sender = await enrolledLaptop(server);
  receiver = await enrolledLaptop(server);
  signer = signerOf(readOrMintKey(sender.folder, sender.store.db));
  const { id } = makeWorkshop(sender);
  const source = path.join(folder, 'slides');
  writeFileSync(source, randomBytes(3_000));
  const { sha256, size } = await sender.files.put(sourceFile(source));
  sender.write(planSpace(id), 'materialVersion', randomUUID(), { materialId: randomUUID(), language: 'fr', sha256, size });
  await exported(receiver, file, { spaces: [] });
  await imported(sender, file);
  await exported(sender, file);
  open = readFileSync(file);
  await exported(sender, file, { recipients: [receiver.store.replica] });
  sealed = readFileSync(file);
});
afterAll(async () => {
  await sender.end();
  await receiver.end();
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
});

async function expectRefused(bytes: Uint8Array, codes: readonly string[], what: string): Promise<void> {
  writeFileSync(file, bytes);
  const before = stateOf(receiver);
  const answer = await tryImport(receiver, file);
  expect(answer.ok ? 'taken' : answer.refusal.code, what).toBeOneOf([...codes]);
  expect(stateOf(receiver), what).toBe(before);
}

/** Where something begins or ends: the fixed start, the head, every part of the body, the signature. */
function places(bytes: Buffer): number[] {
  const body = BUNDLE_START + 4 + bytes.readUInt32BE(BUNDLE_START);
  const found = [0, 1, 7, 8, 15, 16, 47, BUNDLE_START, BUNDLE_START + 3, BUNDLE_START + 4, body];
  const end = bytes.length - SIGNATURE_BYTES;
  for (let at = body; at + SEGMENT_HEAD <= end;) {
    const { length } = readSegmentHead(bytes.subarray(at, at + SEGMENT_HEAD));
    found.push(at + 4, at + SEGMENT_HEAD);
    at += SEGMENT_HEAD + length;
    if (at <= end) found.push(at);
  }
  found.push(end, end + 1, bytes.length - 1);
  return [...new Set(found.flatMap((at) => [at - 1, at, at + 1]))].filter((at) => at >= 0 && at < bytes.length);
}

describe('a file that was damaged', () => {
  it('cut short anywhere, is refused as such', { timeout: 60_000 }, async () => {
    const random = seeded(seed);
    for (const bytes of [open, sealed]) {
      const cuts = [...places(bytes), ...Array.from({ length: 40 }, () => Math.floor(random() * bytes.length))];
      for (const at of cuts) await expectRefused(bytes.subarray(0, at), at === 0 ? ['usb.notOurs'] : ['usb.cut'], `cut at ${at}`);
    }
  });

  it('with any bit turned, is refused', { timeout: 60_000 }, async () => {
    const random = seeded(seed + 1);
    for (const bytes of [open, sealed]) {
      const turns = [...places(bytes), ...Array.from({ length: 150 }, () => Math.floor(random() * bytes.length))];
      for (const at of turns) {
        const turned = Buffer.from(bytes);
        turned[at] = turned[at]! ^ (1 << Math.floor(random() * 8));
        await expectRefused(turned, ['usb.altered', 'usb.cut', 'usb.notOurs', 'usb.newer'], `bit of byte ${at}`);
      }
    }
  });

  it('longer than it was, with parts exchanged, or with another’s signature, is refused', async () => {
    await expectRefused(Buffer.concat([open, Buffer.alloc(1)]), ['usb.altered'], 'a byte more');
    await expectRefused(Buffer.concat([open, open]), ['usb.altered'], 'twice');
    const swapped = Buffer.from(open);
    open.copy(swapped, 400, 500, 600);
    open.copy(swapped, 500, 400, 500);
    await expectRefused(swapped, ['usb.altered'], 'parts exchanged');
    await expectRefused(
      Buffer.concat([open.subarray(0, open.length - SIGNATURE_BYTES), sealed.subarray(-SIGNATURE_BYTES)]),
      ['usb.altered'],
      'signature of another',
    );
    const other = signerOf(readOrMintKey(receiver.folder, receiver.store.db));
    const stolen = Buffer.from(open.subarray(0, open.length - SIGNATURE_BYTES));
    Buffer.from(other.publicKey).copy(stolen, 16);
    await expectRefused(signed(stolen, other), ['usb.foreign'], 'signed anew by another device');
  });

  it('and afterwards the whole one is taken', async () => {
    writeFileSync(file, sealed);
    expect(await imported(receiver, file)).toMatchObject({ applied: 5, files: 1, again: false });
    expect(receiver.store.digest()).toEqual(sender.store.digest());
  });
});

function signed(bytes: Uint8Array, by: Signer): Buffer {
  const digest = createHash('sha256').update(BUNDLE_DOMAIN).update(bytes).digest();
  return Buffer.concat([bytes, by.sign(digest)]);
}

interface Parts {
  readonly head: BundleHead;
  readonly manifest: Manifest;
  readonly packs: readonly Uint8Array[];
  /** After the packs. */
  readonly rest: Uint8Array;
}

/** The parts of the open file, to be put together otherwise by the very device that wrote it. */
function parts(): Parts {
  const at = BUNDLE_START + 4 + open.readUInt32BE(BUNDLE_START);
  const head = readHead(open.subarray(BUNDLE_START + 4, at))!;
  const body: { type: number; bytes: Buffer }[] = [];
  for (let from = at; from < open.length - SIGNATURE_BYTES;) {
    const { length, type } = readSegmentHead(open.subarray(from, from + SEGMENT_HEAD));
    body.push({ type, bytes: open.subarray(from, from + SEGMENT_HEAD + length) });
    from += SEGMENT_HEAD + length;
  }
  return {
    head,
    manifest: readManifest(body[0]!.bytes.subarray(SEGMENT_HEAD))!,
    packs: body.filter(({ type }) => type === SEGMENT.pack).map(({ bytes }) => bytes.subarray(SEGMENT_HEAD)),
    rest: Buffer.concat(body.filter(({ type }) => type !== SEGMENT.pack && type !== SEGMENT.manifest).map(({ bytes }) => bytes)),
  };
}

function bundleOf({ head, manifest, packs, rest }: Parts): Buffer {
  return bundleWith(
    head,
    Buffer.concat([segment(SEGMENT.manifest, encodeManifest(manifest)), ...packs.map((pack) => segment(SEGMENT.pack, pack)), rest]),
  );
}

function bundleWith(head: BundleHead, body: Uint8Array): Buffer {
  return signed(Buffer.concat([bundleStart(head, body.length, signer.publicKey), body]), signer);
}

describe('a file that its writer signed, and that is not well formed', () => {
  const fresh = (): Parts => ({ ...parts(), head: { ...parts().head, id: randomBytes(16).toString('hex') } });
  const packed = (bytes: readonly Uint8Array[]): Uint8Array =>
    encodePack({ spaces: [], certificates: [] }, bytes, { hasher: nodeHasher, compression: brotli, signer });

  it('is refused whole', async () => {
    const whole = fresh();
    const { manifest, head } = whole;
    const rows = sender.store.spaces().flatMap((space) => changeSetsAfter(sender.store.db, space, 0, 100).map(({ bytes }) => bytes));
    const first = decodeChangeSet(rows[0]!, nodeHasher);
    if (!first.ok) throw new Error('a change-set');
    const forged = { ...first.value, signature: first.value.signature.replace(/^../, (two) => (two === '00' ? '01' : '00')) };
    const wrong: readonly (readonly [what: string, bytes: Buffer, code: string])[] = [
      ['fewer than it says', bundleOf({ ...whole, manifest: { ...manifest, changeSets: manifest.changeSets + 1 } }), 'usb.malformed'],
      [
        'a space that it does not name',
        bundleOf({ ...whole, manifest: { ...manifest, spaces: manifest.spaces.slice(1) } }),
        'usb.malformed',
      ],
      ['a pack that is none', bundleOf({ ...whole, packs: [randomBytes(500)] }), 'usb.malformed'],
      ['a pack that is cut', bundleOf({ ...whole, packs: whole.packs.map((pack) => pack.subarray(0, -3)) }), 'usb.malformed'],
      ['a bomb', bundleOf({ ...whole, packs: [brotli.compress(new Uint8Array(40 << 20))] }), 'usb.malformed'],
      ['nothing after the manifest', bundleOf({ ...whole, packs: [], rest: new Uint8Array(0) }), 'usb.malformed'],
      ['no manifest', bundleWith(head, segment(SEGMENT.end, new Uint8Array(0))), 'usb.malformed'],
      ['a manifest of nonsense', bundleWith(head, segment(SEGMENT.manifest, encodeCanonical([1, 2, 3, 4]))), 'usb.malformed'],
      ['a part longer than the file', bundleWith(head, segmentHead(SEGMENT.manifest, 0xffffffff)), 'usb.malformed'],
      ['an empty body', bundleWith(head, new Uint8Array(0)), 'usb.malformed'],
      ['a certificate that is none', bundleOf({ ...whole, manifest: { ...manifest, certificates: [randomBytes(100)] } }), 'usb.foreign'],
      [
        'a change-set with a wrong signature',
        bundleOf({ ...whole, manifest: { ...manifest, changeSets: 1 }, packs: [packed([encodeChangeSet(forged)])] }),
        'usb.altered',
      ],
      ['a head of nonsense', signed(nonsenseHead(), signer), 'usb.malformed'],
      [
        'sealed with what is no key',
        bundleWith(
          {
            ...head,
            sealed: { ephemeral: new Uint8Array(32), recipients: [{ replica: receiver.store.replica, wrapped: new Uint8Array(48) }] },
          },
          new Uint8Array(100),
        ),
        'usb.notForUs',
      ],
    ];
    for (const [what, bytes, code] of wrong) await expectRefused(bytes, [code], what);
  });

  it('takes no file that is not what its hash says, and keeps the records', async () => {
    const { sha256, size } = parts().manifest.files[0]!;
    receiver.files.remove(sha256);
    const whole = fresh();
    const rest = Buffer.from(whole.rest);
    rest[rest.length - 20] = rest[rest.length - 20]! ^ 1;
    writeFileSync(file, bundleOf({ ...whole, rest }));
    expect(await imported(receiver, file)).toMatchObject({ applied: 0, files: 0, filesLeft: 1, stopped: 'usb.fileDamaged' });
    expect(receiver.files.has(sha256)).toBe(false);
    expect(receiver.files.partial(sha256)).toBe(0);
    // A file that no material names is passed over.
    const unnamed = randomBytes(50);
    const digest = createHash('sha256').update(unnamed).digest('hex');
    const more = Buffer.concat([fileSegment(digest, 50), segment(SEGMENT.piece, unnamed), segment(SEGMENT.end, new Uint8Array(0))]);
    writeFileSync(file, bundleOf({ ...whole, manifest: { ...whole.manifest, files: [{ sha256: digest, size: 50 }] }, rest: more }));
    expect(await imported(receiver, file)).toMatchObject({ applied: 0, files: 0, filesLeft: 0, stopped: '' });
    expect(receiver.files.has(digest)).toBe(false);
    // More pieces than the file has.
    writeFileSync(file, bundleOf({ ...whole, manifest: { ...whole.manifest, files: [{ sha256, size: size - 1 }] } }));
    expect(await imported(receiver, file)).toMatchObject({ applied: 0, files: 0, stopped: 'usb.malformed' });
    expect(receiver.files.partial(sha256)).toBe(0);
  });
});

function nonsenseHead(): Buffer {
  const bytes = Buffer.from(open.subarray(0, open.length - SIGNATURE_BYTES));
  bytes.fill(0xff, BUNDLE_START + 4, BUNDLE_START + 40);
  return bytes;
}
