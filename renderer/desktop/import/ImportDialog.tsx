import { useLayoutEffect, useMemo, useRef, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { FileKind } from '../../../shared/contract/shell.ts';
import type { Progress as JobProgress } from '../../../shared/contract/rpc.ts';
import { say } from '../app/frame/notices.tsx';
import { Dialog } from '../../ui/dialog/Dialog.tsx';
import { goToUnsettled } from '../../ui/dialog/Form.tsx';
import { FileIcon } from '../../ui/theme/icons.tsx';
import { JobState } from '../../ui/JobState.tsx';
import { Refusal } from '../../ui/Refusal.tsx';
import { ImportFoot } from './ImportFoot.tsx';
import { useImportWords } from './import-words.ts';
import { countsOf, openQuestions, shownRows, withDecisions, type ImportAnswer, type RowCounts } from './plan-view.ts';
import { PlanPane } from './PlanPane.tsx';
import type { Takes } from './PlanRows.tsx';
import type { KnownName } from './RowDecision.tsx';
import { usePlan, type Attempt, type GivenSources, type IntakeSource } from './use-plan.ts';
import { useWaiting } from './use-waiting.ts';
import classes from './ImportDialog.module.css';

/** The part of a job that the dialog shows. */
export interface ImportJob {
  readonly running: boolean;
  readonly progress: JobProgress | undefined;
  readonly refusal: (Error & { readonly code?: string }) | undefined;
  cancel(): void;
}

const HELP = { people: 'importList', attendance: 'importMarks', answers: 'sheets' } as const;

interface Props<R extends ImportAnswer> {
  readonly title: string;
  readonly kind: FileKind & ('people' | 'attendance' | 'answers');
  /** What is taken into what: a source is remembered for it. */
  readonly place: string;
  /** What a file should hold. */
  readonly intro: ReactNode;
  /** What was imported before. */
  readonly past?: ReactNode;
  readonly job: ImportJob;
  /** What was pasted or dropped; left out: a file is to be chosen. */
  readonly given?: GivenSources | undefined;
  /** The meanings that a column may be given. */
  readonly fields: readonly string[];
  /** How a meaning is called where it is none of those that every import knows. */
  readonly fieldWords?: ReadonlyMap<string, string>;
  readonly takes: Takes;
  /** What is said of the file may be remembered for the workshop. */
  readonly shares: boolean;
  /** Everybody whom a row may be said to be. */
  readonly people: readonly KnownName[];
  run(source: IntakeSource, attempt: Attempt): Promise<R | undefined>;
  /** What was understood of the file; `counts`: of its rows. */
  summary(answer: R, counts: RowCounts): ReactNode;
  /** What the import would add or change; 0: there is nothing to do. */
  count(answer: R): number;
  /** On the button: *Import 25 people*. */
  importWords(count: number): string;
  onDone(answer: R, source: IntakeSource): void;
  onClose(): void;
}

/**
 * Choose a source, see what it would do row by row, settle what is asked, then decide. While something holds it up nothing is imported, unless the user says that the
 * others are to go in without it.
 */
export function ImportDialog<R extends ImportAnswer>(props: Props<R>) {
  const { t } = useTranslation(['people', 'intake', 'app']);
  const { job, given } = props;
  const words = useImportWords(props.fieldWords);
  const plan = usePlan<R>(job, props.place, props.run);
  const { answer, source, stale, again, open } = plan;
  const { waiting, openNext } = useWaiting(given, open);
  const [forAll, setForAll] = useState(false);
  const goOn = () => {
    if (openNext()) setForAll(false);
    else props.onClose();
  };
  const close = () => {
    if (waiting.length > 0) say(t('intake:notRead', { count: waiting.length, names: namesOf(waiting) }));
    props.onClose();
  };
  const root = useRef<HTMLDivElement>(null);
  const choose = async () => {
    const file = await window.shell.chooseFile(props.kind);
    if (file) open(file);
  };
  const apply = async (skipRejected: boolean) => {
    if (source === null || goToUnsettled(root.current)) return;
    const done = await plan.apply({ skipRejected, remember: forAll ? 'workshop' : 'laptop' });
    if (!done?.applied) return;
    props.onDone(done, source);
    goOn();
  };
  useAgainKey(again);

  const asPlanned = useMemo(
    () => (answer === null ? [] : shownRows(answer.rows, { ...answer, turned: answer.understood.turned === true })),
    [answer],
  );
  const { decisions, answered } = plan;
  const rows = useMemo(() => withDecisions(asPlanned, decisions, answered), [asPlanned, decisions, answered]);
  const counts = useMemo(() => countsOf(rows), [rows]);
  const waits = job.running || stale;
  return (
    <Dialog
      help={HELP[props.kind]}
      unsaved={decisions.size > 0}
      onClose={close}
      title={props.title}
      size={answer ? 1080 : 720}
      yOffset="2dvh"
    >
      <div ref={root} className={classes.root} data-import>
        {answer === null && !job.running && !plan.drawing && (
          <div className={classes.intro}>
            {props.intro}
            <p className={classes.muted}>{t('intake:ways')}</p>
          </div>
        )}
        {source && (
          <p className={classes.file}>
            <FileIcon />
            {source.name}
          </p>
        )}
        {given && given.others.length > 0 && (
          <p className={classes.others}>{t('intake:noTables', { count: given.others.length, names: given.others.join(', ') })}</p>
        )}
        {waiting.length > 0 && (
          <p className={classes.waiting} role="status">
            {t('intake:waiting', { count: waiting.length, names: namesOf(waiting) })}
          </p>
        )}
        <JobState job={job} />
        {!job.running && <Refusal error={job.refusal} />}
        {answer && (
          <PlanPane
            answer={answer}
            rows={rows}
            counts={counts}
            choices={plan}
            kind={props.kind}
            fields={props.fields}
            takes={props.takes}
            shares={props.shares}
            people={props.people}
            words={words}
            summary={answer.columnsUnknown ? null : props.summary(answer, counts)}
            waits={waits}
            forAll={forAll}
            onForAll={setForAll}
          />
        )}
        {source === null && props.past}
        <ImportFoot
          source={source}
          earlier={plan.earlier}
          next={waiting[0]}
          plan={
            answer && {
              held: counts.ask,
              count: props.count(answer),
              openQuestions: openQuestions(answer.questions).length,
              columnsUnknown: answer.columnsUnknown !== null,
            }
          }
          waits={waits}
          importWords={props.importWords}
          onAgain={again}
          onChoose={() => void choose()}
          onNext={goOn}
          onApply={(skipRejected) => void apply(skipRejected)}
          onClose={props.onClose}
        />
      </div>
    </Dialog>
  );
}

/** By name, the first ten of many. */
function namesOf(sources: readonly IntakeSource[]): string {
  const names = sources.map(({ name }) => name);
  return names.length > 10 ? [...names.slice(0, 10), '…'].join(', ') : names.join(', ');
}

/** Reads the file again at F5. */
function useAgainKey(again: () => void): void {
  useLayoutEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.key !== 'F5') return;
      event.preventDefault();
      again();
    };
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  }, [again]);
}
