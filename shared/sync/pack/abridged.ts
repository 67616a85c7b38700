import { toHex } from '../../kernel/hex.ts';
import type { Compression, Hasher } from '../../kernel/ports.ts';
import { concat } from '../encode.ts';
import { abridgedDictionary } from './abridged-dictionary.ts';
import { BROTLI, CHANGE_SETS, FRAME_HEADER, IDENTITY, MAGIC, NOTE, PACK_CAPS, TRAILER, uint32, type PackRefusal } from './pack-format.ts';
import { encodeCanonical } from '../canonical.ts';
import type { Refusal } from '../../kernel/result.ts';

/**
 * A pack as it travels between two who know each other (SPEC.md, *Abridged*): without what the other side works out. Restored it is the pack that its sender
 * signed, byte for byte, so whatever was left out or put in shows in the signature at its end.
 *
 *     0x01, length of the header and the header (length 0: an empty one), part *, the last one the trailer
 *     part = kind (type 1-2 or 255) and codec in one byte, length of the payload, payload; the trailer: 0xff and the signature
 */
const ABRIDGED = 1;

/** Compressed against what both sides know; restored it is a payload as it is. */
const KNOWN = 2;
const TRAILER_MARK = 0xff;
/** Bytes at most that are compressed so: frames that repeat nothing, notes. */
const SMALL = 16 << 10;
const SIGNATURE = 64;
const EMPTY_HEADER = encodeCanonical([1, [], []]);

/** The facts that both sides of a link know beside the format itself. */
export interface PackLink {
  /** Who signs what is sent this way, raw. */
  readonly publicKey: Uint8Array;
  /** Texts and ids that its records name again and again: of the device and the user at the other end of the repository's link. */
  readonly names: readonly Uint8Array[];
}

/** Returns the dictionary that payloads of a link are compressed against: the same bytes on both sides. */
export function knownTo(link: PackLink): Uint8Array {
  return concat([...link.names, abridgedDictionary()]);
}

/** Encodes the ids of a device and its user as frames hold them, for the dictionary. */
export function namesOf(replica: Uint8Array, user: string): Uint8Array[] {
  return [encodeCanonical([replica, [user]])];
}

/** Whether bytes begin an abridged pack. */
export function isAbridged(bytes: Uint8Array): boolean {
  return bytes[0] === ABRIDGED;
}

/** Returns the bytes at the start of an abridged pack. */
export function abridgedHead(header: Uint8Array): Uint8Array {
  const isEmpty = toHex(header) === toHex(EMPTY_HEADER);
  return concat([Uint8Array.of(ABRIDGED), isEmpty ? Uint8Array.of(0) : withLength(header)]);
}

/** A frame of one: its payload as the pack has it, or (codec `IDENTITY`) smaller by what both sides know. */
export function abridgedPart(type: number, codec: number, payload: Uint8Array, known: Uint8Array, compression: Compression): Uint8Array {
  const small = codec === IDENTITY && payload.length <= SMALL ? compression.compressWith(payload, known) : payload;
  const isSmaller = small.length < payload.length;
  return concat([Uint8Array.of(type * 4 + (isSmaller ? KNOWN : codec)), withLength(isSmaller ? small : payload)]);
}

/** The end of one. */
export function abridgedTrailer(signature: Uint8Array): Uint8Array {
  return concat([Uint8Array.of(TRAILER_MARK), signature]);
}

/** Restores an abridged pack as its bytes come in. */
export interface Restorer {
  /** The bytes of the pack that these complete; after a refusal (`sync.packMalformed`, `sync.packTooLarge`) nothing but that. */
  push(bytes: Uint8Array): Uint8Array | Refusal<PackRefusal>;
  /** Whether all of it came. */
  readonly done: boolean;
}

