import type { Handlers } from '../../../../shared/contract/rpc.ts';
import type { peopleContract } from '../../../../shared/features/people/contract.ts';
import type { ResultOf } from '../../../../shared/contract/call.ts';
import type { SaidOfRecords } from '../../../../shared/features/people/people-across.ts';
import { representatives, type PersonLink } from '../../../../shared/features/people/links.ts';
import type { PerhapsOne } from '../../../../shared/features/people/pairs.ts';
import type { Id } from '../../../../shared/kernel/ids.ts';
import { ok, refuse, type Result } from '../../../../shared/kernel/result.ts';
import { personLinkId } from '../../../../shared/model/derivations.ts';
import { participant, personLink } from '../../../../shared/model/people.ts';
import { peopleSpace } from '../../../../shared/model/spaces.ts';
import { writesOf } from '../../../../shared/model/field-writes.ts';
import { restoration } from '../../../../shared/node/store/deletion.ts';
import { PERSON_FIELDS, type PersonField } from '../../../../shared/features/people/rules.ts';
import type { ValueId } from '../../../../shared/sync/types.ts';
import type { Reader } from '../../../../shared/node/store/store.ts';
import type { EngineContext } from '../../context.ts';
import { instant } from '../../sync/review/conflicts.ts';
import { attributionOf } from '../../attribution.ts';
import { choiceWrites, linksOf } from './linked-choices.ts';
import { recordsOfPerson } from './people-rows.ts';
import { IN_ONE_WORKSHOP, isListed, representedIn } from '../activity/workshop.ts';

const SAID = `from personLink where activityId = ? and live = 1 and conflicts = 0 and "first" is not null and "second" is not null and ${IN_ONE_WORKSHOP}`;

/** The workshop among whose people it is kept what was said of two records: their own or, of two workshops, that of the record whose id is the smaller. */
export function workshopOfPair(one: Listed, other: Listed): Id {
  return one.id < other.id ? one.activityId : other.activityId;
}

interface Listed {
  readonly id: Id;
  readonly activityId: Id;
}

/** Returns the records that somebody said are of one person with a record, over all workshops and whatever way links lead; itself among them. */
export function linkedAcross(reader: Reader, id: Id): ReadonlySet<Id> {
  const linked = new Set([id]);
  for (const one of linked)
    for (const { first, second } of reader.all<PersonLink>(
      'select "first", "second" from personLink where live = 1 and same = 1 and conflicts = 0 and ("first" = ? or "second" = ?) and "first" is not null and "second" is not null',
      ...[one, one],
    ))
      linked.add(first).add(second);
  return linked;
}

/** Returns the records of which somebody said that they are not the person of a record. */
export function toldApartFrom(reader: Reader, id: Id): ReadonlySet<Id> {
  const apart = reader.all<PersonLink>(
    'select "first", "second" from personLink where live = 1 and same = 0 and conflicts = 0 and ("first" = ? or "second" = ?) and "first" is not null and "second" is not null',
    ...[id, id],
  );
  return new Set(apart.map(({ first, second }) => (first === id ? second : first)));
}

/** Returns what was said of pairs of records of any workshops; what two laptops said differently says nothing. */
export function saidOfRecords(reader: Reader): SaidOfRecords {
  const said = reader.all<{ first: Id; second: Id; same: number }>(
    'select "first", "second", same from personLink where live = 1 and same is not null and conflicts = 0 and "first" is not null and "second" is not null',
  );
  const pairs = (is: number) => said.flatMap(({ first, second, same }) => (same === is ? [[first, second] as const] : []));
  return { same: pairs(1), apart: pairs(0) };
}

/** A record and all that links make one person with it, removed ones too. */
export function linkedRecords(reader: Reader, activityId: Id, id: Id): Id[] {
  const records = reader.all<{ id: Id }>('select id from participant where activityId = ? order by id', activityId).map((row) => row.id);
  const links = reader.all<PersonLink>(`select "first", "second" ${SAID} and same = 1`, activityId);
  const represented = representatives(records, links);
  const standing = represented.get(id) ?? id;
  return records.filter((record) => (represented.get(record) ?? record) === standing);
}

