import { useTranslation } from 'react-i18next';
import { RecordText } from '../../../../ui/fields/RecordText.tsx';
import { Rows } from '../../../../ui/Rows.tsx';
import type { Form } from '../paper-sheet.ts';
import { useAnswerWords } from './answer-words.ts';
import classes from './Countries.module.css';

interface Props {
  readonly form: Form;
  readonly answers: Readonly<Record<string, string>>;
}

/** The questions of a form with what was answered to each, to be read. */
export function AnswersRead({ form, answers }: Props) {
  const { t } = useTranslation('evaluation');
  const words = useAnswerWords();
  return (
    <ol className={classes.answers} aria-label={t('countries.answers')}>
      <Rows of={form.items} as="li">
        {(item) => (
          <li>
            <p className={classes.question}>
              <b>{item.label}</b> <RecordText text={item.text} />
            </p>
            {answers[item.id] === undefined ? (
              <p className={classes.none}>{t('countries.noAnswer')}</p>
            ) : (
              words(item, answers[item.id]!).map((line, place) => (
                <p key={`${place} ${line}`} className={classes.said}>
                  {line}
                </p>
              ))
            )}
          </li>
        )}
      </Rows>
    </ol>
  );
}
