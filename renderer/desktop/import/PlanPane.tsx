import { Checkbox } from '@mantine/core';
import { useCallback, useMemo, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Id } from '../../../shared/kernel/ids.ts';
import { Refusal } from '../../ui/Refusal.tsx';
import { AccountLine } from './AccountLine.tsx';
import type { ImportWords } from './import-words.ts';
import { decide, shownRows, withDecisions, type ImportAnswer, type Options, type ShownRow, type Take } from './plan-view.ts';
import { PlanRows, type Takes } from './PlanRows.tsx';
import { Questions } from './Questions.tsx';
import { RejectedRows } from './RejectedRows.tsx';
import type { KnownName } from './RowDecision.tsx';
import { Understood } from './Understood.tsx';
import type { PlanChoices } from './use-plan.ts';
import classes from './ImportDialog.module.css';

interface Props {
  readonly answer: Partial<ImportAnswer>;
  readonly choices: PlanChoices;
  readonly kind: 'people' | 'attendance' | 'answers';
  readonly fields: readonly string[];
  readonly takes: Takes;
  readonly shares: boolean;
  readonly people: readonly KnownName[];
  readonly words: ImportWords;
  /** What was understood of the file. */
  readonly summary: ReactNode;
  /** How many rows hold the import up. */
  readonly held: number;
  /** The plan of what was chosen last is still to come. */
  readonly waits: boolean;
  /** What is said of the file is to hold for the workshop. */
  readonly forAll: boolean;
  onForAll(forAll: boolean): void;
}

/** What an import would do: how the file is understood, what is asked, and each row. */
export function PlanPane({ answer, choices, kind, fields, takes, shares, people, words, summary, held, waits, forAll, onForAll }: Props) {
  const { t } = useTranslation(['people', 'intake']);
  const { understood, questions = NONE, rows, account, rejected = NONE, doubtful = NONE, columnsUnknown = null } = answer;
  const turned = understood?.turned === true;
  const { source, options, decisions, decide: decideOn } = choices;
  const asPlanned = useMemo(() => rows && shownRows(rows, doubtful, turned), [rows, doubtful, turned]);
  const planned = useMemo(() => asPlanned && withDecisions(asPlanned, decisions), [asPlanned, decisions]);
  const headings = useMemo(() => new Map(understood?.columns.map(({ column, header }) => [column, header] as const)), [understood]);
  const decideRow = useCallback(
    ({ planned: row }: ShownRow, take: Take | null, personId?: Id) => decideOn(row, take === null ? null : decide(row, take, personId)),
    [decideOn],
  );
  return (
    <div className={classes.plan} aria-busy={waits}>
      {columnsUnknown ? <Refusal error={{ message: words.refusal(columnsUnknown) }} /> : summary}
      <Questions
        questions={questions}
        headings={headings}
        answers={options.answers ?? NO_ANSWERS}
        words={words}
        onAnswer={choices.answerQuestion}
      />
      {turned && <p className={classes.quiet}>{t('intake:wasTurned')}</p>}
      {understood && (
        <Understood
          understood={understood}
          fields={fields}
          ask={columnsUnknown && t(kind === 'answers' ? 'intake:sayItems' : 'intake:sayColumns')}
          words={words}
          onChoose={choices.choose}
        />
      )}
      {held > 0 && !columnsUnknown && <p className={classes.bad}>{t(rows ? 'intake:held' : 'import.bad', { count: held })}</p>}
      {columnsUnknown ? null : planned ? (
        <PlanRows
          key={source?.name}
          rows={planned}
          turned={turned}
          kind={kind}
          takes={takes}
          people={people}
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
      {shares && !columnsUnknown && saidByHand(options) && (
        <Checkbox
          label={t('intake:rememberForAll')}
          description={t('intake:rememberHere')}
          checked={forAll}
          onChange={(event) => onForAll(event.currentTarget.checked)}
        />
      )}
    </div>
  );
}

const NONE: readonly never[] = [];
const NO_ANSWERS = {};

/** Whether somebody said what holds for other files of this form. */
function saidByHand({ columns = {}, answers = {}, encoding }: Options): boolean {
  return Object.keys(columns).length > 0 || Object.keys(answers).length > 0 || encoding !== undefined;
}
