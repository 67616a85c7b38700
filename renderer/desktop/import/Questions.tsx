import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import { AlertIcon } from '../../ui/theme/icons.tsx';
import { AnswerButtons } from './AnswerButtons.tsx';
import type { ImportWords } from './import-words.ts';
import { openQuestions, type Options, type Question } from './plan-view.ts';
import classes from './Questions.module.css';

interface Props {
  readonly questions: readonly Question[];
  /** Heading of a column by its letters. */
  readonly headings: ReadonlyMap<string, string>;
  readonly answers: NonNullable<Options['answers']>;
  readonly words: ImportWords;
  onAnswer(key: string, option: string): void;
}

/** The questions of which one answer settles many rows: those that hold the import up first, then what was supposed and can be put right. */
export const Questions = memo(function Questions({ questions, headings, answers, words, onAnswer }: Props) {
  const { t } = useTranslation('intake');
  if (questions.length === 0) return null;
  const open = openQuestions(questions).filter(({ key }) => answers[key] === undefined);
  const others = questions.filter((question) => !open.includes(question));
  const ask = (question: Question) => (
    <Ask
      key={question.key}
      question={question}
      heading={headings.get(question.column) ?? ''}
      chosen={answers[question.key] ?? question.chosen}
      words={words}
      headings={headings}
      onAnswer={(option) => onAnswer(question.key, option)}
    />
  );
  return (
    <section className={classes.root} aria-label={t('questions')}>
      {open.length > 0 && (
        <>
          <h3 className={classes.open}>
            <AlertIcon />
            {t('questionsOpen', { count: open.length })}
          </h3>
          {open.map(ask)}
        </>
      )}
      {others.length > 0 && (
        <details className={classes.others} open={others.some(({ key }) => answers[key] !== undefined) || undefined}>
          <summary>{t('questionsSupposed', { count: others.length })}</summary>
          {others.map(ask)}
        </details>
      )}
    </section>
  );
});

function Ask(props: {
  readonly question: Question;
  readonly heading: string;
  readonly headings: ReadonlyMap<string, string>;
  readonly chosen: string | null;
  readonly words: ImportWords;
  onAnswer(option: string): void;
}) {
  const { question, heading, headings, chosen, words } = props;
  const { code, subject, column, options, rows } = question;
  const { t } = useTranslation('intake');
  const sentence = words.question(code, { subject, column: heading || column });
  return (
    <div className={classes.question} role="group" aria-label={sentence}>
      <p>
        {sentence} {rows.length > 0 && <span className={classes.quiet}>{t('hangs', { count: rows.length })}</span>}
      </p>
      <div className={classes.options}>
        <AnswerButtons
          options={options}
          chosen={chosen}
          wordOf={(option) =>
            headings.has(option) ? t('option.column', { column: headings.get(option) || option }) : words.option(code, option)
          }
          onAnswer={props.onAnswer}
        />
      </div>
    </div>
  );
}
