import { fieldWords, type FieldWords } from '../../../../shared/features/people/field-words.ts';
import { isPersonField } from '../../../../shared/features/people/rules.ts';
import { LANGUAGES, wordsIn } from '../../../../shared/kernel/text.ts';
import { formats } from '../../../../shared/kernel/formats.ts';
import type { Id } from '../../../../shared/kernel/ids.ts';
import { ENTITIES, entityOf } from '../../../../shared/model/entities.ts';
import { labelKey, type Entity, type Personal } from '../../../../shared/model/entity.ts';
import { award } from '../../../../shared/model/award.ts';
import { mark } from '../../../../shared/model/attendance.ts';
import { participant } from '../../../../shared/model/people.ts';
import type { FieldValue } from '../../../../shared/sync/types.ts';
import type { EngineContext } from '../../context.ts';
import { instant } from '../../sync/review/conflicts.ts';
import { attributionOf } from '../../attribution.ts';

/** One record about a person, with every value that a personal field ever held. */
export interface RecordAbout {
  readonly type: string;
  readonly id: Id;
  /** The half-day of a mark, the wave of a sheet; '' where there is none. */
  readonly of: string;
  readonly values: readonly ValueAbout[];
}

export interface ValueAbout {
  readonly field: string;
  readonly value: FieldValue;
  readonly current: boolean;
  readonly at: string;
  readonly author: string;
  /** Keys of `privacy.json`. */
  readonly purpose: string;
  readonly retention: string;
}

/** Everything that is held about a participant: the person's own record, the marks, the sheets that name them; what was erased is left out. */
export function recordsAbout(context: EngineContext, person: Id): RecordAbout[] {
  return ENTITIES.flatMap((definition) =>
    recordsOf(context, definition, person).flatMap(({ id, of }) => {
      const values = valuesOf(context, definition, id);
      return values.length > 0 ? [{ type: definition.type, id, of, values }] : [];
    }),
  );
}

function recordsOf({ store }: EngineContext, { type, about }: Entity, person: Id): { id: Id; of: string }[] {
  if (type === participant.type) return [{ id: person, of: '' }];
  if (type === mark.type) return store.reader.all('select id, halfDay as "of" from mark where personId = ? order by halfDay', person);
  if (about === undefined) return [];
  if (type === award.type) return store.reader.all('select id, kind as "of" from award where personId = ? order by issuedOn, id', person);
  return store.reader.all(`select id, coalesce(wave, '') as "of" from "${type}" where "${about}" = ?`, person);
}

function valuesOf(context: EngineContext, { type, fields }: Entity, id: Id): ValueAbout[] {
  return Object.entries(fields).flatMap(([field, { personal }]) =>
    personal === null ? [] : historyOf(context, type, id, field, personal),
  );
}

function historyOf(
  context: EngineContext,
  type: string,
  id: Id,
  field: string,
  { purpose, retention }: Personal,
  register: string = field,
): ValueAbout[] {
  return context.store.reader
    .history(id, register, type)
    .filter(({ erased, value }) => !erased && value !== null && value !== '')
    .map(({ value, current, t, replica }) => {
      const { author } = attributionOf(context, replica);
      return { field, value, current, at: instant(t), author, purpose, retention };
    });
}

/** One record of the plan of which a text has a name. */
export interface TextNaming {
  readonly type: string;
  readonly id: Id;
  readonly values: readonly ValueAbout[];
}

/**
 * Texts of a workshop's plan, and of what institutions share, that have the family name of one of these people, earlier wordings too. No record says whom a text means, so it may be somebody else of that
 * name; a text that has a name misspelt, or the given name alone, is not found.
 */
