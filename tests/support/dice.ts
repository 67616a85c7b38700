import { seeded } from './seeded.ts';

/** Draws from a seed, so that a failing run can be run again. */
export class Dice {
  readonly #random: () => number;

  constructor(seed: number) {
    this.#random = seeded(seed);
  }

  chance(probability: number): boolean {
    return this.#random() < probability;
  }

  /** An integer from 0, below the limit. */
  upTo(limit: number): number {
    return Math.floor(this.#random() * limit);
  }

  oneOf<T>(items: readonly T[]): T {
    return items[this.upTo(items.length)]!;
  }

  bytes(length: number): Uint8Array {
    return Uint8Array.from({ length }, () => this.upTo(256));
  }

  hex(digits: number): string {
    return Array.from({ length: digits }, () => this.upTo(16).toString(16)).join('');
  }

  /** A UUIDv4. */
  id(): string {
    const hex = this.hex(32);
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20)}`;
  }
}
