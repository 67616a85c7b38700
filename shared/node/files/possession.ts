import { createHmac } from 'node:crypto';

/** Shows that somebody has a whole file: the HMAC-SHA256 of its bytes under a nonce that is new each time; hex. */
export async function possessionProof(nonce: string, bytes: AsyncIterable<Uint8Array>): Promise<string> {
  const mac = createHmac('sha256', nonce);
  for await (const piece of bytes) mac.update(piece);
  return mac.digest('hex');
}
