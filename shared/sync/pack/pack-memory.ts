import { placeName, type ChainPlace, type Referent } from './frame-layout.ts';
import type { Hash } from '../types.ts';

/** So many of a pack's change-sets can be referred to from later frames; both sides forget the oldest at the same moment. */
const REMEMBERED = 8_192;

/** The memory of what a pack has held so far, for references within it: writer and reader keep the same. */
export class PackMemory {
  readonly #before: PackMemory | null;
  readonly #byHash = new Map<Hash, Referent>();
  readonly #byPlace = new Map<string, readonly Referent[]>();

  constructor(before: PackMemory | null = null) {
    this.#before = before;
  }

  /** For one frame: what it adds is of use to itself at once, and to later frames after `keep`. */
  frame(): PackMemory {
    return new PackMemory(this);
  }

  add(referent: Referent): void {
    if (this.of(referent.hash)) return;
    this.#byHash.set(referent.hash, referent);
    const name = placeName(referent);
    this.#byPlace.set(name, [...(this.#byPlace.get(name) ?? []), referent]);
  }

  /** Adds what the frame held to the pack's. */
  keep(): void {
    const before = this.#before;
    if (!before) return;
    for (const referent of this.#byHash.values()) before.add(referent);
    while (before.#byHash.size > REMEMBERED) before.#forgetOldest();
  }

  of(hash: Hash): Referent | undefined {
    return this.#byHash.get(hash) ?? this.#before?.of(hash);
  }

  at(place: ChainPlace): readonly Referent[] {
    const here = this.#byPlace.get(placeName(place)) ?? [];
    const before = this.#before?.at(place) ?? [];
    return before.length === 0 ? here : [...before, ...here];
  }

  #forgetOldest(): void {
    const [oldest] = this.#byHash.values();
    if (!oldest) return;
    this.#byHash.delete(oldest.hash);
    const name = placeName(oldest);
    const others = (this.#byPlace.get(name) ?? []).filter(({ hash }) => hash !== oldest.hash);
    if (others.length > 0) this.#byPlace.set(name, others);
    else this.#byPlace.delete(name);
  }
}
