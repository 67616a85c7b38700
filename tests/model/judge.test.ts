import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { ENTITIES, entityOf, MODEL_VERSION } from '../../shared/model/entities.ts';
import { isErasable, type Entity, type Field } from '../../shared/model/entity.ts';
import { isReadable, judgeEntity, judgeValue, judgeValues } from '../../shared/model/judge.ts';
import { LARGEST_FILE } from '../../shared/model/values.ts';
import { LIBRARY_PACK, readLibrary } from '../../shared/node/store/library.ts';
import { addDays, LONGEST_DAYS } from '../../shared/kernel/dates.ts';
import type { FieldValue, OpValue } from '../../shared/sync/types.ts';
import { readFileSync } from 'node:fs';
import { ODD_VALUES } from '../support/lists/odd-values.ts';

/** TRUST, *Nobody sees* 11; SPEC: values are what the model says, with room for what a newer program adds. */

const ID = '018f0000-0000-7000-8000-000000000001';
const NEWER = MODEL_VERSION + 1;

function registerOf(name: string, { localised }: Field): string {
  return localised ? `${name}@fr` : name;
}

function contentOf(field: Field, value: FieldValue): OpValue {
  return isErasable(field) ? { form: 'erasable', value, salt: '0'.repeat(32) } : { form: 'plain', value };
}

function eachField(look: (definition: Entity, name: string, field: Field) => void): void {
  for (const definition of ENTITIES) for (const [name, field] of Object.entries(definition.fields)) look(definition, name, field);
}

function judged(type: string, name: string, value: FieldValue, schema = MODEL_VERSION): string | null {
  const field = entityOf(type)!.fields[name]!;
  return judgeValue(type, registerOf(name, field), contentOf(field, value), schema);
}

/** Values that this program writes, by entity and field. */
const GOOD: Readonly<Record<string, readonly FieldValue[]>> = {
  'activity.start': ['2021-07-12', '2024-02-29'],
  'activity.mode': ['online', 'desk', 'unspecified'],
  'activity.languages': [[], ['fr', 'en']],
  'activity.countries': [[], ['SN', 'XK']],
  'activity.courseId': [ID],
  'activity.dateTbc': [true, false],
  'activity.archived': [true, false],
  'activity.letters': [{ present: 'P', late: 'T', leftEarly: 'S', excused: 'J', absent: 'F', remote: 'X' }],
  'activity.precision': ['month', 'week', 'none'],
  'activity.kind': ['mission'],
  'activity.listedUnder': ['2021-07'],
  'award.kind': ['trainer'],
  'award.rule': [{ threshold: 75, test: 'passed', passMark: 60 }],
  'activity.entryId': [ID],
  'agendaItem.placement': [['2021-07-12-AM', 'a0']],
  'agendaItem.start': ['09:00', '23:59'],
  'mark.status': ['present', 'notTaken'],
  'mark.happenedAt': ['2021-07-12', '2021-07-12T08:00:00.000Z', '2021-07-12T08:00:00+02:00'],
  'mark.halfDay': ['2021-07-12-PM'],
  'participant.email': ['', 'awa.diallo@example.org'],
  'participant.country': ['SN'],
  'participant.sex': ['notStated'],
  'participant.position': ['a0', 'Zz', 'a0V'],
  'roster.key': ['0123456789abcdef0123456789abcdef'],
  'materialVersion.size': [0, LARGEST_FILE],
  'materialVersion.sha256': ['a'.repeat(64)],
  'materialVersion.type': ['application/pdf', 'application/vnd.oasis.opendocument.text'],
  'course.days': [1, LONGEST_DAYS],
  'session.originHeads': [{}, { 'title@fr': [`${'a'.repeat(64)}:0`], placement: [] }],
  'courseVersion.parts': [{}, { [ID]: { 'title@fr': [`${'a'.repeat(64)}:12`] } }],
  'participant.phone': ['', '+221 77 123 45 67'],
  'participant.consentPhoto': ['no 1 2026-05-04'],
  'participant.consentDirectory': ['yes 12 2026-05-04'],
  'participant.consentFollowUp': ['yes 1 2026-05-04'],
  'session.layouts': [{ '4': { day: 1, half: 'AM' } }],
  'sheet.answers': [{}, { Q1: 'c', O1: 'Très utile' }],
  'form.draws': [[], [{ topic: 'Convention', count: 5 }]],
  'form.passMark': [0, 70, 100],
  'formItem.type': ['choice', 'matrix', 'consent'],
  'formItem.options': [[], ['a', 'b', 'true']],
  'formItem.optionTexts': [{}, { a: 'Conservation' }],
  'formItem.key': [{}, { shares: { a: 1, b: -0.5 } }, { rows: { '1': 'a' } }, { order: ['b', 'a'] }, { value: '90', tolerance: 0.5 }],
  'formItem.points': [0, 0.5, 1_000],
  'formVersion.parts': [{}, { [ID]: { 'text@fr': [`${'a'.repeat(64)}:12`] } }, { [ID]: {} }],
  'formVersion.drawn': [[], [ID]],
  'sheet.country': ['CV'],
  'form.items': [[], [{ id: 'Q1', type: 'choice', text: { fr: 'Q' }, options: { a: { fr: 'A' } } }]],
};

