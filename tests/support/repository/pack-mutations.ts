import { brotliCompressSync, constants } from 'node:zlib';
import { decode, encode } from 'cborg';
import type { Signer } from '../../../shared/kernel/ports.ts';
import { brotli, newSeed, nodeHasher, signerOf } from '../../../shared/node/crypto.ts';

/**
 * Packs as a hostile sender would write them: a valid one taken apart to its frames and trees (SPEC.md, *Pack*), changed in one place, and put
 * together again with lengths, digests and signature in order, so that what is wrong is met as deep inside as it lies.
 */

interface Frame {
  readonly type: number;
  readonly codec: number;
  readonly payload: Uint8Array;
}

interface Anatomy {
  readonly header: Uint8Array;
  readonly frames: readonly Frame[];
}

export interface Mutation {
  readonly kind: string;
  readonly bytes: Uint8Array;
}

const MAGIC = 8;
const FRAME_HEAD = 38;
const TRAILER = 255;

/** Takes a valid pack apart; the trailer is left out. */
export function anatomyOf(pack: Uint8Array): Anatomy {
  const bytes = Buffer.from(pack);
  const headerEnd = MAGIC + 4 + bytes.readUInt32BE(MAGIC);
  const frames: Frame[] = [];
  for (let at = headerEnd; at < bytes.length;) {
    const length = bytes.readUInt32BE(at);
    const payload = bytes.subarray(at + FRAME_HEAD, at + FRAME_HEAD + length);
    if (bytes[at + 4] !== TRAILER) frames.push({ type: bytes[at + 4]!, codec: bytes[at + 5]!, payload });
    at += FRAME_HEAD + length;
  }
  return { header: bytes.subarray(MAGIC + 4, headerEnd), frames };
}

interface Seal {
  readonly signer: Signer;
  /** Left out of what is signed, said twice, or said by another: what a trailer may lie about. */
  readonly trailer?: 'none' | 'twice' | 'otherKey' | 'flipped';
  readonly magic?: Uint8Array;
  readonly headerLength?: number;
  readonly frameLength?: { readonly of: number; readonly length: number };
  readonly wrongDigest?: number;
}

/** Puts a pack together, right but for what `seal` says. */
export function assemblePack({ header, frames }: Anatomy, seal: Seal): Uint8Array {
  const magic = seal.magic ?? Uint8Array.of(0x49, 0x54, 0x49, 0x4e, 0x45, 0x52, 0x41, 1);
  const parts: Uint8Array[] = [magic, uint32(seal.headerLength ?? header.length), header];
  let running = nodeHasher.sha256(encode(['itinera pack 1', header]));
  frames.forEach(({ type, codec, payload }, nth) => {
    const digest = nodeHasher.sha256(seal.wrongDigest === nth ? Uint8Array.of(1, ...payload) : payload);
    const length = seal.frameLength?.of === nth ? seal.frameLength.length : payload.length;
    const head = Buffer.concat([uint32(length), Uint8Array.of(type, codec), digest]);
    running = nodeHasher.sha256(Buffer.concat([running, head]));
    parts.push(head, payload);
  });
  const signature = Uint8Array.from(seal.signer.sign(running));
  if (seal.trailer === 'flipped') signature[7]! ^= 1;
  const key = seal.trailer === 'otherKey' ? signerOf(newSeed()).publicKey : seal.signer.publicKey;
  const payload = encode([key, signature]);
  const trailer = Buffer.concat([uint32(payload.length), Uint8Array.of(TRAILER, 0), nodeHasher.sha256(payload), payload]);
  if (seal.trailer !== 'none') parts.push(trailer);
  if (seal.trailer === 'twice') parts.push(trailer);
  return Uint8Array.from(Buffer.concat(parts));
}

