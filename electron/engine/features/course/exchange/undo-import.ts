import type { Handlers } from '../../../../../shared/contract/rpc.ts';
import type { exchangeContract } from '../../../../../shared/features/course/exchange/contract.ts';
import { planUndo } from '../../../../../shared/features/course/undo-taking.ts';
import type { Id } from '../../../../../shared/kernel/ids.ts';
import { ok, refuse } from '../../../../../shared/kernel/result.ts';
import { deletion } from '../../../../../shared/node/store/deletion.ts';
import type { Reader } from '../../../../../shared/node/store/store.ts';
import type { EngineContext } from '../../../context.ts';
import { partsOf } from '../course-parts.ts';

/** Returns the handler of the call that takes an import of a course or of its texts back. */
export function undoImportHandlers({ store }: EngineContext): Pick<Handlers<typeof exchangeContract>, 'course.undoImport'> {
  const { reader } = store;
  return {
    'course.undoImport': ({ courseId, taking }) => {
      const parts = partsOf(reader, courseId);
      const [course] = parts;
      if (!course) return refuse('course.unknown');
      const { undone, left, writes, removed } = planUndo(
        parts.map(({ type, id }) => ({
          ...{ type, id, effective: reader.effective(type, id) },
          heads: (register: string) => reader.heads(type, id, register),
        })),
        taking,
      );
      // A course that came goes whole, or stays whole: what was written in it since would have no course any more.
      if (removed.length > 0 && left > 0) return ok({ undone: 0, left });
      const gone = removed.length > 0 ? [...removed, ...materialsOf(reader, course.id, taking)] : [];
      store.transaction(() => {
        if (writes.length > 0) store.commit([{ space: course.space, writes }]);
        const removals = gone.flatMap(({ type, id }) => deletion(reader, type, id));
        if (removals.length > 0) store.commit([{ space: course.space, writes: removals }]);
      });
      return ok({ undone, left });
    },
  };
}

/** The materials that came with a course, and to which nothing was written since. */
function materialsOf(reader: Reader, courseId: Id, taking: string): { readonly type: string; readonly id: Id }[] {
  return reader
    .all<{ id: Id }>('select id from material where live = 1 and courseId = ?', courseId)
    .filter(({ id }) => reader.effective('material', id).every(({ hash }) => hash === taking))
    .map(({ id }) => ({ type: 'material', id }));
}
