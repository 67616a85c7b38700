import { useDebouncedValue } from '@mantine/hooks';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Id } from '../../../../shared/kernel/ids.ts';
import type { Language } from '../../../../shared/kernel/text.ts';
import type { AwardKind } from '../../../../shared/model/vocabularies.ts';
import { Waiting } from '../../../ui/Loaded.tsx';
import { Refusal } from '../../../ui/Refusal.tsx';
import { useRead, type Args } from '../../app/engine.ts';
import classes from './Design.module.css';

/** The fields of a design that are typed and not kept yet. */
export type Draft = NonNullable<Args<'certificate.preview'>['draft']>;

/** Between the last letter and the next picture, in milliseconds. */
const PAUSE = 350;

interface Props {
  readonly id: Id;
  readonly activityId: Id;
  readonly kind: AwardKind;
  readonly language: Language;
  readonly draft: Draft;
}

/** A certificate of nobody in a design, a moment behind what is typed; the last picture stays until the next is there. */
export function DesignPreview({ id, activityId, kind, language, draft }: Props) {
  const { t } = useTranslation('award');
  const [typed] = useDebouncedValue(draft, PAUSE);
  const { data, error } = useRead('certificate.preview', { id, activityId, kind, language, draft: typed }, { keep: true });
  const source = useMemo(() => data && `data:image/svg+xml;charset=utf-8,${encodeURIComponent(data.svg)}`, [data]);
  return (
    <section className={classes.preview} aria-label={t('design.preview')}>
      {source === undefined ? !error && <Waiting /> : <img src={source} alt={t('design.previewAlt')} className={classes.page} />}
      <Refusal error={error} />
      <p className={classes.hint}>{t('design.saved')}</p>
    </section>
  );
}
