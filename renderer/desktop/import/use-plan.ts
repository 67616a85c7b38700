import { useCallback, useEffect, useRef, useState, useTransition } from 'react';
import { placeKey } from '../../../shared/features/intake/row-places.ts';
import { useLatest } from '../../ui/latest.ts';
import type { Decision, Options } from './plan-view.ts';

/** Where the rows come from: a file that was chosen or dropped, or a text that was pasted. */
export type IntakeSource = { readonly name: string } & (
  { readonly path: string; readonly text?: undefined } | { readonly text: string; readonly path?: undefined }
);

/** The sources that were pasted or dropped: at least one source, and the names of what was dropped beside and is no table. */
export interface GivenSources {
  readonly sources: readonly [IntakeSource, ...IntakeSource[]];
  readonly others: readonly string[];
}

/** How a source is to be read, and whether anything is written. */
export interface Attempt extends Options {
  readonly apply: boolean;
  readonly skipRejected: boolean;
  /** For whom what was said of the file's form is remembered. */
  readonly remember?: 'laptop' | 'workshop';
}

/** The part of a job that the plan drives. */
interface PlanJob {
  readonly refusal: (Error & { readonly code?: string }) | undefined;
  cancel(): void;
}

/** The choices about a source, and the ways to choose. */
export interface PlanChoices {
  readonly source: IntakeSource | null;
  readonly options: Options;
  readonly decisions: ReadonlyMap<string, Decision>;
  choose(options: Options): void;
  answerQuestion(key: string, option: string): void;
  /** null takes the decision back. */
  decide(row: { readonly sheet: string; readonly row: number }, decision: Decision | null): void;
}

/** A choice waits so long for the next one, in milliseconds, before the file is read again with it. */
const PATIENCE = 250;

interface PlanRequest {
  readonly source: IntakeSource;
  readonly options: Options;
  readonly decisions: ReadonlyMap<string, Decision>;
}

const NOTHING: ReadonlyMap<string, Decision> = new Map();

/** Sources that were read before, by kind of import and place, with what was said of them: a corrected file is read again so. */
const earlier = new Map<string, { readonly source: IntakeSource; readonly options: Options }>();

/**
 * A source, what was chosen about it, and the plan that follows. Each choice has the plan made anew; the one that is under way is given up. `place`: where the source is
 * remembered, so that the corrected file is read again with the same choices.
 */
export function usePlan<R>(job: PlanJob, place: string, run: (source: IntakeSource, attempt: Attempt) => Promise<R | undefined>) {
  const [wanted, setWanted] = useState<PlanRequest | null>(null);
  /** The newest answer, and the decisions that it knows. */
  const [planned, setPlanned] = useState<{ readonly answer: R; readonly decisions: PlanRequest['decisions'] } | null>(null);
  /** The plan is not that of the choices: it is being made, or could not be. */
  const [stale, setStale] = useState(false);
  const [drawing, startDrawing] = useTransition();
  const turn = useRef(0);
  /** What is wanted, for what is said before it is drawn. */
  const newest = useRef<PlanRequest | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const latest = useLatest({ job, run });
  useEffect(
    () => () => {
      clearTimeout(timer.current);
      latest.current.job.cancel();
    },
    [latest],
  );

  const read = useCallback(
    async (now: PlanRequest) => {
      const mine = ++turn.current;
      latest.current.job.cancel();
      const found = await latest.current.run(now.source, { apply: false, skipRejected: false, ...said(now) });
      if (mine !== turn.current || found === undefined) return;
      // A long plan is drawn between other frames, not in the one in which it comes.
      startDrawing(() => {
        setPlanned({ answer: found, decisions: now.decisions });
        setStale(false);
      });
    },
    [latest],
  );
  const want = useCallback(
    (next: PlanRequest, patience: number) => {
      clearTimeout(timer.current);
      newest.current = next;
      setWanted(next);
      setStale(true);
      earlier.set(place, { source: next.source, options: next.options });
      if (patience === 0) void read(next);
      else timer.current = setTimeout(() => void read(next), patience);
    },
    [place, read],
  );

  const open = useCallback(
    (source: IntakeSource) => {
      setPlanned(null);
      want({ source, options: {}, decisions: NOTHING }, 0);
    },
    [want],
  );
  /** Reads the same source again with the same choices; decisions stay with the rows that they were made about. */
  const again = useCallback(() => {
    const before = wanted ?? (earlier.has(place) ? { ...earlier.get(place)!, decisions: NOTHING } : null);
    if (before?.source.path !== undefined) want(before, 0);
  }, [wanted, place, want]);

  // The same for as long as the dialog lives: what is drawn with them is drawn anew only when it changes.
  const choose = useCallback(
    (options: Options) => {
      const now = newest.current;
      // Rows of a sheet that is turned are other ones.
      const decisions = options.turned === undefined ? now?.decisions : NOTHING;
      if (now && decisions) want({ ...now, options: { ...now.options, ...options }, decisions }, PATIENCE);
    },
    [want],
  );
  const answerQuestion = useCallback(
    (key: string, option: string) => choose({ answers: { ...newest.current?.options.answers, [key]: option } }),
    [choose],
  );
  /** null takes the decision back. */
  const decide = useCallback(
    (row: { readonly sheet: string; readonly row: number }, decision: Decision | null) => {
      const now = newest.current;
      if (now) want({ ...now, decisions: decisionsWith(now.decisions, placeKey(row), decision) }, PATIENCE);
    },
    [want],
  );

  const code = job.refusal?.code;
  // A row that was decided is none any more where the list begins elsewhere.
  useEffect(() => {
    if (code === 'intake.rowUnknown' && wanted && wanted.decisions.size > 0) want({ ...wanted, decisions: NOTHING }, 0);
  }, [code, wanted, want]);

  return {
    source: wanted?.source ?? null,
    options: wanted?.options ?? {},
    decisions: wanted?.decisions ?? NOTHING,
    answer: planned?.answer ?? null,
    /** The decisions that the answer knows. */
    answered: planned?.decisions ?? NOTHING,
    stale,
    /** The plan has come and is being drawn. */
    drawing,
    /** The file that was read here before, in this run of the window. */
    earlier: earlier.get(place)?.source.path === undefined ? null : earlier.get(place)!.source,
    open,
    again,
    choose,
    answerQuestion,
    decide,
    /** Writes; the answer says whether it did. */
    async apply(how: Pick<Attempt, 'skipRejected' | 'remember'>): Promise<R | undefined> {
      if (!wanted) return undefined;
      turn.current++;
      const done = await latest.current.run(wanted.source, { apply: true, ...how, ...said(wanted) });
      if (done) setPlanned({ answer: done, decisions: wanted.decisions });
      return done;
    },
  };
}

function said({ options, decisions }: PlanRequest): Options {
  return decisions.size === 0 ? options : { ...options, decisions: [...decisions.values()] };
}

function decisionsWith(before: ReadonlyMap<string, Decision>, row: string, decision: Decision | null): ReadonlyMap<string, Decision> {
  const decisions = new Map(before);
  if (decision) decisions.set(row, decision);
  else decisions.delete(row);
  return decisions;
}
