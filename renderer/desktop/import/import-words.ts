import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { fieldWords } from '../../../shared/features/people/field-words.ts';
import type { RowAsk } from '../../../shared/features/intake/shapes.ts';
import { isPersonField } from '../../../shared/features/people/rules.ts';
import { participant } from '../../../shared/model/people.ts';
import { STATUSES, WAVES } from '../../../shared/model/vocabularies.ts';
import { useFormats, useHalfDay } from '../../ui/formats.ts';

const HALF_DAY = /^\d{4}-\d{2}-\d{2}-(AM|PM)$/;
const DAY = /^\d{4}-\d{2}-\d{2}$/;

const has = (values: readonly string[], value: string): boolean => values.includes(value);

/** Words for what a file says and what becomes of it: fields, values, reasons. `known`: words for fields of this kind of import alone. */
export function useImportWords(known?: ReadonlyMap<string, string>) {
  const { t, i18n } = useTranslation(['intake', 'people', 'attendance', 'errors']);
  const format = useFormats();
  const halfDay = useHalfDay();
  return useMemo(() => {
    const words = fieldWords((key, values) => t(`people:${key as 'sex.female'}`, { ...values }), format);
    const country = (code: string): string => (/^[A-Z]{2}$/.test(code) ? format.country(code) : code);

    const place = (text: string): string | null => {
      if (HALF_DAY.test(text)) {
        const { day, half } = halfDay(text as Parameters<typeof halfDay>[0]);
        return t('attendance:grid.halfDay', { day, half });
      }
      return DAY.test(text) ? format.day(text as Parameters<typeof format.day>[0]) : null;
    };
    const field = (name: string): string =>
      known?.get(name) ?? (i18n.exists(`people:field.${name}`) ? t(`people:field.${name}`) : (place(name) ?? name));
    const value = (of: string, text: string): string => {
      if (text === '') return t('intake:notRecorded');
      if (of === 'country') return country(text);
      if (of === 'language' && !/^[a-z]{2}$/.test(text)) return text;
      if (isPersonField(of) && participant.fields[of].words !== null) return words(of, text);
      if (has(WAVES, text)) return t(`people:export.wave.${text as (typeof WAVES)[number]}`);
      if (has(STATUSES, text)) return t(`attendance:status.${text as (typeof STATUSES)[number]}`);
      return place(text) ?? text;
    };
    const reason = (code: string): string => {
      if (i18n.exists(`intake:why.${code}.itself`)) return t(`intake:why.${code}.itself`);
      if (i18n.exists(`intake:why.${code}`)) return t(`intake:why.${code}`);
      if (i18n.exists(`intake:left.${code}`)) return t(`intake:left.${code}`);
      if (i18n.exists(`intake:question.${code}`)) return t('intake:waitsForAnswer');
      return i18n.exists(`errors:${code}`) ? t(`errors:${code}`) : t('errors:unknown', { code });
    };
    return {
      field,
      value,
      /** Why a row is what it is: somebody's name, a state, a reason to leave it. */
      reason,
      /** What holds a row up: which column, what stands there, and why it is not taken. */
      ask({ about, field: of, code, text }: RowAsk): string {
        if (about === 'row' || of === '') return reason(code);
        const said = { field: field(of), text, reason: reason(code) };
        return t(text === '' ? 'intake:doubt' : 'intake:ask', said);
      },
      question(code: string, about: { readonly subject: string; readonly column: string }): string {
        return t(`intake:question.${i18n.exists(`intake:question.${code}`) ? (code as 'letter') : 'other'}`, about);
      },
      refusal({ code, details }: { readonly code: string; readonly details: Readonly<Record<string, unknown>> }): string {
        return i18n.exists(`errors:${code}`) ? t(`errors:${code}`, details) : t('errors:unknown', { code });
      },
      /** One of the answers to a question. */
      option(code: string, option: string): string {
        if (option === '') return t('intake:option.none');
        if (i18n.exists(`intake:option.${code}.${option}`)) return t(`intake:option.${code}.${option}`);
        const [about = ''] = code.split('.');
        return value(about, option);
      },
    };
  }, [t, i18n, format, halfDay, known]);
}

export type ImportWords = ReturnType<typeof useImportWords>;