/** Values that are none, by entity and field. */
const BAD: Readonly<Record<string, readonly FieldValue[]>> = {
  'activity.start': ['tomorrow', '2021-02-30', '2021-7-1', '', '10000-01-01', '+010000-01-01', 5, '2021-07-12T00:00:00Z'],
  'activity.end': ['tomorrow', '0000-00-00'],
  'session.originHeads': [{ title: 'a' }, { title: ['a'] }, []],
  'courseVersion.parts': [{ course: {} }, { [ID]: { title: ['a'] } }],
  'activity.mode': ['__proto__', 'Online', '', 'constructor'],
  'activity.languages': [['fr', 'xx'], 'fr', { 0: 'fr' }],
  'activity.countries': [['Senegal'], ['sn'], Array.from({ length: 251 }, () => 'SN')],
  'activity.projects': [['x'.repeat(501)], Array.from({ length: 101 }, () => 'x')],
  'activity.courseId': ['C1', ''],
  'activity.name': ['x'.repeat(501), 5],
  'activity.dateTbc': [1, 'true'],
  'activity.archived': [0, 'yes'],
  'activity.letters': [
    'PTSJFX',
    { present: 'P' },
    { present: 'P', late: 'P', leftEarly: 'S', excused: 'J', absent: 'F', remote: 'X' },
    { present: 'p', late: 'T', leftEarly: 'S', excused: 'J', absent: 'F', remote: 'X' },
    { present: 'P', late: 'T', leftEarly: 'S', excused: 'J', absent: 'F', remote: 'X', asleep: 'Z' },
  ],
  'agendaItem.placement': [
    ['2021-07-12-AM', ''],
    ['2021-07-12', 'a0'],
    ['2021-07-12-AM', '!'],
    ['2021-07-12-AM', 'k'],
    ['2021-07-12-AM'],
    'a0',
  ],
  'agendaItem.start': ['9:00', '24:00', '09:00:00'],
  'award.kind': ['Attendance', 'participation', ''],
  'award.rule': [{ threshold: 101, test: 'none', passMark: 0 }, { threshold: 75, passMark: 0 }, 75],
  'mark.status': ['banana', 'Present', ''],
  'mark.halfDay': ['2021-07-12', '2021-07-12-XM', '2021-02-30-AM'],
  'mark.happenedAt': ['yesterday', '', 8.64e15],
  'mark.activityId': ['w', `${ID} `],
  'participant.email': ['nobody', 'a@b', 'a b@example.org'],
  'participant.phone': ['nobody', '12', 'awa@example.org', 5],
  'participant.notes': ['x'.repeat(2_001), 5],
  'participant.consentPhoto': ['yes', 'perhaps 1 2026-05-04', 'yes 1 2026-02-30', '', true],
  'participant.country': ['Senegal', 'sn', ''],
  'participant.language': ['de', ''],
  'participant.profession': ['king'],
  'participant.position': ['', 'a', 'a00', '~'],
  'roster.key': ['', 5],
  'answerBook.key': ['Z'.repeat(101)],
  'materialVersion.size': [-5, LARGEST_FILE + 1, 0.5, '10', Number.MAX_SAFE_INTEGER],
  'materialVersion.sha256': ['', 'A'.repeat(64), 'a'.repeat(63)],
  'materialVersion.language': ['english'],
  'materialVersion.type': ['', 'pdf', 'text/html\r\nx: y'],
  'material.kind': ['virus'],
  'course.days': [0, -1, LONGEST_DAYS + 1],
  'course.level': ['expert'],
  'session.minutes': [-1, 100_000],
  'session.layouts': [{ '0': { day: 1, half: 'AM' } }, { '4': { day: 0, half: 'AM' } }, { '4': { day: 1, half: 'XM' } }],
  'sheet.answers': [{ Q1: 3 }, { ['Q'.repeat(21)]: 'a' }, { Q1: 'x'.repeat(4_001) }, ['a']],
  'sheet.wave': ['middle'],
  'form.items': [[{ id: 'Q1' }], ['Q1'], [{ id: 'Q1', type: 'magic', text: {}, options: {} }], 'Q1'],
  'form.key': [{ Q1: 3 }],
  'form.draws': [[{ topic: 'Convention' }], [{ topic: 'x', count: -1 }], 'all'],
  'form.passMark': [-1, 101, 0.5, '70'],
  'formItem.type': ['magic', ''],
  'formItem.options': [['a b'], [''], 'a'],
  'formItem.optionTexts': [{ 'a b': 'x' }, { a: 1 }, ['a']],
  'formItem.key': [{ shares: { a: 2 } }, { rows: { '1': 5 } }, { tolerance: -1 }, 'a'],
  'formItem.points': [-1, 1_001, '1'],
  'formVersion.parts': [{ form: {} }, { [ID]: { text: ['a'] } }],
  'formVersion.drawn': [['Q1'], 'all'],
  'sheet.version': ['1.0', ''],
  'sheet.country': ['Senegal', ''],
};

