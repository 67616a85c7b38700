import { accessSync, chmodSync, constants, existsSync, mkdtempSync, readdirSync, rmSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const MEMORY = '/dev/shm';
/** Bytes that must be free there: more than all that lies there at once while the tests run, several times over. */
const ENOUGH = 2 * 1024 ** 3;
const RUN = 'itinera-run-';

/** Where temporary things lie in memory; null where the system has no such place that is large enough, or TMPDIR says where they are to lie. */
export function placeInMemory(): string | null {
  if (process.env['TMPDIR']) return null;
  try {
    accessSync(MEMORY, constants.W_OK);
    const { bavail, bsize } = statfsSync(MEMORY);
    return bavail * bsize >= ENOUGH ? MEMORY : null;
  } catch {
    return null;
  }
}

/**
 * Gives this run a folder of its own for everything temporary, for the processes that it starts as well; it goes when the run ends. It lies where `TMPDIR` says, else in memory where there is room. A
 * laptop writes each commit through to the disk, and a test that makes thousands of them would do little but wait. Nothing here can show what a disk keeps when the power goes: what is killed here is a
 * process, and all that it had written stays, on a disk as in memory. `TMPDIR=/tmp npm test` runs on the disk.
 */
export function openRunFolder(): void {
  // A worker of Playwright's reads the configuration as well.
  if (process.env['ITINERA_RUN']) return;
  const place = placeInMemory() ?? tmpdir();
  // Every process that tests start finds what an earlier one has compiled, of an earlier run too: that is most of a start.
  process.env['NODE_COMPILE_CACHE'] ??= path.join(tmpdir(), 'itinera-compiled');
  process.env['PLAYWRIGHT_TRANSFORM_CACHE_DIR'] ??= path.join(tmpdir(), `playwright-transform-cache-${process.geteuid?.() ?? 0}`);
  sweepKilled(place);
  const folder = mkdtempSync(path.join(place, `${RUN}${process.pid}-`));
  // PostgreSQL runs as another user where the tests run as root.
  chmodSync(folder, 0o711);
  process.env['ITINERA_RUN'] = folder;
  process.env['TMPDIR'] = folder;
  // What laptops note of their machine (electron/engine/state-folder.ts) is not for the user's own folder.
  process.env['ITINERA_STATE'] = path.join(folder, 'state');
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
}

/** Removes what runs which were killed have left behind. */
function sweepKilled(place: string): void {
  for (const name of readdirSync(place)) {
    const owner = new RegExp(`^${RUN}(\\d+)-`).exec(name)?.[1];
    if (owner !== undefined && !existsSync(`/proc/${owner}`)) rmSync(path.join(place, name), { recursive: true, force: true });
  }
}
