import type { ResultOf } from '../../../shared/contract/call.ts';
import type { Handlers } from '../../../shared/contract/rpc.ts';
import type { binContract, Removable } from '../../../shared/features/bin/contract.ts';
import type { Id } from '../../../shared/kernel/ids.ts';
import { ok } from '../../../shared/kernel/result.ts';
import { titleOf } from '../../../shared/model/title.ts';
import type { SpaceId } from '../../../shared/sync/types.ts';
import type { EngineContext } from '../context.ts';
import { instant } from '../sync/review/conflicts.ts';
import { objectionBefore } from '../sync/access/entitled.ts';
import { attributionOf } from '../attribution.ts';
import { isPersonInSight, isRecordInSight, isWorkshopInSight } from './people/in-sight.ts';
import { materialRow } from './library/material-list.ts';
import { removalsOf } from './removals.ts';
import { unreadableIn } from './unreadable.ts';

type Removed = ResultOf<(typeof binContract)['bin.list']>[number];

/** A removed record as its projection row has it, with its workshop's title; each kind has the columns of its own. */
interface RemovedRow {
  readonly type: Removable;
  readonly id: Id;
  readonly space: SpaceId;
  readonly activityId: Id | null;
  readonly name?: string | null;
  readonly title?: string | null;
  readonly familyName?: string | null;
  readonly givenName?: string | null;
  readonly formTitle?: string | null;
  readonly workshopName: string | null;
  readonly workshopTitle: string | null;
  readonly unreadable: string | null;
}

/**
 * Removed records of each kind. What went with a workshop, a course or a module that was removed comes back with it and is not listed; somebody who was erased does not come back, and a
 * sheet that was replaced by another has its own place.
 */
const REMOVED: Readonly<Record<Removable, string>> = {
  activity: `select a.id, a.space, null as activityId, a.name, a.title, a.unreadable from activity a where a.live = 0`,
  participant: `select p.id, p.space, p.activityId, p.familyName, p.givenName, p.unreadable from participant p
    where p.live = 0 and not exists (select 1 from erasure e where e.entity = p.id and e.type = 'participant')`,
  agendaItem: `select i.id, i.space, i.activityId, i.name, i.title, i.unreadable from agendaItem i where i.live = 0`,
  material: `select m.id, m.space, m.activityId, m.name, m.title, m.unreadable from material m where m.live = 0`,
  sheet: `select s.id, s.space, s.activityId, p.familyName, p.givenName, f.title as formTitle, s.unreadable
    from sheet s join participant p on p.id = s.personId and p.live = 1 left join form f on f.id = s.formId
    where s.live = 0 and s.answers is not null and not exists (select 1 from erasure e where e.entity = p.id and e.type = 'participant')`,
  module: `select m.id, m.space, null as activityId, m.title, m.unreadable from module m
    join course c on c.id = json_extract(m.placement, '$[0]') and c.live = 1 where m.live = 0`,
  session: `select s.id, s.space, null as activityId, s.title, s.unreadable from session s
    join module m on m.id = json_extract(s.placement, '$[0]') and m.live = 1
    join course c on c.id = json_extract(m.placement, '$[0]') and c.live = 1 where s.live = 0`,
  formItem: `select i.id, i.space, null as activityId, i.text as title, f.title as formTitle, i.unreadable from formItem i
    join form f on f.id = json_extract(i.placement, '$[0]') and f.live = 1 where i.live = 0`,
};

/** Returns the handler of the bin: what was removed, with who did it and when; each kind is put back by its own feature. */
export function binHandlers(context: EngineContext): Handlers<typeof binContract> {
  const { reader } = context.store;
  return {
    'bin.list': ({ activityId }) => {
      const kinds = Object.keys(REMOVED) as Removable[];
      const rows = kinds.flatMap((type) =>
        reader
          .all<Omit<RemovedRow, 'type'>>(
            `select r.*, w.name as workshopName, w.title as workshopTitle from (${REMOVED[type]}) r left join activity w on w.id = r.activityId
             where (r.activityId is null or w.live = 1) and (? is null or r.activityId = ?)`,
            activityId ?? null,
            activityId ?? null,
          )
          .map((row) => ({ ...row, type })),
      );
      const removed = rows.filter((row) => !isInSight(context, row)).flatMap((row) => removedOf(context, row));
      return ok(removed.sort((a, b) => (a.at > b.at ? -1 : a.at < b.at ? 1 : a.id < b.id ? -1 : 1)));
    },
  };
}

/** Whether a removed record still stands in its own list, flagged: somebody wrote to it without having seen the removal. */
function isInSight({ store: { reader } }: EngineContext, { type, id, activityId }: RemovedRow): boolean {
  if (type === 'activity') return isWorkshopInSight(reader, id);
  if (type === 'participant') return activityId !== null && isPersonInSight(reader, activityId, id);
  if (type === 'material') return materialRow(reader, id) !== undefined;
  return isRecordInSight(reader, type, id, []);
}

function removedOf(context: EngineContext, row: RemovedRow): Removed[] {
  const [removal] = removalsOf(context.store.reader, row.type, row.id);
  if (!removal) return [];
  const { author, device, laptop } = attributionOf(context, removal.by.replica);
  const isPersons = row.type === 'participant' || row.type === 'sheet';
  return [
    {
      type: row.type,
      id: row.id,
      title: isPersons ? '' : titleOf({ name: row.name ?? null, title: row.title ?? null }),
      person: isPersons ? { familyName: row.familyName ?? '', givenName: row.givenName ?? '' } : null,
      form: row.type === 'sheet' || row.type === 'formItem' ? titleOf({ name: null, title: row.formTitle ?? null }) : null,
      activityId: row.activityId,
      workshop: row.activityId === null ? null : titleOf({ name: row.workshopName, title: row.workshopTitle }),
      by: author,
      device,
      laptop,
      at: instant(removal.by.t),
      restorable: objectionBefore(context, row.space, { entityType: row.type, record: context.trust.record(row.type, row.id) }) === null,
      unreadable: unreadableIn(row),
    },
  ];
}