describe('a value is what the model says', () => {
  it('takes what this program writes and refuses what is none', () => {
    for (const [place, values] of Object.entries(GOOD)) {
      const [type, name] = place.split('.') as [string, string];
      for (const value of values) expect(judged(type, name, value), `${place} ${JSON.stringify(value)}`).toBeNull();
    }
    for (const [place, values] of Object.entries(BAD)) {
      const [type, name] = place.split('.') as [string, string];
      for (const value of values) expect(judged(type, name, value), `${place} ${JSON.stringify(value)}`).toBe('sync.valueInvalid');
    }
  });

  it('judges every field of every entity: none takes all of the odd values', () => {
    eachField((definition, name) => {
      const refused = ODD_VALUES.filter((value) => judged(definition.type, name, value) !== null);
      expect(refused.length, `${definition.type}.${name}`).toBeGreaterThan(ODD_VALUES.length / 3);
    });
  });

  it('null clears any field, and a value that is gone stands', () => {
    eachField((definition, name, field) => {
      expect(judged(definition.type, name, null), `${definition.type}.${name}`).toBeNull();
      const redacted = { form: 'redacted', digest: 'a'.repeat(64) } as const;
      expect(judgeValue(definition.type, registerOf(name, field), redacted, MODEL_VERSION)).toBeNull();
    });
  });

  it('a personal value is erasable and no other is, whoever wrote it', () => {
    eachField(({ type }, name, field) => {
      const register = registerOf(name, field);
      const value = someGoodValue(type, name, field);
      const plain = judgeValue(type, register, { form: 'plain', value }, MODEL_VERSION);
      const erasable = judgeValue(type, register, { form: 'erasable', value, salt: '0'.repeat(32) }, MODEL_VERSION);
      expect([plain, erasable], `${type}.${name}`).toEqual(isErasable(field) ? ['sync.valueInvalid', null] : [null, 'sync.valueInvalid']);
      // A newer model may have made a field personal, and never the other way round.
      expect(judgeValue(type, register, { form: 'plain', value }, NEWER) === null).toBe(!isErasable(field));
      expect(judgeValue(type, register, { form: 'erasable', value, salt: '0'.repeat(32) }, NEWER)).toBeNull();
    });
  });

  it('a register has a language exactly where its field has one', () => {
    const text = { form: 'plain', value: 'x' } as const;
    expect(judgeValue('activity', 'title@fr', text, MODEL_VERSION)).toBeNull();
    for (const register of ['title', 'name@fr', 'title@', 'title@xx', 'title@__proto__', 'start@fr']) {
      expect(judgeValue('activity', register, text, MODEL_VERSION), register).toBe('sync.valueInvalid');
    }
    expect(judgeValue('activity', 'title@de', text, NEWER)).toBeNull();
  });

  it('deletion is yes or no, in plain', () => {
    for (const value of [true, false]) expect(judgeValue('mark', '_deleted', { form: 'plain', value }, MODEL_VERSION)).toBeNull();
    for (const value of ['yes', 1, [], {}]) {
      expect(judgeValue('mark', '_deleted', { form: 'plain', value }, NEWER)).toBe('sync.valueInvalid');
    }
    expect(judgeValue('mark', '_deleted', { form: 'erasable', value: true, salt: '0'.repeat(32) }, NEWER)).toBe('sync.valueInvalid');
  });
});

