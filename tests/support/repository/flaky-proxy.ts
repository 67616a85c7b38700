import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** What happens to a connection: it is cut after so many bytes in a direction, or after so many replies: the next one is lost, its request done. */
export interface Fault {
  readonly up?: number;
  readonly down?: number;
  readonly replies?: number;
}

export interface FlakyProxy {
  readonly url: string;
  /** What the next connections meet, in order; those after them pass. */
  next(...faults: Fault[]): void;
  /** Connections made, cuts met and bytes carried since the start. */
  readonly carried: { connections: number; cuts: number; up: number; down: number };
  stop(): Promise<void>;
}

/** A TCP proxy in front of a repository: a link that breaks where a test wants it to. */
export async function startFlakyProxy(target: string): Promise<FlakyProxy> {
  const { hostname, port } = new URL(target);
  const planned: Fault[] = [];
  const open = new Set<Socket>();
  const carried = { connections: 0, cuts: 0, up: 0, down: 0 };
  const server = createServer((near) => {
    const { up = Infinity, down = Infinity, replies = Infinity } = planned.shift() ?? {};
    let replied = 0;
    let asking = false;
    const far = connect(Number(port), hostname);
    carried.connections++;
    for (const socket of [near, far]) {
      open.add(socket);
      socket.setNoDelay(true);
      socket.on('error', () => undefined);
      socket.on('close', () => open.delete(socket));
    }
    const cut = (): void => {
      if (!near.destroyed) carried.cuts++;
      near.destroy();
      far.destroy();
    };
    near.on('close', () => far.destroy());
    far.on('close', () => near.destroy());
    const carry = (from: Socket, to: Socket, limit: number, count: (bytes: number) => void): void => {
      let passed = 0;
      from.on('data', (piece: Buffer) => {
        if (to.destroyed) return;
        const part = piece.subarray(0, Math.max(0, limit - passed));
        passed += part.length;
        count(part.length);
        if (part.length < piece.length) {
          // What is allowed still arrives; then both ends see a broken link.
          if (part.length === 0) return cut();
          to.write(part, cut);
          return;
        }
        to.write(piece);
      });
    };
    // Requests and replies take turns on a connection: what comes down first after something went up begins a reply.
    near.on('data', () => (asking = true));
    far.on('data', () => {
      if (asking && ++replied > replies) cut();
      asking = false;
    });
    carry(near, far, up, (bytes) => (carried.up += bytes));
    carry(far, near, down, (bytes) => (carried.down += bytes));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    next: (...faults) => void planned.push(...faults),
    carried,
    async stop() {
      for (const socket of open) socket.destroy();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
