import type { ResultOf } from '../../../../shared/contract/call.ts';
import type { Handlers } from '../../../../shared/contract/rpc.ts';
import { awardNumber } from '../../../../shared/features/award/award-number.ts';
import {
  coursesBefore,
  isBeforeItself,
  standingFor,
  type HeldAward,
  type Scheme,
  type SchemeCourse,
  type Standing,
} from '../../../../shared/features/course/certification.ts';
import type { certificationContract } from '../../../../shared/features/course/certification-contract.ts';
import { peopleAcross } from '../../../../shared/features/people/people-across.ts';
import type { Id } from '../../../../shared/kernel/ids.ts';
import { ok, refuse } from '../../../../shared/kernel/result.ts';
import { fold } from '../../../../shared/kernel/text.ts';
import { course } from '../../../../shared/model/course.ts';
import { formWrites } from '../../../../shared/model/field-writes.ts';
import type { RecordRow } from '../../../../shared/model/records.ts';
import { textsOf, type Title } from '../../../../shared/model/title.ts';
import { LEVELS } from '../../../../shared/model/vocabularies.ts';
import type { Reader } from '../../../../shared/node/store/store.ts';
import type { EngineContext } from '../../context.ts';
import { activityRow, summaryOf } from '../activity/activity-rows.ts';
import { standingAwards, type AwardRow } from '../award/award-rows.ts';
import { findCourse, listCourses } from '../library/course.ts';
import { saidOfRecords } from '../people/people-links.ts';
import { PERSON_COLUMNS, type StoredPerson } from '../people/people-rows.ts';
import { cascadeOf } from '../report/cascade.ts';
import { unreadableIn } from '../unreadable.ts';

type Deliverer = ResultOf<(typeof certificationContract)['course.deliverers']>['people'][number];
type CourseRow = RecordRow<typeof course>;

/** A certificate that stands, with the workshop in which it was issued. */
interface Certificate extends HeldAward {
  readonly personId: Id;
  readonly activityId: Id;
  readonly issuedOn: string;
  readonly workshop: Title;
}

/** Returns the handlers of the calls of the certification scheme. */
export function certificationHandlers(context: EngineContext): Handlers<typeof certificationContract> {
  const { store } = context;
  const { reader } = store;
  return {
    'course.comesAfter': ({ id: idOrCode, after: named, seen }) => {
      const found = findCourse(reader, idOrCode);
      const earlier = named.map((one) => findCourse(reader, one)?.summary.id);
      if (!found || earlier.includes(undefined)) return refuse('course.unknown');
      const { id, space } = found.summary;
      const after = [...new Set(earlier)] as Id[];
      if (isBeforeItself(id, after, schemeOf(reader))) return refuse('course.afterItself');
      store.commit([{ space, writes: formWrites(course, id, { after }, seen) }]);
      return ok({ id });
    },

    'course.deliverers': ({ courseId }) => {
      const found = findCourse(reader, courseId);
      if (!found) return refuse('course.unknown');
      const scheme = schemeOf(reader);
      const subject = scheme.get(found.summary.id)!;
      const people = certifiedPeople(reader).flatMap(({ person, certificates }): Deliverer[] => {
        const standing = standingFor(subject, certificates, scheme);
        if (standing.grounds.length === 0) return [];
        const { id, familyName, givenName, country, institution, unreadable } = person;
        return [
          {
            ...{ id, familyName: familyName ?? '', givenName: givenName ?? '', country, institution: institution ?? '' },
            ...toldStanding(reader, standing),
            unreadable: unreadableIn({ unreadable: unreadable ?? null }),
          },
        ];
      });
      const name = ({ familyName, givenName, id }: Deliverer): string => `${fold(familyName)} ${fold(givenName)} ${id}`;
      const before = coursesBefore(subject, scheme).map((id) => ({ courseId: id, title: courseTitle(reader, id) }));
      return ok({ before, people: people.sort((a, b) => (name(a) < name(b) ? -1 : 1)) });
    },

    'people.mayDeliver': ({ id }) => {
      const [subject] = peopleRows(reader, [id]);
      if (!subject) return refuse('people.unknown');
      const held = certifiedPeople(reader, subject).find(({ records }) => records.has(id))?.certificates ?? [];
      const scheme = schemeOf(reader);
      const courses = listCourses(reader).flatMap(({ id: courseId, code, title, level }) => {
        const standing = standingFor(scheme.get(courseId)!, held, scheme);
        return standing.grounds.length === 0 ? [] : [{ id: courseId, code, title, level, ...toldStanding(reader, standing) }];
      });
      const certificates = held.map(({ personId: _personId, ...certificate }) => certificate);
      return ok({ certificates, courses });
    },

    'activity.cascade': ({ id }) => cascadeOf(context, id),
  };
}

