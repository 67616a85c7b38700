import type { Compression, Hasher, Signer } from '../../kernel/ports.ts';
import { abridgedHead, abridgedPart, abridgedTrailer, knownTo, type PackLink } from './abridged.ts';
import { encodeCanonical } from '../canonical.ts';
import { concat } from '../encode.ts';
import type { FrameWriterPorts } from './frame-writer.ts';
import { framesFor, type Frame } from './framing.ts';
import { wireHeader, type PackHeader } from './pack-header.ts';
import { BROTLI, CHANGE_SETS, IDENTITY, MAGIC, NOTE, PACK_CAPS, startOf, TRAILER, uint32 } from './pack-format.ts';

export interface PackWriterPorts extends Partial<Pick<FrameWriterPorts, 'derivations' | 'locate'>> {
  readonly hasher: Hasher;
  readonly compression: Compression;
  readonly signer: Signer;
  /** Writes the pack abridged, for the one who knows the same of this link; left out: whole, for anybody. */
  readonly link?: PackLink;
}

/** A note between frames, for whoever asked for the pack (how far it led, say); the pack gives its bytes no meaning. */
export interface PackNote {
  readonly note: Uint8Array;
}

/**
 * Writes a pack piece by piece: first the header, then frames of about `frameBytes` on the wire, at the end the signed trailer. The pieces put
 * together are the pack. `changeSets`: bytes as `encodeChangeSet` wrote them; a note ends the frame before it. Without `locate` the pack is
 * complete in itself and may be read by anyone. Throws a RangeError where a chain's run has no signature at its end.
 */
export function* packPieces(
  header: PackHeader,
  changeSets: Iterable<Uint8Array | PackNote>,
  ports: PackWriterPorts,
  frameBytes: number = PACK_CAPS.frameTarget.most,
): Generator<Uint8Array, void> {
  const writer = packWriter(header, ports, frameBytes);
  yield writer.head;
  let open: Uint8Array[] = [];
  let size = 0;
  const flush = function* (whole: boolean): Generator<Uint8Array, void> {
    while (open.length > 0 && (whole || size > LOOKAHEAD)) {
      const { bytes, count } = writer.frame(open);
      // The signature that vouches for these is still to come.
      if (count === 0 && !whole) return;
      if (count === 0) throw new RangeError('the run of a chain has no signature at its end');
      yield bytes;
      for (const sent of open.slice(0, count)) size -= sent.length;
      open = open.slice(count);
    }
  };
  for (const item of changeSets) {
    if ('note' in item) {
      yield* flush(true);
      yield writer.note(item.note);
      continue;
    }
    open.push(item);
    size += item.length;
    if (size > LOOKAHEAD) yield* flush(false);
  }
  yield* flush(true);
  yield writer.end();
}

/** Bytes of change-sets looked at before a frame is cut: compressed they are seldom a tenth. */
const LOOKAHEAD = 3 << 20;

/** A frame so short may be smaller by what both sides know than by its own repetitions. */
const SHORT_FRAME = 16 << 10;

/** Writes the parts of one pack, as its caller has them. */
export interface PackWriter {
  /** What every pack begins with. */
  readonly head: Uint8Array;
  /**
   * The next frame: the first `count` of these change-sets, about as many as the frame's target on the wire holds and never past a signature
   * that vouches for them. 0, and no bytes, where that signature is not among them.
   */
  frame(changeSets: readonly Uint8Array[]): { readonly bytes: Uint8Array; readonly count: number };
  /** As `frame`, but the frame is written when it is asked for: what belongs before it can be written first. */
  cut(changeSets: readonly Uint8Array[]): { readonly count: number; write(): Uint8Array };
  note(note: Uint8Array): Uint8Array;
  end(): Uint8Array;
}

/**
 * Returns a whole pack of one frame: the first `count` of these change-sets, about as many as `frameBytes` on the wire hold. `headerFor` gives its header. 0
 * where no signature among them vouches for the first.
 */
export function packOfFirst(
  changeSets: readonly Uint8Array[],
  headerFor: (count: number) => PackHeader,
  ports: PackWriterPorts,
  frameBytes: number,
): { readonly pack: Uint8Array; readonly count: number } {
  // The header depends on what fits, and the signature on the header: the frame is cut first.
  const cut = framesFor({ ...ports, linksByPlace: ports.link !== undefined }, frameBytes).next(changeSets);
  const { count } = cut;
  if (count === 0) return { pack: new Uint8Array(0), count };
  const { head, framed, end } = sealing(headerFor(count), ports);
  return { pack: concat([head, framed(...smaller(cut, ports)), end()]), count };
}

/** A writer of one pack; see `packPieces`. */
export function packWriter(header: PackHeader, ports: PackWriterPorts, frameBytes: number = PACK_CAPS.frameTarget.most): PackWriter {
  const { framed, ...ends } = sealing(header, ports);
  const framing = framesFor({ ...ports, linksByPlace: ports.link !== undefined }, frameBytes);
  return {
    ...ends,
    cut(changeSets) {
      const cut = framing.next(changeSets);
      return { count: cut.count, write: () => framed(...smaller(cut, ports)) };
    },
    frame(changeSets) {
      const cut = framing.next(changeSets);
      return { bytes: cut.count === 0 ? new Uint8Array(0) : framed(...smaller(cut, ports)), count: cut.count };
    },
    note: (note) => framed(note, NOTE, IDENTITY),
  };
}

/** The two ends of a pack, and what puts a payload into a frame between them. */
function sealing(header: PackHeader, { hasher, signer, compression, link }: PackWriterPorts) {
  const encoded = encodeCanonical(wireHeader(header));
  if (encoded.length > PACK_CAPS.headerBytes) throw new RangeError('the header of a pack is too long');
  let running = startOf(encoded, hasher);
  const known = link && knownTo(link);
  const framed = (payload: Uint8Array, type: number, codec: number): Uint8Array => {
    const head = concat([uint32(payload.length), Uint8Array.of(type, codec), hasher.sha256(payload)]);
    if (type !== TRAILER) running = hasher.sha256(concat([running, head]));
    return known ? abridgedPart(type, codec, payload, known, compression) : concat([head, payload]);
  };
  return {
    head: known ? abridgedHead(encoded) : concat([MAGIC, uint32(encoded.length), encoded]),
    framed,
    end: () => {
      const signature = signer.sign(running);
      return known ? abridgedTrailer(signature) : framed(encodeCanonical([signer.publicKey, signature]), TRAILER, IDENTITY);
    },
  };
}

/** Returns the bytes of a frame that are signed and sent: as it is where both sides know enough to shorten it, else the smaller of two. */
function smaller({ plain, small }: Frame, { link, compression }: PackWriterPorts): [payload: Uint8Array, type: number, codec: number] {
  const isShort = link !== undefined && plain.length <= SHORT_FRAME && compression.compressWith(plain, knownTo(link)).length < small.length;
  if (isShort) return [plain, CHANGE_SETS, IDENTITY];
  return small.length < plain.length ? [small, CHANGE_SETS, BROTLI] : [plain, CHANGE_SETS, IDENTITY];
}

/** A whole pack in one piece. */
export function encodePack(header: PackHeader, changeSets: Iterable<Uint8Array>, ports: PackWriterPorts, frameBytes?: number): Uint8Array {
  return concat([...packPieces(header, changeSets, ports, frameBytes)]);
}
