import { BODIES, BODIES_OF_AN_ADDRESS, BODIES_OF_ONE, STRANGERS_BODIES } from './limits.ts';

interface Body {
  readonly owner: string;
  readonly bytes: number;
  readonly drop: () => void;
}

/** Reserves room for bodies that are on their way, which are held in memory. */
export class Bodies {
  readonly #strangers = new Room();
  readonly #devices = new Room();

  /** Takes room for a stranger's; what came earlier gives way, of the same address first. Returns what gives the room back. */
  ofStranger(address: string, bytes: number, drop: () => void): () => void {
    const room = this.#strangers;
    for (const body of room.oldestFirst(address)) if (room.of(address) + bytes > BODIES_OF_AN_ADDRESS) room.giveUp(body);
    for (const body of room.oldestFirst(null)) if (room.all + bytes > STRANGERS_BODIES) room.giveUp(body);
    return room.take({ owner: address, bytes, drop });
  }

  /** Takes room for a device's; null where there is none. Returns what gives it back. */
  ofDevice(user: string, bytes: number): (() => void) | null {
    const room = this.#devices;
    if (room.of(user) + bytes > BODIES_OF_ONE || room.all + bytes > BODIES) return null;
    return room.take({ owner: user, bytes, drop: () => undefined });
  }
}

class Room {
  readonly #bodies = new Set<Body>();
  readonly #byOwner = new Map<string, number>();
  all = 0;

  of(owner: string): number {
    return this.#byOwner.get(owner) ?? 0;
  }

  oldestFirst(owner: string | null): Body[] {
    return [...this.#bodies].filter((body) => owner === null || body.owner === owner);
  }

  take(body: Body): () => void {
    this.#bodies.add(body);
    this.#count(body, 1);
    return () => this.#leave(body);
  }

  giveUp(body: Body): void {
    this.#leave(body);
    body.drop();
  }

  #leave(body: Body): void {
    if (this.#bodies.delete(body)) this.#count(body, -1);
  }

  #count({ owner, bytes }: Body, sign: 1 | -1): void {
    this.all += sign * bytes;
    const own = this.of(owner) + sign * bytes;
    if (own > 0) this.#byOwner.set(owner, own);
    else this.#byOwner.delete(owner);
  }
}
