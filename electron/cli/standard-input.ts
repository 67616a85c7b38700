import { StringDecoder } from 'node:string_decoder';

/** The longest standard input that is read, in bytes: no call's arguments are longer. */
export const LONGEST_INPUT = 64 * 1024 * 1024;

/** The value that stands for input longer than `LONGEST_INPUT`; its bytes have been read and let go. */
export const TOO_LONG = Symbol('too long');

/** Returns all of standard input as text. */
export async function readWhole(input: AsyncIterable<Buffer | string>): Promise<string | typeof TOO_LONG> {
  const pieces: Buffer[] = [];
  let bytes = 0;
  for await (const piece of input) {
    bytes += piece.length;
    if (bytes > LONGEST_INPUT) return TOO_LONG;
    pieces.push(Buffer.from(piece));
  }
  return Buffer.concat(pieces).toString('utf8');
}

/** Yields the lines of standard input; a line that is too long comes as `TOO_LONG`, and the next one is read. */
export async function* readLines(input: AsyncIterable<Buffer | string>): AsyncGenerator<string | typeof TOO_LONG> {
  const decoder = new StringDecoder('utf8');
  let held = '';
  let tooLong = false;
  for await (const piece of input) {
    const lines = (held + decoder.write(Buffer.from(piece))).split('\n');
    held = lines.pop() ?? '';
    for (const line of lines) {
      yield tooLong ? TOO_LONG : line;
      tooLong = false;
    }
    if (held.length > LONGEST_INPUT) {
      tooLong = true;
      held = '';
    }
  }
  held += decoder.end();
  if (tooLong || held !== '') yield tooLong ? TOO_LONG : held;
}
