import type { Id } from '../../../../shared/kernel/ids.ts';
import type { Reader } from '../../../../shared/node/store/store.ts';

/** Returns a course and the courses that it was copied from, the nearest first, as far as they are here; nothing for null. */
export function courseLine(reader: Reader, courseId: Id | null): Id[] {
  const line: Id[] = [];
  // Copies of copies of each other, which another laptop may write, end too.
  for (let id = courseId; id !== null && !line.includes(id);) {
    line.push(id);
    id = reader.get<{ origin: Id | null }>('select origin from course where id = ?', id)?.origin ?? null;
  }
  return line;
}
