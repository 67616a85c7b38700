import type { Id } from '../../../../shared/kernel/ids.ts';
import { byKey } from '../../../../shared/kernel/order.ts';
import { ok, refuse, type Result } from '../../../../shared/kernel/result.ts';
import { course, courseModule, session } from '../../../../shared/model/course.ts';
import type { Reader } from '../../../../shared/node/store/store.ts';
import type { SpaceId } from '../../../../shared/sync/types.ts';

/** The records that a course is made of. */
export const PARTS = { course, module: courseModule, session } as const;
export type PartType = keyof typeof PARTS;

/** A record of a course where it stands: `parent` and `key` are null and '' of the course itself. */
export interface Part {
  readonly type: PartType;
  readonly id: Id;
  readonly space: SpaceId;
  readonly live: boolean;
  readonly origin: Id | null;
  readonly parent: Id | null;
  readonly key: string;
}

interface PartRow {
  readonly id: Id;
  readonly space: SpaceId;
  readonly live: number;
  readonly origin: Id | null;
  readonly placement: string | null;
}

/** A module or a session by its id, removed or not. Refuses `course.partUnknown`. */
export function foundPart(reader: Reader, id: Id): Result<Part, 'course.partUnknown'> {
  for (const type of ['module', 'session'] as const) {
    const row = reader.get<PartRow>(`select id, space, live, origin, placement from "${type}" where id = ?`, id);
    if (row && row.placement !== null) return ok(partOf(type, row));
  }
  return refuse('course.partUnknown');
}

/** As `foundPart`, of those that are not removed, nor stand in a module that is. */
export function foundLivePart(reader: Reader, id: Id): Result<Part, 'course.partUnknown'> {
  const found = foundPart(reader, id);
  if (!found.ok || !found.value.live) return refuse('course.partUnknown');
  const { type, parent } = found.value;
  if (type === 'session' && parent !== null && !foundLivePart(reader, parent).ok) return refuse('course.partUnknown');
  return found;
}

/** The course, its modules and their sessions in their order, each module before its sessions; what was removed is among them, and marked. Empty where it is not here. */
export function partsOf(reader: Reader, courseId: Id): Part[] {
  const row = reader.get<Omit<PartRow, 'placement'>>('select id, space, live, origin from course where id = ?', courseId);
  if (!row) return [];
  const modules = childrenOf(reader, 'module', courseId);
  return [
    partOf('course', { ...row, placement: null }),
    ...modules.flatMap((module) => [module, ...childrenOf(reader, 'session', module.id)]),
  ];
}

/** The modules of a course or the sessions of a module in their order, removed ones among them. */
export function childrenOf(reader: Reader, type: 'module' | 'session', parent: Id): Part[] {
  return reader
    .all<PartRow>(`select id, space, live, origin, placement from "${type}" where json_extract(placement, '$[0]') = ?`, parent)
    .map((row) => partOf(type, row))
    .sort(byKey);
}

/** The course in which a part stands: by the place that is shown first, whatever was removed. */
export function courseOf(reader: Reader, part: Part): Id | null {
  if (part.type !== 'session' || part.parent === null) return part.parent;
  const module = foundPart(reader, part.parent);
  return module.ok ? module.value.parent : null;
}

function partOf(type: PartType, { id, space, live, origin, placement }: PartRow): Part {
  const [parent, key] = placement === null ? [null, ''] : (JSON.parse(placement) as [Id, string]);
  return { type, id, space, live: live === 1, origin, parent, key };
}