/** Changes a valid pack in one place; the same random numbers, the same change. */
export function mutatePack(pack: Uint8Array, signer: Signer, random: () => number): Mutation {
  const upTo = (limit: number): number => Math.floor(random() * limit);
  const oneOf = <T>(items: readonly T[]): T => items[upTo(items.length)]!;
  const anatomy = anatomyOf(pack);
  const withFrames = (change: (frames: Frame[]) => void): Uint8Array => {
    const frames = [...anatomy.frames];
    change(frames);
    return assemblePack({ ...anatomy, frames }, { signer });
  };
  const withPayload = (payload: Uint8Array, codec = 1): Uint8Array =>
    withFrames((frames) => {
      const nth = upTo(frames.length);
      frames[nth] = { ...frames[nth]!, codec, payload };
    });
  const plainOf = (): Uint8Array => {
    const { codec, payload } = oneOf(anatomy.frames.filter(({ type }) => type === 1));
    return codec === 1 ? brotli.decompress(payload, 1 << 24) : payload;
  };
  const squeezed = (plain: Uint8Array): Uint8Array => withPayload(brotli.compress(plain));
  const tree = (bytes: Uint8Array): unknown => decode(bytes);
  const encodedTree = (value: unknown): Uint8Array => encode(value);

  const kinds: Record<string, () => Uint8Array> = {
    'cut short': () => pack.slice(0, upTo(pack.length)),
    'a byte changed': () => flipped(pack, upTo(pack.length), 1 + upTo(255)),
    'a slice left out': () => {
      const from = upTo(pack.length - 1);
      const to = from + 1 + upTo(Math.min(200, pack.length - from));
      return Uint8Array.from([...pack.subarray(0, from), ...pack.subarray(to)]);
    },
    'a slice said twice': () => {
      const from = upTo(pack.length - 1);
      const to = from + 1 + upTo(Math.min(200, pack.length - from));
      return Uint8Array.from([...pack.subarray(0, to), ...pack.subarray(from)]);
    },
    'bytes after the end': () => Uint8Array.from([...pack, ...Array.from({ length: 1 + upTo(80) }, () => upTo(256))]),
    'another magic': () =>
      assemblePack(anatomy, { signer, magic: flipped(Uint8Array.of(0x49, 0x54, 0x49, 0x4e, 0x45, 0x52, 0x41, 1), upTo(8), 1 + upTo(255)) }),
    'a header of a wrong length': () =>
      assemblePack(anatomy, {
        signer,
        headerLength: oneOf([0, 1, anatomy.header.length - 1, anatomy.header.length + 1, 0xffff_ffff, 2 ** 20 + 1]),
      }),
    'a frame of a wrong length': () => {
      const of = upTo(anatomy.frames.length);
      const right = anatomy.frames[of]!.payload.length;
      return assemblePack(anatomy, {
        signer,
        frameLength: { of, length: oneOf([0, 1, right - 1, right + 1, right + 38, 0xffff_ffff, 2 ** 23 + 1]) },
      });
    },
    'a wrong digest': () => assemblePack(anatomy, { signer, wrongDigest: upTo(anatomy.frames.length) }),
    'a trailer that lies': () => assemblePack(anatomy, { signer, trailer: oneOf(['none', 'twice', 'otherKey', 'flipped']) }),
    'signed by a stranger': () => assemblePack(anatomy, { signer: signerOf(newSeed()) }),
    'an unknown type or codec': () =>
      withFrames((frames) => {
        const nth = upTo(frames.length);
        frames[nth] = { ...frames[nth]!, ...oneOf([{ type: 3 + upTo(250) }, { type: 0 }, { codec: 4 + upTo(250) }]) };
      }),
    'a frame taken as it is': () => withFrames((frames) => (frames[0] = { ...frames[0]!, codec: 1 - frames[0]!.codec })),
    'header: a tree with one thing changed': () =>
      assemblePack({ ...anatomy, header: encodedTree(changed(tree(anatomy.header), random)) }, { signer }),
    'header: bytes changed': () =>
      assemblePack({ ...anatomy, header: flipped(anatomy.header, upTo(anatomy.header.length), 1 + upTo(255)) }, { signer }),
    'header: huge counts': () => {
      const many = oneOf([
        () => [1, Array.from({ length: 10_001 }, (_, i) => [`s/${i}`, [], []]), []],
        () => [1, [], Array.from({ length: 10_001 }, () => Uint8Array.of(1))],
        () => [1, [], [new Uint8Array(9_000)]],
        () => [2, [], []],
        () => [1, [['s/1', [[new Uint8Array(16), -1, new Uint8Array(32)]], []]], []],
      ])();
      return assemblePack({ ...anatomy, header: encodedTree(many) }, { signer });
    },
    'frame: a tree with one thing changed': () => squeezed(encodedTree(changed(tree(plainOf()), random))),
    'frame: a column with one thing changed': () => {
      const columns = [...(tree(plainOf()) as unknown[])];
      const nth = upTo(columns.length);
      columns[nth] = changed(columns[nth], random);
      return squeezed(encodedTree(columns));
    },
    'frame: two things changed': () => squeezed(encodedTree(changed(changed(tree(plainOf()), random), random))),
    'frame: a byte changed': () => {
      const plain = plainOf();
      return squeezed(flipped(plain, upTo(plain.length), 1 + upTo(255)));
    },
    'frame: cut short': () => {
      const plain = plainOf();
      return squeezed(plain.slice(0, upTo(plain.length)));
    },
    'frame: another form of the same': () => {
      const plain = plainOf();
      const list = plain[0] === 0x92 ? plain.subarray(1) : plain;
      return squeezed(
        oneOf([
          Uint8Array.from([0x98, 0x12, ...list]),
          Uint8Array.from([0x99, 0, 0x12, ...list]),
          Uint8Array.from([0x9f, ...list, 0xff]),
          Uint8Array.from([0xc1, ...plain]),
          Uint8Array.from([...plain, 0xf6]),
        ]),
      );
    },
    'frame: keys twice, or forbidden': () =>
      squeezed(
        oneOf([
          Uint8Array.from([0xa2, 0x61, 0x61, 1, 0x61, 0x61, 2]),
          encode({ ['__proto__x'.slice(0, 9)]: [1] }),
          encode(Array.from({ length: 18 }, () => ({ a: { b: [] } }))),
        ]),
      ),
    'frame: deep': () => squeezed(new Uint8Array(oneOf([40, 1_000, 100_000])).fill(oneOf([0x81, 0xa1]))),
    'frame: claims more than there is': () =>
      squeezed(
        oneOf([
          Uint8Array.of(0x9a, 0xff, 0xff, 0xff, 0xff),
          Uint8Array.of(0x5a, 0x7f, 0xff, 0xff, 0xff),
          Uint8Array.of(0x92, 1, 0x9b, 0, 0, 1, 0, 0, 0, 0, 0),
        ]),
      ),
    'frame: a bomb': () => withPayload(oneOf(bombs())),
    'frame: notes without end': () =>
      withFrames((frames) => frames.push({ type: 2, codec: 0, payload: new Uint8Array((512 << 10) + 1 + upTo(1_000)) })),
    'frame: said twice': () => withFrames((frames) => frames.splice(upTo(frames.length), 0, oneOf(frames))),
    'frame: left out': () => withFrames((frames) => frames.splice(0, 1)),
  };
  const kind = oneOf(Object.keys(kinds));
  return { kind, bytes: kinds[kind]!() };
}

