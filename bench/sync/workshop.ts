import { toHex } from '../../shared/kernel/hex.ts';
import { derivedId } from '../../shared/kernel/ids.ts';
import { activity, agendaItem } from '../../shared/model/activity.ts';
import { mark } from '../../shared/model/attendance.ts';
import { course, courseModule, session } from '../../shared/model/course.ts';
import type { Entity } from '../../shared/model/entity.ts';
import { answerBook, sheet } from '../../shared/model/evaluation.ts';
import { answerBookId, rosterId } from '../../shared/model/derivations.ts';
import { participant, roster } from '../../shared/model/people.ts';
import { newRecordId } from '../../shared/model/record-id.ts';
import { answersSpace, institutionSpace, peopleSpace, planSpace } from '../../shared/model/spaces.ts';
import { newWorkshopId } from '../../shared/model/workshop-id.ts';
import { writesOf } from '../../shared/model/field-writes.ts';
import { nodeHasher, nodeRandom } from '../../shared/node/crypto.ts';
import type { SqliteStore } from '../../shared/node/store/sqlite/sqlite-store.ts';
import type { FieldValue, FieldWrite, SpaceId } from '../../shared/sync/types.ts';

/** The workshop of the comparison: a course in four languages, 40 people, 20 sessions of 40 marks tapped one by one, 120 answer sheets. */
export interface GeneratedWorkshop {
  readonly spaces: readonly SpaceId[];
  /** Every record with its values, as JSON has them. */
  records(): unknown[];
  /** Marks so many cells differently, one tap each. */
  change(cells: number): void;
}

export const PEOPLE = 40;
export const SESSIONS = 20;

/** Keys of order count in these. */
const KEY_DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** A clock that a generator moves. */
export interface MovedClock {
  at: number;
  now(): number;
}

/**
 * Writes the workshop into a store as a trainer would: the list of people in one import, each mark and each test sheet by itself, the anonymous
 * sheets in one shuffled batch. The course is the bundled one under ids of its own, so that its texts are what such texts are.
 */
export function generateWorkshop(store: SqliteStore, clock: MovedClock, random: () => number): GeneratedWorkshop {
  const records = new Map<string, Record<string, unknown>>();
  const activityId = newWorkshopId(store.replica, nodeRandom, nodeHasher);
  const [plan, people, answers] = [planSpace(activityId), peopleSpace(activityId), answersSpace(activityId)];
  const institution = institutionSpace('academy');

  const writes = (definition: Entity, id: string, values: Record<string, FieldValue>): FieldWrite[] => {
    records.set(`${definition.type} ${id}`, { type: definition.type, id, ...records.get(`${definition.type} ${id}`), ...values });
    return writesOf(definition, id, values);
  };
  const commit = (space: SpaceId, list: readonly FieldWrite[], more: { kind?: 'genesis'; t?: number } = {}): void => {
    clock.at += 900 + Math.floor(random() * 4000);
    store.commit([{ space, writes: list, ...more }]);
  };

  commit(institution, copiedCourse(store, writes), { kind: 'genesis' });

  commit(
    plan,
    [
      ...writes(activity, activityId, {
        name: 'Introductory judicial training',
        projects: ['GLACY+'],
        partners: ['OCWAR-C'],
        languages: ['fr'],
        countries: ['SN', 'ML', 'CI', 'TG', 'BJ', 'NE'],
        mode: 'inPerson',
        start: '2026-03-02',
        end: '2026-03-13',
      }),
      ...halfDays().flatMap((halfDay, i) =>
        writes(agendaItem, newRecordId(plan, nodeRandom, nodeHasher), {
          activityId,
          placement: [halfDay, `a${KEY_DIGITS[i]!}`],
          title: { en: `Session ${i + 1}`, fr: `Séance ${i + 1}` },
          mode: 'inPerson',
          counts: true,
        }),
      ),
    ],
    { kind: 'genesis' },
  );

  const ids = Array.from({ length: PEOPLE }, () => newRecordId(people, nodeRandom, nodeHasher));
  commit(people, writes(roster, rosterId(nodeHasher, activityId), { activityId, key: toHex(nodeRandom.bytes(16)) }), { kind: 'genesis' });
  commit(
    people,
    ids.flatMap((id, i) => writes(participant, id, person(activityId, i, random))),
  );
  const personAt = (i: number): string => ids[i % PEOPLE]!;

  const tap = (halfDay: string, personId: string, status: string): void => {
    clock.at += 900 + Math.floor(random() * 4000);
    const happenedAt = new Date(clock.at).toISOString();
    const id = derivedId(nodeHasher, 'attendance', activityId, halfDay, personId);
    store.commit([{ space: people, writes: writes(mark, id, { activityId, personId, halfDay, status, method: 'list', happenedAt }) }]);
  };
  for (const halfDay of halfDays())
    for (let i = 0; i < PEOPLE; i++) tap(halfDay, personAt(i), random() < 0.85 ? 'present' : pick(['late', 'absent', 'excused'], random));

  commit(answers, writes(answerBook, answerBookId(nodeHasher, activityId), { activityId, key: toHex(nodeRandom.bytes(16)) }), {
    kind: 'genesis',
  });
  for (const wave of ['pre', 'post']) {
    for (const personId of ids) {
      const values = {
        activityId,
        formId: derivedId(nodeHasher, 'form', 'knowledge'),
        personId,
        wave,
        answers: testAnswers(random),
        day: '2026-03-02',
      };
      commit(answers, writes(sheet, newRecordId(answers, nodeRandom, nodeHasher), values));
    }
  }
  const anonymous = ids.flatMap(() =>
    writes(sheet, newRecordId(answers, nodeRandom, nodeHasher), {
      activityId,
      formId: derivedId(nodeHasher, 'form', 'satisfaction'),
      personId: null,
      wave: null,
      answers: satisfaction(random),
      day: '2026-03-13',
    }),
  );
  commit(answers, anonymous, { t: Date.parse('2026-03-13T00:00:00Z') });

  return {
    spaces: [institution, plan, people, answers],
    records: () => [...records.values()],
    change(cells) {
      for (let i = 0; i < cells; i++) {
        const halfDay = halfDays()[Math.floor(random() * SESSIONS)]!;
        const personId = personAt(Math.floor(random() * PEOPLE));
        const id = derivedId(nodeHasher, 'attendance', activityId, halfDay, personId);
        const now = records.get(`mark ${id}`)!['status'];
        tap(
          halfDay,
          personId,
          pick(
            ['present', 'late', 'absent', 'excused', 'remote'].filter((status) => status !== now),
            random,
          ),
        );
      }
    },
  };
}

