import { useTranslation } from 'react-i18next';
import type { Id } from '../../../../shared/kernel/ids.ts';
import { textIn } from '../../../../shared/kernel/text.ts';
import { useLanguage } from '../../../ui/formats.ts';
import { useJob, type Answer } from '../../app/engine.ts';
import { say } from '../../app/notices.tsx';
import { ImportDialog } from '../../import/ImportDialog.tsx';
import type { Form } from './paper-sheet.ts';

/** Takes answers that were typed elsewhere, one row a sheet. */
export function ImportSheets(props: { readonly activityId: Id; readonly form: Form; onImported(): void; onClose(): void }) {
  const { activityId, form } = props;
  const { t } = useTranslation('evaluation');
  const language = useLanguage();
  const job = useJob('evaluation.import');
  return (
    <ImportDialog<Answer<'evaluation.import'>>
      title={t('import.title', { form: textIn(form.title, language) })}
      kind="answers"
      intro={<p>{form.anonymous ? t('import.introAnonymous') : t('import.introTests')}</p>}
      job={job}
      run={(path, options) => job.start({ activityId, formId: form.id, path, ...options })}
      summary={(answer) => (
        <p>
          {answer.added > 0 ? t('import.found', { count: answer.added }) : t('import.nothing')}{' '}
          {answer.unchanged > 0 && t('import.unchanged', { count: answer.unchanged })}
        </p>
      )}
      count={(answer) => answer.added}
      importWords={(count) => t('import.button', { count })}
      goodWords={(count) => t('import.good', { count })}
      onDone={(answer) => {
        say(t('import.done', { count: answer.added }));
        props.onImported();
      }}
      onClose={props.onClose}
    />
  );
}
