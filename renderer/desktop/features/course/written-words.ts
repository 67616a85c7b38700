import { useTranslation } from 'react-i18next';
import type { WrittenTexts } from '../../../../shared/features/course/completeness.ts';
import { LANGUAGES, type Language } from '../../../../shared/kernel/text.ts';
import { useFormats } from '../../../ui/formats.ts';

/** Returns the words for the languages of a course or a questionnaire: with the share of its texts behind one in which some are missing, as soon as that is counted. */
export function useWrittenWords(): (languages: readonly Language[], texts: WrittenTexts | undefined) => string {
  const { t } = useTranslation('course');
  const format = useFormats();
  return (languages, texts) => {
    const written = LANGUAGES.map((language) => ({ language, count: texts?.written[language] ?? 0 }));
    return written
      .filter(({ language, count }) => count > 0 || languages.includes(language))
      .map(({ language, count }) => {
        const name = format.language(language);
        // Rounded down: nothing is whole that lacks a text.
        const share = texts && count < texts.of ? format.percent(Math.floor((100 * count) / texts.of) / 100) : null;
        return share === null ? name : t('writtenIn', { language: name, share });
      })
      .join(', ');
  };
}
