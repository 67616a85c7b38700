import { open } from 'node:fs/promises';
import { ok, refuse, type Result } from '../../../shared/kernel/result.ts';
import { MAX_BODY } from '../../../shared/contract/repository.ts';
import type { SpaceId } from '../../../shared/sync/types.ts';
import { isDelivered, setDelivered, stateOf } from './account.ts';
import type { Exchanging, SyncPorts } from './context.ts';
import type { Rate } from './rate.ts';
import { isFreed } from './storage.ts';
import { spacesThatStay } from './waiting.ts';

interface WantedFile {
  readonly sha256: string;
  readonly size: number;
}

const SMALLEST_PART = 64 << 10;
/** A damaged file starts again once; twice is no accident of the link. */
const ATTEMPTS = 2;

/** Files of materials that are here and that the repository is not known to hold. */
export function filesToSend({ store, files, settings }: Pick<SyncPorts, 'store' | 'files' | 'settings'>): WantedFile[] {
  const stay = spacesThatStay(store);
  const wanted = new Map<string, WantedFile>();
  for (const { sha256, size, space } of namedFiles(store)) {
    if (stay.has(space) || !isHash(sha256) || isDelivered(settings, sha256) || files.pathOf(sha256) === null) continue;
    wanted.set(sha256, { sha256, size });
  }
  return [...wanted.values()];
}

/** Files that should be here and are not: those kept offline, and those of the workshops that this laptop works in. */
export function filesToFetch({
  store,
  files,
  settings,
  account,
}: Pick<Exchanging, 'store' | 'files' | 'settings' | 'account'>): WantedFile[] {
  const pinned = new Set(settings.list('pin/').map(({ key }) => key.slice('pin/'.length)));
  const worksIn = store.db.prepare('select 1 from change_set where replica = ? and space = ? limit 1').pluck();
  const own = new Map<SpaceId, boolean>();
  const isOwn = (space: SpaceId): boolean => {
    if (!space.startsWith('workshop/')) return false;
    const known =
      own.get(space) ?? (account.scope === `workshop:${space.split('/')[1]}` || worksIn.get(store.replica, space) !== undefined);
    own.set(space, known);
    return known;
  };
  const readable = new Set(stateOf(settings).spaces);
  const wanted = new Map<string, WantedFile>();
  for (const { sha256, size, space } of namedFiles(store)) {
    if (!isHash(sha256) || !readable.has(space) || !Number.isSafeInteger(size) || size <= 0) continue;
    if ((pinned.has(sha256) || (isOwn(space) && !isFreed(settings, sha256))) && files.pathOf(sha256) === null)
      wanted.set(sha256, { sha256, size });
  }
  return [...wanted.values()];
}

/** Files that materials name, smallest first; one in two spaces is named twice. */
function namedFiles(store: SyncPorts['store']): (WantedFile & { readonly space: SpaceId })[] {
  return store.reader.all('select distinct sha256, size, space from materialVersion where live = 1 order by size, sha256');
}

function isHash(text: unknown): text is string {
  return typeof text === 'string' && /^[0-9a-f]{64}$/.test(text);
}

/** Sends and fetches files, smallest first, after the records. Each resumes where it was left, also in another run. */
export async function exchangeFiles(run: Exchanging, rate: Rate): Promise<Result<null>> {
  const up = filesToSend(run);
  const down = filesToFetch(run);
  const total = [...up, ...down].reduce((sum, { size }) => sum + size, 0);
  let before = 0;
  const moved = (done: number): void => run.progress({ label: 'sync.files', done: Math.min(total, before + done), total, unit: 'bytes' });
  for (const file of up) {
    if (!run.mayCarryFiles()) return ok(null);
    const sent = await send(run, file, rate, moved);
    if (!sent.ok) return sent;
    if (sent.value) run.tally.filesUp++;
    before += file.size;
  }
  for (const file of down) {
    if (!run.mayCarryFiles()) return ok(null);
    const fetched = await fetch(run, file, rate, moved);
    if (!fetched.ok) return fetched;
    if (fetched.value) run.tally.filesDown++;
    before += file.size;
  }
  return ok(null);
}

function partSize(rate: number | null): number {
  return Math.min(MAX_BODY, Math.max(SMALLEST_PART, Math.round((rate ?? MAX_BODY / 8) * 8)));
}

/** True when the repository now holds the file because of us; false when it had it, or may not have it (its record was refused). */
async function send(run: Exchanging, { sha256 }: WantedFile, rate: Rate, moved: (done: number) => void): Promise<Result<boolean>> {
  const { remote, files, settings } = run;
  const about = await remote.fileHeld(sha256);
  if (!about.ok) return isAbsent(about.refusal.code) ? ok(false) : about;
  const { size } = about.value;
  let { held } = about.value;
  const path = files.pathOf(sha256);
  if (path === null) return ok(false);
  const file = await open(path, 'r');
  try {
    const sending = held < size;
    let attempts = 0;
    while (held < size) {
      // What has gone of it stays there, and is gone on with.
      if (!run.mayCarryFiles()) return ok(false);
      const gate = run.gate.open();
      if (!gate.ok) return gate;
      const bytes = Buffer.alloc(Math.min(partSize(rate.up()), size - held));
      const { bytesRead } = await file.read(bytes, 0, bytes.length, held);
      if (bytesRead < bytes.length) return ok(false);
      const started = performance.now();
      const answer = await remote.filePut(sha256, held, size, bytes);
      if (answer.ok) {
        rate.sent(bytes.length, performance.now() - started);
        held = answer.value.held;
      } else if (
        answer.refusal.code === 'sync.fileOffset' &&
        Number.isSafeInteger(answer.refusal.details['held']) &&
        ++attempts <= ATTEMPTS
      ) {
        held = Number(answer.refusal.details['held']);
      } else if (answer.refusal.code === 'sync.fileDamaged' && ++attempts < ATTEMPTS) {
        held = 0;
      } else {
        return answer;
      }
      moved(held);
    }
    setDelivered(settings, sha256);
    return ok(sending);
  } finally {
    await file.close();
  }
}

/** True when the file is now here; false when the repository does not have it yet. */
async function fetch(run: Exchanging, { sha256, size }: WantedFile, rate: Rate, moved: (done: number) => void): Promise<Result<boolean>> {
  const { remote, files, settings } = run;
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    for (let held = files.partial(sha256); held < size; held = files.partial(sha256)) {
      if (!run.mayCarryFiles()) return ok(false);
      const gate = run.gate.open();
      if (!gate.ok) return gate;
      const pieces: Uint8Array[] = [];
      const started = performance.now();
      const answer = await remote.fileGet(sha256, held, Math.min(size, held + partSize(rate.down())), (bytes) => pieces.push(bytes));
      const bytes = Buffer.concat(pieces);
      // What came before the link broke is kept.
      if (bytes.length > 0 && held + bytes.length <= size) await files.append(sha256, held, bytes);
      rate.received(bytes.length, performance.now() - started);
      moved(held + bytes.length);
      if (!answer.ok) return isAbsent(answer.refusal.code) ? ok(false) : answer;
      if (bytes.length === 0) return refuse('sync.answerWrong');
    }
    if (await files.finish(sha256)) {
      setDelivered(settings, sha256);
      run.store.announce(['materialVersion']);
      return ok(true);
    }
  }
  return refuse('sync.fileDamaged');
}

function isAbsent(code: string): boolean {
  return code === 'sync.fileUnknown' || code === 'sync.fileNotHere';
}