/** Returns a restorer of abridged packs; `totalBytes` is the longest restored pack that it accepts. */
export function restorer(
  link: PackLink,
  { hasher, compression }: { readonly hasher: Hasher; readonly compression: Compression },
  totalBytes: number,
): Restorer {
  const known = knownTo(link);
  let held: Uint8Array = new Uint8Array(0);
  let stage: 'head' | 'parts' | 'done' = 'head';
  let refusal: Refusal<PackRefusal> | null = null;
  let restored = 0;

  const framed = (type: number, codec: number, payload: Uint8Array): Uint8Array =>
    concat([uint32(payload.length), Uint8Array.of(type, codec), hasher.sha256(payload), payload]);

  /** The next piece, 'more' while its bytes are not all here, or why there is none. */
  const next = (): Uint8Array | 'more' | Refusal<PackRefusal> => {
    if (stage === 'done') return held.length === 0 ? 'more' : MALFORMED;
    if (held.length < 2) return 'more';
    if (stage === 'head') {
      if (!isAbridged(held)) return MALFORMED;
      const header = lengthAt(held, 1);
      if (typeof header === 'string') return header === 'more' ? 'more' : MALFORMED;
      if (header.length > PACK_CAPS.headerBytes) return TOO_LARGE;
      if (held.length < header.end + header.length) return 'more';
      const bytes = header.length === 0 ? EMPTY_HEADER : held.slice(header.end, header.end + header.length);
      held = held.subarray(header.end + header.length);
      stage = 'parts';
      return concat([MAGIC, uint32(bytes.length), bytes]);
    }
    if (held[0] === TRAILER_MARK) {
      if (held.length < 1 + SIGNATURE) return 'more';
      const signature = held.slice(1, 1 + SIGNATURE);
      held = held.subarray(1 + SIGNATURE);
      stage = 'done';
      return framed(TRAILER, IDENTITY, encodeCanonical([link.publicKey, signature]));
    }
    const [type, codec] = [held[0]! >> 2, held[0]! & 3];
    if ((type !== CHANGE_SETS && type !== NOTE) || codec > KNOWN || (type === NOTE && codec === BROTLI)) return MALFORMED;
    const part = lengthAt(held, 1);
    if (typeof part === 'string') return part === 'more' ? 'more' : MALFORMED;
    const room = Math.min(PACK_CAPS.frameBytes, totalBytes - restored - FRAME_HEADER);
    if (part.length > room) return TOO_LARGE;
    if (held.length < part.end + part.length) return 'more';
    const payload = held.slice(part.end, part.end + part.length);
    held = held.subarray(part.end + part.length);
    if (codec !== KNOWN) return framed(type, codec, payload);
    try {
      return framed(type, IDENTITY, compression.decompressWith(payload, known, Math.min(room, SMALL)));
    } catch {
      return room < SMALL ? TOO_LARGE : MALFORMED;
    }
  };

  return {
    push(bytes) {
      if (refusal) return refusal;
      held = held.length === 0 ? bytes : concat([held, bytes]);
      const pieces: Uint8Array[] = [];
      for (;;) {
        const piece = next();
        if (piece === 'more') break;
        if ('code' in piece) return (refusal = piece);
        restored += piece.length;
        if (restored > totalBytes) return (refusal = TOO_LARGE);
        pieces.push(piece);
      }
      // What is left is copied: the caller may use its buffer again.
      held = Uint8Array.from(held);
      return concat(pieces);
    },
    get done() {
      return stage === 'done';
    },
  };
}

/** Restores an abridged pack that is here whole; one that was cut is restored up to there, and its reader says so. */
export function restoredPack(
  bytes: Uint8Array,
  link: PackLink,
  ports: { readonly hasher: Hasher; readonly compression: Compression },
  totalBytes: number,
): Uint8Array | Refusal<PackRefusal> {
  return restorer(link, ports, totalBytes).push(bytes);
}

const MALFORMED: Refusal<PackRefusal> = { code: 'sync.packMalformed', details: {} };
const TOO_LARGE: Refusal<PackRefusal> = { code: 'sync.packTooLarge', details: {} };

/** Bytes after their length: base 128, least significant first. */
function withLength(bytes: Uint8Array): Uint8Array {
  const groups: number[] = [];
  let rest = bytes.length;
  for (; rest > 127; rest = Math.floor(rest / 128)) groups.push((rest % 128) + 128);
  return concat([Uint8Array.of(...groups, rest), bytes]);
}

function lengthAt(bytes: Uint8Array, at: number): { readonly length: number; readonly end: number } | 'more' | 'wrong' {
  let length = 0;
  for (let i = 0, unit = 1; i < 4; i++, unit *= 128) {
    const group = bytes[at + i];
    if (group === undefined) return 'more';
    length += (group & 127) * unit;
    // One form of every length.
    if (group < 128) return i > 0 && group === 0 ? 'wrong' : { length, end: at + i + 1 };
  }
  return 'wrong';
}
