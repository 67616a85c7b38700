import { abandonedUploads } from './abandoned-uploads.ts';
import { openBlobStore } from './open-blob-store.ts';
import { FilesFault, checkedUpload, type RepositoryFiles } from './repository-files.ts';

const PIECE = 256 << 10;

/** The repository's files in the data folder of one process. */
export function openDiskFiles(data: string): RepositoryFiles {
  const blobs = openBlobStore(data);
  const oneByOne = inTurn();

  return {
    piece: PIECE,
    size: (sha256) => faults(async () => blobs.size(sha256)),
    partial: (upload) => faults(async () => (blobs.has(checkedUpload(upload).sha256) ? 0 : blobs.partial(upload))),
    append: (upload, offset, bytes) =>
      oneByOne(upload, async () => {
        const whole = blobs.size(checkedUpload(upload).sha256);
        if (whole !== null) return whole;
        if (offset <= blobs.partial(upload)) await blobs.append(upload, offset, bytes);
        return blobs.partial(upload);
      }),
    finish: (upload, size) =>
      oneByOne(upload, async () => {
        const { sha256, isOnesOwn } = checkedUpload(upload);
        if (blobs.has(sha256)) {
          if (isOnesOwn) blobs.remove(upload);
          return isOnesOwn ? 'incomplete' : 'whole';
        }
        if (blobs.partial(upload) < size) return 'incomplete';
        return (await blobs.finish(upload)) ? 'whole' : 'damaged';
      }),
    read: (sha256, start, end) =>
      faults(async () => {
        const stream = blobs.get(sha256, { start, end: end + 1 });
        if (stream === null) throw new FilesFault('ENOENT');
        return stream;
      }),
    // Opening the folder did the rest. In turn: whoever sends just now finds less held, and begins anew.
    async tidy(limits) {
      const underWay = await faults(async () => blobs.underWay());
      for (const upload of abandonedUploads(underWay, limits)) await oneByOne(upload, async () => blobs.giveUp(upload));
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
