import { useEffect, useRef, useState } from 'react';
import type { Progress } from '../../shared/contract/rpc.ts';

/** Too early to tell before so long. */
const TELLING = 3_000;

/** Milliseconds until so much of a transfer is done as it went on until now; null while that says nothing. */
export function timeLeft(started: { readonly at: number; readonly done: number }, now: number, progress: Progress): number | null {
  const [elapsed, moved] = [now - started.at, progress.done - started.done];
  if (progress.unit !== 'bytes' || elapsed < TELLING || moved <= 0 || progress.done >= progress.total) return null;
  return ((progress.total - progress.done) * elapsed) / moved;
}

/** The same for a job as it is shown; each step of a job (records, files) is measured anew. */
export function useTimeLeft(progress: Progress | undefined): number | null {
  const step = useRef<{ readonly label: string; readonly at: number; readonly done: number } | null>(null);
  const [left, setLeft] = useState<number | null>(null);
  useEffect(() => {
    const now = performance.now();
    if (!progress) step.current = null;
    else if (step.current?.label !== progress.label) step.current = { label: progress.label, at: now, done: progress.done };
    setLeft(progress && step.current ? timeLeft(step.current, now, progress) : null);
  }, [progress]);
  return left;
}
