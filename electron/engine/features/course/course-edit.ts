import type { ParsedArgsOf } from '../../../../shared/contract/call.ts';
import type { Handlers } from '../../../../shared/contract/rpc.ts';
import type { courseEditContract } from '../../../../shared/features/course/edit-contract.ts';
import { placesBehind, type SessionPlace } from '../../../../shared/features/course/rules.ts';
import type { Id } from '../../../../shared/kernel/ids.ts';
import { keyBehind } from '../../../../shared/kernel/order.ts';
import { ok, refuse, type Result } from '../../../../shared/kernel/result.ts';
import { course, courseModule, session } from '../../../../shared/model/course.ts';
import { clearedTexts, formWrites, withoutEmpty, writesOf } from '../../../../shared/model/field-writes.ts';
import { newRecordId } from '../../../../shared/model/record-id.ts';
import { institutionSpace, LIBRARY } from '../../../../shared/model/spaces.ts';
import { deletionSeen, restoration } from '../../../../shared/node/store/deletion.ts';
import type { Reader } from '../../../../shared/node/store/store.ts';
import type { FieldValue } from '../../../../shared/sync/types.ts';
import type { EngineContext } from '../../context.ts';
import { permissionToWrite } from '../../sync/access/entitled.ts';
import { checkCourseSpace, institutionNames, ownInstitution } from '../institution.ts';
import { findCourse } from '../library/course.ts';
import { shownOf } from '../removals.ts';
import { childrenOf, courseOf, foundLivePart, foundPart, partsOf, PARTS, type Part } from './course-parts.ts';

type PartCall = 'course.updatePart' | 'course.move' | 'course.removePart' | 'course.restorePart';
type NewCourse = ParsedArgsOf<(typeof courseEditContract)['course.create']>;

/** No course has this id: the rights to it are those of whoever makes one. */
const NEW = 'new';

/** Returns the handlers of the calls by which courses are written. */
export function courseEditHandlers(context: EngineContext): Handlers<typeof courseEditContract> {
  const { store, random, hasher } = context;
  const { reader } = store;

  return {
    ...partHandlers(context),

    'course.open': ({ id: idOrCode }) => {
      const found = findCourse(reader, idOrCode);
      if (!found) return refuse('course.unknown');
      const { id, space } = found.summary;
      const parts = partsOf(reader, id).filter(({ live }) => live);
      return ok({
        ...{ id, space },
        change: permissionToWrite(context, space, [{ entityType: course.type, entity: id }]),
        seen: Object.fromEntries(parts.map((part) => [part.id, shownOf(reader, part.type, part.id)])),
        layouts: Object.fromEntries(found.sessions.map(({ id: session, layouts }) => [session, layouts])),
      });
    },

    'course.writableSpaces': () => {
      const own = ownInstitution(context);
      const spaces = new Set([own === null ? LIBRARY : institutionSpace(own), LIBRARY, ...institutionNames(reader).keys()]);
      return ok([...spaces].filter((space) => permissionToWrite(context, space, [{ entityType: course.type, entity: NEW }]).allowed));
    },

    'course.create': ({ space: wanted, ...said }: NewCourse) => {
      const own = ownInstitution(context);
      const space = wanted ?? (own === null ? LIBRARY : institutionSpace(own));
      const known = checkCourseSpace(context, space);
      if (!known.ok) return known;
      const id = newRecordId(space, random, hasher);
      const variants = said.variants.length === 0 ? [said.days] : said.variants;
      store.commit([{ space, writes: writesOf(course, id, recorded({ ...said, variants })) }]);
      return ok({ id });
    },

    'course.update': ({ id: idOrCode, seen, ...changes }) => {
      const found = findCourse(reader, idOrCode);
      if (!found) return refuse('course.unknown');
      const { id, space } = found.summary;
      store.commit([{ space, writes: formWrites(course, id, cleared(changes), seen) }]);
      return ok({ id });
    },

    'course.addModule': ({ courseId, after, ...said }) => {
      const found = findCourse(reader, courseId);
      if (!found) return refuse('course.unknown');
      const { id: parent, space } = found.summary;
      const key = keyBehind(childrenOf(reader, 'module', parent), after);
      if (key === null) return refuse('course.partUnknown');
      const id = newRecordId(space, random, hasher);
      store.commit([{ space, writes: writesOf(courseModule, id, { ...recorded(said), placement: [parent, key] }) }]);
      return ok({ id });
    },

    'course.addSession': ({ courseId, moduleId, after, layouts, ...said }) => {
      const module = foundLivePart(reader, moduleId);
      if (!module.ok || module.value.type !== 'module') return refuse('course.partUnknown');
      if (courseId !== undefined) {
        const named = findCourse(reader, courseId);
        if (!named) return refuse('course.unknown');
        if (named.summary.id !== module.value.parent) return refuse('course.moduleElsewhere');
      }
      const key = keyBehind(childrenOf(reader, 'session', moduleId), after);
      if (key === null) return refuse('course.partUnknown');
      const { space } = module.value;
      const id = newRecordId(space, random, hasher);
      const placement = [moduleId, key];
      const laid = layouts ?? layoutsBehind(reader, module.value, key);
      store.commit([{ space, writes: writesOf(session, id, { ...recorded(said), layouts: laid, placement }) }]);
      return ok({ id });
    },
  };
}

