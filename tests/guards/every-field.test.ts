import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { namesInSource } from '../../scripts/locale-use.ts';
import { searchText } from '../../renderer/desktop/features/people/find-people.ts';
import { desktopContract } from '../../shared/contract/desktop.ts';
import { DETAIL_FIELDS, ITEM_FIELDS } from '../../shared/features/activity/form-fields.ts';
import { matches } from '../../shared/features/activity/search.ts';
import { isListField } from '../../shared/features/people/list/headings.ts';
import { isPersonField } from '../../shared/features/people/rules.ts';
import { NARRATIVE_FIELDS } from '../../shared/features/report/narrative.ts';
import { LANGUAGES, type Language } from '../../shared/kernel/text.ts';
import { activity, agendaItem } from '../../shared/model/activity.ts';
import { ENTITIES } from '../../shared/model/entities.ts';
import { labelKey, saidNot, type Entity, type Field, type Use } from '../../shared/model/entity.ts';
import { participant } from '../../shared/model/people.ts';
import { blankOf, filledAs, filledFields } from '../../shared/model/records.ts';
import { PROJECTIONS } from '../../shared/node/store/projection.ts';
import type { MergedEntity } from '../../shared/sync/merge.ts';
import { BLANK_PERSON } from '../support/lists/blank-person.ts';

/**
 * A field is written once, in the model, and every field is shown under one name in four languages, found by what is written in it, brought in and carried out by files, and
 * listed with the data of people where it is a person's or may name people; or the model says why not. What a new field lacks is named here.
 */

const ROOT = path.resolve(import.meta.dirname, '../..');

interface One {
  readonly at: string;
  readonly definition: Entity;
  readonly name: string;
  readonly field: Field;
}

const EVERY: readonly One[] = ENTITIES.flatMap((definition) =>
  Object.entries(definition.fields).map(([name, field]) => ({ at: `${definition.type}.${name}`, definition, name, field })),
);
const reasonOf = ({ definition, name }: One, use: Use): string | undefined => saidNot(definition, name, use);
const SHOWN = EVERY.filter((one) => reasonOf(one, 'shown') === undefined);

const files = new Map<string, Record<string, unknown>>();

/** The text of a key in a language; undefined where there is none. */
function wordOf(language: Language, key: string): unknown {
  const [file, way = ''] = key.split(':');
  const place = path.join(ROOT, 'locales', language, `${file}.json`);
  const words = files.get(place) ?? (JSON.parse(readFileSync(place, 'utf8')) as Record<string, unknown>);
  files.set(place, words);
  return way.split('.').reduce<unknown>((inner, part) => (inner as Record<string, unknown> | undefined)?.[part], words);
}

/** It is one thing or the other: a field is used so, or a reason stands beside it in the model; never both. */
function expectSaid(one: One, use: Use, isSo: boolean): void {
  const own = one.field.not[use];
  if (isSo) expect(own, `${one.at} is ${use}, and its own line says that it is not`).toBeUndefined();
  else expect(reasonOf(one, use) ?? '', `${one.at} is not ${use}: the model must say why`).toMatch(/\p{L}{3}.* \p{L}/u);
}

const PROBE = 'Zyxwvut';

/** What lets a text of any words be written in a field: itself, or a list of such. */
function probeOf({ schema }: Field): string | string[] | null {
  return [PROBE, [PROBE]].find((value) => schema.safeParse(value).success) ?? null;
}

/** Whether a record is found by what is written in a field: in the index of texts, or in the list in which it stands. */
function isFound({ definition, name, field }: One, value: string | string[]): boolean {
  const register = { heads: [{ value }] };
  const merged = { live: true, registers: new Map([[field.localised ? `${name}@fr` : name, register]]) } as unknown as MergedEntity;
  if (PROJECTIONS.find(({ type }) => type === definition.type)!.searchTextOf(merged) !== '') return true;
  if (definition.type === activity.type) return matches({ ...blankOf(activity), title: '', [name]: value }, { text: PROBE.toLowerCase() });
  const person = { ...BLANK_PERSON, id: '', complete: true, homonym: false, erased: false, unreadable: [], removed: null, seen: {} };
  return (
    definition.type === participant.type &&
    searchText({ ...person, [name]: value } as unknown as Parameters<typeof searchText>[0], 'en').includes(PROBE.toLowerCase())
  );
}

/** What an inventory of activities says of each. */
const FROM_INVENTORIES: readonly string[] = [
  ...['name', 'projects', 'partners', 'mode', 'start', 'end', 'precision', 'dateTbc', 'kind', 'listedUnder', 'dateWording', 'wording'],
];

