import { NO_FLAGS, type FileFlag, type FlagsOfFile } from '../../../shared/node/files/file-flags.ts';
import type { OnRepository, OnRestore, OnWipe } from './declaration.ts';

// What this laptop notes of files: not a key of `local` but a row a file of the table `file_flag`, which `file-flags.ts` reads and writes.

interface DeclaredFlag {
  /** What it says, for the table in docs/local-state.md. */
  readonly says: string;
  readonly restore: OnRestore;
  readonly repository: OnRepository;
  readonly wipe: OnWipe;
}

/** The flags of a file, each with its fates. With a file that only records of a wiped space name all of them go. */
export const FILE_FLAGS: Readonly<Record<FileFlag, DeclaredFlag>> = {
  pinned: { says: 'that a file is kept offline', restore: 'account', repository: 'stays', wipe: 'file' },
  freed: { says: 'that a file was let go here on purpose', restore: 'own', repository: 'stays', wipe: 'file' },
  sent: { says: 'how many bytes of a file the repository has told that it holds', restore: 'own', repository: 'goes', wipe: 'file' },
  delivered: { says: 'that the repository is known to hold a file', restore: 'own', repository: 'goes', wipe: 'file' },
  left: { says: 'why the last try could not carry a file, and on which day', restore: 'own', repository: 'stays', wipe: 'file' },
};

/** The notes on files, a row a file. */
export type FilesNoted = readonly FlagsOfFile[];

/** Returns the notes of files with only the flags that are declared to fare so when a backup takes the store's place. */
export function flagsThat(files: FilesNoted, fate: OnRestore): FilesNoted {
  const kept = Object.entries(FILE_FLAGS).flatMap(([flag, { restore }]) => (restore === fate ? [flag as FileFlag] : []));
  return files.map((flags) => ({
    ...NO_FLAGS,
    sha256: flags.sha256,
    ...Object.fromEntries(kept.map((flag) => [flag, flags[flag]])),
  }));
}
