import type { TFunction } from 'i18next';
import { lettersInWords, type LetterSet } from '../../../../../shared/features/attendance/letters.ts';
import { fieldWords as personWords } from '../../../../../shared/features/people/field-words.ts';
import { isPersonField } from '../../../../../shared/features/people/rules.ts';
import { LANGUAGES, textIn, type Language } from '../../../../../shared/kernel/text.ts';
import { entityOf } from '../../../../../shared/model/entities.ts';
import { labelKey } from '../../../../../shared/model/entity.ts';
import { fieldOf } from '../../../../../shared/model/judge.ts';
import { DELETED } from '../../../../../shared/sync/merge.ts';
import type { Formats } from '../../../../../shared/kernel/formats.ts';
import { LANGUAGE_NAMES } from '../../../../../shared/kernel/formats.ts';
import type { Answer } from '../../../app/engine.ts';
import type { WrittenOn } from '../device-words.ts';

export type Conflict = Answer<'sync.conflictPage'>['conflicts'][number];
export type Value = Conflict['values'][number];

/** The parts that sentences are made with. */
export interface Speech {
  readonly t: TFunction<'sync'>;
  readonly exists: (key: string) => boolean;
  readonly language: Language;
  readonly format: Formats;
  /** *on this laptop*. */
  on(written: WrittenOn): string;
}

/** `title@fr` -> `title` and `fr`. */
export function splitField(field: string): { readonly name: string; readonly language: Language | undefined } {
  const at = field.lastIndexOf('@');
  const language = LANGUAGES.find((one) => one === field.slice(at + 1));
  return at > 0 && language ? { name: field.slice(0, at), language } : { name: field, language: undefined };
}

/** Returns the name of a field, in the user's words: *Institution*, *Title (Français)*. */
export function fieldWords(entityType: string, field: string, { t }: Pick<Speech, 't'>): string {
  if (field === DELETED) return t('sync:field._deleted');
  const { name, language } = splitField(field);
  const definition = entityOf(entityType);
  // A field of a newer program has no name here.
  const label = definition && fieldOf(definition, name) ? t(labelKey(definition, name)) : name;
  return language ? t('sync:fieldInLanguage', { field: label, language: LANGUAGE_NAMES[language] }) : label;
}

/** A value as people say it: a status, a country, a day, yes or no; an empty one is said too. */
export function valueWords(field: string, value: Value['value'], speech: Speech): string {
  const { t, exists, language, format } = speech;
  const { name } = splitField(field);
  if (name === DELETED) return value === true ? t('sync:value.removed') : t('sync:value.kept');
  if (value === null || value === '' || (Array.isArray(value) && value.length === 0)) return t('sync:value.empty');
  if (typeof value === 'boolean') return value ? t('sync:value.yes') : t('sync:value.no');
  if (typeof value === 'number') return format.number(value, 2);
  if (Array.isArray(value)) return format.list(value.map((one) => valueWords(name, one, speech)));
  if (typeof value === 'object') return name === 'letters' ? lettersInWords(value as LetterSet) : localised(value, language);
  const text = value;
  if (isPersonField(name)) return personWords((key, values) => t(`people:${key as 'sex.female'}`, { ...values }), format)(name, text);
  if (name === 'countries') return format.country(text);
  if (name === 'languages') return format.language(text);
  if (/^\d{4}-\d{2}-\d{2}$/.test(text)) return format.day(text);
  const half = /^(\d{4}-\d{2}-\d{2})-(AM|PM)$/.exec(text);
  if (half) return halfDayWords(text, speech);
  const known = [`attendance:status.${text}`, `activity:${name}.${text}`].find(
    (key, index) => (index > 0 || name === 'status') && exists(key),
  );
  return known === undefined ? text : t(known);
}

/** *Mon 12 July, morning*. */
export function halfDayWords(halfDay: string, { t, format }: Speech): string {
  return t('attendance:grid.halfDay', {
    day: format.weekday(halfDay.slice(0, 10)),
    half: halfDay.endsWith('AM') ? t('app:half.AM') : t('app:half.PM'),
  });
}

function localised(value: object, language: Language): string {
  const texts = Object.fromEntries(Object.entries(value).filter(([, text]) => typeof text === 'string'));
  return Object.keys(texts).length > 0 ? textIn(texts, language) : JSON.stringify(value);
}

/** *Awa Diop (national trainer)*, *Ana López (curriculum manager, ENM)*: a name with the office that its certificate gives. */
export function authorWords(by: Pick<Value, 'author' | 'role' | 'institution'>, { t, exists }: Pick<Speech, 't' | 'exists'>): string {
  const { author, role, institution } = by;
  const key = `laptop.role.${role}`;
  if (author === '' || role === '') return author;
  const office = exists(`sync:${key}`) ? t(key as 'laptop.role.trainer') : role;
  return institution === '' ? t('sync:office.role', { author, office }) : t('sync:office.institution', { author, office, institution });
}

/** *Awa marked LATE, 12 July 2021 at 14:25, on their own laptop*: who, what, when, where. */
export function writtenWords(conflict: Pick<Conflict, 'entityType' | 'field'>, value: Value, speech: Speech): string {
  const { t, format, on } = speech;
  const mark = conflict.entityType === 'mark' && conflict.field === 'status';
  const said = valueWords(conflict.field, value.value, speech);
  const who = value.author === '' ? 'somebody' : 'by';
  return t(`sync:${mark ? 'marked' : 'wrote'}.${who}`, {
    author: authorWords(value, speech),
    value: said,
    at: format.instant(value.t),
    on: on(value),
  });
}

/** *Awa Diop, 12 July 2021 at 14:25, on this laptop*. */
export function byWords(value: Value, speech: Speech): string {
  const { t, format, on } = speech;
  return t(value.author === '' ? 'sync:wroteLong.somebody' : 'sync:wroteLong.by', {
    author: authorWords(value, speech),
    at: format.instant(value.t),
    on: on(value),
  });
}

/** *Awa Diop removed it, ...* or *Bento Lima wrote to it, ...*. */
export function removalWords(value: Value, speech: Speech): string {
  const { t, format, on } = speech;
  const what = value.value === true ? 'removal.removedBy' : 'removal.writtenBy';
  return t(`sync:${what}.${value.author === '' ? 'somebody' : 'by'}`, {
    author: authorWords(value, speech),
    at: format.instant(value.t),
    on: on(value),
  });
}
