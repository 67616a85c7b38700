import { useTranslation } from 'react-i18next';
import { textIn } from '../../../../shared/kernel/text.ts';
import { RowFacts } from '../../../ui/BoxedList.tsx';
import { RecordText } from '../../../ui/fields/RecordText.tsx';
import { useFormats, useLanguage } from '../../../ui/formats.ts';
import type { Answer } from '../../app/engine.ts';

type Standing = Pick<Answer<'course.deliverers'>['people'][number], 'grounds' | 'before'>;

/** Why somebody may deliver a course, certificate by certificate, and which earlier course no certificate here tells of. */
export function Grounds({ grounds, before }: Standing) {
  const { t } = useTranslation('course');
  const format = useFormats();
  const language = useLanguage();
  const unproven = before.filter(({ held }) => !held).map(({ title }) => textIn(title, language));
  return (
    <>
      {grounds.map(({ why, number, issuedOn, workshop }) => (
        <RowFacts key={number}>
          {t(`deliver.why.${why}`)} · <RecordText text={workshop} />
          {issuedOn !== '' && ` · ${format.day(issuedOn)}`}
        </RowFacts>
      ))}
      {unproven.length > 0 && <RowFacts>{t('deliver.unproven', { courses: format.list(unproven) })}</RowFacts>}
    </>
  );
}
