import type { Refusal, Result } from '../../../shared/kernel/result.ts';
import type { Chunk } from './manifest.ts';
import type { NamedFile } from './needs.ts';

/** The direction of a file, as this laptop sees it. */
export type Way = 'up' | 'down';

/**
 * The outcome for a file: `carried` whole; `had`: the side that it goes to had it or does not take it, or the other does not have it; `stopped`: files are to
 * wait.
 */
export type Outcome = 'carried' | 'had' | 'stopped';

/** The codes with which `transfer` itself refuses a file, by any way: the answer makes no sense, the bytes are not what their name says. */
export type TransferRefusal = 'sync.answerWrong' | 'sync.fileDamaged' | 'sync.fileDamagedHere';

/** A way by which files travel: the repository, a laptop in the room, a stick. What it is asked and told, and in which order, is `transfer`'s. `R`: what it refuses. */
export interface FileLink<R extends string = string> {
  /** Files that go by it; left out: none. */
  readonly up?: GoingFiles<R>;
  /** Files that come by it; left out: none. */
  readonly down?: ComingFiles<R>;
  /** Whether files are to wait, whatever is under way: asked before each file and each part. */
  waits(): boolean;
  /** Asked before each part; what it refuses ends the transfer. */
  gate(): Result<null, R>;
  /** Told of each file that was tried. */
  ended(way: Way, file: NamedFile, result: Result<Outcome, R | TransferRefusal>): void;
  /** What a refusal about one file ends: this file alone, all that go this way, or the whole transfer. */
  ends(code: R | TransferRefusal): 'file' | 'way' | 'all';
  /** Told after each part how many bytes of all files have been moved. */
  progress(done: number): void;
}

export interface GoingFiles<R extends string> {
  /** In the order in which they go. */
  readonly files: Iterable<NamedFile>;
  /** How often a file is begun anew after its bytes were said to be wrong, and gone on with elsewhere than it seemed. */
  readonly again: { readonly wrong: number; readonly elsewhere: number };
  /** How many bytes go at once. */
  partSize(): number;
  /** How many bytes of a chunk the other side holds; null: it has it, or does not take it. */
  held(chunk: Chunk): Promise<Result<number | null, R>>;
  /** Gives a part of a chunk; returns how much the other side then holds. Refuses `sync.fileOffset` {held} where the part does not continue what is there. */
  put(chunk: Chunk, start: number, bytes: Uint8Array): Promise<Result<number, R>>;
  /** Told after each part how much of a chunk the other side holds. */
  moved?(chunk: Chunk, held: number): void;
}

export interface ComingFiles<R extends string> {
  /** In the order in which the link has them. */
  readonly files: Iterable<NamedFile> | AsyncIterable<NamedFile>;
  /** Whether a file that was cut is gone on with; else it begins anew, and what came of it would only fill the disk. */
  readonly resumes: boolean;
  /** How often a file is begun anew after its bytes were wrong. */
  readonly again: number;
  /** The next part of a chunk, from `start`. */
  get(chunk: Chunk, start: number): Promise<Got<R>>;
}

/** The bytes that came of a part that was asked for, and why no more; those that came before a link broke are kept all the same. */
export interface Got<R extends string> {
  readonly bytes: Uint8Array;
  /** Why no more came; null: it is what was asked for. */
  readonly refusal: Refusal<R> | null;
}
