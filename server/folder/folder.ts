import { existsSync, openSync, closeSync, fsyncSync, readFileSync, renameSync, writeSync } from 'node:fs';
import path from 'node:path';
import type { Signer } from '../../shared/kernel/ports.ts';
import { newSeed, signerOf } from '../../shared/node/crypto.ts';
import { makePrivateFolder } from '../../shared/node/files/private-folder.ts';

/** The contents of a repository's data folder. */
export interface RepositoryFolder {
  readonly path: string;
  /** Change-sets with what is derived from them. */
  readonly store: string;
  /** Invitations, devices, workshops, refusals. */
  readonly registry: string;
  /** The repository's private key: who has it can issue certificates. */
  readonly key: string;
}

/** The places in a data folder, which is made when it is not there, and closed to others of the machine. */
export function repositoryFolder(folder: string): RepositoryFolder {
  makePrivateFolder(folder);
  const at = (name: string): string => path.join(folder, name);
  return { path: folder, store: at('repository.db'), registry: at('registry.db'), key: at('repository.key') };
}

/**
 * Returns the signer of the repository's key, which is made the first time. Throws when the file is there and is no key: a new one would disown every
 * certificate.
 */
export function repositorySigner(file: string): Signer {
  if (existsSync(file)) {
    const text = readFileSync(file, 'utf8').trim();
    if (!/^[0-9a-f]{64}$/.test(text)) throw new Error(`${file} holds no key`);
    return signerOf(Buffer.from(text, 'hex'));
  }
  const seed = newSeed();
  const beside = `${file}.new`;
  const handle = openSync(beside, 'w', 0o600);
  try {
    writeSync(handle, `${Buffer.from(seed).toString('hex')}\n`);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
  renameSync(beside, file);
  return signerOf(seed);
}
