import path from 'node:path';

/** Where a file of a data folder lies, for damaging it: the program itself asks for streams. */
export function placeOfFile(data: string, sha256: string): string {
  return path.join(data, 'files', sha256.slice(0, 2), sha256);
}
