import { createReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { ok, refuse, type Result } from '../../../../shared/kernel/result.ts';
import { MAX_BODY } from '../../../../shared/contract/repository.ts';
import { possessionProof } from '../../../../shared/node/files/possession.ts';
import type { SpaceId } from '../../../../shared/sync/types.ts';
import { isDelivered, noteSent, sentOf, setDelivered, stateOf } from '../repository/account.ts';
import type { Exchanging, SyncPorts } from '../context.ts';
import { earlierReplicas } from '../earlier-names.ts';
import { codeOfLeft, isLeftToday, noteLeft } from './files-left.ts';
import type { Rate } from '../repository/rate.ts';
import { isFreed } from './storage.ts';
import { spacesThatStay } from '../waiting.ts';
import { PINS } from '../../local-state/of-this-laptop.ts';

interface WantedFile {
  readonly sha256: string;
  readonly size: number;
}

const SMALLEST_PART = 64 << 10;
/** A file longer than this is asked for by its proof first: the repository may have it from another record. */
const PROVEN_FROM = 64 << 10;
/** A damaged file starts again once; twice is no accident of the link. */
const ATTEMPTS = 2;

/** Files of materials that are here and that the repository is not known to hold; `left`: what it is not known to hold of one; `own`: this laptop added it to a material. */
export function filesToSend(
  ports: Pick<SyncPorts, 'store' | 'files' | 'settings' | 'hasher' | 'folder'>,
): (WantedFile & { readonly left: number; readonly own: boolean })[] {
  const { store, files, settings } = ports;
  const stay = spacesThatStay(store);
  const wanted = new Map<string, WantedFile>();
  for (const { sha256, size, space } of namedFiles(store)) {
    if (stay.has(space) || !isHash(sha256) || isDelivered(settings, sha256) || files.pathOf(sha256) === null) continue;
    wanted.set(sha256, { sha256, size });
  }
  if (wanted.size === 0) return [];
  const ours = new Set([store.replica, ...earlierReplicas(ports)]);
  const namedByUs = (sha256: string): boolean =>
    [...store.reader.headsWhere('materialVersion', 'sha256', 'sha256 = ?', sha256).values()]
      .flat()
      .some(({ replica }) => ours.has(replica));
  return [...wanted.values()].map((file) => ({
    ...file,
    left: Math.max(0, file.size - sentOf(settings, file.sha256)),
    own: namedByUs(file.sha256),
  }));
}

/** Files that should be here and are not: those kept offline, and those of the workshops that this laptop works in. */
export function filesToFetch({
  store,
  files,
  settings,
  account,
}: Pick<Exchanging, 'store' | 'files' | 'settings' | 'account'>): WantedFile[] {
  const pinned = new Set(PINS.ids(settings));
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

/**
 * Sends and fetches files, smallest first, after the records. Each resumes where it was left, also in another run. One that cannot be carried is noted and stops no
 * other; it is tried again on another day, or when the run was `asked` for. Refuses what ends every transfer (no link, no room, the day's quota).
 */
export async function exchangeFiles(run: Exchanging, rate: Rate, asked: boolean): Promise<Result<null>> {
  const isDue = ({ sha256 }: WantedFile): boolean => asked || !isLeftToday(run, sha256);
  const up = filesToSend(run).filter(isDue);
  const down = filesToFetch(run).filter(isDue);
  const total = [...up, ...down].reduce((sum, { size }) => sum + size, 0);
  let before = 0;
  let full: Result<null> = ok(null);
  const moved = (done: number): void => run.progress({ label: 'sync.files', done: Math.min(total, before + done), total, unit: 'bytes' });
  for (const [files, carry, counted] of [
    [up, send, 'filesUp'],
    [down, fetch, 'filesDown'],
  ] as const) {
    for (const file of files) {
      if (!run.mayCarryFiles()) return full;
      const carried = await carry(run, file, rate, moved);
      if (carried.ok) {
        noteLeft(run, file.sha256, null);
        if (carried.value) run.tally[counted]++;
      } else if (carried.refusal.code === 'sync.quotaReached') {
        // What comes costs the repository nothing.
        full = carried;
        break;
      } else if (OF_ONE_FILE.has(carried.refusal.code)) noteLeft(run, file.sha256, carried.refusal.code);
      else return carried;
      before += file.size;
    }
  }
  return full;
}

/** Refusals that are about one file and say nothing of the next. */
const OF_ONE_FILE: ReadonlySet<string> = new Set([
  ...[
    'sync.fileDamaged',
    'sync.fileDamagedHere',
    'sync.fileTooLong',
    'sync.fileOffset',
    'sync.rangeWrong',
    'sync.tooLarge',
    'sync.malformed',
  ],
]);

function partSize(rate: number | null): number {
  return Math.min(MAX_BODY, Math.max(SMALLEST_PART, Math.round((rate ?? MAX_BODY / 8) * 8)));
}

/** True when the repository now holds the file because of us; false when it had it, or may not have it (its record was refused). */
async function send(run: Exchanging, { sha256 }: WantedFile, rate: Rate, moved: (done: number) => void): Promise<Result<boolean>> {
  const { remote, files, settings } = run;
  const path = files.pathOf(sha256);
  if (path === null) return ok(false);
  // A copy that has gone bad here is not sent a second time.
  if (codeOfLeft(run, sha256) !== null && !(await files.verify(sha256))) return refuse('sync.fileDamagedHere');
  // What is here decides its size, not what a record says.
  const { size } = await stat(path);
  const about = await remote.fileHeld(sha256, size);
  if (!about.ok) return isAbsent(about.refusal.code) ? ok(false) : about;
  let { held } = about.value;
  noteSent(settings, sha256, held);
  if (held < size && held === 0 && size > PROVEN_FROM && about.value.nonce !== '') {
    const proof = await possessionProof(about.value.nonce, createReadStream(path));
    const proven = await remote.fileProve(sha256, about.value.nonce, proof);
    if (proven.ok) {
      setDelivered(settings, sha256);
      return ok(false);
    }
    if (proven.refusal.code !== 'sync.fileProofWrong') return proven;
  }
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
      } else if (answer.refusal.code === 'sync.fileDamaged') {
        if (!(await files.verify(sha256))) return refuse('sync.fileDamagedHere');
        if (++attempts >= ATTEMPTS) return answer;
        held = 0;
      } else {
        return answer;
      }
      noteSent(settings, sha256, held);
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
