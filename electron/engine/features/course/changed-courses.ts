import type { Id } from '../../../../shared/kernel/ids.ts';
import { course, courseModule, courseVersion, session } from '../../../../shared/model/course.ts';
import type { Reader, Store } from '../../../../shared/node/store/store.ts';
import { courseOf, foundPart } from './course-parts.ts';

/** The courses of which something has changed since it was last asked. */
export interface ChangedCourses {
  /** Notes in which course a part stood: it may be moved into another one, and both have changed then. */
  stood(part: Id, course: Id): void;
  /** Returns them, and begins anew; 'all' where so much has changed that it is not told. */
  taken(): ReadonlySet<Id> | 'all';
}

const TYPES = [course, courseModule, session, courseVersion].map(({ type }) => type);
/** Of more changed records it is not asked one by one which course each belongs to. */
const MOST_CHANGED = 5_000;

/** Returns what has changed of the courses of a store from now on. */
export function changedCourses({ reader, onChanged }: Pick<Store, 'reader' | 'onChanged'>): ChangedCourses {
  const courses = new Map<Id, Id>();
  const changed = new Set<Id>();
  let isAll = false;
  onChanged(({ entityTypes, entities }) => {
    if (!TYPES.some((type) => entityTypes.has(type))) return;
    if (entities === null || changed.size + entities.size > MOST_CHANGED) {
      isAll = true;
      changed.clear();
    } else for (const id of entities) changed.add(id);
  });
  return {
    stood: (part, of) => void courses.set(part, of),
    taken() {
      const found = new Set<Id>();
      for (const id of changed) for (const one of [id, courses.get(id), courseNow(reader, id)]) if (one) found.add(one);
      changed.clear();
      const every = isAll;
      isAll = false;
      return every ? 'all' : found;
    },
  };
}

/** The course that a record is, stands in, or is a version of. */
function courseNow(reader: Reader, id: Id): Id | null {
  const part = foundPart(reader, id);
  if (part.ok) return courseOf(reader, part.value);
  return reader.get<{ courseId: Id | null }>('select courseId from courseVersion where id = ?', id)?.courseId ?? null;
}
