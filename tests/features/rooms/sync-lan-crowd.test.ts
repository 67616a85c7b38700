import { connect, type Socket } from 'node:net';
import { Duplex } from 'node:stream';
import { connect as connectTls } from 'node:tls';
import { afterEach, describe, expect, it } from 'vitest';
import { openLanLaptop, pair, shownAt, type LanLaptop } from '../../support/laptops/lan-laptop.ts';

const laptops: LanLaptop[] = [];
const sockets: Socket[] = [];
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy();
  for (const laptop of laptops.splice(0)) await laptop.end();
});

function laptop(name: string): LanLaptop {
  const made = openLanLaptop({ name });
  laptops.push(made);
  return made;
}

/** Connections of a stranger that say so much and then nothing; resolves when all have connected. */
async function crowd(address: string, count: number, first: Buffer): Promise<Socket[]> {
  const port = Number(address.split(':')[1]);
  const made = Array.from({ length: count }, () => connect(port, '127.0.0.1'));
  sockets.push(...made);
  await Promise.all(
    made.map(
      (socket) =>
        new Promise<void>((resolve) => {
          socket.on('error', () => resolve());
          socket.on('close', () => resolve());
          socket.on('connect', () => (first.length > 0 ? socket.write(first, () => resolve()) : resolve()));
        }),
    ),
  );
  return made;
}

/** Resolves when no more than so many of these are open. */
async function untilOpen(made: readonly Socket[], most: number): Promise<void> {
  for (const socket of made) socket.resume();
  while (made.filter(({ destroyed, readyState }) => !destroyed && readyState === 'open').length > most)
    await new Promise((resolve) => setTimeout(resolve, 20));
}

/** A first record of TLS as a real client says it; nothing follows, so the handshake stands where it is. */
function helloAndNothing(): Promise<Buffer> {
  return new Promise((resolve) => {
    const wire = new Duplex({
      read: () => undefined,
      write: (piece: Buffer, _encoding, done) => {
        resolve(piece);
        done();
      },
    });
    connectTls({ socket: wire, rejectUnauthorized: false }).on('error', () => undefined);
  });
}

const WORDS: readonly (readonly [string, Buffer])[] = [
  ['say nothing', Buffer.alloc(0)],
  ['stop in the first record of TLS', Buffer.from([0x16, 3, 1, 2, 0])],
  ['say a record longer than TLS knows', Buffer.from([0x16, 3, 1, 255, 255])],
  ['begin TLS and leave it', await helloAndNothing()],
  ['stop in the line of a pairing', Buffer.from('ITINERA PA')],
  ['talk nonsense', Buffer.from('GET / HTTP/1.1\r\n\r\n')],
];

describe('a stranger in the room who holds very many connections', () => {
  it.each(WORDS)('that %s keeps no paired laptop out', async (_, first) => {
    const [awa, bento] = [laptop('Awa'), laptop('Bento')];
    const address = await bento.openDoor();
    await pair(awa, bento, address);
    const run = () => awa.tryLan('sync.lanRun', { replica: bento.store.replica, address });
    await crowd(address, 200, first);
    expect(await run()).toMatchObject({ ok: true });
    // They come again, and are there while it syncs.
    const [again] = await Promise.all([run(), crowd(address, 40, first)]);
    expect(again).toMatchObject({ ok: true });
  });

  it('keeps no laptop from pairing, nor two people from comparing their code', async () => {
    const [awa, bento] = [laptop('Awa'), laptop('Bento')];
    const address = await bento.openDoor();
    await crowd(address, 200, Buffer.alloc(0));
    const shown = await awa.lan('sync.lanPair', { address });
    expect((await shownAt(bento)).code).toBe(shown.code);
    // Nobody compares so fast that what they compare by is still fresh.
    await new Promise((resolve) => setTimeout(resolve, 300));
    // All of them have come in when the door has no room for the first any more.
    await untilOpen(await crowd(address, 150, await helloAndNothing()), 127);
    const said = await Promise.all([
      awa.tryLan('sync.lanConfirm', { equal: true, workshops: [] }),
      bento.tryLan('sync.lanConfirm', { equal: true, workshops: [] }),
    ]);
    expect(said).toMatchObject([{ ok: true }, { ok: true }]);
  });

  it('loses them again: no more than the door holds stay open', async () => {
    const bento = laptop('Bento');
    const made = await crowd(await bento.openDoor(), 300, Buffer.alloc(0));
    await untilOpen(made, 128);
  });
});