/** The calls that change a module or a session where it stands, move it, remove it or put it back. */
function partHandlers({ store }: EngineContext): Pick<Handlers<typeof courseEditContract>, PartCall> {
  const { reader } = store;

  return {
    'course.updatePart': ({ id, seen, ...changes }) => {
      const part = foundLivePart(reader, id);
      if (!part.ok) return part;
      const { type, space } = part.value;
      const named = Object.entries(changes).flatMap(([field, value]) => (value === undefined ? [] : [field]));
      if (named.some((field) => !Object.hasOwn(PARTS[type].fields, field))) return refuse('course.notOfModule');
      store.commit([{ space, writes: formWrites(PARTS[type], id, cleared(changes), seen) }]);
      return ok({ id });
    },

    'course.move': ({ id, moduleId, after, seen }) => {
      const found = foundLivePart(reader, id);
      if (!found.ok) return found;
      const part = found.value;
      const target = targetOf(reader, part, moduleId);
      if (!target.ok) return target;
      const type = part.type === 'session' ? 'session' : 'module';
      const siblings = childrenOf(reader, type, target.value).filter((other) => other.id !== id);
      const key = keyBehind(siblings, after);
      if (key === null) return refuse('course.partUnknown');
      const writes = formWrites(PARTS[type], id, { placement: [target.value, key] }, seen);
      store.commit([{ space: part.space, writes }]);
      return ok({ id });
    },

    'course.removePart': ({ id, seen }) => {
      const found = foundPart(reader, id);
      if (!found.ok) return found;
      const { type, space } = found.value;
      store.commit([{ space, writes: deletionSeen(reader, type, id, seen) }]);
      return ok({ id });
    },

    'course.restorePart': ({ id }) => {
      const found = foundPart(reader, id);
      if (!found.ok) return found;
      const { type, space } = found.value;
      store.commit([{ space, writes: restoration(reader, type, id) }]);
      return ok({ id });
    },
  };
}

/** The course or module in which a part is to stand. */
function targetOf(
  reader: Reader,
  part: Part,
  moduleId: Id | undefined,
): Result<Id, 'course.moduleElsewhere' | 'course.notOfModule' | 'course.partUnknown'> {
  if (part.type === 'module') return moduleId === undefined ? ok(part.parent!) : refuse('course.notOfModule');
  if (moduleId === undefined) return ok(part.parent!);
  const module = foundLivePart(reader, moduleId);
  if (!module.ok || module.value.type !== 'module') return refuse('course.partUnknown');
  return module.value.parent === courseOf(reader, part) ? ok(moduleId) : refuse('course.moduleElsewhere');
}

/** Where a new session stands in each length of its course, by the sessions before it. */
function layoutsBehind(reader: Reader, module: Part, key: string): Record<string, SessionPlace> {
  const found = findCourse(reader, module.parent!);
  if (!found) return {};
  const modules = found.modules.map(({ id }) => id);
  const keys = new Map(childrenOf(reader, 'session', module.id).map((part) => [part.id, part.key]));
  const own = modules.indexOf(module.id);
  const before = found.sessions.filter(({ id, moduleId }) => {
    const place = modules.indexOf(moduleId);
    return place < own || (place === own && keys.get(id)! < key);
  });
  return placesBehind(found, before);
}

type Values = Readonly<Record<string, unknown>>;

/** Returns the values of a new record without what says nothing. */
function recorded(values: Values): Record<string, FieldValue> {
  const texts = Object.entries(withoutEmpty(values)).map(([name, value]) => [name, isTexts(value) ? withoutEmpty(value) : value] as const);
  return Object.fromEntries(texts) as Record<string, FieldValue>;
}

/** Returns the values of a form, in which an emptied text is none. */
function cleared(values: Values): Record<string, FieldValue | undefined> {
  const written = Object.entries(values).map(([name, value]) => [name, isTexts(value) ? clearedTexts(value) : value === '' ? null : value]);
  return Object.fromEntries(written) as Record<string, FieldValue | undefined>;
}

function isTexts(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
