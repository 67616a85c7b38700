import { useTranslation } from 'react-i18next';
import { periodOf } from '../../../../shared/features/calendar/calendar-views.ts';
import type { Language } from '../../../../shared/kernel/text.ts';
import { useLanguage } from '../../../ui/formats.ts';
import { loadWords } from '../../../ui/i18n.ts';
import { useJob } from '../../app/engine.ts';
import { say } from '../../app/frame/notices.tsx';
import { SaveTableDialog } from '../../export/SaveTableDialog.tsx';
import { useCalendarPlace } from './calendar-place.ts';

/** Writes the period that is shown for others: for their calendars, or as a table. */
export function SaveCalendar({ close }: { close(): void }) {
  const { t } = useTranslation('calendar');
  const language = useLanguage();
  const { view, day } = useCalendarPlace();
  const { from, to } = periodOf(view, day);
  const job = useJob('calendar.export');
  const save = (format: 'ics' | 'xlsx') => async (lng: Language) => {
    await loadWords(lng);
    const file = await window.shell.chooseSave(format, `${t('save.fileName', { lng, from, to })}.${format}`);
    const written = file && (await job.start({ from, to, path: file.path, format, language: lng }));
    if (written)
      say(
        [
          t('save.done', { count: written.events, name: file.name }),
          ...(format === 'ics' && written.undated > 0 ? [t('save.undated', { count: written.undated })] : []),
        ].join(' '),
      );
    return Boolean(written);
  };
  return (
    <SaveTableDialog
      help="calendar"
      title={t('save.title')}
      language={language}
      ways={[
        { label: t('save.ics'), write: save('ics') },
        { label: t('save.xlsx'), write: save('xlsx') },
      ]}
      job={job}
      onClose={close}
    />
  );
}
