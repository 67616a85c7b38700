import path from 'node:path';
import type { Handlers } from '../../../../shared/contract/rpc.ts';
import type { materialContract } from '../../../../shared/features/material/contract.ts';
import type { Id } from '../../../../shared/kernel/ids.ts';
import type { Result } from '../../../../shared/kernel/result.ts';
import { ok, refuse } from '../../../../shared/kernel/result.ts';
import { material, materialVersion } from '../../../../shared/model/material.ts';
import { newRecordId } from '../../../../shared/model/record-id.ts';
import { LIBRARY, planSpace } from '../../../../shared/model/spaces.ts';
import { titleValues } from '../../../../shared/model/title.ts';
import { writesOf } from '../../../../shared/model/field-writes.ts';
import { deletionSeen, restoration } from '../../../../shared/node/store/deletion.ts';
import type { SpaceId } from '../../../../shared/sync/types.ts';
import type { EngineContext } from '../../context.ts';
import { materialFileHandlers, takeFile } from './material-files.ts';
import { filesOf, materialRow, materialsShown, shownOfMaterial, versionsOf, type Material } from './material-list.ts';
import { materialOrder, type MaterialQuery } from './material-order.ts';
import { workshopOf } from '../activity/workshop.ts';

/** The calls of material over a store and its files. */
export function materialHandlers(context: EngineContext): Handlers<typeof materialContract> {
  const { store, files, clock, random, hasher } = context;
  const { reader } = store;
  const order = materialOrder(context);
  const materials = (query: MaterialQuery): Material[] => materialsShown(context, order.ids(query));

  return {
    ...materialFileHandlers(context),

    'material.add': async (args, call) => {
      const before = placeOf(context, args);
      if (!before.ok) return before;
      const taken = await takeFile(context, path.resolve(args.path), call);
      if (!taken.ok) return taken;
      // The place is looked up again: it may have gone while the file was copied. From here on nothing waits.
      const place = placeOf(context, args);
      if (!place.ok) return place;
      const { sha256, size, type } = taken.value;
      const { space, courseId } = place.value;
      const id = args.materialId ?? newRecordId(space, random, hasher);
      const same = versionsOf(reader, id).find((version) => version.sha256 === sha256 && version.language === args.language);
      if (same) return ok({ id, versionId: same.id, sha256, size });
      const versionId = newRecordId(space, random, hasher);
      const { title, kind, audience, language, activityId = null } = args;
      const fresh = writesOf(material, id, { ...titleValues(title), kind, audience, courseId, activityId });
      const version = writesOf(materialVersion, versionId, {
        materialId: id,
        language,
        fileName: path.basename(args.path).normalize('NFC').slice(0, 255),
        type,
        sha256,
        size,
        addedAt: new Date(clock.now()).toISOString(),
      });
      store.commit([{ space, writes: args.materialId === undefined ? [...fresh, ...version] : version }]);
      return ok({ id, versionId, sha256, size });
    },

    'material.list': (args) => {
      const courseId = args.courseId === undefined ? undefined : courseOf(context, args.courseId);
      if (courseId && !courseId.ok) return courseId;
      return ok(materials({ ...args, courseId: courseId?.value }));
    },

    'material.page': ({ from, limit, ...query }) => {
      const ids = order.ids(query);
      return ok({ total: ids.length, every: order.size(), materials: materialsShown(context, ids.slice(from, from + limit)) });
    },

    'material.position': ({ id }) => {
      const index = order.ids({}).indexOf(id);
      return ok({ index: index < 0 ? null : index });
    },

    'material.search': (args) => ok(materials(args)),

    'material.pin': ({ id }) => {
      const wanted = filesOf(reader, id);
      if (wanted.length === 0) return refuse('material.unknown');
      for (const { sha256 } of wanted) files.flags.pin(sha256);
      const missing = new Map(wanted.filter(({ sha256 }) => !files.has(sha256)).map(({ sha256, size }) => [sha256, size]));
      return ok({ here: missing.size === 0, bytesToFetch: [...missing.values()].reduce((sum, size) => sum + size, 0) });
    },

    'material.unpin': ({ id }) => {
      const wanted = filesOf(reader, id);
      if (wanted.length === 0) return refuse('material.unknown');
      for (const { sha256 } of wanted) files.flags.unpin(sha256);
      return ok({});
    },

    'material.offlinePlan': ({ activityId }) => {
      const workshop = workshopOf(reader, activityId);
      if (!workshop.ok) return workshop;
      const { courseId } = workshop.value;
      const wanted = [...materials({ activityId }), ...(courseId === null ? [] : materials({ courseId }))];
      const planned = [...new Map(wanted.map((one) => [one.id, one])).values()].flatMap(({ id, title, unreadable }) =>
        filesOf(reader, id).map(({ fileName, size, sha256 }) => ({
          id,
          title,
          unreadable,
          name: fileName,
          size,
          sha256,
          here: files.has(sha256),
          pinned: files.flags.isPinned(sha256),
        })),
      );
      const missing = new Map(planned.filter(({ here }) => !here).map(({ sha256, size }) => [sha256, size]));
      return ok({
        files: planned.map(({ sha256: _, ...file }) => file),
        bytesToFetch: [...missing.values()].reduce((sum, size) => sum + size, 0),
      });
    },

    'material.remove': ({ id, seen }) => {
      const entity = entityOf(context, id);
      const isHere = entity && (entity.live === 1 || (entity.type === 'material' && materialRow(reader, id) !== undefined));
      if (!isHere) return refuse('material.unknown');
      const hanging = entity.type === 'material' && seen === undefined ? Object.values(shownOfMaterial(reader, id)).flat() : [];
      store.commit([{ space: entity.space, writes: deletionSeen(reader, entity.type, id, seen, hanging) }]);
      return ok({});
    },

    'material.restore': ({ id }) => {
      const entity = entityOf(context, id);
      if (!entity) return refuse('material.unknown');
      store.commit([{ space: entity.space, writes: restoration(reader, entity.type, id) }]);
      return ok({});
    },
  };
}

