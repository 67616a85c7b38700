import type { Id } from '../../../../shared/kernel/ids.ts';
import { course, courseModule, courseVersion, session } from '../../../../shared/model/course.ts';
import type { Reader, Store } from '../../../../shared/node/store/store.ts';
import { changedOwners, type ChangedOwners } from '../changed-owners.ts';
import { courseOf, foundPart } from './course-parts.ts';

const TYPES = [course, courseModule, session, courseVersion].map(({ type }) => type);

/** Returns which courses of a store change from now on. */
export function changedCourses(store: Pick<Store, 'reader' | 'onChanged'>): ChangedOwners {
  return changedOwners(store, TYPES, courseNow);
}

/** The course in which a record stands, or of which it is a version. */
function courseNow(reader: Reader, id: Id): Id | null {
  const part = foundPart(reader, id);
  if (part.ok) return courseOf(reader, part.value);
  return reader.get<{ courseId: Id | null }>('select courseId from courseVersion where id = ?', id)?.courseId ?? null;
}
