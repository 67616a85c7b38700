import type { Compression, Hasher } from '../../kernel/ports.ts';
import { CAPS } from '../canonical.ts';
import { decodeChangeSet } from '../change-set.ts';
import { writeFrame, type FrameWriterPorts } from './frame-writer.ts';
import { PackMemory } from './pack-memory.ts';
import type { ChangeSet, FieldValue, Hash } from '../types.ts';

export interface Frame {
  readonly plain: Uint8Array;
  readonly small: Uint8Array;
  /** How many change-sets it holds. */
  readonly count: number;
}

/** A frame may be so many times its target before it is made again with fewer change-sets. */
const TOLERANCE = 1.25;
/** The share that a frame's layout and compression leave of stored change-sets, before anything was measured: a hundredth of taps, a third of texts. */
const FIRST_GUESS = 0.03;
const LEAST_RATE = 0.001;
/** Change-sets of one frame, their bytes as they are stored, and what their values are made of (half of what a reader takes: one more may follow). */
const MOST = { items: 4_096, bytes: 2 << 20, parts: CAPS.items } as const;

/** Cuts change-sets into the frames of one pack. `target`: bytes of a frame on the wire, kept within what SYNC allows. */
export function framesFor(
  ports: { readonly hasher: Hasher; readonly compression: Compression } & Partial<FrameWriterPorts>,
  target: number,
): { next(changeSets: readonly Uint8Array[]): Frame } {
  const { hasher, compression, derivations = [], linksByPlace = false } = ports;
  const locate = remembered(ports.locate ?? (() => null));
  const aim = Math.min(LARGEST, Math.max(SMALLEST, target));
  const memory = new PackMemory();
  let rate = FIRST_GUESS;

  return {
    next(encoded) {
      const read: ChangeSet[] = [];
      let cuts = cutsIn(encoded, read, hasher, aim / rate);
      for (;;) {
        const cut = cuts.at(-1);
        if (!cut) return { plain: NOTHING, small: NOTHING, count: 0 };
        const { count, bytes } = cut;
        const earlier = memory.frame();
        const plain = writeFrame(read.slice(0, count), { hasher, derivations, locate, linksByPlace }, earlier);
        const small = compression.compress(plain);
        rate = Math.max(LEAST_RATE, small.length / bytes);
        if (small.length <= aim * TOLERANCE || cuts.length === 1) {
          earlier.keep();
          return { plain, small, count };
        }
        const fitting = cuts.filter((one) => one.bytes <= aim / rate);
        cuts = fitting.length > 0 ? fitting : cuts.slice(0, 1);
      }
    },
  };
}

/** Looks each change-set up once: a write may name thousands of values of one. The places in it are found once too, for it is the same list. */
function remembered(locate: FrameWriterPorts['locate']): FrameWriterPorts['locate'] {
  const known = new Map<Hash, ReturnType<typeof locate>>();
  return (hash) => {
    const before = known.get(hash);
    if (before !== undefined) return before;
    const found = locate(hash);
    if (known.size >= MOST_REMEMBERED) known.clear();
    known.set(hash, found);
    return found;
  };
}

const MOST_REMEMBERED = 1_024;

const SMALLEST = 4 << 10;
const LARGEST = 256 << 10;
const NOTHING = new Uint8Array(0);

/** A place where a frame may end: so many change-sets, and their bytes as they are stored. */
interface Cut {
  readonly count: number;
  readonly bytes: number;
}

/**
 * Where a frame may end: where nothing in it waits for a signature further on. Looks as far as about `bytes` of stored
 * change-sets, and on to the next such place. What is read on the way is added to `read`.
 */
function cutsIn(encoded: readonly Uint8Array[], read: ChangeSet[], hasher: Hasher, bytes: number): Cut[] {
  const cuts: Cut[] = [];
  const waiting = new Set<string>();
  let size = 0;
  let parts = 0;
  for (const one of encoded) {
    const enough = size >= bytes || read.length >= MOST.items || size >= MOST.bytes || parts >= MOST.parts;
    if (enough && cuts.length > 0) break;
    if (size + one.length > 2 * MOST.bytes || read.length >= MOST.items) break;
    const changeSet = decodeChangeSet(one, hasher);
    if (!changeSet.ok) throw new RangeError('a change-set that is to be sent cannot be read');
    read.push(changeSet.value);
    size += one.length;
    for (const { content } of changeSet.value.ops) parts += content.form === 'redacted' ? 1 : partsOf(content.value);
    const { space, replica } = changeSet.value.header;
    if (changeSet.value.signature === '') waiting.add(`${replica} ${space}`);
    else waiting.delete(`${replica} ${space}`);
    if (waiting.size === 0) cuts.push({ count: read.length, bytes: size });
  }
  return cuts;
}

/** How many numbers, texts, lists and maps a value is made of. */
function partsOf(value: FieldValue): number {
  if (typeof value !== 'object' || value === null) return 1;
  let parts = 1;
  for (const part of Array.isArray(value) ? (value as readonly FieldValue[]) : Object.values(value as Record<string, FieldValue>)) {
    parts += partsOf(part) + (Array.isArray(value) ? 0 : 1);
  }
  return parts;
}
