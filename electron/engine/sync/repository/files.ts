import { ok, refuse, type Result } from '../../../../shared/kernel/result.ts';
import type { ExchangeRefusal } from '../../../../shared/features/sync/refusals.ts';
import { MAX_BODY } from '../../../../shared/contract/repository.ts';
import type { Clock } from '../../../../shared/kernel/ports.ts';
import type { FileRoom } from '../../../../shared/node/files/file-room.ts';
import { possessionProof } from '../../../../shared/node/files/possession.ts';
import type { FileLink } from '../../files/file-link.ts';
import { fileNameOf, filesHere, filesWanted, isNamedBy, worksIn, type NamedFile, type WantedFile } from '../../files/needs.ts';
import { transfer } from '../../files/transfer.ts';
import type { Exchanging, SyncPorts } from '../context.ts';
import { earlierReplicas } from '../earlier-names.ts';
import { spacesThatStay } from '../waiting.ts';
import { stateOf } from './account.ts';
import { dayOf } from './data-budget.ts';
import type { Rate } from './rate.ts';

const SMALLEST_PART = 64 << 10;
/** A file longer than this is asked for by its proof first: the repository may have it from another record. */
const PROVEN_FROM = 64 << 10;

/** A file that is here and that the repository is not known to hold. */
export interface FileToSend extends NamedFile {
  /** What it is not known to hold of it. */
  readonly left: number;
  /** Whether this laptop added it to a material. */
  readonly own: boolean;
}

type Ports = Pick<SyncPorts, 'store' | 'files' | 'settings' | 'hasher' | 'vault'>;

/** Files of materials that are here and that the repository is not known to hold. */
export function filesToSend(ports: Ports): FileToSend[] {
  const { store, files } = ports;
  const stay = spacesThatStay(store);
  const wanted = filesHere(ports, (space, sha256) => !stay.has(space) && !files.flags.isDelivered(sha256));
  if (wanted.length === 0) return [];
  const ours = new Set([store.replica, ...earlierReplicas(ports)]);
  return wanted.map((file) => ({
    ...file,
    left: Math.max(0, file.size - files.flags.sentOf(file.sha256)),
    own: isNamedBy(store.reader, file.sha256, ours),
  }));
}

/** Files that should be here and are not: those kept offline, and those of the workshops that this laptop works in, but what was let go. */
export function filesToFetch(ports: Pick<Exchanging, 'store' | 'files' | 'settings' | 'account'>): WantedFile[] {
  const { store, files, settings, account } = ports;
  const wrote = worksIn(store);
  const readable = new Set(stateOf(settings).spaces);
  return filesWanted(ports, {
    isOpen: (space) => readable.has(space),
    isWanted: (space, sha256) =>
      space.startsWith('workshop/') &&
      (account.scope === `workshop:${space.split('/')[1]}` || wrote(space)) &&
      !files.flags.isFreed(sha256),
  });
}

/**
 * Sends and fetches files, smallest first, after the records. Each resumes where it was left, also in another run. One that cannot be carried is noted and stops no
 * other; it is tried again on another day, or when the run was `asked` for. Refuses what ends every transfer (no link, no room, the day's quota).
 */
