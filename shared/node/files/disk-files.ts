import { createReadStream, statSync } from 'node:fs';
import { abandonedUploads } from './abandoned-uploads.ts';
import { openFileStore } from './open-file-store.ts';
import { FilesFault, checkedUpload, type RepositoryFiles } from './repository-files.ts';

const PIECE = 256 << 10;

/** The repository's files in a folder of one process. */
export function openDiskFiles(folder: string): RepositoryFiles {
  const files = openFileStore(folder);
  const sizeOf = (sha256: string): number | null => {
    const place = files.pathOf(sha256);
    return place === null ? null : statSync(place).size;
  };
  const oneByOne = inTurn();

  return {
    piece: PIECE,
    size: (sha256) => faults(async () => sizeOf(sha256)),
    partial: (upload) => faults(async () => (sizeOf(checkedUpload(upload).sha256) === null ? files.partial(upload) : 0)),
    append: (upload, offset, bytes) =>
      oneByOne(upload, async () => {
        const whole = sizeOf(checkedUpload(upload).sha256);
        if (whole !== null) return whole;
        if (offset <= files.partial(upload)) await files.append(upload, offset, bytes);
        return files.partial(upload);
      }),
    finish: (upload, size) =>
      oneByOne(upload, async () => {
        const { sha256, isOnesOwn } = checkedUpload(upload);
        if (sizeOf(sha256) !== null) {
          if (isOnesOwn) files.remove(upload);
          return isOnesOwn ? 'incomplete' : 'whole';
        }
        if (files.partial(upload) < size) return 'incomplete';
        return (await files.finish(upload)) ? 'whole' : 'damaged';
      }),
    read: (sha256, start, end) =>
      faults(async () => {
        const place = files.pathOf(sha256);
        if (place === null) throw new FilesFault('ENOENT');
        return createReadStream(place, { start, end });
      }),
    // Opening the folder did the rest. In turn: whoever sends just now finds less held, and begins anew.
    async tidy(limits) {
      const underWay = await faults(async () => files.underWay());
      for (const upload of abandonedUploads(underWay, limits)) await oneByOne(upload, async () => files.giveUp(upload));
    },
  };
}

/** A part is renamed when it is whole: nobody may be writing to it then. */
function inTurn(): <T>(sha256: string, work: () => Promise<T>) => Promise<T> {
  const last = new Map<string, Promise<unknown>>();
  return (sha256, work) => {
    const turn = (last.get(sha256) ?? Promise.resolve()).then(
      () => faults(work),
      () => faults(work),
    );
    last.set(sha256, turn);
    const leave = (): void => void (last.get(sha256) === turn && last.delete(sha256));
    turn.then(leave, leave);
    return turn;
  };
}

async function faults<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    throw typeof code === 'string' && !(error instanceof FilesFault) ? new FilesFault(code, error) : error;
  }
}
