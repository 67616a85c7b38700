import { Checkbox } from '@mantine/core';
import { useCallback, useMemo, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Id } from '../../../shared/kernel/ids.ts';
import { Refusal } from '../../ui/Refusal.tsx';
import { AccountLine } from './AccountLine.tsx';
import type { ImportWords } from './import-words.ts';
import { decide, doubtsOfHeadings, type ImportAnswer, type Options, type RowCounts, type ShownRow, type Take } from './plan-view.ts';
import { PlanRows, type Takes } from './PlanRows.tsx';
import { Questions } from './Questions.tsx';
import type { KnownName } from './RowDecision.tsx';
import { Understood } from './Understood.tsx';
import type { PlanChoices } from './use-plan.ts';
import classes from './ImportDialog.module.css';

interface Props {
  readonly answer: ImportAnswer;
  readonly rows: readonly ShownRow[];
  readonly counts: RowCounts;
  readonly choices: PlanChoices;
  readonly kind: 'people' | 'attendance' | 'answers';
  readonly fields: readonly string[];
  readonly takes: Takes;
  readonly shares: boolean;
  readonly people: readonly KnownName[];
  readonly words: ImportWords;
  /** What was understood of the file. */
  readonly summary: ReactNode;
  /** The plan of what was chosen last is still to come. */
  readonly waits: boolean;
  /** What is said of the file is to hold for the workshop. */
  readonly forAll: boolean;
  onForAll(forAll: boolean): void;
}

/** The plan of an import: how the file is understood, what is asked, and each row. */
export function PlanPane(props: Props) {
  const { answer, rows, counts, choices, kind, fields, takes, shares, people, words, summary, waits, forAll, onForAll } = props;
  const { t } = useTranslation('intake');
  const { understood, questions, account, columnsUnknown } = answer;
  const turned = understood.turned === true;
  const { source, options, decide: decideOn } = choices;
  const asked = useMemo(() => new Set(questions.map(({ key }) => key)), [questions]);
  const headings = useMemo(() => new Map(understood.columns.map(({ column, header }) => [column, header] as const)), [understood]);
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
      {turned && <p className={classes.quiet}>{t('wasTurned')}</p>}
      <Understood
        understood={understood}
        fields={fields}
        ask={columnsUnknown && t(kind === 'answers' ? 'sayItems' : 'sayColumns')}
        words={words}
        onChoose={choices.choose}
      />
      {!columnsUnknown && <AboutHeadings answer={answer} words={words} />}
      {counts.ask > 0 && !columnsUnknown && <p className={classes.bad}>{t('held', { count: counts.ask })}</p>}
      {!columnsUnknown && (
        <PlanRows
          key={source?.name}
          rows={rows}
          counts={counts}
          turned={turned}
          kind={kind}
          takes={takes}
          people={people}
          words={words}
          asked={asked}
          answers={options.answers ?? NO_ANSWERS}
          onDecide={decideRow}
          onAnswer={choices.answerQuestion}
        />
      )}
      <AccountLine account={account} words={words} />
      {shares && !columnsUnknown && saidByHand(options) && (
        <Checkbox
          label={t('rememberForAll')}
          description={t('rememberHere')}
          checked={forAll}
          onChange={(event) => onForAll(event.currentTarget.checked)}
        />
      )}
    </div>
  );
}

const NO_ANSWERS = {};

/** Says over the rows what is worth a look in headings, which belongs to none of the rows. */
function AboutHeadings({ answer, words }: { readonly answer: ImportAnswer; readonly words: ImportWords }) {
  const { t } = useTranslation('intake');
  const { rows, doubtful, understood } = answer;
  const doubts = useMemo(() => doubtsOfHeadings(rows, doubtful), [rows, doubtful]);
  if (doubts.length === 0) return null;
  const isOneSheet = understood.sheets.length < 2;
  return (
    <div className={classes.aboutHeadings}>
      <p>{t('aboutHeadings', { count: doubts.length })}</p>
      <ul>
        {doubts.map(({ sheet, row, field, code }) => (
          <li key={`${sheet} ${row} ${field} ${code}`}>
            {field === '' ? words.reason(code) : t('doubt', { field, reason: words.reason(code) })}
            {!isOneSheet && sheet !== '' && <span className={classes.ofSheet}> {sheet}</span>}
          </li>
        ))}
      </ul>
    </div>
  );
}

/** Whether somebody said what holds for other files of this form. */
function saidByHand({ columns = {}, answers = {}, encoding }: Options): boolean {
  return Object.keys(columns).length > 0 || Object.keys(answers).length > 0 || encoding !== undefined;
}
