import type { Id } from '../../kernel/ids.ts';

/** A module of a course and its sessions, in their order. */
export interface OutlineModule {
  readonly id: Id;
  readonly sessions: readonly { readonly id: Id }[];
}

/** Where a module or a session is put: behind `after` (null: in front of all), a session in the module `moduleId`, where that is another one. */
export interface Move {
  readonly id: Id;
  readonly moduleId?: Id;
  readonly after: Id | null;
}

/** A part among those beside which it stands. */
interface Standing {
  readonly siblings: readonly Id[];
  readonly index: number;
  /** Of a session; null: a module. */
  readonly module: number | null;
}

/** The move that puts a part one step up (-1) or down (1); a session at the edge of its module goes into the one beside it. Null where there is no such place. */
export function stepOf(modules: readonly OutlineModule[], id: Id, by: -1 | 1): Move | null {
  const standing = standingOf(modules, id);
  if (!standing) return null;
  const { siblings, index, module } = standing;
  if (siblings[index + by] !== undefined) return { id, after: by === 1 ? siblings[index + 1]! : (siblings[index - 2] ?? null) };
  const beside = module === null ? undefined : modules[module + by];
  if (!beside) return null;
  return by === 1 ? { id, moduleId: beside.id, after: null } : toModule(modules, id, beside.id);
}

/** The move that puts a session at the end of a module; null where it stands in that one, or one of the two is not there. */
export function toModule(modules: readonly OutlineModule[], id: Id, moduleId: Id): Move | null {
  const standing = standingOf(modules, id);
  const module = modules.find((one) => one.id === moduleId);
  if (!standing || standing.module === null || !module || modules[standing.module] === module) return null;
  return { id, moduleId, after: module.sessions.at(-1)?.id ?? null };
}

/**
 * The move of a part that is dropped on another one: it takes its place, and that one makes room. A session that is dropped on a module goes in front of its sessions. Null where nothing
 * would move: on itself, or a module on a session.
 */
export function dropOn(modules: readonly OutlineModule[], id: Id, target: Id): Move | null {
  const from = standingOf(modules, id);
  const to = standingOf(modules, target);
  if (!from || !to || id === target) return null;
  if (from.module !== null && to.module === null) {
    if (from.module === to.index && from.index === 0) return null;
    return { id, ...(from.module !== to.index && { moduleId: target }), after: null };
  }
  if ((from.module === null) !== (to.module === null)) return null;
  const isBeside = from.module === to.module;
  const after = isBeside && from.index < to.index ? target : (to.siblings[to.index - 1] ?? null);
  return { id, ...(!isBeside && { moduleId: modules[to.module!]!.id }), after };
}

function standingOf(modules: readonly OutlineModule[], id: Id): Standing | null {
  const own = modules.map((module) => module.id);
  if (own.includes(id)) return { siblings: own, index: own.indexOf(id), module: null };
  const module = modules.findIndex(({ sessions }) => sessions.some((session) => session.id === id));
  if (module < 0) return null;
  const siblings = modules[module]!.sessions.map((session) => session.id);
  return { siblings, index: siblings.indexOf(id), module };
}
