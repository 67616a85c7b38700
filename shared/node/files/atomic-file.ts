import { createHash, randomBytes } from 'node:crypto';
import { closeSync, fchmodSync, fsyncSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { toHex } from '../../kernel/hex.ts';

/** The error codes with which a chosen place cannot be written: the user is to choose another. */
export const NOT_WRITABLE: ReadonlySet<string> = new Set([
  'EACCES',
  'EPERM',
  'EROFS',
  'ENOENT',
  'ENOTDIR',
  'EISDIR',
  'ENOTEMPTY',
  'EEXIST',
  'EBUSY',
  'ENAMETOOLONG',
]);

/**
 * Writes a file whole or not at all: beside its place, synced, read again and hashed, then renamed over what was there, and
 * the folder synced. Throws what the disk says (ENOSPC, EACCES, EROFS ...), with nothing left behind; a file whose bytes
 * come back different throws EIO.
 */
export async function writeAtomically(
  target: string,
  bytes: Uint8Array | AsyncIterable<Uint8Array>,
): Promise<{ readonly bytes: number; readonly sha256: string }> {
  const hash = createHash('sha256');
  let [length, sha256] = [0, ''];
  const beside = path.join(path.dirname(target), `.${toHex(randomBytes(8))}.part`);
  try {
    const file = await open(beside, 'wx', 0o600);
    try {
      for await (const piece of bytes instanceof Uint8Array ? [bytes] : bytes) {
        hash.update(piece);
        length += piece.length;
        await file.writeFile(piece);
      }
      await file.sync();
    } finally {
      await file.close();
    }
    sha256 = hash.digest('hex');
    if ((await sha256OfFile(beside)) !== sha256) throw Object.assign(new Error('the file read back differs'), { code: 'EIO' });
    await rename(beside, target);
  } catch (error) {
    await rm(beside, { force: true });
    throw error;
  }
  await syncFolder(path.dirname(target));
  return { bytes: length, sha256 };
}

/**
 * Writes a short text that only its user reads, whole or not at all, before it returns: beside its place, synced, then renamed over what was there. `synced`:
 * false for what a power cut may take away. Throws what the disk says, with nothing left behind.
 */
export function writeTextAtomically(file: string, text: string, synced = true): void {
  const beside = `${file}.new`;
  try {
    const handle = openSync(beside, 'w', 0o600);
    try {
      // One that was left there by a cut may have been anybody's to read.
      if (process.platform !== 'win32') fchmodSync(handle, 0o600);
      writeSync(handle, text);
      if (synced) fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
    renameSync(beside, file);
  } catch (error) {
    rmSync(beside, { force: true });
    throw error;
  }
}

/** The SHA-256 of a file, read in pieces. Throws what the disk says. */
export async function sha256OfFile(file: string): Promise<string> {
  const hash = createHash('sha256');
  const handle = await open(file, 'r');
  try {
    const buffer = Buffer.allocUnsafe(1 << 20);
    for (;;) {
      const { bytesRead } = await handle.read(buffer, 0, buffer.length, null);
      if (bytesRead === 0) return hash.digest('hex');
      hash.update(buffer.subarray(0, bytesRead));
    }
  } finally {
    await handle.close();
  }
}

/** Syncs a folder, so that a rename in it lasts through a power cut; where a folder cannot be synced (Windows), the system does it by itself. */
export async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
