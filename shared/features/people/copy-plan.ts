import type { RejectedRow } from '../../contract/shapes.ts';
import type { Id } from '../../kernel/ids.ts';
import { keysAfter } from '../../kernel/order.ts';
import type { Hasher } from '../../kernel/ports.ts';
import { ok, refuse, type Result } from '../../kernel/result.ts';
import { listedPersonId, type Roster } from '../../model/derivations.ts';
import type { DecisionRefusal, PlannedRow } from '../intake/shapes.ts';
import { askOfRow } from '../intake/waiting-rows.ts';
import { LISTED_FIELDS } from './rules.ts';
import { identifyRows, type Identity, type KnownPerson } from './list/list-identity.ts';
import type { ListedValues, ReadPerson } from './listed/listed-person.ts';
import type { ParticipantRow } from './rules.ts';

/** The decision about a person of the other workshop. */
export interface CopyDecision {
  readonly person: Id;
  readonly take: 'new' | 'same' | 'leave';
  /** Whom of this workshop they are. */
  readonly personId?: Id | undefined;
}

/** The plan of copying people from another workshop into this one. */
export interface CopyPlan {
  /** In the order of the other list; `row` is the place there. */
  readonly rows: readonly (PlannedRow & { readonly person: Id })[];
  /** `restore`: was removed from this workshop, and comes back as they were. */
  readonly additions: readonly {
    readonly id: Id;
    readonly restore: boolean;
    readonly values: Partial<ListedValues> & { readonly position: string };
  }[];
  readonly here: number;
  /** People of whom nobody has decided who they are. */
  readonly rejected: readonly RejectedRow[];
}

interface CopyContext {
  /** Everybody of this workshop, removed ones too. */
  readonly known: readonly KnownPerson[];
  readonly roster: Roster;
  readonly hasher: Hasher;
  readonly decisions: readonly CopyDecision[];
}

/**
 * Plans to copy people into a workshop: whoever is there already stays as they are and is not doubled. Ids follow from what is known of them, as an import's do, so that
 * two laptops that copy the same people make one of each. Refuses `people.unknown` (a decision about, or for, nobody).
 */
export function planCopy(
  people: readonly ParticipantRow[],
  { known, roster, hasher, decisions }: CopyContext,
): Result<CopyPlan, DecisionRefusal> {
  const rows = people.map(asRow);
  const places = new Map(people.map(({ id }, place) => [id, place + 1]));
  if (decisions.some(({ person }) => !places.has(person))) return refuse('people.unknown');
  const decided = decisions.map(({ person, take, personId }) => ({
    row: places.get(person)!,
    take,
    ...(personId !== undefined && { personId }),
  }));
  const identified = identifyRows(rows, known, decided, (...parts) => listedPersonId(hasher, roster, ...parts));
  if (!identified.ok) return identified;
  const planned = rows.map((row, place) => ({ row, person: people[place]!.id, identity: identified.value.get(row)! }));
  const added = planned.flatMap(({ row, identity }) => (identity.is === 'new' ? [{ row, identity }] : []));
  const last = known.reduce<string | null>(
    (most, { position }) => (position !== null && (most === null || position > most) ? position : most),
    null,
  );
  const positions = keysAfter(last, added.length);
  const names = new Map(known.map(({ id, familyName, givenName }) => [id, [familyName, givenName].filter(Boolean).join(' ')]));
  return ok({
    rows: planned.map(({ row, person, identity }) => ({ ...shownRow(row, identity, names), person })),
    additions: added.map(({ row, identity }, at) => ({
      id: identity.id,
      restore: identity.restore,
      values: { ...(identity.restore ? {} : row.values), position: positions[at]! },
    })),
    here: planned.filter(({ identity }) => identity.is === 'same').length,
    rejected: planned.flatMap(({ row: { row }, identity }) =>
      identity.is === 'ask' ? [{ sheet: '', row, field: identity.field, code: identity.why }] : [],
    ),
  });
}

/** The fields that hold in their own workshop alone: the number in its list, what was noted there. What somebody agreed to is asked again, see `LISTED_FIELDS`. */
const LEFT_THERE: ReadonlySet<string> = new Set(['ref', 'notes']);

/** Somebody as a row of a list would say them. */
function asRow(person: ParticipantRow, place: number): ReadPerson {
  const said = LISTED_FIELDS.flatMap((field) => (LEFT_THERE.has(field) || !person[field] ? [] : [[field, person[field]] as const]));
  return {
    sheet: '',
    row: place + 1,
    name: [person.familyName, person.givenName].filter(Boolean).join(' '),
    values: { familyName: '', ...Object.fromEntries(said) },
    runningNumber: false,
    withoutName: null,
    doubts: [],
    asks: [],
    columns: new Map(),
  };
}

function shownRow({ row, name }: ReadPerson, identity: Identity, names: ReadonlyMap<Id, string>): PlannedRow {
  return {
    ...{ sheet: '', row, name, does: identity.is, why: identity.why },
    personId: 'id' in identity ? identity.id : null,
    candidates: identity.is === 'ask' ? identity.candidates.map(({ id, why }) => ({ personId: id, name: names.get(id) ?? '', why })) : [],
    changes: [],
    asks: identity.is === 'ask' ? [askOfRow({ field: identity.field, code: identity.why })] : [],
  };
}
