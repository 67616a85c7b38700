import type { Handlers } from '../../../../shared/contract/rpc.ts';
import type { ResultOf } from '../../../../shared/contract/call.ts';
import { type courseContract } from '../../../../shared/features/course/contract.ts';
import { usualPlace, type CourseOutline, type LaidOutSession, type SessionPlace } from '../../../../shared/features/course/rules.ts';
import { ok, refuse } from '../../../../shared/kernel/result.ts';
import { LANGUAGES } from '../../../../shared/kernel/text.ts';
import type { Reader } from '../../../../shared/node/store/store.ts';
import { course as courseEntity, courseModule, session as sessionEntity } from '../../../../shared/model/course.ts';
import { filledOf, recordColumns, type FilledOf, type RecordRow } from '../../../../shared/model/records.ts';
import { parseSpace } from '../../../../shared/model/spaces.ts';
import { LEVELS } from '../../../../shared/model/vocabularies.ts';
import type { SpaceId } from '../../../../shared/sync/types.ts';
import type { EngineContext } from '../../context.ts';
import { institutionNames } from '../institution.ts';
import { publishedByCourse, publishedOf, type Published } from '../course/published.ts';
import { unreadableIn } from '../unreadable.ts';

type CourseDetail = ResultOf<(typeof courseContract)['course.get']>;
type CourseSummary = ResultOf<(typeof courseContract)['course.list']>[number];

/** A session with all its texts, where it belongs and where it stands in each length. */
export type CourseSession = LaidOutSession & FilledOf<typeof sessionEntity> & { readonly moduleId: string; readonly unreadable: string[] };

/** A course as it lies in the store. */
export interface Course extends CourseOutline<CourseSession>, Pick<FilledOf<typeof courseEntity>, 'audience' | 'description'> {
  readonly summary: CourseSummary;
  readonly modules: readonly (FilledOf<typeof courseModule> & { readonly id: string; readonly unreadable: string[] })[];
}

/** Returns the handlers of `course.list` and `course.get` over the projections. */
export function courseHandlers(context: Pick<EngineContext, 'store'>): Handlers<typeof courseContract> {
  const { reader } = context.store;
  return {
    'course.list': () => ok(listCourses(reader)),
    'course.get': ({ id }) => {
      const course = findCourse(reader, id);
      return course ? ok(detailOf(course)) : refuse('course.unknown');
    },
  };
}

/** Every course, by level, then by code. */
export function listCourses(reader: Reader): CourseSummary[] {
  const published = publishedByCourse(reader);
  const institutions = institutionNames(reader);
  return reader
    .all<CourseRow>('select * from course where live = 1')
    .map((row) => summaryOf(row, published.get(row.id) ?? [], institutions))
    .sort(
      (a, b) => LEVELS.indexOf(a.level) - LEVELS.indexOf(b.level) || (a.code < b.code ? -1 : a.code > b.code ? 1 : a.id < b.id ? -1 : 1),
    );
}

/** A course with its modules and sessions in order, by id or by code (`C1`; the library's before an institution's copy); undefined when it is not here. */
export function findCourse(reader: Reader, idOrCode: string): Course | undefined {
  const row =
    reader.get<CourseRow>('select * from course where live = 1 and id = ?', idOrCode) ??
    reader.get<CourseRow>(
      "select * from course where live = 1 and lower(code) = lower(?) order by space <> 'library', id limit 1",
      idOrCode,
    );
  if (!row) return undefined;
  const modules = inOrder(
    reader.all<ModuleRow>(
      `select ${recordColumns(courseModule)} from module where live = 1 and json_extract(placement, '$[0]') = ?`,
      row.id,
    ),
  );
  const sessions = modules.flatMap((module) =>
    inOrder(reader.all<SessionRow>(`select * from session where live = 1 and json_extract(placement, '$[0]') = ?`, module.id)).map(
      (session) => sessionOf(session, module.id),
    ),
  );
  const { audience, description } = filledOf(courseEntity, row);
  const summary = summaryOf(row, publishedOf(reader, row.id), institutionNames(reader));
  return {
    summary,
    days: summary.days,
    variants: summary.variants,
    audience,
    description,
    modules: modules.map((module) => ({ id: module.id, ...filledOf(courseModule, module), unreadable: unreadableIn(module) })),
    sessions,
  };
}

type CourseRow = RecordRow<typeof courseEntity>;
/** Read by its place, so that it has one: [parent id, fractional key] as JSON. */
type Placed<E extends typeof courseModule | typeof sessionEntity> = RecordRow<E> & { readonly placement: string };
type ModuleRow = Placed<typeof courseModule>;
type SessionRow = Placed<typeof sessionEntity>;

function summaryOf(row: CourseRow, published: readonly Published[], institutions: ReadonlyMap<SpaceId, string>): CourseSummary {
  const owner = parseSpace(row.space)?.owner ?? null;
  const { audience: _audience, description: _description, ...listed } = filledOf(courseEntity, row);
  return {
    id: row.id,
    ...listed,
    languages: LANGUAGES.filter((language) => listed.title[language] !== undefined),
    space: row.space,
    institution: owner === null ? null : { id: owner, name: institutions.get(row.space) ?? '' },
    origin: row.origin,
    published: published.map(({ id, version, notes, publishedAt }) => ({ id, version, notes, publishedAt })),
    unreadable: unreadableIn(row),
  };
}

function sessionOf(row: SessionRow, moduleId: string): CourseSession {
  return {
    id: row.id,
    moduleId,
    ...filledOf(sessionEntity, row),
    unreadable: unreadableIn(row),
    layouts: row.layouts === null ? {} : (JSON.parse(row.layouts) as Record<string, SessionPlace>),
  };
}

function detailOf(course: Course): CourseDetail {
  return {
    ...course.summary,
    audience: course.audience,
    description: course.description,
    modules: course.modules.map((module) => ({
      ...module,
      sessions: course.sessions
        .filter(({ moduleId }) => moduleId === module.id)
        .map(({ moduleId: _moduleId, layouts, ...session }) => ({ ...session, ...usualPlace({ id: session.id, layouts }, course.days) })),
    })),
  };
}

// SYNC, Merge 6: by fractional key, then by id.
function inOrder<R extends ModuleRow | SessionRow>(rows: readonly R[]): R[] {
  const keyed = rows.map((row) => ({ row, key: (JSON.parse(row.placement) as [string, string])[1] }));
  return keyed.sort((a, b) => (a.key !== b.key ? (a.key < b.key ? -1 : 1) : a.row.id < b.row.id ? -1 : 1)).map(({ row }) => row);
}