/** What the files of each call have of a record's fields. Tables of half-days and reports have columns of their own, which are no fields. */
const IN_FILES: Readonly<Record<string, (one: One) => boolean>> = {
  'people.import': ({ name }) => isListField(name),
  'people.exportList': ({ name }) => isPersonField(name),
  'people.export': ({ field }) => field.personal !== null,
  'attendance.import': ({ name }) => ['status', 'happenedAt'].includes(name),
  'attendance.export': ({ name }) => name === 'status',
  'evaluation.import': ({ name }) => ['personId', 'wave', 'answers', 'points'].includes(name),
  'calendar.import': ({ name }) => FROM_INVENTORIES.includes(name),
  'calendar.export': ({ name }) => [...FROM_INVENTORIES, 'title', 'countries', 'place'].includes(name),
  'report.export': ({ name }) =>
    [...['name', 'title', 'start', 'end', 'headcount'], ...Object.values<string>(NARRATIVE_FIELDS)].includes(name),
};

const isInFiles = (one: One, calls: readonly string[]): boolean => calls.some((call) => IN_FILES[call]!(one));
/** Spaces whose records are about people. */
const OF_PEOPLE: readonly string[] = ['people', 'answers'];

describe.each(SHOWN)('$at', (one) => {
  const { definition, name, field } = one;

  it('is called by one name in four languages, and so is what is chosen', () => {
    const key = labelKey(definition, name);
    for (const language of LANGUAGES) {
      expect(wordOf(language, key) ?? '', `${language}: ${key}`).toMatch(/\p{L}/u);
      if (field.input === 'choice')
        for (const word of field.words!) {
          const choice = `${key.split(':')[0]}:${name}.${word}`;
          expect(wordOf(language, choice) ?? '', `${language}: ${choice}`).toMatch(/\p{L}/u);
        }
    }
  });

  it('is found by what is written in it, or said not to be', () => {
    const value = probeOf(field);
    if (value !== null) expectSaid(one, 'searched', isFound(one, value));
    else expect(field.search).toBe(false);
  });

  it('is brought in and carried out by files, or said not to be', () => {
    expectSaid(one, 'imported', isInFiles(one, definition.imported));
    expectSaid(one, 'exported', isInFiles(one, definition.exported));
  });

  it('is in the register of personal data with words for why and how long, or nobody’s', () => {
    const { personal } = field;
    const isOfPeople = definition.spaces.some((space) => OF_PEOPLE.includes(space));
    const isText = probeOf(field) !== null;
    if (isOfPeople || isText) expectSaid(one, 'personal', personal !== null);
    else expect(personal).toBeNull();
    // Of a workshop people write in their own words: each of its texts says for itself whether it names somebody.
    if (isText && personal === null && definition.spaces.includes('plan')) expect(field.not.personal ?? '', one.at).not.toBe('');
    // What lies outside the spaces of people is in plain, and whoever reads the plan reads it; in these it never is for that reason.
    if (personal !== null) expect(personal.stays === 'inPlan', one.at).toBe(!isOfPeople);
    if (personal === null) return;
    for (const language of LANGUAGES) {
      expect(wordOf(language, `privacy:purpose.${personal.purpose}`) ?? '', language).toMatch(/\p{L}/u);
      expect(wordOf(language, `privacy:retention.${personal.retention}`) ?? '', language).toMatch(/\p{L}/u);
    }
  });
});

it('what is not shown says why, and nothing is made of it', () => {
  const hidden = EVERY.filter((one) => !SHOWN.includes(one));
  expect(hidden.length).toBeGreaterThan(20);
  for (const one of hidden) {
    expectSaid(one, 'shown', false);
    expect([one.field.input, one.field.search, one.field.personal], one.at).toEqual([null, false, null]);
  }
});

it('no two fields of a record have one name, but the two in which a title lies', () => {
  for (const definition of ENTITIES) {
    const named = SHOWN.filter((one) => one.definition === definition && one.name !== 'name').map(({ name }) => labelKey(definition, name));
    expect(new Set(named).size, definition.type).toBe(named.length);
  }
});

it('files come and go by calls of the window', () => {
  for (const { type, imported, exported } of ENTITIES)
    for (const call of [...imported, ...exported])
      expect([call in desktopContract, call in IN_FILES], `${type}: ${call}`).toEqual([true, true]);
});

it('what is filled in of a workshop and of a session stands once in its form', () => {
  expect([...DETAIL_FIELDS, ...filledAs(activity, 'day')].toSorted()).toEqual([...filledFields(activity)].toSorted());
  expect(ITEM_FIELDS.toSorted()).toEqual(filledFields(agendaItem).toSorted());
});

it('no word stands for a field that there is not', () => {
  const { used } = namesInSource(ROOT);
  // What is put in at run time may be any of them: `people:field` names the columns of tables too.
  const isAsked = (asked: string) =>
    used.some(({ namespaces, key, open }) =>
      namespaces.some((one) => (open ? asked.startsWith(`${one}:${key}`) : asked === `${one}:${key}`)),
    );
  const labels = new Set(SHOWN.map(({ definition, name }) => labelKey(definition, name)));
  const strays = [...new Set(ENTITIES.map((definition) => definition.labels))].flatMap((prefix) =>
    Object.keys((wordOf('en', prefix) as object | undefined) ?? {})
      .map((name) => `${prefix}.${name.replace(/_(one|other)$/, '')}`)
      .filter((key) => !labels.has(key) && !isAsked(key)),
  );
  expect(strays.join('\n')).toBe('');
});
