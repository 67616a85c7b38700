import { useTranslation } from 'react-i18next';
import type { Id } from '../../../../shared/kernel/ids.ts';
import type { Language } from '../../../../shared/kernel/text.ts';
import { useFormats } from '../../../ui/formats.ts';
import { loadWords } from '../../../ui/i18n.ts';
import { today } from '../../app/clock.ts';
import { useJob } from '../../app/engine.ts';
import { say } from '../../app/frame/notices.tsx';
import { SaveTableDialog } from '../../export/SaveTableDialog.tsx';

interface Props {
  readonly activityId: Id;
  readonly language: Language;
  /** Nobody is in the list: only the empty one can be written. */
  readonly empty: boolean;
  onClose(): void;
}

/** Writes the list of people for others, or an empty one for an institution to fill in. */
export function SavePeople({ activityId, language, empty, onClose }: Props) {
  const { t } = useTranslation('people');
  const words = useFormats();
  const list = useJob('people.exportList');
  const template = useJob('people.template');
  const save = (format: 'xlsx' | 'csv') => async (lng: Language) => {
    await loadWords(lng);
    const file = await window.shell.chooseSave(format, `${t('save.fileName', { lng, day: today() })}.${format}`);
    const written = file && (await list.start({ activityId, path: file.path, language: lng, format }));
    if (written) say(t('save.done', { count: written.rows, name: file.name }));
    return Boolean(written);
  };
  const saveTemplate = async (lng: Language) => {
    await loadWords(lng);
    const file = await window.shell.chooseSave('xlsx', `${t('save.templateName', { lng })}.xlsx`);
    const written = file && (await template.start({ path: file.path, language: lng }));
    if (written) say(t('save.templateDone', { name: file.name, size: words.bytes(written.bytes) }));
    return Boolean(written);
  };
  return (
    <SaveTableDialog
      help="people"
      title={t('save.button')}
      language={language}
      ways={[
        ...(empty
          ? []
          : [
              { label: t('save.xlsx'), write: save('xlsx') },
              { label: t('save.csv'), write: save('csv') },
            ]),
        { label: t('save.template'), write: saveTemplate },
      ]}
      job={template.running || template.refusal ? template : list}
      onClose={onClose}
    />
  );
}
