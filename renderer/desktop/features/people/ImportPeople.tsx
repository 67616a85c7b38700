import { useTranslation } from 'react-i18next';
import type { Id } from '../../../../shared/kernel/ids.ts';
import { useJob, type Answer } from '../../app/engine.ts';
import { say } from '../../app/notices.tsx';
import { ImportDialog } from '../../import/ImportDialog.tsx';
import classes from './ImportPeople.module.css';

/** Takes the list that officers have, in any of its usual forms. */
export function ImportPeople({ activityId, onClose }: { readonly activityId: Id; onClose(): void }) {
  const { t } = useTranslation('people');
  const job = useJob('people.import');
  return (
    <ImportDialog<Answer<'people.import'>>
      title={t('import.title')}
      kind="people"
      intro={
        <>
          <p>{t('import.intro')}</p>
          <p className={classes.quiet}>{t('import.introColumns')}</p>
        </>
      }
      job={job}
      run={(path, options) => job.start({ activityId, path, ...options })}
      summary={(answer) => <Summary answer={answer} />}
      count={(answer) => answer.added + answer.updated}
      importWords={(count) => t('import.button', { count })}
      goodWords={(count) => t('import.good', { count })}
      onDone={(answer) => say(t('import.done', { count: answer.added + answer.updated }))}
      onClose={onClose}
    />
  );
}

function Summary({ answer }: { readonly answer: Answer<'people.import'> }) {
  const { t, i18n } = useTranslation('people');
  const understood = answer.understood.columns.filter(({ field }) => field !== '');
  const left = answer.understood.columns.filter(({ field }) => field === '');
  const figures = (['added', 'updated', 'unchanged'] as const).filter((key) => key === 'added' || answer[key] > 0);
  const namesakes = answer.homonyms.flat().length;
  return (
    <>
      <dl className={classes.figures}>
        {figures.map((key) => (
          <div key={key}>
            <dd>{answer[key]}</dd>
            <dt>{t(`import.${key}`, { count: answer[key] })}</dt>
          </div>
        ))}
      </dl>
      {answer.added + answer.updated === 0 && answer.rejected.length === 0 && <p className={classes.line}>{t('import.nothing')}</p>}
      {namesakes > 0 && <p className={classes.line}>{t('import.homonyms', { count: namesakes })}</p>}
      <details className={classes.columns}>
        <summary>{t('import.columns', { count: understood.length })}</summary>
        <ul>
          {understood.map(({ column, header, field }) => (
            <li key={column}>
              <span>{header}</span>
              <span>{i18n.exists(`people:field.${field}`) ? t(`field.${field}`) : field}</span>
            </li>
          ))}
          {left.map(({ column, header }) => (
            <li key={column} className={classes.quiet}>
              <span>{header}</span>
              <span>{t('import.leftOut')}</span>
            </li>
          ))}
        </ul>
      </details>
    </>
  );
}