/** Pairs of whom nobody said that they are two people, whichever of their records was named. */
export function withoutToldApart(reader: Reader, activityId: Id, pairs: readonly PerhapsOne[]): PerhapsOne[] {
  const apart = reader.all<PersonLink>(`select "first", "second" ${SAID} and same = 0`, activityId);
  const represented = representedIn(reader, activityId);
  const told = new Set(
    apart.map(({ first, second }) =>
      [first, second]
        .map((id) => represented.get(id) ?? id)
        .sort()
        .join(' '),
    ),
  );
  return pairs.filter(({ ids }) => !told.has([...ids].sort().join(' ')));
}

/** A record with its workshop, on whose list it is; undefined where it is on none. */
function listedRecord(reader: Reader, id: Id): Listed | undefined {
  const record = reader.get<Listed>('select id, activityId from participant where id = ? and activityId is not null', id);
  return record && isListed(reader, record.activityId, id) ? record : undefined;
}

type LinkCalls = 'people.link' | 'people.tellApart' | 'people.unlink' | 'people.choose';

/** The calls by which somebody says that two records are one person, or two, what holds where they differ, and takes that back. */
export function linkHandlers(context: EngineContext): Pick<Handlers<typeof peopleContract>, LinkCalls> {
  const { store, hasher } = context;
  const { reader } = store;

  const say = (ids: readonly [Id, Id], same: boolean): Result<{ linkId: Id }, 'people.linkItself' | 'people.unknown'> => {
    const [first, second] = ids[0] < ids[1] ? ids : [ids[1], ids[0]];
    const [one, other] = [first, second].map((id) => listedRecord(reader, id));
    if (!one || !other) return refuse('people.unknown');
    const activityId = workshopOfPair(one, other);
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

  const valuesOf = (record: Id, field: string): ValueId[] => reader.heads(participant.type, record, field).map(({ id }) => id);

  return {
    'people.choose': ({ id, field, record, seen }) => {
      const activityId = reader.get<{ activityId: Id | null }>('select activityId from participant where id = ?', id)?.activityId ?? null;
      const found = activityId === null ? undefined : recordsOfPerson(reader, activityId, id);
      if (activityId === null || !found || (record !== null && !found.records.some((one) => one.id === record)))
        return refuse('people.unknown');
      const records = found.records.map((one) => one.id);
      const chosen = record === null ? records : [record];
      const over = records.filter((one) => !chosen.includes(one)).flatMap((one) => valuesOf(one, field));
      const writes = choiceWrites(reader, activityId, records, {
        over: over.filter((value) => seen === undefined || seen.includes(value)),
        again: chosen.flatMap((one) => valuesOf(one, field)),
      });
      if (writes.length > 0) store.commit([{ space: peopleSpace(activityId), writes }]);
      return ok({});
    },

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

type Opened = ResultOf<(typeof peopleContract)['people.open']>;

/** The records of somebody who has several, each with what it says, and where they differ with who wrote what. */
export function linkedIn(context: EngineContext, activityId: Id, id: Id): Pick<Opened, 'links' | 'toldApart' | 'records' | 'differ'> {
  const { reader } = context.store;
  const { records, differ } = recordsOfPerson(reader, activityId, id) ?? { records: [], differ: [] };
  const ids = records.map((record) => record.id);
  const toldApart = reader
    .all<PersonLink & { id: Id }>(`select id, "first", "second" ${SAID} and same = 0 order by id`, activityId)
    .filter(({ first, second }) => ids.includes(first) || ids.includes(second))
    .filter((link) => [link.first, link.second].every((one) => isListed(reader, activityId, one)));
  const written = (record: Id, field: PersonField) => {
    const heads = reader.heads(participant.type, record, field);
    const [shown] = heads;
    const by = shown ? attributionOf(context, shown.replica) : { author: '', device: '', laptop: '' };
    return { ...by, at: shown ? instant(shown.t) : '', ids: heads.map((head) => head.id) };
  };
  return {
    links: records.length < 2 ? [] : linksOf(reader, activityId, ids),
    toldApart: toldApart.map((link) => ({ linkId: link.id, ids: [link.first, link.second] })),
    records:
      records.length < 2
        ? []
        : records.map((record) => ({
            id: record.id,
            erased: record.erased === 1,
            values: Object.fromEntries(PERSON_FIELDS.flatMap((field) => (record[field] ? [[field, record[field]]] : []))),
          })),
    differ: differ.map(({ field, values }) => ({
      field,
      values: values.map(({ record, value }) => ({ record, value, ...written(record, field) })),
    })),
  };
}