describe('room for a newer program', () => {
  it('types and fields that the model does not know pass, whatever they hold', () => {
    for (const value of ODD_VALUES) {
      for (const schema of [MODEL_VERSION, NEWER]) {
        expect(judgeValue('badge', 'colour', { form: 'plain', value }, schema)).toBeNull();
        for (const name of ['fieldOfANewerProgram', '__proto__', 'constructor', 'toString@fr']) {
          expect(judgeValue('mark', name, { form: 'plain', value }, schema), name).toBeNull();
        }
      }
    }
  });

  it('a new word of a list passes from a newer model alone, and is not readable here', () => {
    const words: readonly (readonly [string, string, FieldValue])[] = [
      ['mark', 'status', 'remoteLate'],
      ['activity', 'mode', 'selfPaced'],
      ['activity', 'languages', ['fr', 'ar']],
      ['participant', 'profession', 'notary'],
      ['participant', 'language', 'pt-BR'],
      ['form', 'items', [{ id: 'Q1', type: 'drawing', text: {}, options: {}, max: 3 }]],
    ];
    for (const [type, name, value] of words) {
      expect(judged(type, name, value, MODEL_VERSION), `${type}.${name}`).toBe('sync.valueInvalid');
      expect(judged(type, name, value, NEWER), `${type}.${name}`).toBeNull();
      expect(isReadable(type, name, value), `${type}.${name}`).toBe(false);
    }
    for (const value of ['two words', '__proto__', 'x'.repeat(41), '', 5])
      expect(judged('mark', 'status', value, NEWER)).toBe('sync.valueInvalid');
  });

  it('a day stays a day and a size a size, whatever model says it wrote them', () => {
    for (const [place, values] of Object.entries(BAD)) {
      const [type, name] = place.split('.') as [string, string];
      const { schema, newer } = entityOf(type)!.fields[name]!;
      if (schema !== newer) continue;
      for (const value of values) expect(judged(type, name, value, NEWER), `${place} ${JSON.stringify(value)}`).toBe('sync.valueInvalid');
    }
  });
});

describe('values written together', () => {
  const spans: readonly (readonly [string, string, boolean])[] = [
    ['2021-07-12', '2021-07-12', true],
    ['2021-07-12', addDays('2021-07-12', LONGEST_DAYS - 1), true],
    ['2021-07-12', addDays('2021-07-12', LONGEST_DAYS), false],
    ['2021-07-12', '2021-07-11', false],
    ['0001-01-01', '9999-12-31', false],
  ];

  it('a workshop lasts from one day to the longest', () => {
    for (const [start, end, stands] of spans) {
      const op = (field: string, value: string) => ({
        entityType: 'activity',
        entityId: ID,
        field,
        supersedes: [],
        content: { form: 'plain', value } as const,
      });
      const header = {
        version: 1,
        space: `workshop/${ID}/plan`,
        replica: 'a'.repeat(32),
        seq: 1,
        prev: null,
        t: 0,
        tq: 0,
        author: '',
        kind: 'data',
      } as const;
      for (const schema of [MODEL_VERSION, NEWER]) {
        const fault = judgeValues({ header: { ...header, schema }, ops: [op('start', start), op('end', end)] });
        expect(fault, `${start} ${end}`).toBe(stands ? null : 'sync.valueInvalid');
      }
      expect(judgeValues({ header: { ...header, schema: 1 }, ops: [op('start', start)] })).toBeNull();
    }
    expect(
      judgeEntity(
        'agendaItem',
        new Map([
          ['start', '2021-07-12'],
          ['end', '2021-07-11'],
        ]),
      ),
    ).toBeNull();
  });
});

it('every value of the library that ships with the program stands', () => {
  const read = readLibrary(readFileSync(path.resolve('resources', LIBRARY_PACK)));
  if (!read.ok) throw new Error(read.refusal.code);
  expect(read.value.changeSets.length).toBeGreaterThan(0);
  for (const changeSet of read.value.changeSets) {
    for (const { entityType, field, content } of changeSet.ops) {
      expect(judgeValue(entityType, field, content, changeSet.header.schema), `${entityType}.${field}`).toBeNull();
    }
    expect(judgeValues(changeSet)).toBeNull();
  }
});

function someGoodValue(type: string, name: string, field: Field): FieldValue {
  const known = GOOD[`${type}.${name}`]?.at(-1);
  if (known !== undefined) return known;
  const found = [
    ...ODD_VALUES,
    ID,
    '2021-07-12',
    '2021-07-12T08:00:00.000Z',
    '09:00',
    'a'.repeat(32),
    '#7a1e2e',
    'https://certificates.example.org/v',
    ['a'],
    { Q1: 'a' },
    { points: 14.5, of: 20 },
    90,
    ...WORDS,

    [ID, 'a0'],
  ].find((value) => value !== null && field.schema.safeParse(value).success);
  if (found === undefined) throw new Error(`no good value of ${type}.${name} is known here`);
  return found;
}

const WORDS = [
  'online',
  'about',
  'attendance',
  'day',
  'SN',
  'list',
  'judge',
  'fr',
  'advanced',
  'prepost',
  'pre',
  'slides',
  'everyone',
  'people',
];
