import type { Handlers } from '../../../shared/contract/rpc.ts';
import type { institutionContract } from '../../../shared/features/institution/contract.ts';
import { randomId } from '../../../shared/kernel/ids.ts';
import { ok, refuse, type Result } from '../../../shared/kernel/result.ts';
import { fold } from '../../../shared/kernel/text.ts';
import { formWrites, writesOf } from '../../../shared/model/field-writes.ts';
import { institution } from '../../../shared/model/institution.ts';
import { derivedRecordId } from '../../../shared/model/record-id.ts';
import { filledOf, recordColumns, type RecordRow } from '../../../shared/model/records.ts';
import { institutionSpace, LIBRARY, parseSpace } from '../../../shared/model/spaces.ts';
import type { Reader } from '../../../shared/node/store/store.ts';
import type { SpaceId } from '../../../shared/sync/types.ts';
import type { EngineContext } from '../context.ts';
import { permissionToWrite } from '../sync/access/entitled.ts';
import { shownOf } from './removals.ts';
import { unreadableIn } from './unreadable.ts';

type InstitutionRow = RecordRow<typeof institution>;

/** Returns the handlers of the calls of institutions. */
export function institutionHandlers(context: EngineContext): Handlers<typeof institutionContract> {
  const { store, random, hasher } = context;
  const { reader } = store;
  const mayWrite = (space: SpaceId) =>
    permissionToWrite(context, space, [{ entityType: institution.type, entity: derivedRecordId(space, hasher, 'institution') }]);
  return {
    'institution.create': ({ name, country, languages }) => {
      const own = ownInstitution(context);
      const id = own ?? randomId(random);
      const space = institutionSpace(id);
      if (!isKnown(reader, space)) {
        const record = derivedRecordId(space, hasher, 'institution');
        store.commit([{ space, writes: writesOf(institution, record, { name, country, languages }) }]);
      }
      return ok({ id });
    },

    'institution.update': ({ id, seen, ...changes }) => {
      const space = institutionSpace(id);
      const row = institutionRows(reader).find((one) => one.space === space);
      if (!row) return refuse('institution.unknown');
      store.commit([{ space, writes: formWrites(institution, row.id, changes, seen) }]);
      return ok({ id });
    },

    'institution.list': () => {
      const rows = institutionRows(reader).map((row) => ({ row, ...filledOf(institution, row) }));
      const order = (name: string, id: string) => `${fold(name)} ${id}`;
      return ok(
        rows
          .map(({ row, ...said }) => ({
            ...{ id: ownerOf(row), ...said, change: mayWrite(row.space) },
            ...{ unreadable: unreadableIn(row), seen: shownOf(reader, institution.type, row.id) },
          }))
          .sort((a, b) => (order(a.name, a.id) < order(b.name, b.id) ? -1 : 1)),
      );
    },

    'institution.mayAdd': () => {
      const own = ownInstitution(context);
      if (own === null) return ok(mayWrite(institutionSpace(NEW)));
      const space = institutionSpace(own);
      return ok(isKnown(reader, space) ? { allowed: false, reason: '' } : mayWrite(space));
    },
  };
}

/** No institution has this id: the rights in its space are those of whoever adds one. */
const NEW = 'new';

/** The names of the institutions that are known here, by their space. */
export function institutionNames(reader: Reader): ReadonlyMap<SpaceId, string> {
  return new Map(institutionRows(reader).map((row) => [row.space, row.name ?? '']));
}

/** The institution to which the user's rights are bound; null where they are bound to none. */
export function ownInstitution({ trust }: Pick<EngineContext, 'trust'>): string | null {
  const scope = trust.self()?.scope;
  return scope?.kind === 'institution' ? scope.id : null;
}

/** Checks that courses can be kept in a space: in the library, in that of the user's institution, or in that of one that is known here. Refuses `institution.unknown`. */
export function checkCourseSpace(context: Pick<EngineContext, 'trust' | 'store'>, space: SpaceId): Result<null, 'institution.unknown'> {
  const own = ownInstitution(context);
  if (space === LIBRARY || (own !== null && space === institutionSpace(own)) || isKnown(context.store.reader, space)) return ok(null);
  return refuse('institution.unknown');
}

function ownerOf(row: InstitutionRow): string {
  return parseSpace(row.space)?.owner ?? row.id;
}

function isKnown(reader: Reader, space: SpaceId): boolean {
  return reader.get('select 1 from institution where live = 1 and space = ?', space) !== undefined;
}

// One for each space: whoever writes a second one into it by another id names the same institution.
function institutionRows(reader: Reader): InstitutionRow[] {
  const rows = reader.all<InstitutionRow>(`select ${recordColumns(institution)} from institution where live = 1 order by id`);
  return [...new Map(rows.toReversed().map((row) => [row.space, row])).values()];
}