export function exchangeFiles(run: Exchanging, rate: Rate, asked: boolean): Promise<Result<null, ExchangeRefusal>> {
  const isDue = ({ sha256 }: NamedFile): boolean => asked || run.files.flags.leftOf(sha256)?.day !== dayOf(run.clock);
  return transfer(run.files, repositoryLink(run, rate, filesToSend(run).filter(isDue), filesToFetch(run).filter(isDue)));
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

/** The parts of a run that the link to the repository takes. */
export type Carrying = Pick<Exchanging, 'remote' | 'budget' | 'mayCarryFiles' | 'tally' | 'progress' | 'clock'> & {
  readonly files: FileRoom;
  readonly store: Pick<Exchanging['store'], 'announce'>;
};

/** Files to and from the repository, in parts of about eight seconds. */
export function repositoryLink(run: Carrying, rate: Rate, up: readonly NamedFile[], down: readonly NamedFile[]): FileLink<ExchangeRefusal> {
  const { remote, files, tally, clock } = run;
  const { flags } = files;
  const total = [...up, ...down].reduce((sum, { size }) => sum + size, 0);
  return {
    up: {
      files: up,
      // A damaged file starts again once; twice is no accident of the link.
      again: { wrong: 1, elsewhere: 2 },
      partSize: () => partAt(rate.up()),
      async held({ sha256, size }) {
        // A copy that has gone bad here is not sent a second time.
        if (flags.leftOf(sha256) !== null && !(await files.verify(sha256))) return refuse('sync.fileDamagedHere');
        const about = await remote.fileHeld(sha256, size);
        if (!about.ok) return about;
        const { held, nonce } = about.value;
        if (held >= size) flags.setDelivered(sha256);
        else flags.noteSent(sha256, held);
        const bytes = held === 0 && size > PROVEN_FROM && nonce !== '' ? files.get(sha256) : null;
        if (bytes === null) return ok(held);
        const proven = await remote.fileProve(sha256, nonce, await possessionProof(nonce, bytes));
        if (proven.ok) {
          flags.setDelivered(sha256);
          return ok(null);
        }
        return proven.refusal.code === 'sync.fileProofWrong' ? ok(held) : proven;
      },
      async put({ sha256, size }, start, bytes) {
        const started = performance.now();
        const answer = await remote.filePut(sha256, start, size, bytes);
        if (!answer.ok) return answer;
        rate.sent(bytes.length, performance.now() - started);
        return ok(answer.value.held);
      },
      moved({ sha256, size }, held) {
        if (held >= size) flags.setDelivered(sha256);
        else flags.noteSent(sha256, held);
      },
    },
    down: {
      files: down,
      resumes: true,
      again: 1,
      async get({ sha256, size }, start) {
        const pieces: Uint8Array[] = [];
        const started = performance.now();
        const end = Math.min(size, start + partAt(rate.down()));
        const answer = await remote.fileGet(sha256, start, end, (bytes) => pieces.push(bytes));
        const bytes = Buffer.concat(pieces);
        rate.received(bytes.length, performance.now() - started);
        return { bytes, refusal: answer.ok ? null : answer.refusal };
      },
    },
    waits: () => !run.mayCarryFiles(),
    gate: () => run.budget.check(),
    ended(way, { sha256 }, result) {
      if (!result.ok) {
        if (OF_ONE_FILE.has(result.refusal.code)) noteLeft(files, clock, sha256, result.refusal.code);
        return;
      }
      noteLeft(files, clock, sha256, null);
      if (result.value !== 'carried') return;
      tally[way === 'up' ? 'filesUp' : 'filesDown']++;
      if (way === 'up') return;
      flags.setDelivered(sha256);
      run.store.announce(['materialVersion']);
    },
    ends: (code) => (code === 'sync.quotaReached' ? 'way' : OF_ONE_FILE.has(code) ? 'file' : 'all'),
    progress: (done) => run.progress({ label: 'sync.files', done: Math.min(total, done), total, unit: 'bytes' }),
  };
}

function partAt(rate: number | null): number {
  return Math.min(MAX_BODY, Math.max(SMALLEST_PART, Math.round((rate ?? MAX_BODY / 8) * 8)));
}

/** Writes down why a file could not be carried; null: it was. */
function noteLeft({ flags }: FileRoom, clock: Clock, sha256: string, code: string | null): void {
  flags.noteLeft(sha256, code === null ? null : { code, day: dayOf(clock) });
}

/** A file that could not be carried, as people see it. */
export interface FileLeft {
  readonly fileName: string;
  readonly code: string;
}

/** The files that could not be carried and that a record still names, by name. */
export function filesLeft({ store, files }: Pick<SyncPorts, 'store' | 'files'>): FileLeft[] {
  return files.flags.everyLeft().flatMap(({ sha256, code }) => {
    const fileName = fileNameOf(store.reader, sha256);
    return fileName === null ? [] : [{ fileName, code }];
  });
}
