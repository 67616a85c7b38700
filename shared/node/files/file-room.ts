import type { Db } from '../store/sqlite/opening/open-database.ts';
import type { BlobStore } from './blob-store.ts';
import { openFileFlags, type FileFlags } from './file-flags.ts';
import { openHandedOutCopies, type HandedOutCopies } from './handed-out-copies.ts';
import { openBlobStore } from './open-blob-store.ts';

/** The files of one laptop: their bytes by hash, and what is noted of them. Which are wanted is told by `electron/engine/files/needs.ts`. */
export interface FileRoom extends BlobStore, Pick<HandedOutCopies, 'copyFor'> {
  readonly flags: FileFlags;
}

/** Opens the room of a data folder and its database; `onSet` is told which topic a flag has changed. */
export function openFileRoom(data: string, db: Db, onSet?: (topic: 'material' | 'sync') => void): FileRoom {
  const blobs = openBlobStore(data);
  const copies = openHandedOutCopies(data, blobs);
  return {
    ...blobs,
    flags: openFileFlags(db, onSet),
    copyFor: copies.copyFor,
    remove(upload) {
      blobs.remove(upload);
      copies.forget(upload);
    },
  };
}
