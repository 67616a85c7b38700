import { courseAgenda } from '../../../../shared/features/activity/course-agenda.ts';
import { checkDates, type RescheduleRefusal } from '../../../../shared/features/activity/reschedule.ts';
import { isSameCourse } from '../../../../shared/features/course/upstream.ts';
import { toHex } from '../../../../shared/kernel/hex.ts';
import type { Id } from '../../../../shared/kernel/ids.ts';
import { ok, refuse, type Result } from '../../../../shared/kernel/result.ts';
import { weekendOf } from '../../../../shared/kernel/weekends.ts';
import { activity, agendaItem } from '../../../../shared/model/activity.ts';
import { answerBookId, rosterId } from '../../../../shared/model/derivations.ts';
import { answerBook } from '../../../../shared/model/evaluation.ts';
import { roster } from '../../../../shared/model/people.ts';
import type { FilledOf } from '../../../../shared/model/records.ts';
import { newRecordId } from '../../../../shared/model/record-id.ts';
import { answersSpace, peopleSpace, planSpace } from '../../../../shared/model/spaces.ts';
import { titleValues, type Title } from '../../../../shared/model/title.ts';
import { newWorkshopId } from '../../../../shared/model/workshop-id.ts';
import { withoutEmpty, writesOf, type ValuesOf } from '../../../../shared/model/field-writes.ts';
import type { CommitRequest, Reader } from '../../../../shared/node/store/store.ts';
import type { EngineContext } from '../../context.ts';
import { publishedAs, publishedOf, standing, valuesOf } from '../course/published.ts';
import { findCourse } from '../library/course.ts';

export interface NewActivity extends FilledOf<typeof activity> {
  readonly title: Title;
  /** A course's id or code. */
  readonly courseId?: string | undefined;
  readonly drop?: readonly Id[] | undefined;
  /** Whether sessions are laid on the free days of the week too; left out, only where they do not fit otherwise. */
  readonly weekends?: boolean | undefined;
  readonly sample?: boolean;
  /** The entry of the calendar in whose place it stands. */
  readonly entryId?: Id | undefined;
  /** The activity that it is a part of. */
  readonly partOf?: Id | undefined;
}

/** The commit that makes a workshop's three spaces at once: its plan with the agenda, its roster, its answer book. */
export interface Genesis {
  readonly id: Id;
  /** The random key that salts the ids derived from a list of people. */
  readonly rosterKey: string;
  readonly requests: CommitRequest[];
}

const KEY_BYTES = 16;

/**
 * The commit that creates a workshop. The course gives the agenda and is not touched. Refuses `activity.dates`,
 * `course.unknown`, and `agenda.overflow` as `courseAgenda` does.
 */
export function genesisOf(
  context: Pick<EngineContext, 'store' | 'random' | 'hasher'>,
  wanted: NewActivity,
): Result<Genesis, RescheduleRefusal | 'course.unknown'> {
  const dates = checkDates(wanted.start, wanted.end);
  if (!dates.ok) return dates;
  const course = wanted.courseId === undefined ? undefined : findCourse(context.store.reader, wanted.courseId);
  if (wanted.courseId !== undefined && !course) return refuse('course.unknown');
  const agenda = course ? courseAgenda(course, { ...wanted, free: weekendOf(wanted.countries) }) : ok([]);
  if (!agenda.ok) return agenda;
  const { title, sample, courseId: _course, drop: _drop, weekends: _weekends, ...facts } = wanted;
  const values = {
    ...titleValues(title),
    ...withoutEmpty(facts),
    courseId: course?.summary.id,
    courseVersion: course?.summary.version,
    courseVersionId: course ? versionStanding(context.store.reader, course.summary.id) : undefined,
    sample,
  };
  return ok(
    genesisWith(
      context,
      values,
      agenda.value.map((item) => ({ ...item, counts: true })),
    ),
  );
}

/** The last published version of a course, where the course stands as it says; undefined where something was written since, or none was published. */
function versionStanding(reader: Reader, courseId: Id): Id | undefined {
  const last = publishedOf(reader, courseId).at(-1);
  const then = last && publishedAs(reader, courseId, last.id);
  if (!then) return undefined;
  const now = standing(reader, courseId);
  return isSameCourse(then, now, valuesOf(reader, [...then, ...now])) ? last.id : undefined;
}

/** The commit that creates a workshop with these values and this agenda. */
export function genesisWith(
  { store, random, hasher }: Pick<EngineContext, 'store' | 'random' | 'hasher'>,
  values: ValuesOf<typeof activity>,
  agenda: readonly ValuesOf<typeof agendaItem>[],
): Genesis {
  // Bound to this replica: nobody else can open the workshop by pushing it first.
  const activityId = newWorkshopId(store.replica, random, hasher);
  const rosterKey = toHex(random.bytes(KEY_BYTES));
  const items = agenda.flatMap((item) => writesOf(agendaItem, newRecordId(planSpace(activityId), random, hasher), { activityId, ...item }));
  return {
    id: activityId,
    rosterKey,
    requests: [
      { space: planSpace(activityId), kind: 'genesis', writes: [...writesOf(activity, activityId, values), ...items] },
      {
        space: peopleSpace(activityId),
        kind: 'genesis',
        writes: writesOf(roster, rosterId(hasher, activityId), { activityId, key: rosterKey }),
      },
      {
        space: answersSpace(activityId),
        kind: 'genesis',
        writes: writesOf(answerBook, answerBookId(hasher, activityId), { activityId, key: toHex(random.bytes(KEY_BYTES)) }),
      },
    ],
  };
}
