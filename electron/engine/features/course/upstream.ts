import type { Handlers } from '../../../../shared/contract/rpc.ts';
import type { adaptationContract } from '../../../../shared/features/course/adaptation-contract.ts';
import type { Adaptation } from '../../../../shared/features/course/adaptation.ts';
import { placeAmong } from '../../../../shared/features/course/places.ts';
import { planTaking, type TakingStep } from '../../../../shared/features/course/taking.ts';
import { planUndo } from '../../../../shared/features/course/undo-taking.ts';
import { LANGUAGES } from '../../../../shared/kernel/text.ts';
import type { Id } from '../../../../shared/kernel/ids.ts';
import { ok } from '../../../../shared/kernel/result.ts';
import { deletion, restoration } from '../../../../shared/node/store/deletion.ts';
import type { Reader } from '../../../../shared/node/store/store.ts';
import type { FieldValue, FieldWrite } from '../../../../shared/sync/types.ts';
import type { EngineContext } from '../../context.ts';
import { copyId } from './adaptation.ts';
import { adaptationOf } from './adapted.ts';
import type { PartType } from './course-parts.ts';
import { keptUpdates } from './updates.ts';

type Upstream = Pick<
  Handlers<typeof adaptationContract>,
  'course.takeUpstream' | 'course.undoTaking' | 'course.updates' | 'course.upstream'
>;

/** Returns the handlers of the calls that compare an adaptation with its source, and take from it. */
export function upstreamHandlers(context: EngineContext): Upstream {
  const { store } = context;
  const { reader } = store;
  const updates = keptUpdates(store);
  return {
    'course.upstream': ({ courseId }) => {
      const found = adaptationOf(reader, courseId);
      if (!found.ok) return found;
      const { from, to } = found.value;
      return ok({ from, to, changes: toldOf(found.value) });
    },

    'course.updates': () => ok(updates.all()),

    'course.takeUpstream': ({ courseId, choices }) => {
      const found = adaptationOf(reader, courseId);
      if (!found.ok) return found;
      const { id, space } = found.value;
      const { steps, counts } = planTaking(found.value, choices, (part) => copyId(context, space, id, part));
      const writes = steps.flatMap((step) => writesFor(reader, step));
      const [changeSet] = writes.length === 0 ? [] : store.commit([{ space, writes }]);
      return ok({ ...counts, taking: changeSet?.hash ?? null });
    },

    'course.undoTaking': ({ courseId, taking }) => {
      const found = adaptationOf(reader, courseId);
      if (!found.ok) return found;
      const { records, space } = found.value;
      const written = records.map(({ type, id }) => ({
        ...{ type, id, effective: reader.effective(type, id) },
        heads: (register: string) => reader.heads(type, id, register),
      }));
      const { undone, left, writes, removed } = planUndo(written, taking);
      store.transaction(() => {
        if (writes.length > 0) store.commit([{ space, writes }]);
        const gone = removed.flatMap(({ type, id }) => deletion(reader, type, id));
        if (gone.length > 0) store.commit([{ space, writes: gone }]);
      });
      return ok({ undone, left });
    },
  };
}

/** The writes of a step of a taking. */
export function writesFor(reader: Reader, step: TakingStep): readonly FieldWrite[] {
  if (step.does === 'write') return [step.write];
  return step.does === 'remove' ? deletion(reader, step.type, step.id) : restoration(reader, step.type, step.id);
}

/** Returns the titles of parts and the places that the changes of an adaptation tell of, beside the changes. `by`: whose title a part has where both sides have one. */
export function toldOf({ own, parts, source, valueOf, changes }: Adaptation, by: 'own' | 'source' = 'own') {
  const types = new Map([...source, ...parts].map(({ id, type }) => [id, type as PartType]));
  const heads = new Map([...source, ...own].map((part) => [part.id, part.heads]));
  const valueIn = (id: Id, register: string): FieldValue => {
    const [first] = heads.get(id)?.[register] ?? [];
    return first === undefined ? null : (valueOf(first) ?? null);
  };
  const titleOf = (id: Id) =>
    Object.fromEntries(
      LANGUAGES.flatMap((language) => {
        const title = valueIn(id, `title@${language}`);
        return typeof title === 'string' && title !== '' ? [[language, title]] : [];
      }),
    );
  const standing = own.filter(({ live }) => live).map(({ id }) => ({ id, placement: valueIn(id, 'placement') }));
  const insideOf = (parent: FieldValue | undefined) =>
    typeof parent === 'string' && types.get(parent) === 'module' ? titleOf(parent) : null;
  const placed = (id: Id, placement: FieldValue) => {
    const place = placeAmong(id, placement, standing);
    return place && { inside: insideOf(place.parent), after: place.after === null ? null : titleOf(place.after) };
  };
  return changes.map(({ source: there, heads: _heads, ...change }) => {
    const { part, kind, mine, theirs } = change;
    const placement = valueIn(part, 'placement');
    const title = by === 'own' ? titleOf(part) : { ...titleOf(part), ...titleOf(there) };
    return {
      ...change,
      seen: [...change.seen],
      ...{ type: types.get(part)!, title, inside: insideOf(Array.isArray(placement) ? placement[0] : undefined) },
      places: kind === 'moved' ? { mine: placed(part, mine), theirs: placed(part, theirs) } : null,
    };
  });
}
