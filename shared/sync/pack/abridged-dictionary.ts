import { encodeCanonical } from '../canonical.ts';
import { concat } from '../encode.ts';

// What frames and notes of this field's records look like. Both sides of a link compress against it, so that a frame of a few dozen marks, which is too small to
// repeat itself, need not spell out what every such frame says. It is part of the form of an abridged pack: changed, it is another form with another number.

const ID = '019c0000-0000-8000-8000-000000000000';
const DAYS = ['2026-03-02', '2026-03-06'];

interface Sample {
  readonly space: string;
  readonly types: readonly string[];
  readonly registers: readonly (readonly [type: number, field: string])[];
  readonly derivations?: readonly unknown[];
  readonly values: readonly unknown[];
}

const SAMPLES: readonly Sample[] = [
  {
    space: 'library',
    types: ['material', 'materialVersion', 'course', 'module', 'session'],
    registers: [
      ...['kind', 'audience', 'language', 'courseId', 'title@en', 'title@fr', 'title@es', 'title@pt'].map((name) => [0, name] as const),
      ...['materialId', 'fileName', 'size', 'sha256', 'language'].map((name) => [1, name] as const),
      ...['code', 'description@en', 'description@fr', 'level', 'version', 'days'].map((name) => [2, name] as const),
      ...['placement', 'objectives@en', 'objectives@fr', 'minutes'].map((name) => [4, name] as const),
    ],
    values: [[0, ['document', 'slides', 'application/pdf', '.pdf', '.pptx', '.docx']]],
  },
  {
    space: `workshop/${ID}/plan`,
    types: ['activity', 'agendaItem'],
    registers: [
      ...[
        'name',
        'courseId',
        'projects',
        'partners',
        'languages',
        'countries',
        'mode',
        'start',
        'end',
        'place',
        'dateTbc',
        'precision',
      ].map((name) => [0, name] as const),
      ...['activityId', 'placement', 'title@en', 'title@fr', 'title@es', 'title@pt', 'mode', 'start', 'end', 'counts', '_deleted'].map(
        (name) => [1, name] as const,
      ),
    ],
    values: [
      ...[
        ['GLACY+'],
        ['fr', 'en', 'es', 'pt'],
        ['SN', 'ML', 'CI', 'TG', 'BJ', 'NE', 'CV'],
        ['2026-03-02-AM', 'a0'],
        ['2026-03-02-PM', 'a1'],
      ].map((list) => [0, [list]]),
      [2, ['inPerson', 'online', 'hybrid', 'desk'], new Uint8Array(4)],
      [0, DAYS],
      [0, ['Session 1', 'Séance 1', true, false, '09:00', '17:30']],
    ],
  },
  {
    space: `workshop/${ID}/answers`,
    types: ['sheet', 'answerBook'],
    registers: ['activityId', 'formId', 'personId', 'wave', 'answers', 'day'].map((name) => [0, name] as const),
    values: [
      [0, [null, null, 'pre', 'post']],
      [0, [{ Q1: 'a', Q10: 'a', Q11: 'b', Q12: 'c', Q2: 'd', Q3: 'a', Q4: 'b', Q5: 'c', Q6: 'd', Q7: 'a', Q8: 'b', Q9: 'c' }]],
      [0, [{ C1: '', S1: '5', S2: '4', S3: '5', S4: '4', S5: '5', S6: '4', S7: '5', S8: '4' }]],
      [0, DAYS],
    ],
  },
  {
    space: `workshop/${ID}/people`,
    types: ['participant', 'roster'],
    registers: [
      ...['activityId', 'ref', 'familyName', 'givenName', 'sex', 'profession', 'country', 'institution', 'language', 'email', 'position'],
      ...['phone', 'notes', '_deleted'],
    ].map((name) => [0, name] as const),
    values: [
      [2, ['female', 'male'], new Uint8Array(2)],
      [2, ['judge', 'prosecutor', 'investigatingJudge', 'lawEnforcement', 'lawyer', 'clerk'], new Uint8Array(6)],
      [0, ['Tribunal de grande instance', 'Cour d’appel', 'Parquet général', 'Police judiciaire', '@example.org']],
    ],
  },
  {
    space: `workshop/${ID}/people`,
    types: ['mark'],
    registers: ['activityId', 'personId', 'halfDay', 'status', 'method', 'happenedAt'].map((name) => [0, name] as const),
    derivations: [[0, 'attendance', ['activityId', 'halfDay', 'personId']]],
    values: [
      [1, new Uint8Array(40)],
      [2, ['2026-03-02-AM', '2026-03-02-PM'], new Uint8Array(40)],
      [2, ['present', 'late', 'excused', 'absent', 'remote', 'leftEarly'], new Uint8Array(40)],
      [2, ['grid', 'import', 'badge', 'selfCheckIn'], new Uint8Array(40)],
      [3, new Uint8Array(40)],
    ],
  },
  {
    space: `workshop/${ID}/people`,
    types: ['mark'],
    registers: [
      [0, 'status'],
      [0, 'happenedAt'],
    ],
    values: [
      [2, ['present', 'absent', 'late', 'excused', 'remote'], new Uint8Array(40).fill(2)],
      [3, new Uint8Array(40)],
    ],
  },
];

/** A frame's payload with everything left out that is another from one to the next. */
function layoutOf({ space, types, registers, derivations = [], values }: Sample): unknown[] {
  const zeros = new Uint8Array(40);
  const schema = zeros.slice().fill(2);
  return [
    ...[1, [space], new Uint8Array(16), [ID], new Uint8Array(0), [], types, registers, derivations],
    [[0, 0, 300, null]],
    [zeros, zeros.slice(0, 0), zeros, schema, schema.slice().fill(4), zeros, zeros, zeros],
    new Uint8Array(64),
    [Uint8Array.of(0, 26, 2, 24)],
    [schema],
    ...[new Uint8Array(0), new Uint8Array(0)],
    [schema, zeros.slice(0, 0), zeros, new Uint8Array(0)],
    values,
  ];
}

let made: Uint8Array | undefined;

/** Returns the compression dictionary that both sides know; the most usual last, for what is nearer is named in fewer bits. */
export function abridgedDictionary(): Uint8Array {
  made ??= concat(SAMPLES.map((sample) => encodeCanonical(layoutOf(sample))));
  return made;
}
