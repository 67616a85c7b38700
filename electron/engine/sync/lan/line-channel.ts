import type { Duplex } from 'node:stream';
import { PAIRING_LINE, pairingMessage, type PairingMessage } from '../../../../shared/features/sync/lan-messages.ts';

/** Sends and receives JSON messages, one a line, on a connection that may belong to anybody. */
export interface LineChannel {
  send(message: PairingMessage): void;
  /** The next message; null when the connection ended, nothing came in time, or it was none of ours. */
  next(milliseconds: number): Promise<PairingMessage | null>;
  close(): void;
}

// More than a pairing ever says; who sends more is cut off.
const WAITING = 8;

/** A channel over a stream; takes it over until `close`. */
export function lineChannel(stream: Duplex): LineChannel {
  let text = '';
  let ended = false;
  const arrived: PairingMessage[] = [];
  let wake: (() => void) | null = null;
  const end = (): void => {
    ended = true;
    wake?.();
  };
  const take = (line: string): void => {
    const message = pairingMessage.safeParse(parsed(line));
    if (message.success && arrived.length < WAITING) arrived.push(message.data);
    else stream.destroy();
  };
  stream.setEncoding('utf8');
  stream.on('data', (piece: string) => {
    text += piece;
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n')) {
      const line = text.slice(0, at);
      text = text.slice(at + 1);
      if (line.length > PAIRING_LINE) stream.destroy();
      else take(line);
    }
    if (text.length > PAIRING_LINE) stream.destroy();
    wake?.();
  });
  stream.on('end', end);
  stream.on('close', end);
  stream.on('error', end);
  return {
    send(message) {
      if (!ended && !stream.destroyed) stream.write(`${JSON.stringify(message)}\n`);
    },
    async next(milliseconds) {
      if (arrived.length === 0 && !ended) {
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, milliseconds);
          wake = () => {
            clearTimeout(timer);
            resolve();
          };
        });
        wake = null;
      }
      return arrived.shift() ?? null;
    },
    close: () => void stream.end(),
  };
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line) as unknown;
  } catch {
    return null;
  }
}
