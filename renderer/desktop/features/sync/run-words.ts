import type { Answer } from '../../app/engine.ts';
import type { Speech } from './review/conflict-words.ts';

type Run = Pick<Answer<'sync.runs'>[number], 'ok' | 'code' | 'pushed' | 'pulled' | 'filesUp' | 'filesDown' | 'bytesUp' | 'bytesDown'>;

/** Returns the sentence of what a run moved: *Sent 12 changes and 1 file, received nothing; 4 kB.* */
export function ranWords(run: Run, speech: Speech): string {
  const { t } = speech;
  const amount = (changes: number, files: number) => amountWords(changes, files, speech) || t('sync:ran.none');
  if (run.pushed + run.pulled + run.filesUp + run.filesDown === 0) return t('sync:ran.nothing');
  return t('sync:ran.moved', { sent: amount(run.pushed, run.filesUp), received: amount(run.pulled, run.filesDown) });
}

/** Changes and files, of each what there is: *12 changes and 1 file*; '' where there is neither. */
export function amountWords(changes: number, files: number, { t, format }: Speech): string {
  return format.list([
    ...(changes > 0 ? [t('sync:ran.changes', { count: changes })] : []),
    ...(files > 0 ? [t('sync:ran.files', { count: files })] : []),
  ]);
}

/** How long it took, in words; under a second is said so. */
export function durationWords(milliseconds: number, { t }: Speech): string {
  const seconds = Math.round(milliseconds / 1000);
  if (seconds < 1) return t('sync:duration.moment');
  return seconds < 90 ? t('sync:duration.seconds', { count: seconds }) : t('sync:duration.minutes', { count: Math.round(seconds / 60) });
}

/** Why something did not go through: the sentence of its code. */
export function reasonWords(code: string, { t, exists }: Speech): string {
  return exists(`errors:${code}`) ? t(`errors:${code}`) : t('errors:unknown', { code });
}