function halfDays(): string[] {
  const days = ['02', '03', '04', '05', '06', '09', '10', '11', '12', '13'];
  return days.flatMap((day) => [`2026-03-${day}-AM`, `2026-03-${day}-PM`]);
}

type Writes = (definition: Entity, id: string, values: Record<string, FieldValue>) => FieldWrite[];

function copiedCourse(store: SqliteStore, writes: Writes): FieldWrite[] {
  const copied = new Map<string, string>();
  const idOf = (id: string): string => copied.get(id) ?? copied.set(id, derivedId(nodeHasher, 'copy', id)).get(id)!;
  return [course, courseModule, session].flatMap((definition) =>
    store.reader
      .all<Record<string, string | number | null> & { id: string }>(
        `select * from "${definition.type}" where live = 1 and space = 'library'`,
      )
      .flatMap((row) => {
        const values = Object.entries(definition.fields).flatMap(([name, field]): [string, FieldValue][] => {
          const cell = row[name];
          if (cell === null || cell === undefined) return [];
          const value = field.kind === 'json' ? (JSON.parse(String(cell)) as FieldValue) : cell;
          if (name === 'placement') return [[name, [idOf((value as string[])[0]!), (value as string[])[1]!]]];
          return field.localised && Object.keys(value as object).length === 0 ? [] : [[name, value]];
        });
        return writes(definition, idOf(row.id), Object.fromEntries(values));
      }),
  );
}

const FAMILY = [
  'DIOP',
  'TRAORE',
  'KONÉ',
  "N'GUESSAN",
  'MAÏGA',
  'OUEDRAOGO',
  'ADJOVI',
  'SOW',
  'BALDÉ',
  'HOUNKPÈ',
  'LAWSON',
  'DIALLO',
  'SECK',
];
const GIVEN = ['Awa', 'Moussa', 'Fatoumata', 'Koffi', 'Aïssata', 'Ibrahima', 'Mariam', 'Sékou', 'Bento', 'Adjoa', 'Kwame', 'Ndèye'];
const INSTITUTIONS = [
  'Tribunal de grande instance',
  'Cour d’appel',
  'Parquet général',
  'Police judiciaire',
  'École nationale de la magistrature',
];

function person(activityId: string, i: number, random: () => number): Record<string, FieldValue> {
  const [familyName, givenName] = [pick(FAMILY, random), pick(GIVEN, random)];
  return {
    activityId,
    ref: `P${String(i + 1).padStart(2, '0')}`,
    familyName,
    givenName,
    sex: pick(['female', 'male'], random),
    profession: pick(['judge', 'prosecutor', 'investigatingJudge', 'lawEnforcement'], random),
    country: pick(['SN', 'ML', 'CI', 'TG', 'BJ', 'NE'], random),
    institution: pick(INSTITUTIONS, random),
    language: 'fr',
    email: `${givenName}.${familyName}.${i}@example.org`
      .toLowerCase()
      .normalize('NFD')
      .replaceAll(/[^a-z0-9.@-]/g, ''),
    position: `b0${KEY_DIGITS[i]!}`,
  };
}

function testAnswers(random: () => number): Record<string, string> {
  return Object.fromEntries(Array.from({ length: 12 }, (_, i) => [`Q${i + 1}`, pick(['a', 'b', 'c', 'd'], random)]));
}

const COMMENTS = [
  'Des cas pratiques plus longs seraient utiles.',
  'Merci pour les exemples tirés de notre droit.',
  'La salle était trop chaude l’après-midi.',
  'Prévoir une séance sur la conservation des données.',
];

function satisfaction(random: () => number): Record<string, string> {
  const marks = Array.from({ length: 8 }, (_, i): [string, string] => [`S${i + 1}`, pick(['3', '4', '4', '5', '5', '5'], random)]);
  return Object.fromEntries(random() < 0.3 ? [...marks, ['C1', pick(COMMENTS, random)]] : marks);
}

function pick<T>(list: readonly T[], random: () => number): T {
  return list[Math.floor(random() * list.length)]!;
}
