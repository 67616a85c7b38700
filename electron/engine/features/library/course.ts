import type { Handlers } from '../../../../shared/contract/rpc.ts';
import type { ResultOf } from '../../../../shared/contract/call.ts';
import { type courseContract } from '../../../../shared/features/course/contract.ts';
import { usualPlace, type CourseOutline, type LaidOutSession, type SessionPlace } from '../../../../shared/features/course/rules.ts';
import { changesBetween } from '../../../../shared/features/course/version-changes.ts';
import type { Id } from '../../../../shared/kernel/ids.ts';
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
import { keptCompleteness } from '../course/completeness.ts';
import { publishedAs, publishedByCourse, publishedOf, rowAs, valuesOf, type Published, type Snapshot } from '../course/published.ts';
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

/** Returns the handlers of the calls that read courses from the projections. */
export function courseHandlers(context: Pick<EngineContext, 'store'>): Handlers<typeof courseContract> {
  const { reader } = context.store;
  const completeness = keptCompleteness(context.store);
  return {
    'course.list': () => ok(listCourses(reader)),
    'course.get': ({ id, version }) => {
      const course = findCourse(reader, id);
      if (!course) return refuse('course.unknown');
      if (version === undefined) return ok(detailOf(course));
      const then = courseAs(reader, course, version);
      return then ? ok(detailOf(then)) : refuse('course.versionUnknown');
    },

    'course.completeness': async () => ok(await completeness.all()),

    'course.planned': ({ activityId }) => {
      const row = reader.get<{ courseId: string | null; courseVersionId: string | null }>(
        'select courseId, courseVersionId from activity where id = ?',
        activityId,
      );
      if (!row) return refuse('activity.unknown');
      const versions = row.courseId === null ? [] : publishedOf(reader, row.courseId);
      const planned = versions.find(({ id }) => id === row.courseVersionId) ?? null;
      const newest = versions.at(-1);
      if (!planned || !newest || newest.id === planned.id) return ok({ planned, newer: null });
      const [before, now] = [planned, newest].map(({ id }) => publishedAs(reader, row.courseId!, id) ?? []) as [Snapshot[], Snapshot[]];
      return ok({ planned, newer: { ...newest, changes: changesBetween(before, now, valuesOf(reader, [...before, ...now])) } });
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

/** A course as a version of it says; undefined where there is no such version. */
function courseAs(reader: Reader, course: Course, versionId: Id): Course | undefined {
  const parts = publishedAs(reader, course.summary.id, versionId);
  if (!parts) return undefined;
  const valueOf = valuesOf(reader, parts);
  const rowsAs = (type: Snapshot['type']) =>
    parts
      .filter((part) => part.type === type)
      .map((part) => ({ space: course.summary.space, live: 1, flagged: 0, unreadable: null, ...rowAs(part, valueOf) }));
  const placed = <R>(type: Snapshot['type'], parent: Id): R[] =>
    inOrder(
      rowsAs(type).filter((row) => 'placement' in row && row.placement !== null && parentIn(row.placement) === parent) as never,
    ) as R[];
  const [head] = rowsAs('course') as unknown as CourseRow[];
  if (!head) return undefined;
  const modules = placed<ModuleRow>('module', course.summary.id);
  const sessions = modules.flatMap((module) => placed<SessionRow>('session', module.id).map((row) => sessionOf(row, module.id)));
  const { audience, description, ...listed } = filledOf(courseEntity, head);
  const languages = LANGUAGES.filter((language) => listed.title[language] !== undefined);
  return {
    summary: { ...course.summary, ...listed, languages, unreadable: [] },
    ...{ days: listed.days, variants: listed.variants, audience, description, sessions },
    modules: modules.map((module) => ({ id: module.id, ...filledOf(courseModule, module), unreadable: [] })),
  };
}

function parentIn(placement: unknown): Id {
  return (JSON.parse(String(placement)) as [Id, string])[0];
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

/** Returns a course with the sessions of each module in it, as it is told where a course leaves as a whole. */
export function withSessions(course: Course): NestedCourse {
  return {
    ...{ id: course.summary.id, title: course.summary.title, description: course.description, audience: course.audience },
    modules: course.modules.map((module) => ({
      ...module,
      sessions: course.sessions.filter(({ moduleId }) => moduleId === module.id),
    })),
  };
}

/** A course whose modules hold their sessions. */
export interface NestedCourse extends Pick<Course, 'audience' | 'description'>, Pick<CourseSummary, 'id' | 'title'> {
  readonly modules: readonly (Course['modules'][number] & { readonly sessions: readonly CourseSession[] })[];
}

// SYNC, Merge 6: by fractional key, then by id.
function inOrder<R extends ModuleRow | SessionRow>(rows: readonly R[]): R[] {
  const keyed = rows.map((row) => ({ row, key: (JSON.parse(row.placement) as [string, string])[1] }));
  return keyed.sort((a, b) => (a.key !== b.key ? (a.key < b.key ? -1 : 1) : a.row.id < b.row.id ? -1 : 1)).map(({ row }) => row);
}
