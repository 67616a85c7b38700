import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { HalfDay } from '../../../../../shared/kernel/dates.ts';
import { halfDayParts } from '../../../../../shared/kernel/formats.ts';
import { STATUSES, type Status } from '../../../../../shared/model/vocabularies.ts';
import { formatsIn, useLanguage } from '../../../../ui/formats.ts';
import { nameShown } from '../../people/person/person-words.ts';
import type { GridModel } from './grid-model.ts';

/** Returns the texts that the grid says, in the language on screen; the same object until that changes. */
export function useGridWords(): GridModel['words'] {
  const { t } = useTranslation(['attendance', 'app']);
  const language = useLanguage();
  return useMemo(() => {
    const format = formatsIn(language);
    const spoken = new Map<HalfDay, string>();
    const halfDayWords = (halfDay: HalfDay): string => {
      const known = spoken.get(halfDay);
      if (known !== undefined) return known;
      const { day, half } = halfDayParts(halfDay, format);
      const words = t('grid.halfDay', { day, half: half === null ? '' : t(`app:half.${half}`) });
      spoken.set(halfDay, words);
      return words;
    };
    // A cell's words are put together thousands of times: each sentence is asked for once, with signs that no sentence holds where its values go.
    const sentences = { plain: parts('grid.cell'), conflict: parts('grid.cellConflict') };
    const notReadable = t('app:notReadable');
    const statuses = Object.fromEntries(STATUSES.map((status) => [status, t(`status.${status}`)])) as Record<Status, string>;
    return {
      name: (person) => nameShown(person, notReadable),
      status: (status) => statuses[status],
      cell(name, halfDay, { status, conflict, unreadable }) {
        const words = unreadable ? notReadable : statuses[status];
        const values: Readonly<Record<string, string>> = { '\uE001': name, '\uE002': halfDayWords(halfDay), '\uE003': words };
        return sentences[conflict ? 'conflict' : 'plain'].map((part) => values[part] ?? part).join('');
      },
      details: (name) => t('grid.details', { name }),
    };
    function parts(key: 'grid.cell' | 'grid.cellConflict'): string[] {
      return t(key, { name: '\uE001', halfDay: '\uE002', status: '\uE003' }).split(/([\uE001-\uE003])/);
    }
  }, [t, language]);
}