interface MaterialPlace {
  readonly space: SpaceId;
  readonly courseId: Id | null;
}

/** Where a new file belongs: beside the material it is a version of, in its workshop's plan, else in the library. */
function placeOf(
  context: EngineContext,
  args: { readonly materialId?: Id | undefined; readonly activityId?: Id | undefined; readonly courseId?: string | undefined },
): Result<MaterialPlace, 'activity.unknown' | 'course.unknown' | 'material.unknown'> {
  if (args.materialId !== undefined) {
    const row = materialRow(context.store.reader, args.materialId);
    return row ? ok({ space: row.space, courseId: row.courseId }) : refuse('material.unknown');
  }
  const course = args.courseId === undefined ? ok(null) : courseOf(context, args.courseId);
  if (!course.ok) return course;
  if (args.activityId === undefined) return ok({ space: LIBRARY, courseId: course.value });
  const workshop = workshopOf(context.store.reader, args.activityId);
  return workshop.ok ? ok({ space: planSpace(args.activityId), courseId: course.value }) : workshop;
}

/** A course by its id or its code; refuses `course.unknown`. */
function courseOf({ store }: EngineContext, idOrCode: string): Result<Id, 'course.unknown'> {
  const row = store.reader.get<{ id: Id }>(
    'select id from course where live = 1 and (id = ? or lower(code) = lower(?)) order by id = ? desc limit 1',
    idOrCode,
    idOrCode,
    idOrCode,
  );
  return row ? ok(row.id) : refuse('course.unknown');
}

/** A material or a version, deleted or not. */
function entityOf({ store }: EngineContext, id: Id): { readonly type: string; readonly space: SpaceId; readonly live: number } | undefined {
  return store.reader.get(
    `select 'material' as type, space, live from material where id = ?
     union all select 'materialVersion' as type, space, live from materialVersion where id = ?`,
    id,
    id,
  );
}
