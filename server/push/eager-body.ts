import { PassThrough, type Readable } from 'node:stream';

/** So much of a body is read before anybody asks for it. */
const AHEAD = 64 << 10;

/**
 * Returns a body that is read eagerly while its consumer still has to look things up. A link that breaks ends it, and what had come is there: Node would throw
 * away what nobody had read. Destroyed, it leaves the body flowing to nowhere.
 */
export function eagerBody(body: Readable): Readable {
  const eager = new PassThrough({ highWaterMark: AHEAD });
  const pass = (piece: Buffer): void => {
    if (!eager.write(piece)) body.pause();
  };
  const end = (): void => void eager.end();
  eager.on('drain', () => body.resume());
  eager.once('close', () => {
    body.off('data', pass);
    body.resume();
  });
  body.on('data', pass);
  body.on('error', () => undefined);
  body.once('end', end);
  body.once('close', end);
  return eager;
}
