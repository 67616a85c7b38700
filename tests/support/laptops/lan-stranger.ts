import https from 'node:https';
import { connect as connectTls, type ConnectionOptions, type TLSSocket } from 'node:tls';
import { readOrMakeIdentity, type LanIdentity } from '../../../electron/engine/sync/lan/identity.ts';
import type { LanLaptop } from './lan-laptop.ts';
import { openVault } from '../../../electron/engine/vault/vault.ts';

/** Somebody who speaks to a laptop's door in ways of their own, with a paired laptop's key or with none. */
export interface Speaker {
  /** Sends one request; the status and every byte of the answer. */
  ask(method: string, path: string, body?: Uint8Array | object): Promise<{ readonly status: number; readonly bytes: Buffer }>;
  /** Every byte that ever came back. */
  readonly heard: Buffer[];
  close(): void;
}

export async function identityOf(laptop: LanLaptop): Promise<LanIdentity> {
  return readOrMakeIdentity(openVault(laptop.folder), laptop.store.replica);
}

/** Speaks as `laptop` to the door at `address`, which it trusts whatever it shows. */
export async function speakAs(laptop: LanLaptop, door: LanLaptop, address: string): Promise<Speaker> {
  const [ours, theirs] = [await identityOf(laptop), await identityOf(door)];
  return speaker(address, { key: ours.key, cert: ours.certificate, ca: [theirs.certificate] });
}

export function speaker(address: string, tls: https.AgentOptions): Speaker {
  const heard: Buffer[] = [];
  const agent = new https.Agent({ ...tls, keepAlive: true, checkServerIdentity: () => undefined });
  return {
    heard,
    close: () => agent.destroy(),
    ask: (method, path, body) =>
      new Promise((resolve, reject) => {
        const bytes = body === undefined ? undefined : body instanceof Uint8Array ? body : Buffer.from(JSON.stringify(body));
        const request = https.request(`https://${address}${path}`, { method, agent }, (answer) => {
          const pieces: Buffer[] = [];
          answer.on('data', (piece: Buffer) => {
            pieces.push(piece);
            heard.push(piece);
          });
          answer.on('error', reject);
          answer.on('end', () => resolve({ status: answer.statusCode ?? 0, bytes: Buffer.concat(pieces) }));
        });
        request.on('error', reject);
        request.end(bytes);
      }),
  };
}

/** Whether a TLS connection with these credentials ever gets one byte of an answer. */
export function getsAByte(address: string, tls: ConnectionOptions): Promise<boolean> {
  const [host, port] = address.split(':') as [string, string];
  return new Promise((resolve) => {
    const socket: TLSSocket = connectTls({ ...tls, host, port: Number(port) });
    socket.on('secureConnect', () => socket.write('POST /lan/1/greet HTTP/1.1\r\nhost: x\r\ncontent-length: 2\r\n\r\n{}'));
    socket.on('data', () => {
      resolve(true);
      socket.destroy();
    });
    socket.on('error', () => resolve(false));
    socket.on('close', () => resolve(false));
  });
}
