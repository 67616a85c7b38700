import { statSync } from 'node:fs';
import path from 'node:path';
import { parseSpace } from '../../../../shared/model/spaces.ts';
import { backupsIn } from '../../../../shared/node/store/sqlite/backup/backup.ts';
import { BACKUP_FOLDER } from '../../../../shared/node/store/sqlite/opening/open-store.ts';
import type { LocalSettings } from '../../local-settings.ts';
import { isDelivered } from '../repository/account.ts';
import type { SyncPorts } from '../context.ts';
import { FREED_FILES, PINS } from '../../local-state/of-this-laptop.ts';

type Ports = Pick<SyncPorts, 'store' | 'files' | 'settings' | 'folder'>;

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

/** Whether a file was let go here on purpose: it is not fetched again unless it is kept offline. */
export function isFreed(settings: Pick<LocalSettings, 'get'>, sha256: string): boolean {
  return FREED_FILES.read(settings, sha256) === true;
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

/** Lets go of what may be let go. */
export function free(ports: Ports, activityId: string | null): { readonly files: number; readonly bytes: number } {
  const going = (held(ports).get(activityId) ?? []).filter(({ freeable }) => freeable);
  for (const { sha256 } of going) {
    // Written down first: a copy that goes unnoted would be fetched again, and may have cost a day's bytes.
    FREED_FILES.write(ports.settings, sha256, true);
    ports.files.remove(sha256);
  }
  if (going.length > 0) ports.store.announce(['materialVersion']);
  return { files: going.length, bytes: sum(going) };
}

/** Bytes of the records: the database and its write-ahead log. */
export function recordBytes({ store }: Pick<SyncPorts, 'store'>): number {
  return ['', '-wal'].reduce((total, end) => total + (statSync(store.db.name + end, { throwIfNoEntry: false })?.size ?? 0), 0);
}

export function backupBytes(folder: string): { readonly count: number; readonly bytes: number } {
  const files = backupsIn(path.join(folder, BACKUP_FOLDER));
  return {
    count: files.length,
    bytes: files.reduce((total, file) => total + (statSync(file.path, { throwIfNoEntry: false })?.size ?? 0), 0),
  };
}

function held({ store, files, settings }: Ports): Map<string | null, HeldFile[]> {
  const pinned = new Set(PINS.ids(settings));
  // A file named in several spaces goes only where all that name it may lose it: it has one copy, counted once.
  const rows = store.reader.all<{ sha256: string; space: string }>(
    'select sha256, min(space) as space from materialVersion where live = 1 group by sha256 order by sha256',
  );
  const found = new Map<string | null, HeldFile[]>();
  for (const { sha256, space } of rows) {
    if (typeof sha256 !== 'string' || !/^[0-9a-f]{64}$/.test(sha256)) continue;
    const file = files.pathOf(sha256);
    if (file === null) continue;
    const parsed = parseSpace(space);
    const activityId = parsed?.kind === 'plan' || parsed?.kind === 'people' || parsed?.kind === 'answers' ? (parsed.owner ?? null) : null;
    const bytes = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
    const freeable = isDelivered(settings, sha256) && !pinned.has(sha256);
    found.set(activityId, [...(found.get(activityId) ?? []), { sha256, bytes, freeable }]);
  }
  return found;
}

function sum(files: readonly HeldFile[]): number {
  return files.reduce((total, { bytes }) => total + bytes, 0);
}
