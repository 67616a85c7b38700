import type { Handlers } from '../../../shared/contract/rpc.ts';
import type { peopleContract } from '../../../shared/features/people/contract.ts';
import { representatives, type Link } from '../../../shared/features/people/links.ts';
import type { PerhapsOne } from '../../../shared/features/people/pairs.ts';
import type { Id } from '../../../shared/kernel/ids.ts';
import { ok, refuse, type Result } from '../../../shared/kernel/result.ts';
import { personLinkId } from '../../../shared/model/derivations.ts';
import { personLink } from '../../../shared/model/people.ts';
import { peopleSpace } from '../../../shared/model/spaces.ts';
import { writesOf } from '../../../shared/model/writes.ts';
import { restoration } from '../../../shared/node/store/deletion.ts';
import type { Reader } from '../../../shared/node/store/store.ts';
import type { EngineContext } from '../context.ts';
import { isListed } from './workshop.ts';

/** Two records of a person that somebody linked. */
interface StandingLink {
  readonly linkId: Id;
  readonly ids: [Id, Id];
}

const SAID = 'from personLink where activityId = ? and live = 1 and conflicts = 0 and "first" is not null and "second" is not null';

/** The links in effect that name one of these records. */
export function linksOf(reader: Reader, activityId: Id, records: readonly Id[]): StandingLink[] {
  const rows = reader.all<{ id: Id; first: Id; second: Id }>(`select id, "first", "second" ${SAID} and same = 1 order by id`, activityId);
  return rows
    .filter(({ first, second }) => records.includes(first) || records.includes(second))
    .map(({ id, first, second }) => ({ linkId: id, ids: [first, second] }));
}

/** A record and all that links make one person with it, removed ones too. */
export function linkedRecords(reader: Reader, activityId: Id, id: Id): Id[] {
  const records = reader.all<{ id: Id }>('select id from participant where activityId = ? order by id', activityId).map((row) => row.id);
  const links = reader.all<Link>(`select "first", "second" ${SAID} and same = 1`, activityId);
  const represented = representatives(records, links);
  const standing = represented.get(id) ?? id;
  return records.filter((record) => (represented.get(record) ?? record) === standing);
}

/** Pairs of whom nobody said that they are two people. */
export function withoutToldApart(reader: Reader, activityId: Id, pairs: readonly PerhapsOne[]): PerhapsOne[] {
  const apart = reader.all<Link>(`select "first", "second" ${SAID} and same = 0`, activityId);
  const told = new Set(apart.map(({ first, second }) => `${first} ${second}`));
  return pairs.filter(({ ids }) => !told.has([...ids].sort().join(' ')));
}

type LinkCalls = 'people.link' | 'people.tellApart' | 'people.unlink';

/** The calls by which somebody says that two records are one person, or two, and takes that back. */
export function linkHandlers(context: EngineContext): Pick<Handlers<typeof peopleContract>, LinkCalls> {
  const { store, hasher } = context;
  const { reader } = store;

  const say = (ids: readonly [Id, Id], same: boolean): Result<{ linkId: Id }> => {
    const [first, second] = ids[0] < ids[1] ? ids : [ids[1], ids[0]];
    const activityId = reader.get<{ activityId: Id | null }>('select activityId from participant where id = ?', first)?.activityId ?? null;
    if (activityId === null || ids.some((id) => !isListed(reader, activityId, id))) return refuse('people.unknown');
    if (first === second) return refuse('people.linkItself');
    const linkId = personLinkId(hasher, activityId, first, second);
    const known = reader.get<{ same: number | null; conflicts: number; live: number }>(
      'select same, conflicts, live from personLink where id = ?',
      linkId,
    );
    if (known?.live === 1 && known.conflicts === 0 && known.same === (same ? 1 : 0)) return ok({ linkId });
    const writes = [...restoration(reader, personLink.type, linkId), ...writesOf(personLink, linkId, { activityId, first, second, same })];
    store.commit([{ space: peopleSpace(activityId), writes }]);
    return ok({ linkId });
  };

  return {
    'people.link': ({ ids: [a, b] }) => say([a, b], true),
    'people.tellApart': ({ ids: [a, b] }) => say([a, b], false),
    'people.unlink': ({ linkId }) => {
      const link = reader.get<{ space: string; same: number | null; conflicts: number }>(
        'select space, same, conflicts from personLink where id = ? and live = 1',
        linkId,
      );
      if (!link) return refuse('people.linkUnknown');
      if (link.same !== null || link.conflicts > 0)
        store.commit([{ space: link.space, writes: writesOf(personLink, linkId, { same: null }) }]);
      return ok({});
    },
  };
}
