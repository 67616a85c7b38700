import { useTranslation } from 'react-i18next';
import type { Id } from '../../../../shared/kernel/ids.ts';
import type { Language } from '../../../../shared/kernel/text.ts';
import { useLanguage } from '../../../ui/formats.ts';
import { loadWords } from '../../../ui/i18n.ts';
import { today } from '../../app/clock.ts';
import { useJob, useRead } from '../../app/engine.ts';
import { say } from '../../app/frame/notices.tsx';
import { SaveTableDialog } from '../../export/SaveTableDialog.tsx';

/** Writes the attendance of a workshop for others. */
export function SaveMarks({ activityId, onClose }: { readonly activityId: Id; onClose(): void }) {
  const { t } = useTranslation(['attendance', 'people']);
  const screen = useLanguage();
  const workshop = useRead('activity.get', { id: activityId });
  const job = useJob('attendance.export');
  const save = (format: 'xlsx' | 'csv') => async (lng: Language) => {
    await loadWords(lng);
    const file = await window.shell.chooseSave(format, `${t('save.fileName', { lng, day: today() })}.${format}`);
    const written = file && (await job.start({ activityId, path: file.path, language: lng, format }));
    if (written) say(t('save.done', { count: written.rows, name: file.name }));
    return Boolean(written);
  };
  // The language proposed is the workshop's: it is known before the dialog is drawn.
  if (workshop.isPending) return null;
  return (
    <SaveTableDialog
      help="attendance"
      title={t('save.button')}
      language={workshop.data?.languages[0] ?? screen}
      ways={[
        { label: t('people:save.xlsx'), write: save('xlsx') },
        { label: t('people:save.csv'), write: save('csv') },
      ]}
      job={job}
      onClose={onClose}
    />
  );
}
