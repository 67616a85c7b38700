import path from 'node:path';
import { ENCODING_QUESTION } from '../../shared/features/intake/unsure-encoding.ts';
import type { Source, SourceRefusal } from '../../shared/kernel/source.ts';
import type { Result } from '../../shared/kernel/result.ts';
import { readSource } from '../../shared/node/tables/read-source.ts';

/** Where rows come from, as a call gives it: exactly one of both. */
interface SourceOptions {
  readonly path?: string | undefined;
  readonly text?: string | undefined;
  readonly encoding?: string | undefined;
  /** To questions; that about the encoding is one. */
  readonly answers?: Readonly<Record<string, string>> | undefined;
}

/** Reads a file, or a text that was pasted. Refuses as `readSource`. */
export async function readGiven({
  path: file,
  text,
  encoding: chosen,
  answers = {},
}: SourceOptions): Promise<Result<Source, SourceRefusal>> {
  if (file === undefined) return readSource({ text: text ?? '' });
  const encoding = chosen ?? answers[ENCODING_QUESTION];
  return readSource(file, encoding === undefined ? {} : { encoding });
}

/** The name of the file; '' for a text that was pasted. */
export function nameOfSource({ path: file }: SourceOptions): string {
  return file === undefined ? '' : path.basename(file);
}
