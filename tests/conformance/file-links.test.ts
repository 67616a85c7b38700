import { createHash } from 'node:crypto';
import { describe } from 'vitest';
import type { LanRemote } from '../../electron/engine/sync/lan/exchange.ts';
import { lanLink } from '../../electron/engine/sync/lan/files.ts';
import type { Remote } from '../../electron/engine/sync/repository/remote.ts';
import { rateMeter } from '../../electron/engine/sync/repository/rate.ts';
import { repositoryLink } from '../../electron/engine/sync/repository/files.ts';
import { readingLink } from '../../electron/engine/sync/usb/take-files.ts';
import { ReadFault } from '../../electron/engine/sync/usb/read.ts';
import { writingLink } from '../../electron/engine/sync/usb/write-files.ts';
import type { NamedFile } from '../../electron/engine/files/needs.ts';
import { ok, refuse } from '../../shared/kernel/result.ts';
import { nodeClock } from '../../shared/node/crypto.ts';
import { fileSegment, readFileSegment, readSegmentHead, SEGMENT, SEGMENT_HEAD } from '../../shared/sync/bundle.ts';
import { quietCall } from '../support/quiet-call.ts';
import { fileLinkSuite, passing, type Far, type LinkSubject } from './file-link-suite.ts';

/** Files travel alike by every link: over HTTP to the repository, to a laptop in the room, on a stick. */

const NOTHING = new Uint8Array(0);
const UNUSED = (): never => {
  throw new Error('no such question is asked here');
};

/** Takes a part on the other side: what came of it before the link broke, and the answer, if there was any. */
function taken(far: Far, sha256: string, size: number, start: number, bytes: Uint8Array) {
  const before = far.holds.get(sha256) ?? NOTHING;
  if (start !== before.length && far.says === null) return refuse('sync.fileOffset', { held: before.length });
  const passed = passing(far, bytes.length);
  const held = Buffer.concat([before.subarray(0, start), bytes.subarray(0, passed)]);
  far.holds.set(sha256, held);
  if (passed < bytes.length) return refuse('sync.interrupted');
  if (held.length === size && createHash('sha256').update(held).digest('hex') !== sha256) {
    far.holds.delete(sha256);
    return refuse('sync.fileDamaged');
  }
  return ok({ held: far.says ?? held.length });
}

const repository: LinkSubject = {
  resumes: 'byte',
  passesOver: true,
  open({ files, store }, far, { up = [], down = [] }) {
    const remote: Pick<Remote, 'fileHeld' | 'fileGet' | 'filePut' | 'fileProve'> = {
      fileHeld: (sha256, size) => Promise.resolve(ok({ size: size ?? 0, held: far.holds.get(sha256)?.length ?? 0, nonce: '' })),
      filePut: (sha256, start, size, bytes) => Promise.resolve(taken(far, sha256, size, start, bytes)),
      fileGet(sha256, start, end, onBytes) {
        const bytes = far.gives.get(sha256)!.subarray(start, end);
        const passed = passing(far, bytes.length);
        onBytes(bytes.subarray(0, passed));
        return Promise.resolve(passed < bytes.length ? refuse('sync.interrupted') : ok(null));
      },
      fileProve: UNUSED,
    };
    const tally = { pushed: 0, pulled: 0, refused: 0, filesUp: 0, filesDown: 0 };
    const budget = { check: () => ok(null), count: () => undefined };
    const run = { files, store, tally, budget, clock: nodeClock, mayCarryFiles: () => true, progress: () => undefined };
    return repositoryLink({ ...run, remote: remote as Remote }, rateMeter(), up, down);
  },
};

const room: LinkSubject = {
  resumes: 'part',
  passesOver: false,
  open({ store }, far, { up = [], down = [] }) {
    const at = (path: string) => {
      const [, sha256, start] = /\/([0-9a-f]{64})\?start=(\d+)$/.exec(path)!;
      return { sha256: sha256!, start: Number(start) };
    };
    const sizes = new Map(up.map(({ sha256, size }) => [sha256, size]));
    const remote: LanRemote = {
      ask: UNUSED,
      bytes(_method, path, body, schema) {
        const { sha256, start } = at(path);
        const answer = taken(far, sha256, sizes.get(sha256)!, start, body);
        return Promise.resolve(answer.ok ? ok(schema.parse(answer.value)) : answer).catch(() => refuse('sync.answerWrong'));
      },
      fetch(path) {
        const { sha256, start } = at(path);
        const bytes = far.gives.get(sha256)!.subarray(start, start + (1 << 20));
        // A part that broke is not taken up: this link knows no half answers.
        return Promise.resolve(passing(far, bytes.length) < bytes.length ? refuse('sync.interrupted') : ok(bytes));
      },
      traffic: UNUSED,
      close: UNUSED,
    };
    const tally = { sent: 0, received: 0, held: 0, heldThere: 0, filesSent: 0, filesReceived: 0, spaces: 0 };
    const there = up.map((file) => ({ ...file, held: far.holds.get(file.sha256)?.length ?? 0 }));
    return lanLink({ remote, store, tally, progress: () => undefined }, there, down);
  },
};

/** The parts of a bundle's body from its first file on, as a stick gives them: it breaks with a fault. */
function* segments(far: Far, files: readonly NamedFile[]) {
  for (const { sha256, size } of files) {
    yield { type: SEGMENT.file, payload: fileSegment(sha256, size).subarray(SEGMENT_HEAD) };
    const bytes = far.gives.get(sha256)!;
    for (let at = 0; at < bytes.length; at += 1 << 20) {
      const piece = bytes.subarray(at, at + (1 << 20));
      const passed = passing(far, piece.length);
      if (passed < piece.length) throw new ReadFault();
      yield { type: SEGMENT.piece, payload: piece };
    }
  }
  yield { type: SEGMENT.end, payload: NOTHING };
}

/** What is written into the body of a bundle, taken apart again. */
function written(far: Far): (bytes: Uint8Array) => Promise<void> {
  let [open, left, isHead] = ['', 0, true];
  let waiting = Buffer.alloc(0);
  return async (bytes) => {
    waiting = Buffer.concat([waiting, bytes]);
    for (;;) {
      const length = isHead ? SEGMENT_HEAD : left;
      if (waiting.length < length) return;
      const part = waiting.subarray(0, length);
      waiting = waiting.subarray(length);
      if (isHead) left = readSegmentHead(part).length;
      else if (left === 40) [open] = [readFileSegment(part)!.sha256];
      else {
        const passed = passing(far, part.length);
        far.holds.set(open, Buffer.concat([far.holds.get(open) ?? NOTHING, part.subarray(0, passed)]));
        if (passed < part.length) throw new ReadFault();
      }
      isHead = !isHead;
    }
  };
}

const stick: LinkSubject = {
  resumes: 'never',
  passesOver: true,
  open(_laptop, far, { up, down = [] }) {
    if (up) return writingLink(up, written(far));
    const parts = segments(far, down);
    const next = () => Promise.resolve(parts.next().value!);
    const first = parts.next().value!;
    return readingLink({ segment: next }, first, { files: down }, new Set(down.map(({ sha256 }) => sha256)), quietCall());
  },
};

describe('to the repository', () => fileLinkSuite(repository));
describe('to a laptop in the room', () => fileLinkSuite(room));
describe('on a stick', () => fileLinkSuite(stick));
