import { createHash, randomBytes } from 'node:crypto';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { CallContext } from '../../../../shared/contract/rpc.ts';
import { closingPapers, missingIn, type ClosingPaper, type Missing } from '../../../../shared/features/paper/closing.ts';
import { fileName, paperWords, type PaperWords } from '../../../../shared/features/paper/paper-words.ts';
import { isComplete } from '../../../../shared/features/people/rules.ts';
import type { Id } from '../../../../shared/kernel/ids.ts';
import { ok, refuse, type Result } from '../../../../shared/kernel/result.ts';
import { textIn, type Language } from '../../../../shared/kernel/text.ts';
import { NOT_WRITABLE } from '../../../../shared/node/files/atomic-file.ts';
import { zipDeflated, type ZipEntry } from '../../../../shared/node/tables/zip-entries.ts';
import type { EngineContext } from '../../context.ts';
import { activityRow } from '../activity/activity-rows.ts';
import { workshopOf } from '../activity/workshop.ts';
import { marksOf } from '../attendance/linked-marks.ts';
import { standingKinds } from '../award/award-rows.ts';
import { figuresOf, waitingForms } from '../evaluation/evaluation-sheets.ts';
import { answeredForms } from '../form/asked-forms.ts';
import { listedPeople } from '../people/people-rows.ts';
import { writeChosen, type WrittenFile } from '../written-file.ts';

interface Wanted {
  readonly activityId: Id;
  readonly language: Language;
}

/** Makes one paper as bytes. */
type Make<C extends string> = (paper: ClosingPaper) => Promise<Result<Uint8Array, C>>;

export interface WrittenPapers extends WrittenFile {
  readonly papers: { readonly name: string; readonly bytes: number }[];
  /** Papers that were not made, and the code that says why. */
  readonly left: { readonly name: string; readonly code: string }[];
}

/** A paper that could not be made stops the others for these reasons alone. */
const STOPS: ReadonlySet<string> = new Set(['job.cancelled', 'activity.unknown']);

/**
 * Makes all papers of a workshop into one folder, or one archive, whole or not at all: until the last is made nothing stands where the user chose. A paper on which
 * there is nothing, or that cannot be set, is named and left out.
 */
export async function everyPaper<C extends string>(
  context: EngineContext,
  { activityId, language }: Wanted,
  { path: chosen, isArchive }: { readonly path: string; readonly isArchive: boolean },
  make: Make<C>,
  call: CallContext,
): Promise<Result<WrittenPapers, C | 'activity.unknown' | 'file.notWritable' | 'job.cancelled'>> {
  const start = activityRow(context.store.reader, activityId)?.start;
  if (start === undefined) return refuse('activity.unknown');
  const words = paperWords(context, language);
  const papers = closingPapers(standingKinds(context.store.reader, activityId));
  const made: ZipEntry[] = [];
  const left: WrittenPapers['left'] = [];
  for (const [done, paper] of papers.entries()) {
    if (call.signal.aborted) return refuse('job.cancelled');
    call.progress({ label: 'document.setting', done, total: papers.length, unit: 'items' });
    const name = `${nameOf(words, paper, start ?? '')}.${paper.format}`;
    const bytes = await make(paper);
    if (bytes.ok) made.push({ name, bytes: bytes.value });
    else if (STOPS.has(bytes.refusal.code)) return bytes;
    else left.push({ name, code: bytes.refusal.code });
  }
  if (call.signal.aborted) return refuse('job.cancelled');
  const written = isArchive ? await writeChosen(chosen, zipDeflated(made)) : await writeFolder(path.resolve(chosen), made);
  if (!written.ok) return written;
  return ok({ ...written.value, papers: made.map(({ name, bytes }) => ({ name, bytes: bytes.length })), left });
}

/** Returns the name of a paper's file, without its ending: annexes and each kind of certificate have one of their own. */
function nameOf(words: PaperWords, { kind, format, certificate }: ClosingPaper, start: string): string {
  if (certificate !== undefined) return words.say('fileName', { name: words.say(`certificates.${certificate}.title`), start }).trim();
  return fileName(words, format === 'xlsx' ? 'annexes' : kind, start);
}

/** Writes a folder beside its place, then gives it its name; one that has something in it already is refused (`file.notWritable`). */
async function writeFolder(target: string, files: readonly ZipEntry[]): Promise<Result<WrittenFile, 'file.notWritable'>> {
  const beside = path.join(path.dirname(target), `.${randomBytes(8).toString('hex')}.part`);
  try {
    await mkdir(beside, { mode: 0o700 });
    for (const { name, bytes } of files) await writeFile(path.join(beside, name), bytes, { mode: 0o600, flush: true });
    await rename(beside, target);
  } catch (error) {
    await rm(beside, { recursive: true, force: true });
    if (NOT_WRITABLE.has((error as NodeJS.ErrnoException).code ?? '')) return refuse('file.notWritable');
    throw error;
  }
  const digest = (bytes: Uint8Array | string): string => createHash('sha256').update(bytes).digest('hex');
  const list = files.map(({ name, bytes }) => `${digest(bytes)}  ${name}\n`).join('');
  return ok({ path: target, bytes: files.reduce((sum, { bytes }) => sum + bytes.length, 0), sha256: digest(list) });
}

/** Returns the list of what is missing before a workshop is closed: marks, sheets, people to complete. */
export function missingOf(context: EngineContext, { activityId, language }: Wanted): Result<Missing, 'activity.unknown'> {
  const { reader } = context.store;
  const workshop = workshopOf(reader, activityId);
  if (!workshop.ok) return workshop;
  const forms = answeredForms(context, activityId, waitingForms(context, activityId)).flatMap((form) => {
    const figures = figuresOf(context, activityId, form);
    const sheets = figures.kind === 'prepost' ? [figures.nPre, figures.nPost] : [figures.n];
    // What countries answer before a workshop is not expected of each person.
    const isExpected = form.kind !== 'preEvent' && form.kind !== 'followUp' && sheets.some((some) => some > 0);
    return isExpected ? [{ id: form.id, title: textIn(form.title, language), sheets }] : [];
  });
  return ok(
    missingIn({
      people: listedPeople(reader, activityId).map(({ person }) => ({
        id: person.id,
        complete: person.erased === 1 || isComplete(person),
      })),
      halfDays: workshop.value.expected,
      marks: marksOf(reader, activityId).filter(({ status }) => status !== 'notTaken'),
      forms,
    }),
  );
}
