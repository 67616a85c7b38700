import type { ResultOf } from '../../../../shared/contract/call.ts';
import type { Handlers } from '../../../../shared/contract/rpc.ts';
import { countPresence } from '../../../../shared/features/attendance/rules.ts';
import { whoAmong } from '../../../../shared/features/people/pairs.ts';
import type { historyContract } from '../../../../shared/features/people/history-contract.ts';
import type { ParticipantRow } from '../../../../shared/features/people/rules.ts';
import type { Id } from '../../../../shared/kernel/ids.ts';
import { ok, refuse } from '../../../../shared/kernel/result.ts';
import { participant } from '../../../../shared/model/people.ts';
import type { Reader } from '../../../../shared/node/store/store.ts';
import type { EngineContext } from '../../context.ts';
import { activityRow, summaryOf } from '../activity/activity-rows.ts';
import { searchFullText } from '../library/full-text.ts';
import { marksOf } from '../attendance/linked-marks.ts';
import { linkedAcross, toldApartFrom } from './people-links.ts';
import { PERSON_COLUMNS, type StoredPerson } from './people-rows.ts';
import { peopleOf, representedIn, workshopOf } from '../activity/workshop.ts';
import { unreadableIn } from '../unreadable.ts';

type Found = ResultOf<(typeof historyContract)['people.find']>[number];
type Appearance = ResultOf<(typeof historyContract)['people.history']>[number];

const STANDING = `live = 1 and not exists (select 1 from erasure e where e.entity = participant.id and e.type = 'participant')`;
/** A name that so many bear is told apart by hand. */
const MOST_NAMESAKES = 200;

/** The calls that look for people over every workshop that is here. */
export function historyHandlers(context: EngineContext): Handlers<typeof historyContract> {
  const { reader } = context.store;
  return {
    'people.find': ({ text, limit }) => {
      const matches = searchFullText(reader, text, [participant.type]);
      if (matches === null) return ok([]);
      const people = foundPeople(reader, [...matches]).flatMap((person) => recordOf(context, person) ?? []);
      return ok(people.sort(latestFirst).slice(0, limit));
    },

    'people.history': ({ id }) => {
      const [subject] = foundPeople(reader, [id]);
      if (!subject) return refuse('people.unknown');
      const linked = linkedAcross(reader, id);
      const apart = toldApartFrom(reader, id);
      const namesakes = namesakesOf(reader, subject).filter((one) => !apart.has(one.id));
      const likely = new Map(whoAmong(subject, namesakes).map((one) => [one.id, one]));
      const people = foundPeople(reader, [id, ...linked, ...likely.keys()]);
      return ok(
        people
          .flatMap((person): Appearance[] => {
            const record = recordOf(context, person);
            const like = likely.get(person.id);
            const is = person.id === id ? 'itself' : linked.has(person.id) ? 'linked' : (like?.is ?? 'perhaps');
            return record
              ? [{ ...record, is, why: is === 'same' || is === 'perhaps' ? (like?.why ?? '') : '', ...presenceOf(reader, person) }]
              : [];
          })
          .sort(latestFirst),
      );
    },
  };
}

function foundPeople(reader: Reader, ids: readonly Id[]): StoredPerson[] {
  return reader.all<StoredPerson>(
    `select ${PERSON_COLUMNS} from participant where ${STANDING} and id in (select value from json_each(?))`,
    JSON.stringify([...new Set(ids)]),
  );
}

/** Records of other workshops that may be somebody's: they bear the name, in whichever order, or have the address. */
function namesakesOf(reader: Reader, { activityId, familyName, givenName, email }: StoredPerson): StoredPerson[] {
  const named = searchFullText(reader, `${familyName ?? ''} ${givenName ?? ''}`, [participant.type]) ?? [];
  const addressed = reader.all<{ id: Id }>(`select id from participant where email = ? and email <> ''`, email ?? '').map(({ id }) => id);
  return foundPeople(reader, [...named, ...addressed].slice(0, MOST_NAMESAKES)).filter((person) => person.activityId !== activityId);
}

/** A record with its workshop; null where that is not in sight. */
function recordOf({ store: { reader } }: EngineContext, person: StoredPerson): Found | null {
  const row = activityRow(reader, person.activityId);
  if (!row) return null;
  const { title, start, end } = summaryOf(row, 0);
  const { id, activityId, familyName, givenName, profession, country, institution, email } = person;
  return {
    ...{ id, activityId, familyName: familyName ?? '', givenName: givenName ?? '', profession, country },
    ...{ institution: institution ?? '', email: email ?? '', workshop: title, start, end },
    unreadable: unreadableIn({ unreadable: person.unreadable ?? null }),
  };
}

function presenceOf(
  reader: Reader,
  { id, activityId }: StoredPerson & Pick<ParticipantRow, 'id'>,
): Pick<Appearance, 'attended' | 'held' | 'tests'> {
  const standing = representedIn(reader, activityId).get(id) ?? id;
  const workshop = workshopOf(reader, activityId);
  const { attendedBy, held } = countPresence(
    peopleOf(reader, activityId),
    workshop.ok ? workshop.value.halfDays : [],
    marksOf(reader, activityId),
  );
  const waves = reader.all<{ wave: string }>(
    `select distinct wave from sheet where personId in (?, ?) and activityId = ? and live = 1 and wave in ('pre', 'post')`,
    id,
    standing,
    activityId,
  );
  return {
    attended: attendedBy.get(standing) ?? 0,
    held: held.size,
    tests: (['pre', 'post'] as const).filter((wave) => waves.some((one) => one.wave === wave)),
  };
}

function latestFirst(a: Pick<Found, 'start' | 'id'>, b: Pick<Found, 'start' | 'id'>): number {
  return a.start > b.start ? -1 : a.start < b.start ? 1 : a.id < b.id ? -1 : 1;
}