export function textsNaming(context: EngineContext, activityId: Id, people: readonly Id[]): TextNaming[] {
  const named = people.flatMap((id) => {
    const row = context.store.reader.get<{ familyName: string | null }>('select familyName from participant where id = ?', id);
    const words = wordsIn(row?.familyName ?? '');
    return words.length > 0 ? [words] : [];
  });
  if (named.length === 0) return [];
  const hasName = (text: string): boolean => {
    const words = new Set(wordsIn(text));
    return named.some((name) => name.every((word) => words.has(word)));
  };
  const { reader } = context.store;
  return ENTITIES.flatMap(({ type, fields }) =>
    Object.entries(fields).flatMap(([field, { personal, localised }]) => {
      if (personal?.stays !== 'inPlan') return [];
      // What an institution shares belongs to no workshop.
      const ids =
        'activityId' in fields
          ? reader.all<{ id: Id }>(`select id from "${type}" where activityId = ? order by id`, activityId)
          : reader.all<{ id: Id }>(`select id from "${type}" order by id`);
      const registers = localised ? LANGUAGES.map((language) => `${field}@${language}`) : [field];
      return ids.flatMap(({ id }) => {
        const values = registers
          .flatMap((register) => historyOf(context, type, id, field, personal, register))
          .filter(({ value }) => typeof value === 'string' && hasName(value));
        return values.length > 0 ? [{ type, id, values }] : [];
      });
    }),
  );
}

/** The records, and the texts of the plan that have the name, as a page that a person can read and print, in the user's language. */
export function pageOf(context: EngineContext, records: readonly RecordAbout[], texts: readonly TextNaming[]): string {
  const language = context.language();
  const say = (key: string, values?: Record<string, unknown>): string => escaped(context.translate(language, key, values));
  const format = formats(language, context.translate(language, 'app:notReadable'));
  const words = fieldWords((key, values) => context.translate(language, `people:${key}`, values), format);
  const rowsOf = (type: string, of: string, values: readonly ValueAbout[]): string[] =>
    values.map(
      (
        one,
      ) => `<tr${one.current ? '' : ' class="earlier"'}><td>${say(labelKey(entityOf(type)!, one.field))}${of ? ` (${escaped(wordOf(say, type, of))})` : ''}</td>
<td>${escaped(shown(say, words, type, one.field, one.value))}</td><td>${escaped(format.universalInstant(one.at))}</td><td>${escaped(one.author)}</td>
<td>${say(`privacy:purpose.${one.purpose}`)}</td><td>${say(`privacy:retention.${one.retention}`)}</td></tr>`,
    );
  const rows = records.flatMap(({ type, of, values }) => rowsOf(type, of, values));
  const named = texts.flatMap(({ type, values }) => rowsOf(type, '', values));
  const heads = ['what', 'value', 'when', 'who', 'why', 'howLong'].map((name) => `<th>${say(`people:export.${name}`)}</th>`).join('');
  return `<!doctype html>
<html lang="${language}"><meta charset="utf-8"><title>${say('people:export.title')}</title>
<style>body{font:16px/1.45 "Source Sans 3",sans-serif;margin:2em;color:#1b2430}table{border-collapse:collapse;width:100%}th,td{text-align:left;vertical-align:top;padding:6px 10px;border-bottom:1px solid #e3ded4}.earlier{color:#5b6675}</style>
<h1>${say('people:export.title')}</h1><p>${say('privacy:notice')}</p><p>${say('people:export.earlier')}</p>
${table(heads, rows)}
${named.length > 0 ? `<h2>${say('people:export.programme')}</h2><p>${say('people:export.programmeText')}</p>\n${table(heads, named)}\n` : ''}</html>
`;
}

function table(heads: string, rows: readonly string[]): string {
  return `<table><thead><tr>${heads}</tr></thead><tbody>
${rows.join('\n')}
</tbody></table>`;
}

type Say = (key: string, values?: Record<string, unknown>) => string;

function shown(say: Say, words: FieldWords, type: string, field: string, value: FieldValue): string {
  if (typeof value === 'object') return JSON.stringify(value);
  const text = String(value);
  if (type === mark.type && field === 'status') return chosen(say, `attendance:status.${text}`, text);
  return type === participant.type && isPersonField(field) ? words(field, text) : text;
}

/** The word that a value chooses; a value that no word is for, as it stands: the person may see what is kept. */
function chosen(say: Say, key: string, value: string): string {
  const word = say(key);
  return word === escaped(key.slice(key.indexOf(':') + 1)) ? value : word;
}

function wordOf(say: Say, type: string, of: string): string {
  if (type === award.type) return say(`award:kind.${of}`);
  return type === 'sheet' ? say(`people:export.wave.${of}`) : of;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
