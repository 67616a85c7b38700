import { Button, Checkbox, Kbd } from '@mantine/core';
import { useCallback, useEffect, useMemo, useRef, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { FileKind } from '../../../shared/contract/shell.ts';
import type { RejectedRow } from '../../../shared/contract/shapes.ts';
import type { Progress as JobProgress } from '../../../shared/contract/rpc.ts';
import type { Id } from '../../../shared/kernel/ids.ts';
import { say } from '../app/frame/notices.tsx';
import { Dialog } from '../../ui/dialog/Dialog.tsx';
import { DialogFoot } from '../../ui/dialog/DialogFoot.tsx';
import { goToUnsettled } from '../../ui/dialog/Form.tsx';
import { FileIcon } from '../../ui/theme/icons.tsx';
import { JobState } from '../../ui/JobState.tsx';
import { Refusal } from '../../ui/Refusal.tsx';
import { AccountLine } from './AccountLine.tsx';
import { useImportWords } from './import-words.ts';
import { decide, openQuestions, shownRows, withDecisions, type Options, type Plan, type ShownRow, type Take } from './plan-view.ts';
import { PlanRows, type Takes } from './PlanRows.tsx';
import { Questions } from './Questions.tsx';
import { RejectedRows } from './RejectedRows.tsx';
import type { KnownName } from './RowDecision.tsx';
import { Understood } from './Understood.tsx';
import { usePlan, type Attempt, type GivenSources, type IntakeSource } from './use-plan.ts';
import classes from './ImportDialog.module.css';

/** What every import answers; with a plan, where its kind makes one. */
export interface ImportAnswer extends Partial<Plan> {
  readonly applied: boolean;
  readonly rejected: readonly RejectedRow[];
  /** Taken, but worth a look. */
  readonly doubtful?: readonly RejectedRow[];
}

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
  /** What was understood of the file. */
  summary(answer: R): ReactNode;
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
  const { answer, source, stale } = plan;
  const { open } = plan;
  const [waiting, setWaiting] = useState<readonly IntakeSource[]>([]);
  // What was dropped last comes first; what waited before waits on.
  const [taken, setTaken] = useState<GivenSources | undefined>();
  if (given && given !== taken) {
    setTaken(given);
    setWaiting([...given.sources.slice(1), ...waiting]);
  }
  useEffect(() => {
    if (given) open(given.sources[0]);
  }, [given, open]);
  const goOn = () => {
    const [next, ...rest] = waiting;
    if (!next) return props.onClose();
    setWaiting(rest);
    setForAll(false);
    open(next);
  };
  const close = () => {
    if (waiting.length > 0) say(t('intake:notRead', { count: waiting.length, names: namesOf(waiting) }));
    props.onClose();
  };
  const [forAll, setForAll] = useState(false);
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
  const { again, decide: decideOn } = plan;
  const decideRow = useCallback(
    ({ planned: row }: ShownRow, take: Take | null, personId?: Id) => decideOn(row, take === null ? null : decide(row, take, personId)),
    [decideOn],
  );
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.key !== 'F5') return;
      event.preventDefault();
      again();
    };
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  }, [again]);

  const {
    understood,
    questions = NONE,
    rows,
    account,
    rejected = NONE,
    doubtful = NONE,
    columnsUnknown = null,
  } = (answer ?? {}) as Partial<R>;
  const turned = understood?.turned === true;
  const asPlanned = useMemo(() => rows && shownRows(rows, doubtful, turned), [rows, doubtful, turned]);
  const planned = useMemo(() => asPlanned && withDecisions(asPlanned, plan.decisions), [asPlanned, plan.decisions]);
  const headings = useMemo(() => new Map(understood?.columns.map(({ column, header }) => [column, header] as const)), [understood]);
  const held = useMemo(() => new Set(rejected.map(({ row }) => row)).size, [rejected]);
  const openOnes = openQuestions(questions).length;
  const count = answer ? props.count(answer) : 0;
  const waits = job.running || stale;
  return (
    <Dialog
      help={HELP[props.kind]}
      unsaved={plan.decisions.size > 0}
      onClose={close}
      title={props.title}
      size={rows ? 1080 : 720}
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
          <div className={classes.plan} aria-busy={waits}>
            {columnsUnknown ? <Refusal error={{ message: words.refusal(columnsUnknown) }} /> : props.summary(answer)}
            <Questions
              questions={questions}
              headings={headings}
              answers={plan.options.answers ?? NO_ANSWERS}
              words={words}
              onAnswer={plan.answerQuestion}
            />
            {turned && <p className={classes.quiet}>{t('intake:wasTurned')}</p>}
            {understood && (
              <Understood
                understood={understood}
                fields={props.fields}
                ask={columnsUnknown && t(props.kind === 'answers' ? 'intake:sayItems' : 'intake:sayColumns')}
                words={words}
                onChoose={plan.choose}
              />
            )}
            {held > 0 && !columnsUnknown && <p className={classes.bad}>{t(rows ? 'intake:held' : 'import.bad', { count: held })}</p>}
            {columnsUnknown ? null : planned ? (
              <PlanRows
                key={source?.name}
                rows={planned}
                turned={turned}
                kind={props.kind}
                takes={props.takes}
                people={props.people}
                words={words}
                onDecide={decideRow}
              />
            ) : (
              <>
                {held > 0 && <RejectedRows rows={rejected} label={t('import.bad', { count: held })} />}
                {doubtful.length > 0 && (
                  <>
                    <p className={classes.quiet}>{t('import.doubtful', { count: new Set(doubtful.map(({ row }) => row)).size })}</p>
                    <RejectedRows rows={doubtful} label={t('import.doubtful', { count: doubtful.length })} />
                  </>
                )}
              </>
            )}
            {account && <AccountLine account={account} words={words} />}
            {props.shares && !columnsUnknown && saidByHand(plan.options) && (
              <Checkbox
                label={t('intake:rememberForAll')}
                description={t('intake:rememberHere')}
                checked={forAll}
                onChange={(event) => setForAll(event.currentTarget.checked)}
              />
            )}
          </div>
        )}
        {source === null && props.past}
        <DialogFoot
          before={
            source?.path !== undefined || (source === null && plan.earlier !== null) ? (
              <Button variant="default" onClick={() => again()} rightSection={<Kbd>F5</Kbd>}>
                {source === null ? t('intake:readAgain', { name: plan.earlier!.name }) : t('import.again')}
              </Button>
            ) : null
          }
        >
          <Button
            variant="default"
            data-autofocus={answer === null || undefined}

            onClick={() => void choose()}
          >
            {source ? t('import.chooseOther') : t('import.choose')}
          </Button>
          {waiting.length > 0 && (
            <Button variant="default" onClick={goOn}>
              {t('intake:nextFile', { name: waiting[0]!.name })}
            </Button>
          )}
          {answer && held > 0 && count > 0 && (
            <Button {...idle(waits)} onClick={() => !waits && void apply(true)}>
              {t('intake:takeRest', { rest: count, later: t('intake:later', { count: held }) })}
            </Button>
          )}
          {answer &&
            held === 0 &&
            (count > 0 ? (
              <Button {...idle(waits || openOnes > 0)} onClick={() => !waits && openOnes === 0 && void apply(false)}>
                {props.importWords(count)}
              </Button>
            ) : (
              waiting.length === 0 && <Button onClick={props.onClose}>{t('app:close')}</Button>
            ))}
        </DialogFoot>
      </div>
    </Dialog>
  );
}

const NONE: readonly never[] = [];
const NO_ANSWERS = {};

/** By name, the first ten of many. */
function namesOf(sources: readonly IntakeSource[]): string {
  const names = sources.map(({ name }) => name);
  return names.length > 10 ? [...names.slice(0, 10), '…'].join(', ') : names.join(', ');
}

/** Whether somebody said what holds for other files of this form. */
function saidByHand({ columns = {}, answers = {}, encoding }: Options): boolean {
  return Object.keys(columns).length > 0 || Object.keys(answers).length > 0 || encoding !== undefined;
}

/** A button that waits keeps the focus: one that is switched off would drop the keyboard. */
const idle = (waits: boolean) => (waits ? { 'aria-disabled': true, 'data-disabled': true } : {});
