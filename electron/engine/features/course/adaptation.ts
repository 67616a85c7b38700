import type { Handlers } from '../../../../shared/contract/rpc.ts';
import type { adaptationContract } from '../../../../shared/features/course/adaptation-contract.ts';
import { copyOf } from '../../../../shared/features/course/taking.ts';
import { isSameCourse } from '../../../../shared/features/course/upstream.ts';
import type { Id } from '../../../../shared/kernel/ids.ts';
import { ok, refuse } from '../../../../shared/kernel/result.ts';
import { fold } from '../../../../shared/kernel/text.ts';
import { course, courseVersion } from '../../../../shared/model/course.ts';
import { writesOf } from '../../../../shared/model/field-writes.ts';
import { derivedRecordId, newRecordId } from '../../../../shared/model/record-id.ts';
import { institutionSpace } from '../../../../shared/model/spaces.ts';
import type { SpaceId } from '../../../../shared/sync/types.ts';
import type { EngineContext } from '../../context.ts';
import { checkCourseSpace } from '../institution.ts';
import { findCourse } from '../library/course.ts';
import { lastPublished, publishedOf, sourceOf, standing, valuesOf } from './published.ts';

/** The most values that a version names: with their ids it still is one record. */
export const MOST_VALUES = 10_000;

/** Returns the handlers of the calls that copy a course for an institution, and publish one. */
export function adaptationHandlers(context: EngineContext): Pick<Handlers<typeof adaptationContract>, 'course.fork' | 'course.publish'> {
  const { store, random, hasher, clock } = context;
  const { reader } = store;
  return {
    'course.fork': ({ courseId, institutionId }) => {
      const found = findCourse(reader, courseId);
      if (!found) return refuse('course.unknown');
      const space = institutionSpace(institutionId);
      const known = checkCourseSpace(context, space);
      if (!known.ok) return known;
      const source = sourceOf(reader, found.summary.id);
      const id = newRecordId(space, random, hasher);
      const ids = new Map(source.map((part) => [part.id, part.type === 'course' ? id : copyId(context, space, id, part.id)]));
      const valueOf = valuesOf(reader, source);
      store.commit([{ space, writes: source.flatMap((part) => copyOf(part, ids, valueOf)) }]);
      return ok({ id });
    },

    'course.publish': ({ courseId: idOrCode, version, notes }) => {
      const found = findCourse(reader, idOrCode);
      if (!found) return refuse('course.unknown');
      const { id: courseId, space } = found.summary;
      if (publishedOf(reader, courseId).some((one) => fold(one.version) === fold(version)))
        return refuse('course.versionTaken', { version });
      const now = standing(reader, courseId);
      const last = lastPublished(reader, courseId);
      if (last && isSameCourse(last, now, valuesOf(reader, [...last, ...now]))) return refuse('course.unchanged');
      const count = now.reduce((sum, { heads }) => sum + Object.values(heads).flat().length, 0);
      if (count > MOST_VALUES) return refuse('course.tooLarge');
      const id = newRecordId(space, random, hasher);
      store.transaction(() => {
        store.commit([{ space, writes: writesOf(course, courseId, { version }) }]);
        const parts = Object.fromEntries(standing(reader, courseId).map((part) => [part.id, part.heads]));
        const said = { courseId, version, notes, publishedAt: new Date(clock.now()).toISOString(), parts };
        store.commit([{ space, writes: writesOf(courseVersion, id, said) }]);
      });
      return ok({ id, version });
    },
  };
}

/** The id of the copy of a part in an adaptation: two laptops that take one part apart make one. */
export function copyId({ hasher }: Pick<EngineContext, 'hasher'>, space: SpaceId, courseId: Id, part: Id): Id {
  return derivedRecordId(space, hasher, 'copied part', courseId, part);
}