let made: readonly Uint8Array[] | null = null;

/** Payloads of some bytes that unpack to tens of megabytes, or to a million things. */
function bombs(): readonly Uint8Array[] {
  made ??= [
    new Uint8Array(64 << 20),
    Uint8Array.from([0x9a, 0, 0x10, 0, 0, ...new Uint8Array(1 << 20).fill(0x40)]),
    new Uint8Array((8 << 20) + 1),
  ].map((plain) => Uint8Array.from(brotliCompressSync(plain, { params: { [constants.BROTLI_PARAM_QUALITY]: 3 } })));
  return made;
}

/** A tree with one node, anywhere in it, put another way. */
function changed(node: unknown, random: () => number): unknown {
  const places = nodesIn(node);
  const target = Math.floor(random() * places);
  let at = 0;
  const walk = (one: unknown): unknown => {
    if (at++ === target) return otherThan(one, random);
    return Array.isArray(one) ? (one as unknown[]).map(walk) : one;
  };
  return walk(node);
}

function nodesIn(node: unknown): number {
  return 1 + (Array.isArray(node) ? (node as unknown[]).reduce((sum: number, one) => sum + nodesIn(one), 0) : 0);
}

function otherThan(node: unknown, random: () => number): unknown {
  const upTo = (limit: number): number => Math.floor(random() * limit);
  const oneOf = <T>(items: readonly T[]): T => items[upTo(items.length)]!;
  const strange: unknown[] = [null, true, -1, 2 ** 53, 1.5, 'x', Uint8Array.of(1, 2, 3), [], {}, { a: 1 }, nested(40)];
  if (random() < 0.3) return oneOf(strange);
  if (node instanceof Uint8Array) {
    if (node.length === 0) return Uint8Array.of(upTo(256));
    return oneOf([
      () => flipped(node, upTo(node.length), 1 + upTo(255)),
      () => node.slice(0, upTo(node.length)),
      () => Uint8Array.from([...node, upTo(256)]),
      () => Uint8Array.from([0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f, ...node]),
      () => new Uint8Array(node.length).fill(0xff),
      () => Uint8Array.from([...node, ...node]),
    ])();
  }
  if (Array.isArray(node)) {
    const list = node as unknown[];
    const nth = upTo(Math.max(1, list.length));
    return oneOf<() => unknown>([
      () => list.toSpliced(nth, 1),
      () => list.toSpliced(nth, 0, list[nth] ?? null),
      () => [...list, oneOf(strange)],
      () => list.toReversed(),
      () => Array.from({ length: 5_000 }, () => list[nth] ?? null),
      () => [],
    ])();
  }
  if (typeof node === 'number') return oneOf([node + 1, node - 1, -node - 1, 2 ** 31, 2 ** 52, node + 0.5, String(node)]);
  if (typeof node === 'string') return oneOf([`${node}x`, '', '\u0000', 'x'.repeat(10_000), '__proto__', node.slice(1), 'é']);
  return oneOf(strange);
}

function nested(depth: number): unknown {
  let node: unknown = 1;
  for (let i = 0; i < depth; i++) node = [node];
  return node;
}

function flipped(bytes: Uint8Array, at: number, by: number): Uint8Array {
  const copy = Uint8Array.from(bytes);
  if (copy.length > 0) copy[at % copy.length]! ^= by;
  return copy;
}

function uint32(value: number): Uint8Array {
  return Uint8Array.of(value >>> 24, (value >>> 16) & 255, (value >>> 8) & 255, value & 255);
}
