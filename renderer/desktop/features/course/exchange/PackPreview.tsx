import { useTranslation } from 'react-i18next';
import { textIn } from '../../../../../shared/kernel/text.ts';
import { useLanguage } from '../../../../ui/formats.ts';
import type { Answer } from '../../../app/engine.ts';
import classes from './Exchange.module.css';

/** Says what a course pack holds, who signed it, and what becomes of it here. */
export function PackPreview({
  answer: { title, modules, sessions, files, signedBy, made, copies },
}: {
  readonly answer: Answer<'course.importPack'>;
}) {
  const { t } = useTranslation('exchange');
  const language = useLanguage();
  return (
    <section className={classes.preview} role="status">
      <h3>{textIn(title, language)}</h3>
      <p>
        {[
          t('import.modules', { count: modules }),
          t('import.sessions', { count: sessions }),
          ...(files > 0 ? [t('import.files', { count: files })] : []),
        ].join(' · ')}
      </p>
      <p>{signedBy === '' ? t('import.signedByNobody') : t('import.signedBy', { name: signedBy })}</p>
      {!made && <p>{t('import.same')}</p>}
      {made && <p>{copies.length > 0 ? t('import.beside') : t('import.isNew')}</p>}
    </section>
  );
}
