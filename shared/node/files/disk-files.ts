import { createReadStream, statSync } from 'node:fs';
import { openFileStore } from './open-file-store.ts';
import { FilesFault, type RepositoryFiles } from './repository-files.ts';

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
    partial: (sha256) => faults(async () => (sizeOf(sha256) === null ? files.partial(sha256) : 0)),
    append: (sha256, offset, bytes) =>
      oneByOne(sha256, async () => {
        const whole = sizeOf(sha256);
        if (whole !== null) return whole;
        if (offset <= files.partial(sha256)) await files.append(sha256, offset, bytes);
        return files.partial(sha256);
      }),
    finish: (sha256, size) =>
      oneByOne(sha256, async () => {
        if (sizeOf(sha256) !== null) return 'whole';
        if (files.partial(sha256) < size) return 'incomplete';
        return (await files.finish(sha256)) ? 'whole' : 'damaged';
      }),
    read: (sha256, start, end) =>
      faults(async () => {
        const place = files.pathOf(sha256);
        if (place === null) throw new FilesFault('ENOENT');
        return createReadStream(place, { start, end });
      }),
    // Opening the folder did it.
    tidy: async () => undefined,
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
