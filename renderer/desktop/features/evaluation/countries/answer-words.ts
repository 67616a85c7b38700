import { useTranslation } from 'react-i18next';
import { decodeAnswer, type Given } from '../../../../../shared/features/evaluation/answer-codec.ts';
import { FIXED_OPTIONS } from '../../../../../shared/features/form/fixed-options.ts';
import { textIn } from '../../../../../shared/kernel/text.ts';
import { useFormats, useLanguage } from '../../../../ui/formats.ts';
import type { Item } from '../paper-sheet.ts';

/** Returns the words of an option of an item: its letter and its text; the text alone of the types that always have the same ones. */
export function useOptionWords(): (item: Item, option: string) => string {
  const { t } = useTranslation('evaluation');
  const language = useLanguage();
  return ({ type, options }, option) => {
    if (type === 'scale') return t('countries.option', { letter: option, text: t(`scale.${option}` as 'scale.1') });
    const text = textIn(options[option] ?? {}, language);
    return FIXED_OPTIONS[type] || text === '' ? text || option : t('countries.option', { letter: option, text });
  };
}

/** Returns an answer as people read it, a line for each part; one that the item does not know stands as it was kept. */
export function useAnswerWords(): (item: Item, answer: string) => readonly string[] {
  const { t } = useTranslation('evaluation');
  const language = useLanguage();
  const format = useFormats();
  const optionWords = useOptionWords();
  return (item, answer) => {
    const said: Given | null = decodeAnswer(item, answer);
    switch (said?.is) {
      case 'option':
        return [optionWords(item, said.option)];
      case 'options':
        return said.options.map((option) => optionWords(item, option));
      case 'order':
        return said.order.map((option, place) =>
          t('countries.place', { place: format.number(place + 1), option: optionWords(item, option) }),
        );
      case 'rows':
        return Object.entries(said.rows).map(([row, option]) =>
          t('countries.row', { row: textIn(item.rows[row] ?? {}, language) || row, option: optionWords(item, option) }),
        );
      case 'number':
        return [format.number(said.number, answer.split('.')[1]?.length ?? 0)];
      case 'day':
        return [format.day(said.day)];
      default:
        return answer.split('\n');
    }
  };
}
