import { ok, refuse, type Refusal, type Result } from '../../../shared/kernel/result.ts';
import { partOf } from '../../../shared/node/files/blob-store.ts';
import type { FileRoom } from '../../../shared/node/files/file-room.ts';
import type { ComingFiles, FileLink, GoingFiles, Outcome, TransferRefusal, Way } from './file-link.ts';
import { manifestOf, type Chunk } from './manifest.ts';
import type { NamedFile } from './needs.ts';

/**
 * Carries the files of a link, those that go and then those that come, one after the other. Each goes on where it was left, and appears only when its bytes have its
 * hash. Refuses what ends every file; what the link or the disk throws is thrown, with whole files and none half.
 */
export async function transfer<R extends string>(files: FileRoom, link: FileLink<R>): Promise<Result<null, R | TransferRefusal>> {
  const { up, down } = link;
  const going = up ? await carryAll(link, 'up', up.files, 0, (chunk, moved) => send(files, link, up, chunk, moved)) : NOTHING;
  if (!going.result.ok && link.ends(going.result.refusal.code) === 'all') return going.result;
  // What goes the other way may still go.
  const coming = down
    ? await carryAll(link, 'down', down.files, going.moved, (chunk, moved) => fetch(files, link, down, chunk, moved))
    : NOTHING;
  return coming.result.ok ? going.result : coming.result;
}

const NOTHING = { moved: 0, result: ok(null) } as const;

type Carried<R extends string> = Result<Outcome, R | TransferRefusal>;
type Carry<R extends string> = (chunk: Chunk, moved: (held: number) => void) => Promise<Carried<R>>;

/** Carries files one way; `moved`: bytes of those before. Refuses what ends this way. */
async function carryAll<R extends string>(
  link: FileLink<R>,
  way: Way,
  files: Iterable<NamedFile> | AsyncIterable<NamedFile>,
  before: number,
  carry: Carry<R>,
): Promise<{ readonly moved: number; readonly result: Result<null, R | TransferRefusal> }> {
  let moved = before;
  for await (const file of files) {
    if (link.waits()) break;
    const carried = await carryFile(file, carry, (done) => link.progress(moved + done));
    link.ended(way, file, carried);
    moved += file.size;
    if (!carried.ok && link.ends(carried.refusal.code) !== 'file') return { moved, result: carried };
  }
  return { moved, result: ok(null) };
}

async function carryFile<R extends string>(file: NamedFile, carry: Carry<R>, moved: (done: number) => void): Promise<Carried<R>> {
  let [outcome, before]: [Outcome, number] = ['had', 0];
  for (const chunk of manifestOf(file).chunks) {
    const carried = await carry(chunk, (held) => moved(before + held));
    if (!carried.ok || carried.value === 'stopped') return carried;
    if (carried.value === 'carried') outcome = 'carried';
    before += chunk.size;
  }
  return ok(outcome);
}

async function send<R extends string>(
  files: FileRoom,
  link: FileLink<R>,
  going: GoingFiles<R>,
  { sha256 }: Chunk,
  moved: (held: number) => void,
): Promise<Carried<R>> {
  // What is here decides its size, not what a record says.
  const size = files.size(sha256);
  if (size === null) return ok('had');
  const chunk = { sha256, size };
  const there = await going.held(chunk);
  if (!there.ok) return isAbsent(there.refusal.code) ? ok('had') : there;
  if (there.value === null) return ok('had');
  let held = there.value;
  const begun = held < size;
  let [wrong, elsewhere] = [0, 0];
  while (held < size) {
    // What has gone of it stays there, and is gone on with.
    if (link.waits()) return ok('stopped');
    const gate = link.gate();
    if (!gate.ok) return gate;
    const length = Math.min(going.partSize(), size - held);
    const bytes = await partOf(files, sha256, held, length);
    if (bytes === null || bytes.length < length) return ok('had');
    const answer = await going.put(chunk, held, bytes);
    const at = answer.ok ? answer.value : heldIn(answer.refusal, size);
    if (answer.ok && answer.value > held) {
      held = answer.value;
    } else if (at !== null && ++elsewhere <= going.again.elsewhere) {
      held = at;
    } else if (answer.ok) {
      return refuse('sync.answerWrong');
    } else if (answer.refusal.code === 'sync.fileDamaged' && going.again.wrong > 0) {
      if (!(await files.verify(sha256))) return refuse('sync.fileDamagedHere');
      if (++wrong > going.again.wrong) return answer;
      held = 0;
    } else {
      return answer;
    }
    going.moved?.(chunk, held);
    moved(held);
  }
  return ok(begun ? 'carried' : 'had');
}

/** Where the other side says that a part would continue what it has; null: it says nothing of it, or that it has all, which it would not refuse. */
function heldIn({ code, details }: Refusal, size: number): number | null {
  const held = details['held'];
  return code === 'sync.fileOffset' && Number.isSafeInteger(held) && (held as number) >= 0 && (held as number) < size
    ? (held as number)
    : null;
}

async function fetch<R extends string>(
  files: FileRoom,
  link: FileLink<R>,
  coming: ComingFiles<R>,
  chunk: Chunk,
  moved: (held: number) => void,
): Promise<Carried<R>> {
  const { sha256, size } = chunk;
  // It came by another way meanwhile.
  if (files.has(sha256)) return ok('had');
  if (!coming.resumes) files.giveUp(sha256);
  try {
    for (let wrong = 0; wrong <= coming.again; wrong++) {
      for (let held = files.partial(sha256); held < size; held = files.partial(sha256)) {
        if (link.waits()) return ok('stopped');
        const gate = link.gate();
        if (!gate.ok) return gate;
        const { bytes, refusal } = await coming.get(chunk, held);
        // What came before the link broke is kept.
        if (bytes.length > 0 && held + bytes.length <= size) await files.append(sha256, held, bytes);
        moved(Math.min(size, held + bytes.length));
        if (refusal) return isAbsent(refusal.code) ? ok('had') : { ok: false, refusal };
        if (held + bytes.length > size) return refuse('sync.fileDamaged');
        if (bytes.length === 0) return refuse('sync.answerWrong');
      }
      if (await files.finish(sha256)) return ok('carried');
    }
    return refuse('sync.fileDamaged');
  } finally {
    if (!coming.resumes) files.giveUp(sha256);
  }
}

/** Takes a part of a chunk that another laptop gives; at its end the whole is hashed. Refuses `sync.fileOffset`, `sync.fileDamaged`. */
export async function takePart(
  files: FileRoom,
  { sha256, size }: Chunk,
  start: number,
  bytes: Uint8Array,
): Promise<Result<{ readonly held: number; readonly isWhole: boolean }, 'sync.fileDamaged' | 'sync.fileOffset'>> {
  const held = files.partial(sha256);
  if (start !== held) return refuse('sync.fileOffset', { held });
  if (held + bytes.length > size) return refuse('sync.fileDamaged');
  await files.append(sha256, held, bytes);
  if (held + bytes.length < size) return ok({ held: held + bytes.length, isWhole: false });
  return (await files.finish(sha256)) ? ok({ held: size, isWhole: true }) : refuse('sync.fileDamaged');
}

/** Refusals that say that the other side does not have a file, or not for this laptop. */
function isAbsent(code: string): boolean {
  return code === 'sync.fileUnknown' || code === 'sync.fileNotHere';
}
