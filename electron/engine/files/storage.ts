import { statSync } from 'node:fs';
import path from 'node:path';
import type { FileRoom } from '../../../shared/node/files/file-room.ts';
import { backupsIn } from '../../../shared/node/store/sqlite/backup/backup.ts';
import { BACKUP_FOLDER } from '../../../shared/node/store/sqlite/opening/open-store.ts';
import type { SqliteStore } from '../../../shared/node/store/sqlite/sqlite-store.ts';
import { workshopOf } from '../../../shared/model/spaces.ts';
import type { EngineContext } from '../context.ts';
import { filesBySpace } from './needs.ts';

interface Ports {
  readonly store: SqliteStore;
  readonly files: FileRoom;
}

interface HeldFile {
  readonly sha256: string;
  readonly bytes: number;
  readonly freeable: boolean;
}

export interface FilesOf {
  readonly activityId: string | null;
  readonly files: number;
  readonly bytes: number;
  readonly freeable: number;
}

/** Bytes of files on this disk by workshop, the largest first; null: those of no workshop. A file of two workshops counts for the first one named. */
export function filesByWorkshop(ports: Ports): FilesOf[] {
  return [...held(ports)]
    .map(([activityId, files]) => ({
      activityId,
      files: files.length,
      bytes: sum(files),
      freeable: sum(files.filter(({ freeable }) => freeable)),
    }))
    .sort((a, b) => b.bytes - a.bytes);
}

/** Deletes the local copies of a workshop's files that may be let go, and returns how many and how many bytes. */
export function freeStorage(ports: Ports, activityId: string | null): { readonly files: number; readonly bytes: number } {
  const going = (held(ports).get(activityId) ?? []).filter(({ freeable }) => freeable);
  for (const { sha256 } of going) {
    // Written down first: a copy that goes unnoted would be fetched again, and may have cost a day's bytes.
    ports.files.flags.setFreed(sha256);
    ports.files.remove(sha256);
  }
  if (going.length > 0) ports.store.announce(['materialVersion']);
  return { files: going.length, bytes: sum(going) };
}

/** Bytes of the records: the database and its write-ahead log. */
export function recordBytes({ store }: Pick<Ports, 'store'>): number {
  return ['', '-wal'].reduce((total, end) => total + (statSync(store.db.name + end, { throwIfNoEntry: false })?.size ?? 0), 0);
}

export function backupBytes({ folder, vault }: Pick<EngineContext, 'folder' | 'vault'>): {
  readonly count: number;
  readonly bytes: number;
} {
  const files = backupsIn(path.join(folder, BACKUP_FOLDER), vault.open);
  return {
    count: files.length,
    bytes: files.reduce((total, file) => total + (statSync(file.path, { throwIfNoEntry: false })?.size ?? 0), 0),
  };
}

function held({ store, files }: Ports): Map<string | null, HeldFile[]> {
  const found = new Map<string | null, HeldFile[]>();
  for (const { sha256, space } of filesBySpace(store.reader)) {
    const bytes = files.size(sha256);
    if (bytes === null) continue;
    const activityId = workshopOf(space);
    const freeable = files.flags.isDelivered(sha256) && !files.flags.isPinned(sha256);
    found.set(activityId, [...(found.get(activityId) ?? []), { sha256, bytes, freeable }]);
  }
  return found;
}

function sum(files: readonly HeldFile[]): number {
  return files.reduce((total, { bytes }) => total + bytes, 0);
}
