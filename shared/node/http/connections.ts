import type { Socket } from 'node:net';

/**
 * The priority of a connection that has said nothing; the higher one is, the nearer the connection is to having a right to be here, and the lowest goes first
 * where there is no room.
 */
export const SILENT = 0;
/** The priority of a connection that has said what it wants, as anybody can. */
export const STRANGER = 1;
/** The priority of a connection that has shown who it is, and asks nothing just now. */
export const KNOWN = 2;
/** The priority of a connection that has shown who it is, and is being answered: never given up for another. */
export const AT_WORK = 3;
export type ConnectionPriority = typeof SILENT | typeof STRANGER | typeof KNOWN | typeof AT_WORK;

export interface ConnectionLimits {
  /** Connections at once. */
  readonly total: number;
  /** Connections of one address that have not shown who they are; more are kept only while they are fresh. */
  readonly strangersPerAddress: number;
  /** Milliseconds that a connection is fresh: an honest one has spoken by then. */
  readonly fresh: number;
  readonly now: () => number;
}

interface OpenConnection {
  readonly socket: Socket;
  readonly address: string;
  readonly since: number;
  priority: ConnectionPriority;
}

/**
 * Limits the connections of a door that is open to anybody. Whoever comes is let in at once; what gives way is the oldest connection that has said nothing, of
 * the address that holds most of them, then the oldest that only a stranger's words stand for, then the oldest known one that is idle. The newcomer itself is
 * turned away only where all are at work.
 */
export class Connections {
  readonly #limits: ConnectionLimits;
  readonly #held = new Map<Socket, OpenConnection>();

  constructor(limits: ConnectionLimits) {
    this.#limits = limits;
  }

  /** Lets a connection in; `perAddress` false: many come by this address (a proxy), and none is given up for the others of it. Closed ones are forgotten. */
  enter(socket: Socket, address: string, perAddress = true): void {
    const { total, strangersPerAddress, fresh, now } = this.#limits;
    const at = now();
    this.#held.set(socket, { socket, address, since: at, priority: SILENT });
    socket.once('close', () => this.#held.delete(socket));
    if (perAddress) {
      const strangers = [...this.#held.values()].filter((held) => held.address === address && held.priority < KNOWN);
      const stale = strangers.filter(({ since }) => at - since >= fresh).sort(lowestFirst);
      for (const held of stale.slice(0, Math.max(0, strangers.length - strangersPerAddress))) this.#giveUp(held);
    }
    if (this.#held.size > total) this.#giveUp(this.#leastWorthy(socket) ?? this.#held.get(socket)!);
  }

  /** Says how a connection stands now. */
  setPriority(socket: Socket, priority: ConnectionPriority): void {
    const held = this.#held.get(socket);
    if (held) held.priority = priority;
  }

  priorityOf(socket: Socket): ConnectionPriority | undefined {
    return this.#held.get(socket)?.priority;
  }

  get size(): number {
    return this.#held.size;
  }

  #leastWorthy(newcomer: Socket): OpenConnection | undefined {
    const others = [...this.#held.values()].filter(({ socket, priority }) => socket !== newcomer && priority < AT_WORK);
    const lowest = Math.min(...others.map(({ priority }) => priority));
    const candidates = others.filter(({ priority }) => priority === lowest);
    const counts = new Map<string, number>();
    for (const { address } of candidates) counts.set(address, (counts.get(address) ?? 0) + 1);
    const most = Math.max(...counts.values());
    return candidates.filter(({ address }) => counts.get(address) === most).sort(lowestFirst)[0];
  }

  #giveUp({ socket }: OpenConnection): void {
    this.#held.delete(socket);
    socket.destroy();
  }
}

function lowestFirst(a: OpenConnection, b: OpenConnection): number {
  return a.priority - b.priority || a.since - b.since;
}

/** The address that limits count by: IPv4 as it is, of IPv6 the /64, which one household or one attacker has whole. */
export function countedAddress(address: string | undefined): string {
  const text = (address ?? '').replace(/^::ffff:(?=\d+\.)/i, '').replace(/%.*$/, '');
  if (!text.includes(':')) return text;
  const [head, tail] = text.split('::') as [string, string?];
  const first = head === '' ? [] : head.split(':');
  const last = tail === undefined || tail === '' ? [] : tail.split(':');
  const middle = tail === undefined ? [] : Array.from({ length: Math.max(0, 8 - first.length - last.length) }, () => '0');
  return `${[...first, ...middle, ...last]
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':')}::/64`;
}
