import type { Writable } from 'node:stream';

/** Writes a JSON document and waits until it is handed on; on a terminal spread over lines when `whole`. */
export function write(output: Writable & { readonly isTTY?: boolean }, document: unknown, whole = false): Promise<void> {
  const text = whole && output.isTTY ? JSON.stringify(document, null, 2) : JSON.stringify(document);
  return new Promise((resolve) => {
    // A reader that went away (`| head`) is no error of ours.
    output.write(`${text}\n`, () => resolve());
  });
}

/** Keeps a broken pipe from ending the program in the middle of a commit; `onEnd` says that nobody reads any more. */
export function endOnBrokenPipe(output: Writable, onEnd: () => void): void {
  output.on('error', onEnd);
}