/** Every course as the scheme sees it; what was removed still is the source of copies. */
function schemeOf(reader: Reader): Scheme {
  const rows = new Map(
    reader
      .all<Pick<CourseRow, 'id' | 'level' | 'after' | 'origin'>>('select id, level, "after", origin from course')
      .map((row) => [row.id, row]),
  );
  const lineOf = (id: Id): Id[] => {
    const line: Id[] = [];
    for (let at: Id | null = id; at !== null && !line.includes(at); at = rows.get(at)?.origin ?? null) line.push(at);
    return line;
  };
  return new Map(
    [...rows.values()].map(({ id, level, after }): [Id, SchemeCourse] => [
      id,
      { id, line: lineOf(id), level: LEVELS.find((known) => known === level) ?? LEVELS[0], after: idsIn(after) },
    ]),
  );
}

function idsIn(value: string | null): Id[] {
  const read: unknown = JSON.parse(value ?? '[]');
  return Array.isArray(read) ? read.filter((one): one is Id => typeof one === 'string') : [];
}

interface Certified {
  /** Their record of the latest certificate. */
  readonly person: StoredPerson;
  readonly records: ReadonlySet<Id>;
  /** Those of theirs that stand, the latest first. */
  readonly certificates: readonly Certificate[];
}

/** Everybody who has a certificate that stands, as one person where that is certain. `also`: a record that is to be one of them. */
function certifiedPeople(reader: Reader, also?: StoredPerson): Certified[] {
  const workshops = new Map<Id, Pick<Certificate, 'workshop' | 'courseId'> | null>();
  const workshopOf = (id: Id): Pick<Certificate, 'workshop' | 'courseId'> | null => {
    if (!workshops.has(id)) {
      const row = activityRow(reader, id);
      workshops.set(id, row ? { workshop: summaryOf(row, 0).title, courseId: row.courseId } : null);
    }
    return workshops.get(id) ?? null;
  };
  const certificates = standingAwards(reader).flatMap((row): Certificate[] => {
    const workshop = workshopOf(row.activityId);
    return workshop ? [{ ...certificateOf(row), ...workshop }] : [];
  });
  const people = new Map(
    [
      ...peopleRows(
        reader,
        certificates.map(({ personId }) => personId),
      ),
      ...(also ? [also] : []),
    ].map((one) => [one.id, one]),
  );
  const { certain } = peopleAcross([...people.values()].map(acrossOf), saidOfRecords(reader));
  const found = new Map<Id, { records: Set<Id>; certificates: Certificate[] }>();
  for (const { id } of people.values()) {
    const one = found.get(certain(id)) ?? { records: new Set<Id>(), certificates: [] };
    one.records.add(id);
    found.set(certain(id), one);
  }
  for (const certificate of certificates) found.get(certain(certificate.personId))?.certificates.push(certificate);
  return [...found.values()].map(({ records, certificates: theirs }) => {
    const latest = theirs.map(({ personId }) => people.get(personId)).find((person) => person !== undefined);
    return { person: latest ?? people.get([...records][0]!)!, records, certificates: theirs };
  });
}

function certificateOf({ id, kind, personId, activityId, issuedOn }: AwardRow): Omit<Certificate, 'workshop' | 'courseId'> {
  return { number: awardNumber(id), kind, personId, activityId, issuedOn: issuedOn ?? '' };
}

function acrossOf({ id, activityId, familyName, givenName, email, country, institution }: StoredPerson) {
  const said = { familyName: familyName ?? '', givenName: givenName ?? '', email: email ?? '', country: country ?? '' };
  return { id, activityId, ...said, institution: institution ?? '' };
}

function peopleRows(reader: Reader, ids: readonly Id[]): StoredPerson[] {
  return reader.all<StoredPerson>(
    `select ${PERSON_COLUMNS} from participant where live = 1 and id in (select value from json_each(?))
     and not exists (select 1 from erasure e where e.entity = participant.id and e.type = 'participant') order by id`,
    JSON.stringify([...new Set(ids)]),
  );
}

function toldStanding(reader: Reader, { grounds, before }: Standing<Certificate>): Pick<Deliverer, 'grounds' | 'before'> {
  return {
    grounds: grounds.map(({ why, award: { number, issuedOn, activityId, workshop } }) => ({ why, number, issuedOn, activityId, workshop })),
    before: before.map(({ courseId, held }) => ({ courseId, title: courseTitle(reader, courseId), held })),
  };
}

function courseTitle(reader: Reader, id: Id) {
  return textsOf(reader.get<{ title: string | null }>('select title from course where id = ?', id)?.title ?? null);
}
