import { setImmediate } from 'node:timers/promises';
import type { ResultOf } from '../../../../shared/contract/call.ts';
import type { courseContract } from '../../../../shared/features/course/contract.ts';
import {
  COURSE_TEXTS,
  MODULE_TEXTS,
  SESSION_TEXTS,
  writtenTexts,
  type WrittenTexts,
} from '../../../../shared/features/course/completeness.ts';
import type { Id } from '../../../../shared/kernel/ids.ts';
import type { LocalisedText } from '../../../../shared/kernel/text.ts';
import type { Reader, Store } from '../../../../shared/node/store/store.ts';
import { changedCourses } from './changed-courses.ts';

type Completeness = ResultOf<(typeof courseContract)['course.completeness']>;

/** How many texts each course has in each language, counted for as long as nothing of it changes. */
export interface KeptCompleteness {
  all(): Promise<Completeness>;
}

/** So many courses are counted in one turn: a library of thousands keeps no other call waiting. */
const AT_ONCE = 20;

/** Returns how many texts each course of a store has in each language; a course is counted anew when a record of it has changed. */
export function keptCompleteness(store: Pick<Store, 'reader' | 'onChanged'>): KeptCompleteness {
  const { reader } = store;
  const kept = new Map<Id, WrittenTexts>();
  const changed = changedCourses(store);
  return {
    async all() {
      const stale = changed.taken();
      if (stale === 'all') kept.clear();
      else for (const id of stale) kept.delete(id);
      const ids = reader.all<{ id: Id }>('select id from course where live = 1 order by id').map(({ id }) => id);
      const uncounted = ids.filter((id) => !kept.has(id));
      for (const [at, id] of uncounted.entries()) {
        if (at > 0 && at % AT_ONCE === 0) await setImmediate();
        kept.set(id, writtenTexts(textsOf(reader, id, changed.stood)));
      }
      const known = new Set(ids);
      for (const id of kept.keys()) if (!known.has(id)) kept.delete(id);
      return ids.flatMap((courseId) => {
        const counted = kept.get(courseId);
        return counted === undefined || counted.of === 0 ? [] : { courseId, ...counted };
      });
    },
  };
}

/** Every text of a course, with a word on each part that stands in it. */
function textsOf(reader: Reader, courseId: Id, stood: (part: Id, course: Id) => void): LocalisedText[] {
  const read = (rows: readonly PartRow[], fields: readonly string[]): LocalisedText[] =>
    rows.flatMap((row) => {
      stood(row.id, courseId);
      return fields.flatMap((field) => {
        const text = row[field];
        return text === null || text === undefined ? [] : (JSON.parse(text) as LocalisedText);
      });
    });
  const placed = (type: 'module' | 'session', fields: readonly string[], parent: Id) =>
    reader.all<PartRow>(`select id, ${fields.join(', ')} from ${type} where live = 1 and json_extract(placement, '$[0]') = ?`, parent);
  const modules = placed('module', MODULE_TEXTS, courseId);
  return [
    ...read(reader.all<PartRow>(`select id, ${COURSE_TEXTS.join(', ')} from course where id = ?`, courseId), COURSE_TEXTS),
    ...read(modules, MODULE_TEXTS),
    ...modules.flatMap(({ id }) => read(placed('session', SESSION_TEXTS, id), SESSION_TEXTS)),
  ];
}

interface PartRow {
  readonly id: Id;
  readonly [field: string]: string | null;
}
