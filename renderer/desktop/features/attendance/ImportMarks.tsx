import { useTranslation } from 'react-i18next';
import type { Id } from '../../../../shared/kernel/ids.ts';
import { useJob, type Answer } from '../../app/engine.ts';
import { say } from '../../app/notices.tsx';
import { ImportDialog } from '../../import/ImportDialog.tsx';

/** Takes an attendance sheet that was filled elsewhere: people down, half-days across, letters in the cells. */
export function ImportMarks({ activityId, onClose }: { readonly activityId: Id; onClose(): void }) {
  const { t } = useTranslation('attendance');
  const job = useJob('attendance.import');
  return (
    <ImportDialog<Answer<'attendance.import'>>
      title={t('import.title')}
      kind="attendance"
      intro={<p>{t('import.intro')}</p>}
      job={job}
      run={(path, options) => job.start({ activityId, path, ...options })}
      summary={(answer) => (
        <p>
          {answer.marked > 0 ? t('import.found', { count: answer.marked }) : t('import.nothing')}{' '}
          {answer.unchanged > 0 && t('import.unchanged', { count: answer.unchanged })}
        </p>
      )}
      count={(answer) => answer.marked}
      importWords={(count) => t('import.button', { count })}
      goodWords={(count) => t('import.good', { count })}
      onDone={(answer) => say(t('import.done', { count: answer.marked }))}
      onClose={onClose}
    />
  );
}
