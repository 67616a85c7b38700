import type { FastifyReply } from 'fastify';
import { pipeline, Readable } from 'node:stream';

/** Sends an answer with its length and no other header. */
export function bareAnswer(reply: FastifyReply, text: string): FastifyReply {
  const { raw } = reply.hijack();
  raw.sendDate = false;
  raw.removeHeader('connection');
  raw.writeHead(200, { 'content-length': Buffer.byteLength(text) });
  raw.end(text);
  return reply;
}

/** The pieces as a stream of bytes. */
export function streamOf(pieces: AsyncIterable<Uint8Array>): Readable {
  return Readable.from(pieces, { objectMode: false, highWaterMark: 1 << 16 });
}

/** Sends an answer in pieces, with no header. Where it fails in its middle the link is cut, and whoever asked knows that it is not whole. */
export function bareStream(reply: FastifyReply, pieces: Readable, report: (error: unknown) => void): FastifyReply {
  const { raw } = reply.hijack();
  raw.sendDate = false;
  raw.removeHeader('connection');
  raw.writeHead(200, {});
  pipeline(pieces, raw, (error) => {
    // A laptop that goes away is no fault of ours.
    if (error && !isLinkBroken(error)) report(error);
  });
  return reply;
}

function isLinkBroken(error: Error): boolean {
  const code = 'code' in error ? String(error.code) : '';
  return code === 'ERR_STREAM_PREMATURE_CLOSE' || code === 'ECONNRESET' || code === 'EPIPE' || code === 'ERR_STREAM_DESTROYED';
}
