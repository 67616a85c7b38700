import { useTranslation } from 'react-i18next';
import { textIn } from '../../../../../shared/kernel/text.ts';
import { course, courseModule, session } from '../../../../../shared/model/course.ts';
import { labelKey, type Entity } from '../../../../../shared/model/entity.ts';
import { LEVELS } from '../../../../../shared/model/vocabularies.ts';
import { useFormats, useLanguage } from '../../../../ui/formats.ts';
import type { Answer } from '../../../app/engine.ts';

export type Change = Answer<'course.upstream'>['changes'][number];
type Place = NonNullable<NonNullable<Change['places']>['mine']>;

const ENTITIES: Readonly<Record<Change['type'], Entity>> = { course, module: courseModule, session };
const HALVES = ['AM', 'PM'] as const;

/** Which way a comparison is read: what a source has for an adaptation, what is suggested to a source, or what an adaptation may suggest. */
export type Comparing = 'update' | 'review' | 'choice';

/** Returns the words for what a change is of, and for values that are no texts. */
export function useChangeWords(as: Comparing) {
  const { t, i18n } = useTranslation(['adaptation', 'course', 'app']);
  const format = useFormats();
  const language = useLanguage();
  const nothing = t('adaptation:compare.empty');

  const fieldOf = ({ type, field, kind, language: of }: Pick<Change, 'type' | 'field' | 'kind' | 'language'>): string => {
    if (kind === 'moved') return t('adaptation:compare.moved');
    if (kind === 'added' || kind === 'removed') return t(`adaptation:side.${as}.${kind}`);
    const words = String(i18n.t(labelKey(ENTITIES[type], field)));
    return of === undefined ? words : t('adaptation:compare.field', { field: words, language: format.language(of) });
  };
  const titleOf = ({ type, title }: Pick<Change, 'type' | 'title'>): string =>
    textIn(title, language) || t(`adaptation:compare.type.${type}`);

  const placeWords = (place: Place | null): string => {
    if (place === null) return nothing;
    const inside = place.inside === null ? '' : textIn(place.inside, language);
    const after = place.after === null ? '' : textIn(place.after, language);
    if (after === '') return inside === '' ? t('adaptation:compare.first') : t('adaptation:compare.firstIn', { inside });
    return inside === '' ? t('adaptation:compare.after', { after }) : t('adaptation:compare.afterIn', { after, inside });
  };

  const layoutWords = (layouts: object): string =>
    Object.entries(layouts)
      .flatMap(([days, place]) => {
        const { day, half } = place as { readonly day: number; readonly half: string };
        const known = HALVES.find((one) => one === half);
        return known ? [t('adaptation:compare.layout', { days, day, half: t(`app:half.${known}`) })] : [];
      })
      .join('; ');

  /** Returns the words for what a field says that is no text in a language. */
  const valueWords = (field: string, value: unknown): string => {
    if (value === null || value === '') return nothing;
    if (field === 'minutes' && typeof value === 'number') return t('course:minutes', { minutes: value });
    if (field === 'level') {
      const level = LEVELS.find((one) => one === value);
      return level ? t(`course:level.${level}`) : nothing;
    }
    if (Array.isArray(value)) return format.list(value.map(String));
    if (typeof value === 'object') return layoutWords(value) || nothing;
    return typeof value === 'number' ? format.number(value) : String(value as string);
  };
  return { fieldOf, titleOf, whatOf: (change: Change) => `${titleOf(change)}, ${fieldOf(change)}`, placeWords, valueWords };
}
