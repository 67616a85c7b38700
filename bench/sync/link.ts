import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** A link that counts every byte, and may be as slow as a field's. */
export interface Link {
  readonly url: string;
  /** Bytes carried since the start, both ways; `connections` made. */
  readonly carried: { up: number; down: number; connections: number };
  /** Cuts every connection, once, when so many more bytes were carried, both ways together. */
  cutAfter(bytes: number): void;
  stop(): Promise<void>;
}

export interface Shape {
  /** Bytes a second, each way. */
  readonly rate: number;
  /** Milliseconds there and back. */
  readonly roundTrip: number;
}

/** A TCP proxy before a server on loopback: counts, and where it has a shape, delays each piece by half a round trip after its turn at that rate. */
export async function openLink(target: string, shape: Shape | null = null): Promise<Link> {
  const { hostname, port } = new URL(target);
  const carried = { up: 0, down: 0, connections: 0 };
  const open = new Set<Socket>();
  let left = Infinity;
  const cut = (): void => {
    left = Infinity;
    for (const socket of open) socket.destroy();
  };
  const server = createServer((near) => {
    const far = connect(Number(port), hostname);
    carried.connections++;
    for (const socket of [near, far]) {
      open.add(socket);
      socket.setNoDelay(true);
      socket.on('error', () => undefined);
      socket.on('close', () => {
        open.delete(socket);
        near.destroy();
        far.destroy();
      });
    }
    const carry = (from: Socket, to: Socket, way: 'up' | 'down'): void => {
      const pass = (piece: Buffer): void => {
        if (to.destroyed) return;
        const part = piece.subarray(0, Math.max(0, Math.min(piece.length, left)));
        left -= piece.length;
        carried[way] += part.length;
        if (part.length > 0) to.write(part);
        if (part.length < piece.length) cut();
      };
      // One queue and one timer a way: pieces must not overtake each other.
      const queue: { readonly piece: Buffer; readonly due: number }[] = [];
      let free = performance.now();
      let timer: NodeJS.Timeout | undefined;
      const pump = (): void => {
        timer = undefined;
        while (queue[0] && queue[0].due <= performance.now()) pass(queue.shift()!.piece);
        if (queue[0]) timer = setTimeout(pump, Math.max(1, queue[0].due - performance.now()));
      };
      from.on('data', (whole: Buffer) => {
        // Small pieces, so that a cut falls where it is asked for and a rate is even.
        for (let at = 0; at < whole.length; at += PIECE) {
          const piece = whole.subarray(at, at + PIECE);
          if (!shape) pass(piece);
          else {
            free = Math.max(free, performance.now()) + (piece.length / shape.rate) * 1000;
            queue.push({ piece, due: free + shape.roundTrip / 2 });
          }
        }
        if (shape && timer === undefined) pump();
      });
    };
    carry(near, far, 'up');
    carry(far, near, 'down');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    carried,
    cutAfter: (bytes) => void (left = bytes),
    async stop() {
      cut();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

const PIECE = 512;
